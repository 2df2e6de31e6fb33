# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""PATCH of an account, from version 34 on: all fields or none, but for two that fail while they are applied."""

from __future__ import annotations

import pytest


@pytest.fixture(name="server")
def _server(mock_with_clock):
    server = mock_with_clock(version=34)
    state = server.mock.state
    for groupid in ("red", "blue", "led"):
        state.add_group(groupid)
    state.add_account("u", display_name="Uma", email="u@example.org", groups=["red"], subadmin=["led"])
    state.add_account("ldap", backend="LDAP")
    return server


def test_all_fields_at_once(server, codes):
    client = server.client()
    answer = client(
        "PATCH",
        "/cloud/users/U",
        json={
            "displayName": "Uma Two",
            "email": " New@Example.org ",
            "quota": "5 GB",
            "language": "de",
            "manager": "admin",
            "password": "An0ther-secret!",
            "groups": ["blue"],
            "subadminGroups": [],
        },
    )
    assert codes(answer) == (200, 200)
    shown = answer.json()["ocs"]["data"]
    assert shown == client.data("/cloud/users/u")
    assert (shown["displayname"], shown["email"], shown["quota"]["quota"], shown["language"], shown["manager"]) == (
        "Uma Two",
        "new@example.org",
        5368709120,
        "de",
        "admin",
    )
    assert (shown["groups"], shown["subadmin"]) == (["blue"], [])
    assert server.client("u", "An0ther-secret!")("GET", "/cloud/user").status_code == 200


def test_null_and_absent_fields_change_nothing(server):
    client = server.client()
    before = client.data("/cloud/users/u")
    fields = ("displayName", "password", "email", "quota", "language", "manager", "groups", "subadminGroups")
    assert client("PATCH", "/cloud/users/u", json=dict.fromkeys(fields)).status_code == 200
    assert client("PATCH", "/cloud/users/u", json={}).status_code == 200
    assert client.data("/cloud/users/u") == before


def test_one_wrong_field_stops_all(server, codes):
    client = server.client()
    before = client.data("/cloud/users/u")
    answer = client(
        "PATCH",
        "/cloud/users/u",
        json={
            "displayName": "X",
            "email": "bad",
            "quota": "lots",
            "language": "xx",
            "password": "short",
            "groups": ["nope"],
            "subadminGroups": ["nope"],
            "manager": "admin",
        },
    )
    assert codes(answer) == (422, 422)
    assert set(answer.json()["ocs"]["data"]["errors"]) == {
        "email",
        "quota",
        "language",
        "groups",
        "subadminGroups",
    }
    assert client.data("/cloud/users/u") == before


@pytest.mark.parametrize("field, code", [({"displayName": "X"}, 113), ({"password": "An0ther-secret!"}, 112)])
def test_a_read_only_backend_keeps_name_and_password(server, codes, field, code):
    client = server.client()
    assert codes(client("PATCH", "/cloud/users/ldap", json=field)) == (422, 422)
    key, value = next(iter(field.items()))
    assert codes(client("PUT", "/cloud/users/ldap", json={"key": key.lower(), "value": value})) == (400, code)
    shown = client.data("/cloud/users/ldap")
    assert shown["backendCapabilities"] == {"setDisplayName": False, "setPassword": False}
    assert codes(client("PATCH", "/cloud/users/ldap", json={"quota": "1 GB"})) == (200, 200)


def test_what_comes_before_a_field_that_fails_is_applied(server, codes):
    client = server.client()
    fields = {"quota": "-1", "email": "new@example.org", "password": "An0ther-secret!", "groups": ["blue"]}
    assert codes(client("PATCH", "/cloud/users/u", json=fields)) == (500, 996)
    shown = client.data("/cloud/users/u")
    assert (shown["email"], shown["groups"]) == ("new@example.org", ["red"])
    assert server.client("u", "An0ther-secret!")("GET", "/cloud/user").status_code == 200


def test_an_administrator_leaves_the_administrators(server):
    client = server.client()
    assert client("PATCH", "/cloud/users/admin", json={"groups": ["red"]}).json()["ocs"]["data"]["groups"] == ["red"]
    assert client("GET", "/cloud/groups").status_code == 403


def test_a_forced_language_is_read_back_whatever_is_set(mock_with_clock, codes):
    server = mock_with_clock(version=34, forced_language="de")
    server.mock.state.add_account("lead", "Zk3-qweR!plo9", groups=["red"], subadmin=["red"])
    answer = server.client()("PATCH", "/cloud/users/lead", json={"language": "en"})
    assert (codes(answer), answer.json()["ocs"]["data"]["language"]) == ((200, 200), "de")
    lead = server.client("lead", "Zk3-qweR!plo9")
    assert codes(lead("PATCH", "/cloud/users/lead", json={"language": "en"})) == (422, 422)
    assert codes(lead("PUT", "/cloud/users/lead", json={"key": "language", "value": "en"})) == (400, 113)


def test_a_wrong_type_is_a_server_error_and_a_missing_account_missing(server, codes):
    client = server.client()
    assert codes(client("PATCH", "/cloud/users/u", json={"groups": "red"})) == (500, 996)
    assert codes(client("PATCH", "/cloud/users/ghost", json={"quota": "1 GB"})) == (404, 998)


def test_before_version_34_there_is_no_such_verb(mock_with_clock):
    answer = mock_with_clock(version=32).client()("PATCH", "/cloud/users/admin", json={})
    assert (answer.status_code, answer.content) == (405, b"")
