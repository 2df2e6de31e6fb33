# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tasks of one run know of each other's sign-ins, and that nobody else can make anything of it."""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, Callable

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.answers import Answer
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import connected
from ansible_collections.community.nextcloud.plugins.module_utils._api.connection import OPTIONS, Connection
from ansible_collections.community.nextcloud.plugins.module_utils._api.memory import Known
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.plugin_utils import _run_memory

PASSWORD = "canary-Zk3-qweR!plo9"
URL = "http://nextcloud.test"
Task = Callable[..., None]


def connection(**options: Any) -> Connection:
    defaults = {name: option.get("default") for name, option in OPTIONS.items()}
    return Connection.from_options({**defaults, "url": URL, "username": "jane", "password": PASSWORD, **options}.get)


@pytest.fixture
def task(nextcloud: Any, run_folder: Path) -> Task:
    """A task of the run: reads as jane, and writes where that is asked for; further arguments are connection options."""

    def run(write: bool = False, environment: Any = None, tries_again: bool = False, **options: Any) -> None:
        open_session = partial(_run_memory.open_session, environment=environment, tries_again=tries_again)
        with connected(connection(**options), nextcloud.context.clock, open_session) as client:
            client.call(operations.CURRENT_USER())
            if write:
                client.call(operations.ENABLE_USER("john"))

    nextcloud.state.add_account("jane", PASSWORD, groups=["admin"])
    nextcloud.state.add_account("john", PASSWORD)
    return run


def refused(task: Task, **options: Any) -> None:
    with pytest.raises(Failure) as caught:
        task(**options)
    assert caught.value.category == "authentication"


def files(run_folder: Path) -> list[Path]:
    return [path for path in run_folder.rglob("*") if path.is_file()]


# One sign-in


def test_tasks_with_the_same_credentials_sign_in_once(nextcloud: Any, task: Task) -> None:
    for unused in range(20):
        task(write=True)
    assert nextcloud.server.sign_ins == 1
    assert nextcloud.journal.requests == 2 * 20


def test_tasks_at_the_same_time_sign_in_once(nextcloud: Any, task: Task) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda unused: task(), range(8)))
    assert nextcloud.server.sign_ins == 1


@pytest.mark.parametrize(
    "other",
    [
        {"username": "john"},
        {"url": "http://other.test"},
        {"environment": {"http_proxy": "http://proxy.example.org"}},
        {"validate_certs": False},
        {"headers": {"X-Gateway-Token": "canary"}},
        {"client_cert": __file__},
        {"ca_path": __file__},
    ],
)
def test_nothing_of_one_connection_reaches_another(nextcloud: Any, task: Task, other: dict[str, Any]) -> None:
    for unused in range(2):
        task()
        task(**other)
    assert nextcloud.server.sign_ins == 2


@pytest.mark.parametrize(
    ("options", "host"),
    [
        ({}, "web1"),
        ({}, ""),
        ({"url": "http://other.test"}, "web2"),
        ({"username": "john"}, "web2"),
        ({"password": "canary-other"}, "web2"),
        ({"password": None, "token": "canary-token"}, "web2"),
        ({"headers": {"X-Gateway-Token": "canary"}}, "web2"),
    ],
)
def test_a_refusal_is_for_these_credentials_from_this_host_on_this_server(
    run_folder: Path, options: dict[str, Any], host: str
) -> None:
    def memory(of: Connection, at: str) -> Any:
        return _run_memory.of_connection(of, {}, at)

    def is_refused(of: Connection, at: str) -> bool:
        with memory(of, at).turn(lambda known: True) as known:
            return known.refusal is not None

    memory(connection(), "web2").remember(Known(refusal=Answer(401, {}, None)))
    assert is_refused(connection(), "web2")
    assert not is_refused(connection(**options), host)


def test_another_password_gets_no_session(nextcloud: Any, task: Task) -> None:
    task()
    refused(task, password="wrong")
    task()
    assert nextcloud.journal.requests == 3


def test_a_session_that_is_too_old_is_renewed_once(nextcloud: Any, task: Task) -> None:
    task()
    nextcloud.clock.advance(26 * 60)
    for unused in range(3):
        task(write=True)
    assert nextcloud.server.sign_ins == 2


def test_what_a_write_was_answered_outlasts_the_session(nextcloud: Any, task: Task) -> None:
    def told() -> bool | None:
        with connected(connection(), nextcloud.context.clock, _run_memory.open_session) as client:
            client.call(operations.CURRENT_USER())
            return client.writes_confirmed

    task()
    assert told() is None
    task(write=True)
    nextcloud.clock.advance(26 * 60)
    task()
    assert told() is True


def test_a_session_that_was_renewed_has_other_cookies(nextcloud: Any, task: Task) -> None:
    task()
    (old,) = nextcloud.state.sign_ins.sessions
    nextcloud.clock.advance(26 * 60)
    task(write=True)
    # Whoever still had the old cookie would have to sign in again.
    del nextcloud.state.sign_ins.sessions[old]
    task(write=True)
    assert nextcloud.server.sign_ins == 2


