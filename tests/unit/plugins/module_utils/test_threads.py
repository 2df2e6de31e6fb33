# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One client and many threads: one sign-in, one renewal, one refusal, one wait."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable, Iterable

import pytest
import requests
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from mock_server import MockAdapter

THREADS = 8


def at_once(call: Callable[[Any], Any], items: Iterable[Any] = range(THREADS)) -> list[Any]:
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(call, items))


@pytest.fixture
def mounted(nextcloud: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Any], None]], None]:
    """Takes a function that every answer goes through, in the thread that it is for."""

    def mount(answered: Callable[[Any], None]) -> None:
        class Adapter(MockAdapter):
            def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
                response = super().send(request, *args, **kwargs)
                answered(response)
                return response

        adapter = Adapter(nextcloud.server)
        monkeypatch.setattr(requests.Session, "get_adapter", lambda session, url: adapter)

    return mount


@pytest.fixture
def overtaking(mounted: Callable[[Callable[[Any], None]], None]) -> list[int]:
    """Holds back each answer to a request without a session; gives how many others came by then."""
    others: list[int] = []
    changed = threading.Condition()
    waiting = [0]

    def hold(response: requests.Response) -> None:
        with changed:
            waiting[0] += 1
            changed.notify_all()
            if "nc_session" not in response.request.headers["Cookie"]:
                changed.wait_for(lambda: waiting[0] > 1, timeout=0.2)
                others.append(waiting[0] - 1)
            waiting[0] -= 1

    mounted(hold)
    return others


def test_the_first_request_signs_in_and_the_others_wait_for_it(nextcloud: Any, overtaking: list[int]) -> None:
    with nextcloud.client() as client:
        at_once(lambda unused: client.call(operations.CURRENT_USER()))
    assert nextcloud.server.sign_ins == 1
    assert overtaking == [0]


def test_accounts_that_are_not_there_sign_in_once_too(nextcloud: Any, overtaking: list[int]) -> None:
    with nextcloud.client() as client:
        at_once(lambda number: client.find(operations.GET_USER, f"u{number}"))
    assert nextcloud.server.sign_ins == 1
    assert overtaking == [0]


def test_a_stale_session_is_renewed_once(nextcloud: Any, overtaking: list[int]) -> None:
    with nextcloud.client() as client:
        client.call(operations.CURRENT_USER())
        nextcloud.clock.advance(26 * 60)
        at_once(lambda number: client.call(operations.ADD_GROUP(), body={"groupid": f"g{number}"}))
    assert nextcloud.server.sign_ins == 2
    assert overtaking == [0, 0]


def test_a_wrong_password_is_one_request(nextcloud: Any) -> None:
    def category(unused: int) -> str:
        with pytest.raises(Failure) as caught:
            client.call(operations.CURRENT_USER())
        return caught.value.category

    with nextcloud.client(password="wrong") as client:
        assert at_once(category, range(3 * THREADS)) == ["authentication"] * 3 * THREADS
    assert nextcloud.journal.requests == 1


def test_one_waits_for_the_rate_limit_and_the_others_with_it(
    nextcloud: Any, mounted: Callable[[Callable[[Any], None]], None]
) -> None:
    nextcloud.state.add_account("jane")
    start = nextcloud.clock.now()
    all_refused = threading.Barrier(THREADS)
    mounted(lambda answer: all_refused.wait(timeout=10) if answer.status_code == 429 else None)

    def set_role(number: int) -> None:
        body = {"key": "role", "value": f"role {number}"}
        client.call(operations.EDIT_USER("jane"), body)

    with nextcloud.client(rate_limit_wait=600) as client:
        for number in range(50):
            set_role(number)
        at_once(set_role)
    assert nextcloud.clock.now() - start == 600
    statuses = [entry.status for entry in nextcloud.journal.writes()]
    assert (statuses.count(200), statuses.count(429)) == (50 + THREADS, 120 * THREADS)


def test_no_thread_waits_longer_than_the_task_may(nextcloud: Any) -> None:
    nextcloud.state.add_account("jane")
    start = nextcloud.clock.now()

    def set_role(number: int) -> bool:
        try:
            client.call(operations.EDIT_USER("jane"), {"key": "role", "value": f"role {number}"})
        except Failure as failure:
            assert failure.category == "rate_limited" and "599 seconds" in failure.message
            return False
        return True

    with nextcloud.client(rate_limit_wait=599) as client:
        done = at_once(set_role, range(50 + THREADS))
    assert done.count(True) == 50
    assert nextcloud.clock.now() == start


def test_a_session_that_is_too_old_for_writes_is_renewed_once(nextcloud: Any) -> None:
    with nextcloud.client() as client:
        client.call(operations.CURRENT_USER())
        for session in nextcloud.state.sign_ins.sessions.values():
            session.since -= 3600
        at_once(lambda number: client.call(operations.ADD_GROUP(), body={"groupid": f"g{number}"}))
    assert nextcloud.server.sign_ins == 2
