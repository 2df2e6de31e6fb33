# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts, groups and the rights of sub-admins: what a client must be able to rely on."""

from __future__ import annotations

import pytest

PASSWORD = "Zk3-qweR!plo9"


@pytest.fixture(name="server")
def _server(mock_with_clock):
    server = mock_with_clock()
    state = server.mock.state
    state.add_group("red")
    state.add_group("blue")
    state.add_account("lead", PASSWORD, groups=["red"], subadmin=["red"])
    state.add_account("member", PASSWORD, groups=["red", "blue"], phone="+4971125242890")
    state.add_account("stranger", PASSWORD, groups=["blue"])
    return server


@pytest.mark.parametrize(
    "field, code, left",
    [
        ({"quota": "lots"}, 101, True),
        ({"language": "xx"}, 101, True),
        ({"groups": ["nope"]}, 104, False),
        ({"subadmin": ["nope"]}, 109, False),
        ({"subadmin": ["admin"]}, 103, False),
        ({"password": "short"}, 107, False),
        ({"password": ""}, 108, False),
    ],
)
def test_what_a_refused_creation_leaves_behind(server, codes, field, code, left):
    client = server.client()
    body = {"userid": "new", "password": PASSWORD, "manager": "lead", **field}
    assert codes(client("POST", "/cloud/users", json=body)) == (400, code)
    account = server.mock.state.directory.account("new")
    assert (account is not None) is left
    assert account is None or account.manager == ""


def test_a_sub_admin_manages_the_members_of_its_groups_only(server, codes):
    lead = server.client("lead", PASSWORD)
    assert lead.data("/cloud/users") == {"users": ["lead", "member"]}
    edit = {"key": "quota", "value": "1 GB"}
    assert codes(lead("PUT", "/cloud/users/member", json=edit)) == (200, 200)
    assert codes(lead("PUT", "/cloud/users/stranger", json=edit)) == (404, 998)
    assert codes(lead("GET", "/cloud/users/stranger")) == (404, 998)
    assert codes(lead("POST", "/cloud/users/member/groups", json={"groupid": "blue"})) == (400, 104)
    assert codes(lead("POST", "/cloud/groups", json={"groupid": "new"})) == (403, 403)
    assert lead.data("/cloud/users/member/groups") == {"groups": ["red"]}


def test_an_account_without_rights_sees_itself_only(server, codes):
    member = server.client("member", PASSWORD)
    assert codes(member("GET", "/cloud/users")) == (403, 403)
    assert codes(member("GET", "/cloud/users/lead")) == (404, 998)
    shown = member.data("/cloud/user")
    assert shown["phoneScope"] == "v2-local" and "storageLocation" not in shown


def test_deleting_leaves_no_memberships(server):
    client = server.client()
    assert client("DELETE", "/cloud/users/LEAD").status_code == 200
    assert client.data("/cloud/groups/red/users") == {"users": ["member"]}
    assert client.data("/cloud/groups/red/subadmins") == []


def test_one_does_not_harm_oneself(server, codes):
    client = server.client()
    assert codes(client("DELETE", "/cloud/users/admin")) == (400, 101)
    assert codes(client("PUT", "/cloud/users/admin/disable")) == (400, 101)
    assert codes(client("POST", "/cloud/users/admin/wipe")) == (400, 101)
    assert codes(client("DELETE", "/cloud/users/admin/groups", params={"groupid": "admin"})) == (400, 105)


def test_pages_end_and_together_hold_everyone(server):
    client = server.client()
    pages = [client.data("/cloud/users", params={"limit": 3, "offset": offset})["users"] for offset in (0, 3, 6)]
    assert [len(page) for page in pages] == [3, 1, 0]
    assert sorted(pages[0] + pages[1]) == ["admin", "lead", "member", "stranger"]


def test_a_number_is_found_in_any_spelling(server):
    client = server.client()
    body = {"location": "DE", "search": {"a": ["0711 / 25242890"], "b": ["0711 1"]}}
    answer = client("POST", "/cloud/users/search/by-phone", json=body)
    assert answer.json()["ocs"]["data"] == {"a": "member@nextcloud.test"}


@pytest.mark.parametrize(
    "method, path, body",
    [
        ("POST", "/cloud/users", '{"userid": '),
        ("POST", "/cloud/users", '{"userid": "x", "password": "Zk3-qweR!plo9", "groups": "red"}'),
        ("PUT", "/cloud/users/member", '{"key": "role"}'),
        ("PUT", "/cloud/users/member", '{"key": "role", "value": 5}'),
        ("POST", "/cloud/groups", "{}"),
    ],
)
def test_missing_and_wrongly_typed_fields_are_server_errors(server, codes, method, path, body):
    answer = server.client()(method, path, data=body, headers={"Content-Type": "application/json"})
    assert codes(answer) == (500, 996)


def test_verbs_and_paths_that_are_not_there(server, codes):
    client = server.client()
    answer = client("GET", "/apps/provisioning_api/api/v1/config/users/theming/primary_color")
    assert (answer.status_code, answer.content) == (405, b"")
    assert codes(client("GET", "/cloud/bogus")) == (404, 998)
    assert client("GET", "/nothing/here").status_code == 404
