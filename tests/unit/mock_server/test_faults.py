# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Planned failures, in process and over sockets."""

from __future__ import annotations

import pytest
import requests
from mock_server import MockServer, serve

NEW_GROUP = {"groupid": "g"}
GROUPS = "/cloud/groups"


def test_a_lost_answer_is_carried_out(mock_with_clock):
    server = mock_with_clock()
    server.mock.fail("lost_answer", "POST", GROUPS)
    client = server.client()
    with pytest.raises(requests.exceptions.ConnectionError):
        client("POST", GROUPS, json=NEW_GROUP)
    assert client.data(GROUPS) == {"groups": ["admin", "g"]}
    assert server.mock.faults == []


def test_a_refused_connection_is_not_carried_out(mock_with_clock):
    server = mock_with_clock()
    server.mock.fail("refused_connection", "POST", GROUPS)
    client = server.client()
    with pytest.raises(requests.exceptions.ConnectionError):
        client("POST", GROUPS, json=NEW_GROUP)
    assert server.mock.journal.requests == 0
    assert client.data(GROUPS) == {"groups": ["admin"]}


def test_a_proxy_answers_for_an_unreachable_server_as_often_as_planned(mock_with_clock):
    server = mock_with_clock()
    server.mock.fail("unavailable", times=2)
    client = server.client()
    answers = [client("GET", GROUPS) for unused in range(3)]
    assert [answer.status_code for answer in answers] == [503, 503, 200]
    assert answers[0].headers["Content-Type"].startswith("text/html")


def test_maintenance_for_one_request(mock_with_clock, codes):
    server = mock_with_clock()
    server.mock.fail("maintenance", "GET", "/cloud/user")
    client = server.client()
    assert client("GET", GROUPS).status_code == 200
    answer = client("GET", "/cloud/user")
    assert codes(answer) == (503, 503)
    assert answer.headers["X-Nextcloud-Maintenance-Mode"] == "1"


def test_maintenance_of_the_server(mock_with_clock):
    server = mock_with_clock()
    server.mock.state.maintenance = True
    client = server.client()
    assert client("GET", "/cloud/capabilities").status_code == 503
    assert client("GET", "/status.php").json()["maintenance"] is True


def test_faults_strike_in_the_order_they_were_planned(mock_with_clock):
    server = mock_with_clock()
    server.mock.fail("unavailable", "GET")
    server.mock.fail("refused_connection", "GET")
    client = server.client()
    assert client("GET", GROUPS).status_code == 503
    with pytest.raises(requests.exceptions.ConnectionError):
        client("GET", GROUPS)


def test_connections_are_kept_open_and_cookies_work_over_sockets(mock_with_clock):
    server = mock_with_clock()
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


# Every kind, in process and over sockets: what a client sees, and whether the request was carried out

PAGE, JSON = "text/html", "application/json"
ANSWERED = {
    "server_error": (500, PAGE),
    "failed_call": (500, JSON),
    "bad_gateway": (502, PAGE),
    "unavailable": (503, PAGE),
    "gateway_timeout": (504, PAGE),
    "maintenance": (503, JSON),
    "rate_limited": (429, PAGE),
    "locked_out": (429, JSON),
    "login_page": (200, PAGE),
    "refused_verb": (405, PAGE),
    "redirect_to_https": (301, PAGE),
    "redirect_to_host": (302, PAGE),
    "redirect_to_disguise": (302, PAGE),
    "access_denied": (403, PAGE),
    "proxy_sign_in": (401, PAGE),
    "proxy_credentials": (407, PAGE),
    "bad_request": (400, PAGE),
    "plain_http": (400, PAGE),
    "not_found_page": (404, PAGE),
    "deep_json": (200, JSON),
    "truncated_json": (200, JSON),
}
UNANSWERED = {
    "lost_answer": requests.exceptions.ConnectionError,
    "reset_connection": requests.exceptions.ConnectionError,
    # In process, and over sockets.
    "cut_answer": (requests.exceptions.ConnectionError, requests.exceptions.ChunkedEncodingError),
    "late_answer": requests.exceptions.ReadTimeout,
}
both_ways = pytest.mark.parametrize("over", ["in process", "sockets"])
before_and_after = pytest.mark.parametrize("carried_out, groups", [(False, ["admin"]), (True, ["admin", "g"])])


