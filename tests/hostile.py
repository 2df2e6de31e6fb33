# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ids, keys and values that could lead a request elsewhere than it was meant."""

from __future__ import annotations

import random

# What servers, web servers and libraries take for something else: separators, what they decode, and what they cut off at.
PARTS = (
    *("", ".", "..", "...", "/", "//", "\\", "?", "#", "&", "=", "%", "+", ";", ":", "@", "|", "'", '"', "<", "*"),
    *(
        "%2F",
        "%252F",
        "%2f",
        "%2E",
        "%252E",
        "%00",
        "%2500",
        "%0A",
        "%0D%0A",
        "%5C",
        "%3F",
        "%23",
        "%64",
        "%",
        "%%",
        "%zz",
    ),
    *(
        "\0",
        "\n",
        "\r\n",
        "\t",
        "\x1b",
        "\x7f",
        "\x85",
        " ",
        "\u00a0",
        "\u2028",
        "\u202e",
        "\ufeff",
        "\ufffd",
        "\ud800",
    ),
    *(
        "details",
        "users",
        "groups",
        "subadmins",
        "enable",
        "disable",
        "welcome",
        "wipe",
        "disabled",
        "recent",
        "search",
    ),
    *("index.php", "ocs", "v2.php", "http://evil.test", "//evil.test", "@evil.test", "a", "Z", "0", "admin", "design"),
    *("ä", "a\u0308", "ß", "İ", "日本", "🎉", "👩\u200d🚀", "x" * 64, "x" * 65, "x" * 5000),
)
# Each alone, and what is known to mislead when it stands together.
NAMED = (
    *PARTS,
    *(
        "a/../b",
        "../groups/design",
        "..%2Fgroups%2Fdesign",
        "..%252Fgroups%252Fdesign",
        "./a",
        "a/.",
        "a/..",
        "/a",
        "a/",
    ),
    *(
        "details/",
        "DETAILS",
        "%64etails",
        "a/subadmins",
        "a/users",
        "a/users/details",
        "jane/enable",
        "jane?x=1",
        "jane#",
    ),
    *(
        "design\0x",
        "\0design",
        "design\n",
        "a b",
        "a+b",
        "a%2Bb",
        "a%b",
        "100%",
        "a\\..\\b",
        "..\\..",
        "~",
        "~root",
        "-",
    ),
)


def hostile_texts(count: int, seed: int = 14) -> list[str]:
    """So many of them, always the same ones: those that are named first, then what can be made of their parts."""
    chance = random.Random(seed)
    made = ("".join(chance.choices(PARTS, k=chance.randint(2, 5))) for unused in range(count - len(NAMED)))
    return [*NAMED, *made]
