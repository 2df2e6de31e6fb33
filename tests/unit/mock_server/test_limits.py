# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rate limits and the lock-out after failed sign-ins, with a clock moved by hand."""

from __future__ import annotations

import typing as t

import pytest

ROLE = {"key": "role", "value": "x"}
ALLOW_LIST = "/index.php/apps/bruteforcesettings/ipwhitelist"
APPLY = "/apps/provisioning_api/api/v1/config/apps/bruteforcesettings/apply_allowlist_to_ratelimit"


def _statuses(client: t.Any, times: int, path: str = "/cloud/users/u", **body: str) -> list[int]:
    return [client("PUT", path, json=body or ROLE).status_code for unused in range(times)]


def test_fifty_edits_fit_into_ten_minutes(mock_with_clock):
    server = mock_with_clock()
    server.mock.state.add_account("u")
    client = server.client()
    assert _statuses(client, 51) == [200] * 50 + [429]
    answer = client("PUT", "/cloud/users/u", json=ROLE)
    assert answer.content == b"" and "Retry-After" not in answer.headers
    assert answer.headers["Content-Type"] == "text/html; charset=UTF-8"
    server.clock.advance(599)
    assert _statuses(client, 1) == [429]
    server.clock.advance(2)
    # Refused calls did not count, so all fifty are there again.
    assert _statuses(client, 51) == [200] * 50 + [429]


def test_the_window_slides(mock_with_clock):
    server = mock_with_clock()
    server.mock.state.add_account("u")
    client = server.client()
    _statuses(client, 20)
    server.clock.advance(400)
    _statuses(client, 30)
    server.clock.advance(201)
    assert _statuses(client, 21) == [200] * 20 + [429]


def test_collections_have_a_limit_of_their_own(mock_with_clock):
    server = mock_with_clock()
    server.mock.state.add_account("u")
    client = server.client()
    path = "/cloud/users/u/additional_mail"
    assert _statuses(client, 6, path, key="", value="a@example.org") == [200] * 5 + [429]
    assert _statuses(client, 1) == [200]
    server.clock.advance(61)
    assert _statuses(client, 1, path, key="", value="b@example.org") == [200]


def test_each_account_has_its_own_window(mock_with_clock):
    server = mock_with_clock()
    state = server.mock.state
    state.add_account("u")
    state.add_account("second", "Zk3-qweR!plo9", groups=["admin"])
    assert _statuses(server.client(), 51)[-1] == 429
    assert _statuses(server.client("second", "Zk3-qweR!plo9"), 1) == [200]


def test_put_and_patch_have_a_window_each(mock_with_clock):
    server = mock_with_clock(version=34)
    server.mock.state.add_account("u")
    client = server.client()
    assert _statuses(client, 51) == [200] * 50 + [429]
    patched = [client("PATCH", "/cloud/users/u", json={"quota": "1 GB"}).status_code for unused in range(51)]
    assert patched == [200] * 50 + [429]


@pytest.mark.parametrize(
    "method, path, body",
    [
        ("POST", "/cloud/users", {"userid": "new", "password": "Zk3-qweR!plo9", "quota": "1 GB"}),
        ("PUT", "/cloud/users/u/disable", None),
        ("POST", "/cloud/users/u/groups", {"groupid": "g"}),
        ("POST", "/cloud/users/u/subadmins", {"groupid": "g"}),
        ("DELETE", "/cloud/users/u", None),
    ],
)
def test_other_writes_are_not_limited(mock_with_clock, method, path, body):
    server = mock_with_clock()
    server.mock.state.add_account("u")
    server.mock.state.add_group("g")
    client = server.client()
    _statuses(client, 51)
    assert client(method, path, json=body).status_code == 200


def test_an_exempt_network_is_not_limited_once_the_list_applies(mock_with_clock):
    server = mock_with_clock()
    server.mock.state.add_account("u")
    client = server.client()
    _statuses(client, 50)
    entry = client("POST", ALLOW_LIST, json={"ip": "127.0.0.0", "mask": 8}).json()
    assert _statuses(client, 1) == [429]
    client("POST", APPLY, json={"value": "1"})
    assert _statuses(client, 60) == [200] * 60
    client("DELETE", "%s/%d" % (ALLOW_LIST, entry["id"]))
    assert _statuses(client, 1) == [429]


def test_ten_failures_lock_an_address_for_right_passwords_too(mock_with_clock, codes):
    server = mock_with_clock()
    wrong, right = server.client(password="wrong"), server.client()
    assert [wrong("GET", "/cloud/user").status_code for unused in range(11)] == [401] * 10 + [429]
    assert codes(right("GET", "/cloud/user")) == (429, 429)
    server.clock.advance(1801)
    assert codes(right("GET", "/cloud/user")) == (200, 200)


def test_a_right_password_forgets_failures(mock_with_clock):
    server = mock_with_clock()
    wrong, right = server.client(password="wrong"), server.client()
    for unused in range(3):
        assert [wrong("GET", "/cloud/user").status_code for again in range(9)] == [401] * 9
        assert right("GET", "/cloud/user").status_code == 200


def test_limits_can_be_switched_off(mock_with_clock):
    server = mock_with_clock(rate_limit=False, brute_force=False)
    server.mock.state.add_account("u")
    wrong = server.client(password="wrong")
    assert {wrong("GET", "/cloud/user").status_code for unused in range(20)} == {401}
    assert set(_statuses(server.client(), 60)) == {200}


def test_windows_can_be_shortened(mock_with_clock):
    server = mock_with_clock(rate_limit_window=60)
    server.mock.state.add_account("u")
    client = server.client()
    assert _statuses(client, 51) == [200] * 50 + [429]
    path = "/cloud/users/u/additional_mail"
    assert _statuses(client, 6, path, key="", value="a@example.org") == [200] * 5 + [429]
    server.clock.advance(7)
    assert _statuses(client, 1, path, key="", value="b@example.org") == [200]
    assert _statuses(client, 1) == [429]
    server.clock.advance(54)
    assert _statuses(client, 1) == [200]
