# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What stands in front of a server is told apart from it, and learns nothing that is meant for the server."""

from __future__ import annotations

import base64
from typing import Any

import pytest
import requests
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.answers import answered, failure_of
from ansible_collections.community.nextcloud.plugins.module_utils._api.connection import Connection
from ansible_collections.community.nextcloud.plugins.module_utils._api.places import place_of, redirected, shown
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mock_server import MockAdapter
from refusals import refused
from werkzeug.wrappers import Response

HERE = "https://cloud.example.org/nextcloud/ocs/v2.php/cloud/user"
HEADERS = {"X-Gateway-Token": "canary-token"}


def failure(nextcloud: Any, module: str = "group", **options: Any) -> Failure:
    with pytest.raises(Failure) as caught:
        nextcloud.task(module, **{"groupid": "design", **options})
    return caught.value


# Answers of something in front


@pytest.mark.parametrize(
    ("kind", "status", "told"),
    [
        ("access_denied", 403, "'Access denied'"),
        ("proxy_sign_in", 401, 'WWW-Authenticate: Basic realm="Intranet"'),
        ("proxy_credentials", 407, "HTTP_PROXY"),
        ("bad_request", 400, "'400 Bad Request'"),
        ("not_found_page", 404, "'No such site'"),
    ],
)
def test_a_page_in_front_says_nothing_about_the_account(nextcloud: Any, kind: str, status: int, told: str) -> None:
    nextcloud.server.fail(kind, times=0)
    found = failure(nextcloud)
    assert (found.category, found.http_status) == ("protocol", status)
    assert f"HTTP {status}" in found.message and told in found.message
    for misleading in ("trusted_domains", "An administrator is", "Check username"):
        assert misleading not in found.message


@pytest.mark.parametrize("kind", ["access_denied", "proxy_sign_in", "bad_request", "not_found_page", "login_page"])
def test_it_is_named_as_the_possible_sender(nextcloud: Any, kind: str) -> None:
    nextcloud.server.fail(kind, times=0)
    assert "in front of the server" in failure(nextcloud).message


def test_a_port_that_speaks_https_is_no_untrusted_name(nextcloud: Any) -> None:
    nextcloud.server.fail("plain_http")
    found = failure(nextcloud)
    assert (found.category, found.http_status) == ("protocol", 400)
    assert "https" in found.message and "trusted_domains" not in found.message


@pytest.mark.parametrize(
    "said",
    [
        "<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head>",
        "<p>Reason: You're speaking plain HTTP to an SSL-enabled server port.<br />",
        "Client sent an HTTP request to an HTTPS server.\n",
    ],
)
def test_each_servers_words_for_that(said: str) -> None:
    found = failure_of(operations.CURRENT_USER, answered(400, {"Content-Type": "text/html"}, said.encode()))
    assert found and "begins with https" in found.message


def test_a_wrong_password_is_still_one(nextcloud: Any) -> None:
    found = failure(nextcloud, password="wrong")
    assert (found.category, "Check username" in found.message) == ("authentication", True)


@pytest.mark.parametrize(("status", "category"), [(401, "authentication"), (403, "permission")])
def test_json_of_the_server_without_an_envelope_is_its_own(status: int, category: str) -> None:
    answer = answered(status, {"Content-Type": "application/json"}, b'{"message":""}')
    found = failure_of(operations.GET_ALLOW_LIST, answer)
    assert found and found.category == category
    elsewhere = failure_of(operations.CURRENT_USER, answer)
    assert elsewhere and elsewhere.category == "protocol"


def test_a_page_in_front_that_asks_for_a_sign_in_is_not_asked_again(nextcloud: Any) -> None:
    nextcloud.server.fail("proxy_sign_in", times=0)
    failure(nextcloud)
    assert nextcloud.journal.requests == 1


# Redirects


@pytest.mark.parametrize("kind", ["redirect_to_host", "redirect_to_disguise"])
def test_a_redirect_that_is_not_followed(nextcloud: Any, kind: str) -> None:
    nextcloud.server.fail(kind, times=0)
    found = failure(nextcloud)
    assert (found.category, found.http_status) == ("protocol", 302)
    assert nextcloud.journal.requests == 1


@pytest.mark.parametrize("location", ["http://[::1", "http://host:99999/", "//", "http://\x00/", "\xff"])
def test_a_malformed_redirect_is_not_followed(nextcloud: Any, location: str) -> None:
    def application(environ: Any, start_response: Any) -> list[bytes]:
        start_response("302 Found", [("Location", location), ("Content-Length", "0")])
        return [b""]

    nextcloud.adapter = MockAdapter(application)
    found = failure(nextcloud)
    assert (found.category, found.http_status) == ("protocol", 302)


