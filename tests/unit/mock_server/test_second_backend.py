# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The second backend beyond single answers, which `tests/contract/answers/second_backend.yml` has: over time."""

from __future__ import annotations

import pytest
import requests
from mock_server.state.ldap_people import PASSWORD
from mock_server.testing import ServerProcess

LOCAL = "Abc-123456-xyz"


def email_of(client, userid):
    return client.data("/cloud/users/" + userid)["email"]


def test_a_sign_in_sets_back_what_ldap_delivers(mock_with_clock):
    server = mock_with_clock(ldap="on")
    admin = server.client()
    admin("PUT", "/cloud/users/mueller", json={"key": "email", "value": "new@example.org"})
    assert email_of(admin, "mueller") == "new@example.org"

    assert server.client("mueller", PASSWORD).data("/cloud/user")["id"] == "mueller"

    assert email_of(admin, "mueller") == "p53@ldap.example.org"


def test_two_twins_have_each_their_password(mock_with_clock):
    server = mock_with_clock(ldap="on")
    server.client()("POST", "/cloud/users", json={"userid": "upper", "password": LOCAL})
    ids = [server.client("UPPER", password).data("/cloud/user")["id"] for password in (PASSWORD, LOCAL)]
    assert ids == ["UPPER", "upper"]


def test_every_account_is_on_one_page_of_either_backend(mock_with_clock):
    server = mock_with_clock(ldap="on")
    for number in range(20):
        server.mock.state.add_account("local%02d" % number)
    admin = server.client()
    pages = [admin.data("/cloud/users", params={"limit": 9, "offset": 9 * number})["users"] for number in range(8)]
    assert [len(page) for page in pages] == [18, 18, 12, 9, 9, 9, 6, 0]
    assert sorted(sum(pages, [])) == sorted(admin.data("/cloud/users")["users"])
    assert sorted(admin.data("/cloud/users/details")["users"]) == sorted(admin.data("/cloud/users")["users"])


def test_passwords_of_ldap_can_be_changed_where_that_is_set(mock_with_clock, codes):
    server = mock_with_clock(ldap="passwords")
    admin = server.client()
    capabilities = admin.data("/cloud/users/mueller")["backendCapabilities"]
    assert capabilities == {"setDisplayName": False, "setPassword": True}
    assert codes(admin("PUT", "/cloud/users/mueller", json={"key": "password", "value": LOCAL})) == (200, 200)
    assert server.client("mueller", LOCAL).data("/cloud/user")["id"] == "mueller"


def test_the_admin_port_takes_accounts_away_and_the_backend_down():
    with ServerProcess(LDAP="on", ADMIN_PORT="0", RATE_LIMIT="off") as server:
        [admin_url] = server.admin_url
        assert requests.delete(admin_url + "/ldap/at@example.org", timeout=30).status_code == 204
        assert requests.delete(admin_url + "/ldap/nobody", timeout=30).status_code == 404
        users = server("GET", "/cloud/users").json()["ocs"]["data"]["users"]
        assert "at@example.org" not in users and len(users) == 60
        assert requests.put(admin_url + "/ldap", json="asleep", timeout=30).status_code == 400
        assert requests.put(admin_url + "/ldap", json="down", timeout=30).status_code == 204
        assert server("GET", "/cloud/users").status_code == 500


@pytest.mark.parametrize("condition", ["up", "filter matches nobody"])
def test_a_restart_keeps_the_backend_as_it_was(mock_with_clock, condition):
    server = mock_with_clock(ldap="on")
    second = server.mock.state.directory.second_backend
    second.set_condition("filter matches nobody")
    admin = server.client()
    assert admin("DELETE", "/cloud/users/ldap01").status_code == 200
    second.vanish("ldap02")
    second.set_condition(condition)
    before = [admin("GET", path).json() for path in ("/cloud/users", "/cloud/groups/details", "/cloud/users/ldap01")]

    server.mock.restart()

    after = [admin("GET", path).json() for path in ("/cloud/users", "/cloud/groups/details", "/cloud/users/ldap01")]
    assert after == before
    server.mock.state.directory.second_backend.set_condition("up")
    assert admin.data("/cloud/users/ldap01")["email"] == "p00@ldap.example.org"