def test_tasks_do_not_wait_for_each_other_once_the_credentials_are_known_to_be_right(
    nextcloud: Any, task: Task, run_folder: Path
) -> None:
    task()
    locks = [path for path in files(run_folder) if path.suffix == ".lock"]
    assert locks
    with ExitStack() as stack:
        for lock in locks:
            fcntl.flock(stack.enter_context(open(lock, "rb")), fcntl.LOCK_EX)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(task, write=True).result(60)
    assert nextcloud.server.sign_ins == 1


def test_a_session_that_the_server_has_forgotten_is_renewed_once(nextcloud: Any, task: Task) -> None:
    task()
    nextcloud.state.sign_ins.end_sessions(nextcloud.state.account("jane"))
    for unused in range(3):
        task(write=True)
    assert nextcloud.server.sign_ins == 2


def test_each_task_signs_in_where_that_is_asked_for(nextcloud: Any, task: Task, run_folder: Path) -> None:
    for unused in range(3):
        task(share_session=False)
    assert nextcloud.server.sign_ins == 3
    assert files(run_folder) == []


def test_a_session_file_goes_on_beyond_the_run(nextcloud: Any, task: Task, tmp_path: Path, new_run: Any) -> None:
    kept = str(tmp_path / "session")
    task(session_file=kept)
    new_run()
    task(session_file=kept)
    assert nextcloud.server.sign_ins == 1


def test_a_session_that_is_too_old_for_a_write_is_renewed_once(nextcloud: Any, task: Task) -> None:
    task()
    for session in nextcloud.state.sign_ins.sessions.values():
        session.since -= 3600
    for unused in range(3):
        task(write=True)
    assert nextcloud.server.sign_ins == 2
    assert [entry.status for entry in nextcloud.journal.writes()] == [403, 200, 200, 200]


# Comparing passwords


@pytest.fixture
def compare(nextcloud: Any, task: Task) -> Callable[..., int]:
    """Compares so many passwords in a task of the run; gives how many of them are the same."""
    for number in range(9):
        nextcloud.state.add_account(f"u{number}", PASSWORD)

    def compared(count: int, password: str = "wrong", **options: Any) -> int:
        with connected(connection(**options), nextcloud.context.clock, _run_memory.open_session) as client:
            return sum(client.passwords_match({f"u{number}": password for number in range(count)}).values())

    return compared


def test_comparing_passwords_in_several_tasks_locks_nobody_out(nextcloud: Any, compare: Any, task: Task) -> None:
    assert (compare(4), compare(4), compare(1, PASSWORD)) == (0, 0, 1)
    before = nextcloud.journal.requests
    with pytest.raises(Failure, match="must compare 2 passwords.* 8 have failed in this run"):
        compare(2)
    assert nextcloud.journal.requests == before
    assert compare(1) == 0
    task()


def test_refusals_count_like_passwords_that_differ(compare: Any, task: Task) -> None:
    for number in range(3):
        refused(task, password=f"wrong{number}")
    with pytest.raises(Failure, match="3 have failed"):
        compare(7)
    assert compare(6) == 0


def test_each_server_forgives_for_itself(compare: Any) -> None:
    assert compare(9) == 0
    assert compare(1, url="http://other.test") == 0


def test_a_password_that_differs_is_no_refusal(nextcloud: Any, compare: Any, task: Task) -> None:
    compare(1, "later")
    nextcloud.state.account("u0").password = "later"
    task(username="u0", password="later")


# One refusal


def test_a_refused_password_is_one_request_for_the_whole_run(nextcloud: Any, task: Task) -> None:
    for unused in range(20):
        refused(task, password="wrong")
    assert nextcloud.journal.requests == 1


def test_a_refused_password_is_one_request_of_tasks_at_the_same_time(nextcloud: Any, task: Task) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda unused: refused(task, password="wrong"), range(8)))
    assert nextcloud.journal.requests == 1


def test_a_refusal_leaves_no_session_file(nextcloud: Any, task: Task, tmp_path: Path) -> None:
    refused(task, password="wrong", session_file=str(tmp_path / "session"))
    assert not (tmp_path / "session").exists()


def test_a_task_that_tries_again_locks_nobody_out(nextcloud: Any, task: Task) -> None:
    for unused in range(20):
        refused(task, password="wrong", tries_again=True)
    assert nextcloud.journal.requests == _run_memory.MOST_REFUSALS < 10


def test_a_task_that_tries_again_ends_the_refusal(nextcloud: Any, task: Task) -> None:
    refused(task, password="later")
    nextcloud.state.account("jane").password = "later"
    task(password="later", tries_again=True)
    task(password="later")
    assert nextcloud.journal.requests == 3