@pytest.mark.parametrize(
    "location",
    [
        "/elsewhere",
        "elsewhere?a=b",
        "//cloud.example.org/elsewhere",
        "https://CLOUD.example.org:443/elsewhere",
        "https://cloud.example.org/users/jane@example.org",
    ],
)
def test_redirects_that_stay(location: str) -> None:
    target = redirected(HERE, location)
    assert target and place_of(target) == ("https", "cloud.example.org", 443)


def test_a_redirect_up_to_https() -> None:
    assert redirected("http://cloud.example.org/a", "https://cloud.example.org/a") == "https://cloud.example.org/a"
    assert redirected("http://cloud.example.org/a", "http://cloud.example.org:8080/a") is None


ELSEWHERE = [
    "http://cloud.example.org/elsewhere",
    "https://cloud.example.org:8443/",
    "https://cloud.example.org.evil.example/",
    "//evil.example/",
    "///evil.example/",
    r"http://evil.example:8573\@cloud.example.org/",
    r"https://evil.example\@cloud.example.org/",
    r"\\evil.example/",
    r"/\evil.example/",
    "https://cloud.example.org@evil.example/",
    "https://evil.example#@cloud.example.org/",
    "https://evil.example?@cloud.example.org/",
    "https://evil.example;@cloud.example.org/",
    "https://user@cloud.example.org/",
    "https://user:password@cloud.example.org/",
    "https://cloud.example.org:443@evil.example/",
    "https://cloud.example.org\t.evil.example/",
    "https://cloud.example.org%2eevil.example/",
    "https://cloud.example.org%00.evil.example/",
    "https://cloud.example.org\uff0fevil.example/",
    "https://\uff43loud.example.org/",
    "https://[::1/",
    "https://[evil.example]/",
    "https://cloud.example.org:port/",
    "https://cloud.example.org:99999/",
    "https:cloud.example.org",
    "https:///evil.example/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "http://" + "a" * 300,
    "https://" + "a." * 200,
]


@pytest.mark.parametrize("location", ELSEWHERE)
def test_redirects_that_lead_elsewhere(location: str) -> None:
    target = redirected(HERE, location)
    # What looks like elsewhere may be a path on the host. Nothing else is followed.
    assert target is None or sent_to(target) == "cloud.example.org"


def sent_to(address: str) -> str:
    """The host that `requests` would connect to for an address: as the library that it hands it to is told."""
    found: list[str] = []

    class Adapter(requests.adapters.HTTPAdapter):
        def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
            try:
                host, unused = self.build_connection_pool_key_attributes(request, True)
                found.append(host["host"])
            except AttributeError:  # before requests 2.32
                found.append(str(self.poolmanager.connection_from_url(request.url).host))
            raise requests.ConnectionError

    session = requests.Session()
    session.mount("http://", Adapter())
    session.mount("https://", Adapter())
    with pytest.raises(requests.RequestException):
        session.get(address)
    return found[0].lower()


PIECES = st.sampled_from(
    ["https:", "http:", "//", "/", "\\", "@", ":", "#", "?", ".", "..", "%40", "%2f", "%5c", "%00", "[", "]", "\t", " "]
    + ["cloud.example.org", "evil.example", "443", "8573", "user", "\u3002", "\uff0f", "\u2100", "\u00e9", "::1", "%"]
)


@settings(max_examples=1500, deadline=None)
@given(st.lists(PIECES, max_size=9).map("".join) | st.text(max_size=40))
@example(r"http://evil.example:8573\@cloud.example.org/")
def test_no_redirect_leaves_the_host(location: str) -> None:
    target = redirected(HERE, location)
    assert target is None or sent_to(target) == "cloud.example.org"


def test_a_message_does_not_repeat_what_an_address_may_hold() -> None:
    assert shown("https://sso.example.org/sign-in?ticket=canary#canary") == "https://sso.example.org/sign-in"
    for location in ("https://user:canary@host/", "https://host\\canary", "https://h\u00f6st/canary"):
        assert "canary" not in shown(location)
    assert len(shown("https://" + "a" * 5000)) <= 200


# The address itself


