# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The admin port: faults and the like for a server in another process, never through the API it imitates."""

from __future__ import annotations

import pytest
import requests
from mock_server import Admin, serve

GROUPS = "/cloud/groups"


@pytest.fixture(name="server")
def _server(mock_with_clock):
    server = mock_with_clock()
    with serve(Admin(server.mock)) as url:
        server.admin_url = url
        yield server


def test_faults_are_planned_listed_and_forgotten(server):
    fault = {"kind": "gateway_timeout", "operation": "groups-get-groups", "times": 3}
    assert requests.post(server.admin_url + "/faults", json=fault).status_code == 204
    client = server.client()
    assert client("GET", GROUPS).status_code == 504
    listed = requests.get(server.admin_url + "/faults").json()
    assert [(entry["kind"], entry["times"]) for entry in listed] == [("gateway_timeout", 2)]
    assert requests.delete(server.admin_url + "/faults").status_code == 204
    assert client("GET", GROUPS).status_code == 200


@pytest.mark.parametrize(
    "method, path, body, status",
    [
        ("POST", "/faults", {"kind": "earthquake"}, 400),
        ("POST", "/faults", {"kind": "unavailable", "nonsense": 1}, 400),
        ("POST", "/faults", ["unavailable"], 400),
        ("PUT", "/maintenance", "yes", 400),
        ("PUT", "/faults", {}, 405),
        ("GET", "/nothing", None, 404),
    ],
)
def test_what_is_refused_is_told(server, method, path, body, status):
    answer = requests.request(method, server.admin_url + path, json=body)
    assert (answer.status_code, bool(answer.json()["message"])) == (status, True)
    assert server.mock.faults == []


def test_maintenance(server):
    client = server.client()
    for wanted, status in ((True, 503), (False, 200)):
        requests.put(server.admin_url + "/maintenance", json=wanted)
        assert client("GET", GROUPS).status_code == status


def test_sessions_and_limits_are_forgotten(server):
    client = server.client(keeps_cookies=True, cookie_test=True)
    client("GET", GROUPS)
    requests.delete(server.admin_url + "/sessions")
    client("GET", GROUPS)
    assert server.mock.sign_ins == 2
    wrong = server.client(password="wrong")
    assert [wrong("GET", GROUPS).status_code for unused in range(11)][-1] == 429
    requests.delete(server.admin_url + "/limits")
    assert wrong("GET", GROUPS).status_code == 401


def test_the_journal_is_shown_and_forgotten(server):
    server.client()("POST", "/cloud/users", json={"userid": "u", "password": "Zk3-qweR!plo9"})
    [entry] = requests.get(server.admin_url + "/journal").json()
    assert (entry["method"], entry["body"], entry["account"]) == (
        "POST",
        {"userid": "u", "password": "********"},
        "admin",
    )
    requests.delete(server.admin_url + "/journal")
    assert requests.get(server.admin_url + "/journal").json() == []


def test_a_restart_keeps_the_state(server):
    client = server.client()
    client("POST", GROUPS, json={"groupid": "g"})
    state = requests.get(server.admin_url + "/state").json()
    requests.post(server.admin_url + "/restart")
    assert requests.get(server.admin_url + "/state").json() == state
    assert client.data(GROUPS) == {"groups": ["admin", "g"]}


def test_the_server_itself_knows_nothing_of_it(server):
    client = server.client()
    assert [client(method, "/faults").status_code for method in ("GET", "POST", "DELETE")] == [404] * 3
