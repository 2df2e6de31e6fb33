# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""PATCH of an account, from version 34 on: all fields or none."""

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
            "quota": "-1",
            "language": "xx",
            "password": "short",
            "groups": ["nope"],
            "subadminGroups": ["admin"],
            "manager": "admin",
        },
    )
    assert codes(answer) == (422, 422)
    assert set(answer.json()["ocs"]["data"]["errors"]) == {
        "email",
        "quota",
        "language",
        "password",
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


def test_an_administrator_cannot_leave_the_administrators(server):
    answer = server.client()("PATCH", "/cloud/users/admin", json={"groups": []})
    assert set(answer.json()["ocs"]["data"]["errors"]) == {"groups"}


def test_a_wrong_type_is_a_server_error_and_a_missing_account_missing(server, codes):
    client = server.client()
    assert codes(client("PATCH", "/cloud/users/u", json={"groups": "red"})) == (500, 996)
    assert codes(client("PATCH", "/cloud/users/ghost", json={"quota": "1 GB"})) == (404, 998)


def test_before_version_34_there_is_no_such_verb(mock_with_clock):
    answer = mock_with_clock(version=32).client()("PATCH", "/cloud/users/admin", json={})
    assert (answer.status_code, answer.content) == (405, b"")
