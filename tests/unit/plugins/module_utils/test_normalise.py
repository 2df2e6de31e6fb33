# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils import _normalise as normalise


@pytest.mark.parametrize(
    ("kind", "declared", "stored"),
    [
        (normalise.USERID, "o'neil", "o'neil"),
        (normalise.USERID, "x" * 64, "x" * 64),
        (normalise.GROUPID, "R&D / Lab", "R&D / Lab"),
        (normalise.GROUPID, " lead", " lead"),
        (normalise.EMAIL, " Uma.Two@Example.ORG ", "uma.two@example.org"),
        (normalise.EMAIL, "", ""),
        (normalise.PHONE, "+49 (0)711 252428-90", "+4971125242890"),
        (normalise.PHONE, "+1-202-555-0143", "+12025550143"),
        (normalise.PHONE, "0049 711/25.24", "+497112524"),
        (normalise.PHONE, "", ""),
        (normalise.PHONE, "+49 0711 25242890", "+4971125242890"),
        (normalise.PHONE, "+39 (0)6 12345678", "+390612345678"),
        (normalise.PHONE, "+39 06 12345678", "+390612345678"),
        (normalise.PHONE, "+44 (0)20 7946 0018", "+442079460018"),
        (normalise.LANGUAGE, "de_DE", "de_DE"),
        (normalise.LANGUAGE, "sr@latin", "sr@latin"),
        (normalise.TIMEZONE, "America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        (normalise.WEBSITE, "https://example.org/x", "https://example.org/x"),
        (normalise.TWITTER, "@evetw", "evetw"),
        (normalise.BLUESKY, "@eve.bsky.social", "eve.bsky.social"),
        (normalise.FEDIVERSE, "@eve@mastodon.example", "eve@mastodon.example"),
        (normalise.FIRST_DAY, 6, 6),
        (normalise.DISPLAY_NAME, " Eve One ", "Eve One"),
        (normalise.TEXT, "Some Street 1\nCity", "Some Street 1\nCity"),
        (normalise.SWITCH, True, True),
    ],
)
def test_a_value_becomes_what_the_server_stores(kind: normalise.Kind, declared: object, stored: object) -> None:
    assert kind.parse(declared) == stored


@pytest.mark.parametrize(
    ("kind", "declared"),
    [
        (normalise.USERID, "a/b"),
        (normalise.USERID, "x" * 65),
        (normalise.USERID, ".."),
        (normalise.USERID, ""),
        (normalise.USERID, " lead"),
        (normalise.USERID, "trail "),
        (normalise.USERID, "ümlaut"),
        (normalise.GROUPID, ""),
        (normalise.GROUPID, "0"),
        (normalise.GROUPID, "x" * 65),
        (normalise.EMAIL, "user@localhost"),
        (normalise.EMAIL, "bad"),
        (normalise.EMAIL, "a@b@example.org"),
        (normalise.PHONE, "0711 252428"),
        (normalise.PHONE, "abc"),
        (normalise.LANGUAGE, "EN"),
        (normalise.LANGUAGE, ""),
        (normalise.LANGUAGE, "german"),
        (normalise.LOCALE, "de-DE"),
        (normalise.TIMEZONE, ""),
        (normalise.TIMEZONE, "Europe/"),
        (normalise.WEBSITE, "example.org"),
        (normalise.WEBSITE, "ftp://x"),
        (normalise.WEBSITE, "javascript:alert(1)"),
        (normalise.TWITTER, "eve tw!"),
        (normalise.FEDIVERSE, "bad"),
        (normalise.FIRST_DAY, 7),
        (normalise.FIRST_DAY, -1),
        (normalise.DISPLAY_NAME, ""),
        (normalise.DISPLAY_NAME, "x" * 65),
        (normalise.TEXT, "x" * 3000),
    ],
)
def test_what_cannot_be_right_is_refused_saying_what_is_accepted(kind: normalise.Kind, declared: object) -> None:
    with pytest.raises(ValueError, match="."):
        kind.parse(declared)


@pytest.mark.parametrize(
    ("kind", "one", "other", "same"),
    [
        (normalise.EMAIL, "a@example.org", "A@example.org", True),
        (normalise.USERID, "u1", "U1", True),
        (normalise.MANAGER, "Jane", "jane", True),
        (normalise.TWITTER, "Eve", "eve", True),
        (normalise.GROUPID, "g1", "G1", False),
        (normalise.DISPLAY_NAME, "Eve", "eve", False),
        (normalise.QUOTA, "5 GB", "5 GB", True),
    ],
)
def test_sameness_is_the_servers(kind: normalise.Kind, one: str, other: str, same: bool) -> None:
    assert kind.same(one, other) is same


@pytest.mark.parametrize(
    ("answer", "value"), [("1", True), ("true", True), ("0", False), ("", False), ("false", False)]
)
def test_a_switch_is_read_from_whatever_string_the_server_kept(answer: str, value: bool) -> None:
    assert normalise.SWITCH.read(answer) is value


@pytest.mark.parametrize(
    ("kind", "answer", "value"),
    [
        (normalise.QUOTA, {"quota": 5368709120, "used": 0}, "5 GB"),
        (normalise.QUOTA, {"quota": "none", "used": 0}, "none"),
        (normalise.QUOTA, [], None),  # an empty map: the server does not say
        (normalise.LOCALE, "", None),
        (normalise.LANGUAGE, "de", "de"),
        (normalise.EMAIL, None, ""),
    ],
)
def test_what_the_server_does_not_know_is_no_value(kind: normalise.Kind, answer: object, value: str | None) -> None:
    assert kind.read(answer) == value


@pytest.mark.parametrize("appid", ["files", "files_sharing", "user-x", "x", "a1"])
def test_app_ids(appid: str) -> None:
    assert normalise.APPID.parse(appid) == appid


@pytest.mark.parametrize("appid", ["", "Files", "bad..id", "..", "a/b", "1a", "_a", "a_", " a", "a b", "ä"])
def test_what_is_no_app_id(appid: str) -> None:
    with pytest.raises(ValueError, match="accepted"):
        normalise.APPID.parse(appid)
