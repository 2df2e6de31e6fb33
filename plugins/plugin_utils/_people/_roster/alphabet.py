# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Names of people in the alphabet of the server's ids."""

from __future__ import annotations

import re
import unicodedata

# Umlauts are spelled out, and so are letters that Unicode does not compose of a letter and an accent.
SPELLED = {
    "ä": "ae",
    "ö": "oe",
    "ü": "ue",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ł": "l",
    "ħ": "h",
    "ı": "i",
    "ŋ": "n",
    "ŧ": "t",
    "\u2019": "'",
    "\u2018": "'",
    "‐": "-",
    "‑": "-",
    "–": "-",
}
_SPELLED = str.maketrans(SPELLED)


def spelled(text: str) -> str:
    """The text in lower case, umlauts spelled out, accents off, a dot for each space.

    Letters of other alphabets, and characters that an id cannot have, stay: they are refused where the id is checked.
    """
    text = unicodedata.normalize("NFC", text).lower()
    letters = unicodedata.normalize("NFKD", text.translate(_SPELLED))
    # A second time: letters with a stroke can have an accent, too.
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter)).translate(_SPELLED)
    return re.sub(r"\.{2,}", ".", re.sub(r"\s+", ".", plain.strip())).strip(".")
