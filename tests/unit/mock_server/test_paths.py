# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How ids in paths are decoded, and where a server may live."""

from __future__ import annotations

import urllib.parse

import pytest


def _once(text):
    return urllib.parse.quote(text, safe="")


def _twice(text):
    return _once(_once(text))


AWKWARD = ("with space", "R&D / Lab", "a+b", "100%", "a?b", "a#b", "x/users", "back\\slash", "%41", "emoji\U0001f389")


@pytest.mark.parametrize("groupid", AWKWARD)
def test_a_group_id_encoded_twice_always_works(mock_with_clock, groupid):
    server = mock_with_clock()
    server.mock.state.add_account("u")
    server.mock.state.add_group(groupid, members=["u"])
    client = server.client()
    assert client.data("/cloud/groups/%s/users" % _twice(groupid)) == {"users": ["u"]}
    assert client("DELETE", "/cloud/groups/" + _twice(groupid)).status_code == 200
    assert client.data("/cloud/groups") == {"groups": ["admin"]}


def test_a_plus_encoded_once_hits_another_group(mock_with_clock):
    server = mock_with_clock()
    server.mock.state.add_account("u")
    server.mock.state.add_group("a+b", members=["u"])
    server.mock.state.add_group("a b")
    client = server.client()
    assert client.data("/cloud/groups/a%2Bb/users") == {"users": []}
    assert client.data("/cloud/groups/a%252Bb/users") == {"users": ["u"]}
    assert client("GET", "/cloud/groups/R%26D%20%2F%20Lab/users").status_code == 404
    server.mock.state.add_group("R&D / Lab")
    assert client("GET", "/cloud/groups/R%26D%20%2F%20Lab/users").status_code == 200


def test_a_user_id_is_decoded_once(mock_with_clock):
    server = mock_with_clock()
    server.mock.state.add_account("o'neil @x")
    client = server.client()
    assert client.data("/cloud/users/" + _once("O'Neil @X"))["id"] == "o'neil @x"
    assert client("GET", "/cloud/users/" + _twice("o'neil @x")).status_code == 404


def test_long_group_ids_are_stored_under_a_hash(mock_with_clock, codes):
    server = mock_with_clock()
    client = server.client()
    assert client("POST", "/cloud/groups", json={"groupid": "x" * 65}).status_code == 200
    assert codes(client("GET", "/cloud/groups/%s/users" % ("x" * 65))) == (404, 404)
    stored = [groupid for groupid in client.data("/cloud/groups")["groups"] if groupid != "admin"]
    assert [len(groupid) for groupid in stored] == [64] and stored != ["x" * 64]


def test_a_server_under_a_sub_path(mock_with_clock):
    server = mock_with_clock(base_path="/nextcloud")
    client = server.client(keeps_cookies=True, cookie_test=True)
    assert client("GET", "/status.php").json()["versionstring"] == "32.0.1"
    client("GET", "/cloud/user")
    assert client("GET", "/cloud/user").status_code == 200
    assert server.mock.sign_ins == 1
    client.base = client.base.removesuffix("/nextcloud")
    assert client("GET", "/cloud/user").status_code == 404


def test_a_gateway_that_wants_a_header(mock_with_clock):
    server = mock_with_clock(gateway_header="X-Gateway-Key: open")
    client = server.client()
    for headers in ({}, {"X-Gateway-Key": "closed"}):
        answer = client("GET", "/cloud/user", headers=headers)
        assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (403, "text/html")
    assert client("GET", "/cloud/user", headers={"X-Gateway-Key": "open"}).status_code == 200
    assert server.mock.journal.requests == 1


def test_an_untrusted_host_name(mock_with_clock):
    server = mock_with_clock(trusted_hosts=("nextcloud.test",))
    client = server.client()
    assert client("GET", "/cloud/user").status_code == 200
    answer = client("GET", "/cloud/user", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    "ids, users", [(["0", "1", "2"], list), (["0"], list), (["1", "2"], dict), (["42", "zed"], dict), ([], list)]
)
def test_maps_with_ids_counting_from_nought_are_lists(mock_with_clock, ids, users):
    server = mock_with_clock()
    server.mock.state.add_group("g", members=ids)
    for userid in ids:
        server.mock.state.add_account(userid)
    shown = server.client().data("/cloud/groups/g/users/details")["users"]
    assert isinstance(shown, users)
    records = shown if users is list else shown.values()
    assert [record["id"] for record in records] == ids


def test_numeric_ids_are_numbers_in_the_list_of_ids_only(mock_with_clock):
    server = mock_with_clock()
    for userid in ("0", "007", "42"):
        server.mock.state.add_account(userid)
    server.mock.state.add_group("g", members=["0", "42"])
    client = server.client()
    assert client.data("/cloud/users") == {"users": [0, "007", 42, "admin"]}
    assert client.data("/cloud/groups/g/users") == {"users": ["0", "42"]}
