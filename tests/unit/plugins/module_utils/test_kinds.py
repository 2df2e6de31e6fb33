# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds


@pytest.mark.parametrize(
    ("kind", "declared", "stored"),
    [
        (kinds.USERID, "o'neil", "o'neil"),
        (kinds.USERID, "x" * 64, "x" * 64),
        (kinds.GROUPID, "R&D / Lab", "R&D / Lab"),
        (kinds.GROUPID, " lead", " lead"),
        (kinds.EMAIL, " Uma.Two@Example.ORG ", "uma.two@example.org"),
        (kinds.EMAIL, "", ""),
        (kinds.PHONE, "+49 (0)711 252428-90", "+4971125242890"),
        (kinds.PHONE, "+1-202-555-0143", "+12025550143"),
        (kinds.PHONE, "0049 711/25.24", "+497112524"),
        (kinds.PHONE, "", ""),
        (kinds.PHONE, "+49 0711 25242890", "+4971125242890"),
        (kinds.PHONE, "+39 (0)6 12345678", "+390612345678"),
        (kinds.PHONE, "+39 06 12345678", "+390612345678"),
        (kinds.PHONE, "+44 (0)20 7946 0018", "+442079460018"),
        (kinds.LANGUAGE, "de_DE", "de_DE"),
        (kinds.LANGUAGE, "sr@latin", "sr@latin"),
        (kinds.TIMEZONE, "America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        (kinds.WEBSITE, "https://example.org/x", "https://example.org/x"),
        (kinds.TWITTER, "@evetw", "evetw"),
        (kinds.BLUESKY, "@eve.bsky.social", "eve.bsky.social"),
        (kinds.FEDIVERSE, "@eve@mastodon.example", "eve@mastodon.example"),
        (kinds.FIRST_DAY, 6, 6),
        (kinds.GROUP_NAME, " Eve One ", "Eve One"),
        (kinds.TEXT, "Some Street 1\nCity", "Some Street 1\nCity"),
        (kinds.SWITCH, True, True),
    ],
)
def test_a_value_becomes_what_the_server_stores(kind: kinds.Kind, declared: object, stored: object) -> None:
    assert kind.parse(declared) == stored


@pytest.mark.parametrize(
    ("kind", "declared"),
    [
        (kinds.USERID, "a/b"),
        (kinds.USERID, "x" * 65),
        (kinds.USERID, ".."),
        (kinds.USERID, ""),
        (kinds.USERID, " lead"),
        (kinds.USERID, "trail "),
        (kinds.USERID, "ümlaut"),
        (kinds.GROUPID, ""),
        (kinds.GROUPID, "0"),
        (kinds.GROUPID, "x" * 65),
        (kinds.EMAIL, "user@localhost"),
        (kinds.EMAIL, "bad"),
        (kinds.EMAIL, "a@b@example.org"),
        (kinds.PHONE, "0711 252428"),
        (kinds.PHONE, "abc"),
        (kinds.LANGUAGE, "EN"),
        (kinds.LANGUAGE, ""),
        (kinds.LANGUAGE, "german"),
        (kinds.LOCALE, "de-DE"),
        (kinds.TIMEZONE, ""),
        (kinds.TIMEZONE, "Europe/"),
        (kinds.WEBSITE, "example.org"),
        (kinds.WEBSITE, "ftp://x"),
        (kinds.WEBSITE, "javascript:alert(1)"),
        (kinds.TWITTER, "eve tw!"),
        (kinds.FEDIVERSE, "bad"),
        (kinds.FIRST_DAY, 7),
        (kinds.FIRST_DAY, -1),
        (kinds.GROUP_NAME, ""),
        (kinds.GROUP_NAME, "x" * 65),
        (kinds.TEXT, "x" * 3000),
    ],
)
def test_what_cannot_be_right_is_refused_saying_what_it_must_be(kind: kinds.Kind, declared: object) -> None:
    with pytest.raises(ValueError, match="^must "):
        kind.parse(declared)


@pytest.mark.parametrize(
    ("kind", "one", "other", "same"),
    [
        (kinds.EMAIL, "a@example.org", "A@example.org", True),
        (kinds.USERID, "u1", "U1", True),
        (kinds.MANAGER, "Jane", "jane", True),
        (kinds.TWITTER, "Eve", "eve", True),
        (kinds.GROUPID, "g1", "G1", False),
        (kinds.GROUP_NAME, "Eve", "eve", False),
        (kinds.QUOTA, "5 GB", "5 GB", True),
    ],
)
def test_sameness_is_the_servers(kind: kinds.Kind, one: str, other: str, same: bool) -> None:
    assert kind.same(one, other) is same


@pytest.mark.parametrize(
    ("answer", "value"), [("1", True), ("true", True), ("0", False), ("", False), ("false", False)]
)
def test_a_switch_is_read_from_whatever_string_the_server_kept(answer: str, value: bool) -> None:
    assert kinds.SWITCH.read(answer) is value


@pytest.mark.parametrize(
    ("kind", "answer", "value"),
    [
        (kinds.QUOTA, {"quota": 5368709120, "used": 0}, "5 GB"),
        (kinds.QUOTA, {"quota": "none", "used": 0}, "none"),
        (kinds.QUOTA, [], None),  # an empty map: the server does not say
        (kinds.LOCALE, "", None),
        (kinds.LANGUAGE, "de", "de"),
        (kinds.EMAIL, None, ""),
    ],
)
def test_what_the_server_does_not_know_is_no_value(kind: kinds.Kind, answer: object, value: str | None) -> None:
    assert kind.read(answer) == value


@pytest.mark.parametrize("appid", ["files", "files_sharing", "user-x", "x", "a1"])
def test_app_ids(appid: str) -> None:
    assert kinds.APPID.parse(appid) == appid


@pytest.mark.parametrize("appid", ["", "Files", "bad..id", "..", "a/b", "1a", "_a", "a_", " a", "a b", "ä"])
def test_what_is_no_app_id(appid: str) -> None:
    with pytest.raises(ValueError, match="^must "):
        kinds.APPID.parse(appid)
