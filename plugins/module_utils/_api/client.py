# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Calls operations with retries, rate limits and paging. Independent of resources."""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Callable, ContextManager, Iterator, Mapping

from ansible_collections.community.nextcloud.plugins.module_utils._api import operations, surroundings
from ansible_collections.community.nextcloud.plugins.module_utils._api.answers import (
    CONFIRM,
    Answer,
    failure_of,
    is_confirmed,
    is_maintenance,
    is_worth_repeating,
)
from ansible_collections.community.nextcloud.plugins.module_utils._api.connection import Connection
from ansible_collections.community.nextcloud.plugins.module_utils._api.memory import MOST_FAILURES
from ansible_collections.community.nextcloud.plugins.module_utils._api.operations import Call, Ids, Operation
from ansible_collections.community.nextcloud.plugins.module_utils._api.repeats import Repeats, entries_of
from ansible_collections.community.nextcloud.plugins.module_utils._api.session import NoAnswer, Session
from ansible_collections.community.nextcloud.plugins.module_utils._common.clock import Clock
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure, invalid
from ansible_collections.community.nextcloud.plugins.module_utils._common.progress import Progress

PAGE = 200
# The OCS code of an unknown path, and on most operations of an unknown account too.
UNKNOWN = 998
# A read during a creation can fail so; a server that fails for another reason fails again.
RETRIES_OF_500 = 2


# From a connection to a session on it: one of its own, or one that others use too.
Sessions = Callable[[Connection, Clock], ContextManager[Session]]


@contextmanager
def connected(
    connection: Connection, clock: Clock = Clock(), sessions: Sessions = Session, progress: Progress | None = None
) -> Iterator[Client]:
    """A client for one task."""
    with sessions(connection, clock) as session:
        yield Client(session, clock, progress)