class Sockets:
    """One port for server after server: to open and close a port for each takes half a second."""

    def __init__(self) -> None:
        self.mock = MockServer()

    def __call__(self, environ, start_response):
        return self.mock(environ, start_response)


@pytest.fixture(scope="module", name="sockets")
def _sockets():
    sockets = Sockets()
    with serve(sockets) as url:
        yield sockets, url


@pytest.fixture(name="connected")
def _connected(mock_with_clock, sockets):
    """`connected("sockets")` gives a server and a client of it."""

    def connect(over):
        server = mock_with_clock()
        client = server.client(keeps_cookies=True)
        if over == "sockets":
            sockets[0].mock, client.base = server.mock, sockets[1]
            client.session.mount("http://", requests.adapters.HTTPAdapter())
        return server, client

    return connect


@both_ways
@before_and_after
@pytest.mark.parametrize("kind", ANSWERED)
def test_answers_in_place_of_the_server_s(connected, over, kind, carried_out, groups):
    server, client = connected(over)
    server.mock.fail(kind, "POST", carried_out=carried_out)
    answer = client("POST", GROUPS, json=NEW_GROUP, allow_redirects=False)
    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == ANSWERED[kind]
    assert "Retry-After" not in answer.headers
    assert [(entry.path[-6:], entry.done) for entry in server.mock.journal] == [("groups", carried_out)]
    assert client.data(GROUPS) == {"groups": groups}


@both_ways
@before_and_after
@pytest.mark.parametrize("kind", UNANSWERED)
def test_answers_that_do_not_arrive(connected, over, kind, carried_out, groups):
    server, client = connected(over)
    server.mock.fail(kind, "POST", carried_out=carried_out, seconds=0.2)
    with pytest.raises(UNANSWERED[kind]):
        client("POST", GROUPS, json=NEW_GROUP, timeout=0.1)
    assert [entry.done for entry in server.mock.journal if entry.done] == [True] * carried_out
    assert client.data(GROUPS) == {"groups": groups}


@pytest.mark.parametrize("kind, words", [("reset_connection", "reset by peer"), ("lost_answer", "closed connection")])
def test_a_connection_ends_with_a_reset_or_without(connected, kind, words):
    server, client = connected("sockets")
    server.mock.fail(kind)
    with pytest.raises(requests.exceptions.ConnectionError, match=words):
        client("GET", GROUPS)
    assert client("GET", GROUPS).status_code == 200


