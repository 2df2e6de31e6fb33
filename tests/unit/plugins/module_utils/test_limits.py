# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Everything ends: lists, answers, and the wait for a lock. What would be waited for for ever is not opened."""

from __future__ import annotations

import gzip
import itertools
import json
import os
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations, repeats
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import connected
from ansible_collections.community.nextcloud.plugins.module_utils._api.connection import OPTIONS, Connection
from ansible_collections.community.nextcloud.plugins.module_utils._common import private_file
from ansible_collections.community.nextcloud.plugins.module_utils._common.clock import Clock
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from canned import CannedServer
from mock_server import HandClock, MockAdapter
from refusals import refused
from werkzeug.wrappers import Response

PASSWORD = "Zk3-qweR!plo9"

# Lists


@pytest.fixture
def anew(connect: Any) -> Any:
    """A server that begins each page of a list anew, with more accounts than are on a page."""
    nextcloud = connect(heeds_offset=False)
    nextcloud.state.add_group("design")
    for number in range(205):
        nextcloud.state.add_account(f"u{number:03}", PASSWORD, groups=["design"], enabled=number % 2 == 0)
    nextcloud.journal.clear()
    return nextcloud


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ({}, 206),
        ({"limit": 10}, 10),
        ({"limit": 200}, 200),
        ({"limit": 206}, 206),
        ({"limit": 5000}, 206),
        ({"details": False}, 206),
        ({"group": "design"}, 205),
        ({"enabled": False}, 102),
        ({"enabled": True, "limit": 150}, 104),
        ({"search": "u00", "limit": 50}, 10),
    ],
)
def test_accounts_of_a_server_that_ignores_offset(anew: Any, options: dict[str, Any], count: int) -> None:
    assert len({user["userid"] for user in anew.task("user_info", **options)["users"]}) == count
    assert anew.journal.requests <= 12


@pytest.mark.parametrize("details", [False, True])
def test_groups_of_a_server_that_ignores_offset(anew: Any, details: bool) -> None:
    assert [group["groupid"] for group in anew.task("group_info", details=details)["groups"]] == ["admin", "design"]
    assert anew.journal.requests <= 4


def test_a_directory_of_a_server_that_ignores_offset(anew: Any) -> None:
    users = [{"userid": f"u{number:03}", "role": "Lead"} for number in range(205)]
    result = anew.task("directory", check=True, users=users)
    assert result["summary"]["users"]["changed"] == 205
    assert len(anew.task("directory_info")["directory"]["users"]) == 206
    assert anew.journal.requests <= 60


def test_a_list_without_end_fails(nextcloud: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the pages hold, there is an end to them."""
    numbers = itertools.count()

    def application(environ: Any, start_response: Any) -> Any:
        userids = [f"u{next(numbers)}" for unused in range(10)]
        body = {"ocs": {"meta": {"statuscode": 200}, "data": {"users": userids}}}
        return Response(json.dumps(body), 200, content_type="application/json")(environ, start_response)

    monkeypatch.setattr(repeats, "MOST_RECORDS", 1000)
    nextcloud.adapter = MockAdapter(application)
    with pytest.raises(Failure, match="does not end") as caught:
        nextcloud.task("user_info", details=False)
    assert caught.value.category == "protocol"


# Answers, over sockets


def head(size: int, *headers: str) -> bytes:
    lines = [
        "HTTP/1.1 200 OK",
        "Content-Type: application/json",
        f"Content-Length: {size}",
        "Connection: close",
        *headers,
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def asked(url: str, **options: Any) -> Failure:
    """How a request fails over sockets."""
    defaults = {name: option.get("default") for name, option in OPTIONS.items()}
    given = {**defaults, "url": url, "username": "admin", "password": "admin", "retries": 0, **options}
    with pytest.raises(Failure) as caught, connected(Connection.from_options(given.get)) as client:
        client.call(operations.CURRENT_USER())
    return caught.value


@pytest.mark.parametrize("answer", [head(100_000), b"HTTP/1.1 200 OK\r\nX-Slow: "], ids=["body", "header"])
def test_an_answer_that_trickles_ends_after_the_timeout(answer: bytes) -> None:
    with CannedServer(answer, trickles=True) as server:
        failure = asked(server.url, timeout=0.2)
    assert failure.category == "unavailable" and "no whole answer within the timeout" in failure.message


def test_an_answer_in_pieces_that_is_whole_in_time(connect: Any) -> None:
    body = json.dumps({"ocs": {"meta": {"statuscode": 997}, "data": []}}).encode()
    with CannedServer(head(len(body) + 5) + body, trickles=True) as server:
        assert asked(server.url, timeout=30).category == "authentication"


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_an_answer_that_is_too_large_is_asked_for_once(packed: bool) -> None:
    body = b" " * 2 * 1024 * 1024
    content = gzip.compress(body) if packed else body
    headers = ["Content-Encoding: gzip"] if packed else []
    with CannedServer(head(len(content), *headers) + content) as server:
        failure = asked(server.url, max_answer_size=1, retries=3)
        assert server.requests == 1
    assert failure.category == "unavailable"
    assert "larger than 1 MiB" in failure.message and "max_answer_size" in failure.message


def test_an_answer_may_be_as_large_as_the_option_says(nextcloud: Any) -> None:
    for number in range(12):
        nextcloud.state.add_account(f"u{number}", PASSWORD, address="x" * 100_000)
    with pytest.raises(Failure, match="max_answer_size"):
        nextcloud.task("user_info", max_answer_size=1)
    assert len(nextcloud.task("user_info", max_answer_size=2)["users"]) == 13


# Locks and files; test_private_files.py has more of them


@pytest.mark.parametrize("content", [b"", b"\xff\x00", b"a\nb"])
def test_what_a_lock_says_of_its_holder_may_be_nothing(tmp_path: Path, content: bytes) -> None:
    clock = HandClock()
    path = tmp_path / "ledger"
    with private_file.locked("ledger", str(path)):
        path.with_name("ledger.lock").write_bytes(content)
        waiting = private_file.locked("ledger", str(path), Clock(clock.now, clock.advance))
        with pytest.raises(Failure, match="locked by another process"), waiting:
            raise AssertionError("two hold the lock")


@pytest.mark.parametrize("option", ["ca_path", "client_cert", "client_key"])
@pytest.mark.parametrize("kind", ["fifo", "terminal", "link to a fifo"])
def test_a_certificate_that_is_no_file_is_refused_before_it_is_opened(
    nextcloud: Any, tmp_path: Path, option: str, kind: str
) -> None:
    path = tmp_path / "special"
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "terminal":
        path.symlink_to("/dev/tty")
    else:
        os.mkfifo(tmp_path / "fifo")
        path.symlink_to(tmp_path / "fifo")
    with refused(option, str(path)):
        nextcloud.task("group", groupid="design", url="https://nextcloud.test", **{option: str(path)})
    assert nextcloud.journal.requests == 0
