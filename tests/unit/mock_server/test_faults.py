# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Planned failures, in process and over sockets."""

from __future__ import annotations

import pytest
import requests
from mock_server import serve

NEW_GROUP = {"groupid": "g"}
GROUPS = "/cloud/groups"


def test_a_lost_answer_is_carried_out(house):
    server = house()
    server.mock.fail("lost_answer", "POST", GROUPS)
    client = server.client()
    with pytest.raises(requests.exceptions.ConnectionError):
        client("POST", GROUPS, json=NEW_GROUP)
    assert client.data(GROUPS) == {"groups": ["admin", "g"]}
    assert server.mock.faults == []


def test_a_refused_connection_is_not_carried_out(house):
    server = house()
    server.mock.fail("refused_connection", "POST", GROUPS)
    client = server.client()
    with pytest.raises(requests.exceptions.ConnectionError):
        client("POST", GROUPS, json=NEW_GROUP)
    assert server.mock.journal.requests == 0
    assert client.data(GROUPS) == {"groups": ["admin"]}


def test_a_proxy_answers_for_an_unreachable_server_as_often_as_planned(house):
    server = house()
    server.mock.fail("unavailable", times=2)
    client = server.client()
    answers = [client("GET", GROUPS) for unused in range(3)]
    assert [answer.status_code for answer in answers] == [503, 503, 200]
    assert answers[0].headers["Content-Type"].startswith("text/html")


def test_maintenance_for_one_request(house, codes):
    server = house()
    server.mock.fail("maintenance", "GET", "/cloud/user")
    client = server.client()
    assert client("GET", GROUPS).status_code == 200
    answer = client("GET", "/cloud/user")
    assert codes(answer) == (503, 503)
    assert answer.headers["X-Nextcloud-Maintenance-Mode"] == "1"


def test_maintenance_of_the_server(house):
    server = house()
    server.mock.state.maintenance = True
    client = server.client()
    assert client("GET", "/cloud/capabilities").status_code == 503
    assert client("GET", "/status.php").json()["maintenance"] is True


def test_faults_strike_in_the_order_they_were_planned(house):
    server = house()
    server.mock.fail("unavailable", "GET")
    server.mock.fail("refused_connection", "GET")
    client = server.client()
    assert client("GET", GROUPS).status_code == 503
    with pytest.raises(requests.exceptions.ConnectionError):
        client("GET", GROUPS)


@pytest.mark.parametrize("kind, groups", [("lost_answer", ["admin", "g"]), ("refused_connection", ["admin"])])
def test_connections_die_over_sockets_too(house, kind, groups):
    server = house()
    server.mock.fail(kind, "POST")
    session = requests.Session()
    session.auth = ("admin", "admin")
    session.headers.update({"OCS-APIRequest": "true", "Accept": "application/json"})
    with serve(server.mock) as url:
        with pytest.raises(requests.exceptions.ConnectionError):
            session.post(url + "/ocs/v2.php/cloud/groups", json=NEW_GROUP)
        answer = session.get(url + "/ocs/v2.php/cloud/groups")
    assert answer.json()["ocs"]["data"] == {"groups": groups}


def test_connections_are_kept_open_and_cookies_work_over_sockets(house):
    server = house()
    session = requests.Session()
    session.auth = ("admin", "admin")
    session.headers.update({"OCS-APIRequest": "true", "Accept": "application/json"})
    with serve(server.mock) as url:
        answers = [session.get(url + "/ocs/v2.php/cloud/users") for unused in range(3)]
        refused = session.post(url + "/nowhere", data="x" * 100000)
    assert [answer.status_code for answer in answers] == [200] * 3
    assert refused.status_code == 404
    assert server.mock.sign_ins == 2
    assert "close" not in [answer.headers.get("Connection") for answer in answers]
