# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What signing in costs, how long it lasts, and what it allows."""

from __future__ import annotations

import pytest

NEW_GROUP = {"groupid": "g"}
MINUTE = 60


def _three_reads(client):
    return [client("GET", "/cloud/user").status_code for unused in range(3)]


def test_without_cookies_every_request_signs_in(mock_with_clock):
    server = mock_with_clock()
    assert _three_reads(server.client()) == [200] * 3
    assert server.mock.sign_ins == 3


def test_a_plain_cookie_keeping_client_signs_in_twice(mock_with_clock):
    server = mock_with_clock()
    assert _three_reads(server.client(keeps_cookies=True)) == [200] * 3
    assert server.mock.sign_ins == 2


def test_the_test_cookie_saves_one_sign_in(mock_with_clock):
    server = mock_with_clock()
    assert _three_reads(server.client(keeps_cookies=True, cookie_test=True)) == [200] * 3
    assert server.mock.sign_ins == 1


def test_app_passwords_are_not_hashed(mock_with_clock):
    server = mock_with_clock(app_passwords={"token": "admin"})
    assert _three_reads(server.client("admin", "token")) == [200] * 3
    assert server.mock.sign_ins == 0


def test_an_app_password_serves_as_bearer_for_its_own_account_only(mock_with_clock):
    server = mock_with_clock(app_passwords={"token": "admin"})
    server.mock.state.add_account("other")
    client = server.client()
    client.session.auth = None
    answer = client("GET", "/cloud/user", headers={"Authorization": "Bearer token"})
    assert answer.json()["ocs"]["data"]["id"] == "admin"
    assert server.client("other", "token")("GET", "/cloud/user").status_code == 401


def test_a_session_works_without_credentials_writes_included(mock_with_clock):
    server = mock_with_clock()
    client = server.client(keeps_cookies=True, cookie_test=True)
    client("GET", "/cloud/user")
    client.session.auth = None
    assert client("POST", "/cloud/groups", json=NEW_GROUP).status_code == 200
    assert [entry.account for entry in server.mock.journal] == ["admin", "admin"]


def test_a_password_proves_for_half_an_hour_and_sending_it_again_is_not_looked_at(mock_with_clock, codes):
    server = mock_with_clock()
    client = server.client(keeps_cookies=True, cookie_test=True)
    client("GET", "/cloud/user")
    server.clock.advance(30 * MINUTE)
    assert client("POST", "/cloud/groups", json=NEW_GROUP).status_code == 200
    server.clock.advance(1)
    refused = client("DELETE", "/cloud/groups/g")
    assert codes(refused) == (403, 403)
    assert refused.json()["ocs"]["meta"]["message"] == "Password confirmation is required"
    assert client("GET", "/cloud/user").status_code == 200
    client.session.cookies.clear()
    assert client("DELETE", "/cloud/groups/g").status_code == 200
    assert server.mock.sign_ins == 2


def test_preferences_ask_for_no_confirmation(mock_with_clock):
    server = mock_with_clock()
    client = server.client(keeps_cookies=True, cookie_test=True)
    client("GET", "/cloud/user")
    server.clock.advance(31 * MINUTE)
    path = "/apps/provisioning_api/api/v1/config/users/theming/primary_color"
    assert client("POST", path, json={"configValue": "#aabbcc"}).status_code == 200


@pytest.mark.parametrize(
    "settings, status",
    [
        ({"version": 32}, 200),
        ({"version": 34}, 403),
        # Reports disagree on the version, and a server can exempt networks.
        ({"version": 32, "app_passwords_confirm": False}, 403),
        ({"version": 34, "app_passwords_confirm": True}, 200),
    ],
)
def test_app_passwords_confirm_or_do_not(mock_with_clock, settings, status):
    server = mock_with_clock(app_passwords={"token": "admin"}, **settings)
    client = server.client("admin", "token", keeps_cookies=True, cookie_test=True)
    assert client("GET", "/cloud/user").status_code == 200
    assert client("POST", "/cloud/groups", json=NEW_GROUP).status_code == status
    # A session opened by an app password stays one.
    assert client("DELETE", "/cloud/groups/g").status_code == status


@pytest.mark.parametrize(
    "change",
    [
        lambda admin: admin("PUT", "/cloud/users/u/disable"),
        lambda admin: admin("PUT", "/cloud/users/u", json={"key": "password", "value": "An0ther-secret!"}),
        lambda admin: admin("DELETE", "/cloud/users/u"),
    ],
    ids=["disabled", "new password", "deleted"],
)
def test_what_ends_a_session(mock_with_clock, change):
    server = mock_with_clock()
    server.mock.state.add_account("u", "Zk3-qweR!plo9")
    client = server.client("u", "Zk3-qweR!plo9", keeps_cookies=True, cookie_test=True)
    assert client("GET", "/cloud/user").status_code == 200
    assert change(server.client()).status_code == 200
    assert client("GET", "/cloud/user").status_code == 401


def test_a_session_unused_for_a_day_is_over(mock_with_clock):
    server = mock_with_clock()
    client = server.client(keeps_cookies=True, cookie_test=True)
    client("GET", "/cloud/user")
    client.session.auth = None
    server.clock.advance(24 * 60 * MINUTE + 1)
    assert client("GET", "/cloud/user").status_code == 401


def test_login_ids_match_without_regard_to_case(mock_with_clock):
    assert mock_with_clock().client("ADMIN")("GET", "/cloud/user").status_code == 200


def test_without_the_header_nothing_is_done(mock_with_clock):
    server = mock_with_clock()
    client = server.client()
    answer = client("POST", "/cloud/groups", json=NEW_GROUP, headers={"OCS-APIRequest": None})
    assert answer.status_code == 412
    assert client.data("/cloud/groups") == {"groups": ["admin"]}


def test_passwords_are_kept_out_of_the_journal(mock_with_clock):
    server = mock_with_clock()
    client = server.client()
    client("POST", "/cloud/users", json={"userid": "u", "password": "Zk3-qweR!plo9"})
    client("PUT", "/cloud/users/u", json={"key": "password", "value": "An0ther-secret!"})
    writes = server.mock.journal.writes()
    assert [(entry.method, entry.path, entry.status) for entry in writes] == [
        ("POST", "/ocs/v2.php/cloud/users", 200),
        ("PUT", "/ocs/v2.php/cloud/users/u", 200),
    ]
    assert [entry.body for entry in writes] == [
        {"userid": "u", "password": "********"},
        {"key": "password", "value": "********"},
    ]


def test_who_has_not_signed_in_learns_the_version_only(mock_with_clock):
    client = mock_with_clock(version=34).client()
    client.session.auth = None
    shown = client.data("/cloud/capabilities")
    assert shown["version"]["major"] == 34
    assert "core" not in shown["capabilities"]