@pytest.mark.parametrize(
    "url",
    [
        "https://admin:canary@cloud.example.org",
        "https://admin:can/ary@cloud.example.org",
        "https://admin:can#ary@cloud.example.org",
        "https://admin:can?ary@cloud.example.org/nextcloud",
        "https://canary@cloud.example.org",
        "https://admin:canary@cloud.example.org@evil.example",
        r"https://evil.example\@cloud.example.org",
        r"https://cloud.example.org\.evil.example",
        "https://cloud.example.org /nextcloud",
        "https://cloud.example.org\n",
        "https://cloud.example.org/<nextcloud>",
    ],
)
def test_an_address_that_could_be_read_in_two_ways_is_refused(nextcloud: Any, url: str) -> None:
    with refused("url") as caught:
        nextcloud.task("group", groupid="design", url=url)
    assert "can" not in str(caught.value.as_result()).replace("can be", "")
    assert nextcloud.journal.requests == 0


@settings(max_examples=1500, deadline=None)
@given(st.lists(PIECES, max_size=7).map("".join) | st.text(max_size=30))
def test_an_address_that_is_accepted_is_read_in_one_way(rest: str) -> None:
    options = {**dict.fromkeys(Connection._fields), "username": "admin", "password": "admin"}
    options |= {"url": f"https://{rest}", "timeout": 1, "retries": 0, "rate_limit_wait": 0, "max_answer_size": 1}
    try:
        connection = Connection.from_options(options.get)
    except Failure as found:
        assert found.message.startswith("url: ")
        return
    try:
        sent = requests.Request("GET", connection.url).prepare().url
    except (requests.RequestException, ValueError):
        return  # nothing is sent
    place = place_of(str(sent))
    assert place is None or sent_to(connection.url).strip("[]") == place.host


# Further headers


def test_headers_are_sent_with_every_request(connect: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    nextcloud = connect()
    seen: list[Any] = []
    send = nextcloud.adapter.send
    monkeypatch.setattr(
        nextcloud.adapter, "send", lambda request, **more: seen.append(request.headers) or send(request, **more)
    )
    nextcloud.task("group", groupid="design", headers=HEADERS)
    assert len(seen) > 1
    assert [headers["X-Gateway-Token"] for headers in seen] == ["canary-token"] * len(seen)
    assert all(headers["Authorization"].startswith("Basic ") for headers in seen)


def test_headers_from_the_environment(nextcloud: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEXTCLOUD_HEADERS", '{"X-Gateway-Token": "canary-token\\n"}')
    connection = Connection.from_options({**options_of_a_connection(), "headers": '{"X-A": "b\\n"}'}.get)
    assert connection.headers == (("X-A", "b"),)
    assert nextcloud.task("group", groupid="design")["changed"] is True


def options_of_a_connection() -> dict[str, Any]:
    return {
        "url": "https://cloud.example.org",
        "username": "admin",
        "password": "admin",
        "validate_certs": True,
        "timeout": 1,
        "retries": 0,
        "rate_limit_wait": 0,
        "max_answer_size": 1,
    }


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "canary"},
        {"cookie": "canary"},
        {"OCS-APIREQUEST": "canary"},
        {"Host": "canary"},
        {"Content-Length": "1"},
        {"Transfer-Encoding": "chunked"},
        {"Proxy-Authorization": "canary"},
        {"X-A": "canary\nX-B: c"},
        {"X-A": "canary\r\n\r\nGET / HTTP/1.1"},
        {"X-A": "canary\x00"},
        {"X-A": " canary"},
        {"X-A": "canary-\u00fc"},
        {"X-A": ""},
        {"X-A": None},
        {"X-A": ["canary"]},
        {"X-A": True},
        {"X-A": "a", "x-a": "canary"},
        {"X A": "canary"},
        {"X-A:": "canary"},
        {"X-canary\nX-B": "c"},
        {"": "canary"},
        {1: "canary"},
        ["canary"],
        "canary",
        '["canary"]',
        "[" * 100_000,
    ],
)
def test_headers_that_cannot_be_right(nextcloud: Any, headers: Any) -> None:
    with refused("headers") as caught:
        nextcloud.task("group", groupid="design", headers=headers)
    assert "canary" not in str(caught.value.as_result())
    assert nextcloud.journal.requests == 0


def test_what_a_page_in_front_repeats_of_a_secret_is_masked(nextcloud: Any) -> None:
    basic = base64.b64encode(b"admin:admin-canary").decode()
    page = f"<html><head><title>canary-token {basic} admin-canary</title></head></html>"
    nextcloud.adapter = MockAdapter(Response(page, 403))
    found = failure(nextcloud, headers=HEADERS, password="admin-canary")
    assert "HTTP 403" in found.message and "canary" not in found.message and basic not in found.message


def test_an_answer_without_content_is_described() -> None:
    assert "without content" in str(failure_of(operations.CURRENT_USER, answered(403, {}, b"")))