def test_a_password_that_has_been_set_is_tried(nextcloud: Any, task: Task) -> None:
    refused(task, password="later")
    nextcloud.state.account("jane").password = "later"
    _run_memory.forget(URL, ["john"])
    refused(task, password="later")
    _run_memory.forget(URL, ["JANE"])
    task(password="later")


def test_an_unavailable_server_is_no_refusal(nextcloud: Any, task: Task) -> None:
    nextcloud.server.fail("maintenance", times=2)
    for unused in range(2):
        with pytest.raises(Failure, match="maintenance"):
            task(retries=0)
    task()


# Nothing for anybody else


def test_files_are_of_no_use_without_the_key_of_the_run(
    nextcloud: Any, task: Task, run_folder: Path, new_key: Any
) -> None:
    task()
    refused(task, password="canary-wrong")
    names = {path.relative_to(run_folder) for path in run_folder.rglob("*")}
    everything = " ".join(map(str, names)) + " ".join(path.read_text() for path in files(run_folder))
    for secret in ("canary", "jane", "nextcloud.test", "cookie", "nc_session"):
        assert secret not in everything
    new_key()
    task()
    assert nextcloud.server.sign_ins == 3
    # Under another key the same has other names.
    others = {path.relative_to(run_folder) for path in run_folder.rglob("*")} - names
    assert others and not {path.name for path in others} & {path.name for path in names}


def test_all_is_for_the_owner_alone(task: Task, run_folder: Path) -> None:
    task()
    assert files(run_folder)
    assert [path for path in run_folder.rglob("*") if path.stat().st_mode & 0o077] == []


def test_a_folder_that_others_can_look_into_is_not_used(nextcloud: Any, task: Task, run_folder: Path) -> None:
    run_folder.chmod(0o750)
    task()
    task()
    assert nextcloud.server.sign_ins == 2
    assert files(run_folder) == []


def test_a_run_without_a_folder_signs_in_each_time(nextcloud: Any, task: Task, run_folder: Path) -> None:
    run_folder.rmdir()
    task()
    task()
    assert nextcloud.server.sign_ins == 2


def test_damaged_files_are_as_good_as_none(nextcloud: Any, task: Task, run_folder: Path) -> None:
    task()
    for path in files(run_folder):
        path.write_bytes(path.read_bytes()[:20])
    task()
    task()
    assert nextcloud.server.sign_ins == 2


def test_a_lock_through_a_link_is_not_followed(nextcloud: Any, task: Task, run_folder: Path, tmp_path: Path) -> None:
    task()
    (lock,) = (path for path in files(run_folder) if path.suffix == ".lock")
    (kept,) = (path for path in files(run_folder) if path != lock)
    lock.unlink()
    kept.unlink()
    lock.symlink_to(tmp_path / "elsewhere")
    task()
    assert not (tmp_path / "elsewhere").exists()


def test_whoever_takes_too_long_lets_the_next_one_in(nextcloud: Any, task: Task) -> None:
    shared = _run_memory.of_connection(connection(timeout=0.1), {})
    with shared.turn(lambda known: False), ThreadPoolExecutor(1) as pool:
        pool.submit(task).result(60)
    assert nextcloud.server.sign_ins == 1


def test_a_task_does_not_wait_for_itself(nextcloud: Any, task: Task) -> None:
    shared = _run_memory.of_connection(connection(timeout=3600), {})
    with shared.turn(lambda known: False):
        task(timeout=3600)  # such as a lookup in its own environment
    assert nextcloud.server.sign_ins == 1


def test_tasks_that_wait_for_a_request_without_an_answer_share_that(
    nextcloud: Any, task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = threading.Event()
    flock = fcntl.flock

    def locked(lock: int, how: int) -> None:
        waiting.set()
        flock(lock, how)

    def unanswered() -> str:
        with pytest.raises(Failure) as caught:
            task(retries=0)
        return caught.value.message

    shared = _run_memory.of_connection(connection(), {})
    with ThreadPoolExecutor(1) as pool:
        with shared.turn(lambda known: False):
            monkeypatch.setattr(fcntl, "flock", locked)
            waiter = pool.submit(unanswered)
            waiting.wait(60)
            shared.remember(Known(silence=("no answer within the timeout", False)))
        assert "no answer within the timeout" in waiter.result(60)
    assert nextcloud.journal.requests == 0
    # Who comes later asks for themselves.
    task()
    assert nextcloud.journal.requests == 1


def test_a_process_of_the_run_has_its_memory(nextcloud: Any, task: Task) -> None:
    task()
    read, write = os.pipe()
    process = multiprocessing.get_context("fork").Process(target=_tell_what_is_known, args=(write,))
    process.start()
    process.join()
    assert os.read(read, 10) == b"accepted"


def _tell_what_is_known(write: int) -> None:
    with _run_memory.of_connection(connection(), {}).turn(lambda known: True) as known:
        os.write(write, b"accepted" if known.accepted else b"nothing")