class Client:
    """Calls operations on one server as one account, for one task. Any number of threads may call at once.

    Raises Failure, and nothing else, for what a server answers.
    """

    def __init__(self, session: Session, clock: Clock = Clock(), progress: Progress | None = None) -> None:
        self.progress = progress or Progress()
        self._session = session
        self._connection = session.connection
        self._clock = clock
        self._lock = threading.Lock()
        self._waited = 0.0
        self.failed_sign_ins = 0  # while passwords were compared

    def call(self, call: Call, body: Mapping[str, Any] | None = None, query: Mapping[str, Any] | None = None) -> Any:
        """The data of the answer."""
        return self._called(call, body, query)[0].data

    def write(
        self, call: Call, body: Mapping[str, Any] | None = None, query: Mapping[str, Any] | None = None
    ) -> tuple[bool, Any]:
        """Whether the call has changed something, as far as an answer tells, and the data of the answer.

        What was as wanted already is no change.
        """
        answer, attempts = self._called(call, body, query)
        return answer.status == 200 or attempts > 1, answer.data

    def _called(self, call: Call, body: Mapping[str, Any] | None, query: Any) -> tuple[Answer, int]:
        """The answer to a call that has succeeded or was settled already, and after how many attempts it came."""
        operation = call.operation
        while True:
            limit = self._session.rate_limit(operation.limit) if operation.limit else None
            sent = limit.enter() if limit else 0.0
            answer, attempts = self._answered(call, body, query)
            self._check_address(answer)
            failure = failure_of(operation, answer)
            confirmed = is_confirmed(operation, answer)
            if confirmed is not None:
                self._session.note_writes(confirmed)
            if failure is None:
                return answer, attempts
            failure = failure.but(
                message=self._connection.masked(failure.message, *surroundings.proxy_secrets(self._connection.url))
            )
            if failure.category == "rate_limited" and limit:
                if limit.wait(sent, self._may_wait):
                    continue
                raise self._impatient(limit.limit, failure)
            if failure.category == "permission" and operation.writes:
                raise self._explained(failure)
            raise failure

    def find(self, operation: Operation[Ids], *ids: Ids.args, **named_ids: Ids.kwargs) -> Any:
        """The data of the answer, None where what the ids name does not exist, or is hidden from this account.

        None too where the API cannot address it: a server holds such ids in its fields, and some of other backends.
        """
        try:
            call = operation(*ids, **named_ids)
        except Failure:
            return None
        try:
            return self.call(call)
        except Failure as failure:
            if failure.category != "not_found":
                raise
            return None

    def pages(
        self,
        call: Call,
        query: Mapping[str, Any] | None = None,
        concurrency: int = 1,
        size: int = PAGE,
        expected: int = 1,
    ) -> Iterator[Any]:
        """The data of page after page until one is empty: a page may be longer or shorter than `size`.

        A record may come twice, where several groups or backends have it. Where pages bring nothing new, the server or a
        backend does not heed `offset`: then the list is asked for as a whole, and ends with it.

        `expected` pages are taken to hold something, so up to `concurrency` of them are under way at once, and no more
        while the caller is busy. Beyond them, ever more pages are asked for at once, so that a short list costs no
        request for nothing.
        """

        def page(number: int) -> Any:
            return self.call(call, query={**(query or {}), "limit": size, "offset": number * size})

        asked, width = 0, 1
        repeats = Repeats()
        pending: deque[Future[Any]] = deque()
        with ThreadPoolExecutor(concurrency) as pool:
            while True:
                room = max(0, min(concurrency - len(pending), expected - asked))
                if not pending and not room:
                    room, width = width, min(2 * width, concurrency)
                pending.extend(pool.submit(page, number) for number in range(asked, asked + room))
                asked += room
                data = pending.popleft().result()
                if not entries_of(data):
                    return
                if repeats.go_round(data):
                    yield self.call(call, query=query)
                    return
                yield data

    @property
    def signs_in_as(self) -> tuple[str, str]:
        """Where and as whom, for something that outlives the task to be kept by. It may hold a token: never show it."""
        return self._connection.signs_in_as

    @property
    def retries(self) -> int:
        """How often a call, or a plan that a lost answer broke off, may be tried again."""
        return self._connection.retries

    def pause(self, attempt: int) -> None:
        """Wait before the attempt: 1 s before the first repetition, and twice as long before each further one."""
        self._clock.sleep(2.0 ** (attempt - 1))

    @property
    def writes_confirmed(self) -> bool | None:
        """Whether the server takes writes that want the password confirmed; None until one has been answered."""
        return self._session.writes_confirmed

    def major_version(self) -> int:
        """The server's major version."""
        return int(self.call(operations.CAPABILITIES())["version"]["major"])

    def signed_in_account(self) -> dict[str, Any]:
        """The record of the signed-in account: its id may differ from the name it signs in with."""
        account: dict[str, Any] = self.call(operations.CURRENT_USER())
        return account

    def passwords_match(self, passwords: Mapping[str, str], concurrency: int = 1) -> dict[str, bool]:
        """Of accounts by their ids, whether the server accepts the password: a sign-in each, which counts where it fails.

        Failure (invalid) before the first one, where more could fail than a server forgives.
        """
        failed: list[str] = []

        def matches(userid: str) -> bool:
            accepted = self._signs_in(userid, passwords[userid])
            if not accepted:
                failed.append(userid)
            return accepted

        with self._session.failures.counted() as before:
            _check_forgiven(len(passwords), before)
            try:
                with ThreadPoolExecutor(concurrency) as pool:
                    return dict(zip(passwords, pool.map(matches, passwords), strict=True))
            finally:
                self._session.failures.add(len(failed))
                self.failed_sign_ins += len(failed)

    def _signs_in(self, userid: str, password: str) -> bool:
        connection = self._connection._replace(username=userid, password=password, token=None, session_file=None)
        with connected(connection, self._clock) as client:
            try:
                client.call(operations.CURRENT_USER())
            except Failure as failure:
                if failure.category == "authentication":
                    return False
                raise
        return True

    def _check_address(self, answer: Answer) -> None:
        """The server answers a path that it does not know as it answers one of an account that does not exist.

        So before such an answer is believed, the record of the signed-in account must be found. Once for a session.
        """
        if answer.code != UNKNOWN or self._session.is_api_found:
            return
        found, unused = self._answered(operations.CURRENT_USER(), None, None)
        if found.code == UNKNOWN:
            message = (
                f"There is no Nextcloud API below {self._connection.url}. Check url, with its path if there is one."
            )
            raise Failure("protocol", message, operations.CURRENT_USER.id, found.http_status, found.code)
        self._session.is_api_found = found.status == 200

    def _answered(self, call: Call, body: Mapping[str, Any] | None, query: Any) -> tuple[Answer, int]:
        """The answer, and after how many attempts: as many as are safe."""
        operation = call.operation
        effect = "none"
        for attempt in range(self.retries + 1):
            if attempt:
                self.pause(attempt)
            last = attempt == self.retries
            try:
                answer = self._send(call, body, query)
            except NoAnswer as error:
                effect = "unknown" if error.sent and operation.writes else effect
                if last or error.lasting or effect == "unknown" and not operation.repeatable:
                    raise self._unanswered(operation, error, effect) from error
                continue
            if is_maintenance(answer) and not last:
                continue
            again = is_worth_repeating(operation, answer) and operation.repeatable and not last
            if not again or answer.status in (200, 500) and attempt >= RETRIES_OF_500:
                return answer, attempt + 1
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _send(self, call: Call, body: Any, query: Any) -> Answer:
        operation = call.operation
        return self._session.send(
            operation.method, self._connection.url + call.path, body, query, fresh=operation.writes
        )

    def _may_wait(self, needed: float, first: float) -> bool:
        """Whether the task may wait as long as it needs to; if so, counts what it waits at first."""
        with self._lock:
            if self._waited + needed > self._connection.rate_limit_wait:
                return False
            self._waited += first
            return True

    def _impatient(self, limit: operations.Limit, failure: Failure) -> Failure:
        """The failure, saying why the task did not wait for the rate limit."""
        return failure.but(
            message=f"{failure.message} It allows {limit.calls} of these calls in {limit.seconds} seconds for each signed-in"
            f" account, and this task may wait {self._connection.rate_limit_wait} seconds in total (rate_limit_wait)."
            " Run it again later, increase rate_limit_wait, or ask an administrator to exempt this address with"
            " community.nextcloud.rate_limit_exemption."
        )

    def _explained(self, failure: Failure) -> Failure:
        """A refused write of an administrator was not for lack of rights: it wants a fresh sign-in by password."""
        account = self.signed_in_account()
        if operations.ADMIN_GROUP not in account.get("groups", ()):
            return failure
        return failure.but(category="confirmation", message=CONFIRM)

    def _unanswered(self, operation: Operation[...], error: NoAnswer, effect: str) -> Failure:
        what = "gave no answer" if error.sent else "cannot be reached"
        return Failure("unavailable", f"{self._connection.url} {what}: {error.reason}", operation.id, effect=effect)


def _check_forgiven(count: int, before: int) -> None:
    """Failure (invalid) where so many sign-ins, after those that have failed before in the run, may lock the address out."""
    if before + count <= MOST_FAILURES:
        return
    passwords = "1 password" if count == 1 else f"{count} passwords"
    so_far = f", and {before} have failed in this run" if before else ""
    raise invalid(
        "update_password",
        f"when_changed must compare {passwords} by signing in, and a different one is a failed sign-in. A server locks an"
        f" address out after {MOST_FAILURES + 1} of them{so_far}. No password was compared. Use when_changed for at most"
        f" {MOST_FAILURES} existing accounts in a run, and always or on_create for the others.",
    )