@both_ways
def test_half_an_answer_cannot_be_read(connected, over):
    server, client = connected(over)
    whole = client("GET", GROUPS).content
    server.mock.fail("truncated_json")
    assert client("GET", GROUPS).content == whole[: len(whole) // 2]
    server.mock.fail("truncated_json", carried_out=False)
    with pytest.raises(requests.exceptions.JSONDecodeError):
        client("GET", GROUPS).json()


@both_ways
@pytest.mark.parametrize("kind", ["slow_answer", "late_answer"])
def test_an_answer_in_time_is_whole(connected, over, kind):
    server, client = connected(over)
    whole = client("GET", GROUPS).content
    server.mock.fail(kind, seconds=0.2)
    assert client("GET", GROUPS, timeout=10).content == whole


def test_in_process_answers_take_their_time_by_the_server_s_clock(connected):
    server, client = connected("in process")
    began = server.clock.now()
    server.mock.fail("late_answer", seconds=20)
    assert client("GET", GROUPS, timeout=(5, 30)).status_code == 200
    assert server.clock.now() - began == 20
    server.mock.fail("late_answer", seconds=1000)
    with pytest.raises(requests.exceptions.ReadTimeout):
        client("GET", GROUPS, timeout=(5, 30))
    assert server.clock.now() - began == 50
    # Each piece of a slow answer comes in time.
    server.mock.fail("slow_answer", seconds=100)
    assert client("GET", GROUPS, timeout=30).status_code == 200
    assert round(server.clock.now() - began) == 150


def test_a_request_without_answer_and_effect_has_reached_nobody(connected):
    server, client = connected("in process")
    for kind in ("lost_answer", "reset_connection", "refused_connection", "restart"):
        server.mock.fail(kind, carried_out=False)
        with pytest.raises(requests.exceptions.ConnectionError):
            client("POST", GROUPS, json=NEW_GROUP)
    assert server.mock.journal.requests == 0


def test_redirects_lead_to_the_same_path(mock_with_clock):
    server = mock_with_clock()
    server.mock.fail("redirect_to_https")
    server.mock.fail("redirect_to_host")
    client = server.client()
    places = [client("GET", GROUPS + "?limit=1", allow_redirects=False).headers["Location"] for unused in range(2)]
    path = "/ocs/v2.php/cloud/groups?limit=1"
    assert places == ["https://nextcloud.test" + path, "https://elsewhere.example" + path]


def test_too_many_failures_are_told_in_the_envelope(mock_with_clock, codes):
    server = mock_with_clock()
    server.mock.fail("locked_out")
    assert codes(server.client()("GET", GROUPS)) == (429, 429)


def test_one_operation_fails_always_and_no_other(mock_with_clock):
    server = mock_with_clock()
    server.mock.fail("gateway_timeout", operation="groups-get-groups", times=0)
    client = server.client()
    assert [client("GET", GROUPS).status_code for unused in range(3)] == [504] * 3
    assert client("GET", GROUPS + "/details").status_code == 200
    server.mock.faults.clear()
    assert client("GET", GROUPS).status_code == 200


def test_an_expired_session_signs_in_again_where_it_can(mock_with_clock):
    server = mock_with_clock()
    client = server.client(keeps_cookies=True, cookie_test=True)
    assert client("GET", GROUPS).status_code == 200
    server.mock.fail("expired_session")
    assert (client("GET", GROUPS).status_code, server.mock.sign_ins) == (200, 2)
    client.session.auth = None
    server.mock.fail("expired_session")
    assert client("GET", GROUPS).status_code == 401


def test_a_restart_breaks_the_connection_and_keeps_the_state(mock_with_clock):
    server = mock_with_clock(app_passwords={"token": "admin"})
    client = server.client(keeps_cookies=True, cookie_test=True)
    client("POST", "/cloud/users", json={"userid": "u", "password": "Zk3-qweR!plo9", "groups": ["admin"]})
    client("PUT", "/cloud/users/u", json={"key": "role", "value": "Lead"})
    client("PUT", "/cloud/users/u/additional_mail", json={"key": "", "value": "a@example.org"})
    client("POST", "/index.php/apps/bruteforcesettings/ipwhitelist", json={"ip": "192.0.2.0", "mask": 24})
    before = client.data("/cloud/users/u")
    server.mock.fail("restart", "PUT")
    with pytest.raises(requests.exceptions.ConnectionError):
        client("PUT", "/cloud/users/u", json={"key": "role", "value": "Lost"})
    assert client.data("/cloud/users/u") == before
    # Sessions, app passwords, the list of exempt networks, and what counts for the rate limit are kept too.
    assert server.mock.sign_ins == 0
    assert server.client("admin", "token")("GET", "/cloud/user").status_code == 200
    assert [entry["ip"] for entry in client("GET", "/index.php/apps/bruteforcesettings/ipwhitelist").json()] == [
        "192.0.2.0"
    ]
    edits = [client("PUT", "/cloud/users/u", json={"key": "role", "value": "x"}).status_code for unused in range(50)]
    assert edits == [200] * 49 + [429]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "earthquake"},
        {"kind": "unavailable", "times": -1},
        {"kind": "restart", "carried_out": True},
        {"kind": "slow_answer", "carried_out": False},
    ],
)
def test_faults_that_cannot_be(mock_with_clock, wrong):
    with pytest.raises(ValueError):
        mock_with_clock().mock.fail(**wrong)
