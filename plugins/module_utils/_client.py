# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The client of the API: one session a task, one sign-in at most, retries, rate limits, paging.

It knows the API's manners and nothing of accounts. What it costs a server to sign in, and why the cookie below saves
half of that, is told in docs/architecture.md.
"""

from __future__ import annotations

import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable, Iterator, Mapping, NamedTuple
from urllib.parse import quote, urljoin, urlsplit

try:
    import requests
    import requests.auth
except ImportError:
    REQUESTS_IMPORT_ERROR: str | None = traceback.format_exc()
else:
    REQUESTS_IMPORT_ERROR = None

from ansible_collections.community.nextcloud.plugins.module_utils import _operations as operations
from ansible_collections.community.nextcloud.plugins.module_utils import _session_file
from ansible_collections.community.nextcloud.plugins.module_utils._answers import Answer, failure_of
from ansible_collections.community.nextcloud.plugins.module_utils._connection import Connection
from ansible_collections.community.nextcloud.plugins.module_utils._errors import Failure, Unanswered
from ansible_collections.community.nextcloud.plugins.module_utils._operations import Operation

HEADERS = {"OCS-APIRequest": "true", "Accept": "application/json", "User-Agent": "ansible-community.nextcloud"}
# A server makes a session that can be used again only for a client that shows this cookie. Sending it from the first
# request on saves the second sign-in.
SESSION_COOKIE = {"cookie_test": "test"}
# Writes ask for a sign-in by password that is at most 30 minutes old.
SESSION_SECONDS = 25 * 60
REDIRECTS = 3
RATE_LIMIT_POLL_SECONDS = 15.0
PAGE = 200


class Clock(NamedTuple):
    """Time as the client sees it; tests bring their own."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


def _bearer(token: str) -> Callable[[requests.PreparedRequest], requests.PreparedRequest]:
    """An auth callable and not a header, so that a ~/.netrc does not take its place."""

    def authorise(request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {token}"
        return request

    return authorise


class Client:
    """Calls operations on one server as one account. Raises Failure, and nothing else, for what a server answers."""

    def __init__(self, connection: Connection, clock: Clock = Clock()) -> None:
        self._connection = connection
        self._clock = clock
        self._waited = 0.0
        self._limited_calls: dict[operations.Limit, list[float]] = {}
        self._session = requests.Session()
        self._session.headers.update(HEADERS)
        if connection.token:
            self._session.auth = _bearer(connection.token)
        else:
            self._session.auth = requests.auth.HTTPBasicAuth(
                (connection.username or "").encode(), (connection.password or "").encode()
            )
        self._signed_in_at: float | None = None
        self._resumed = False
        self._kept: dict[str, Any] | None = None
        self._start_session()
        if connection.session_file:
            self._resume(connection.session_file)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *unused: object) -> None:
        self._session.close()
        if self._connection.session_file:
            self._keep(self._connection.session_file)

    def call(
        self,
        operation: Operation,
        path: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
        query: Mapping[str, Any] | None = None,
    ) -> Any:
        """The data of the answer. `path` holds the unencoded ids that the operation's path names."""
        while True:
            answer = self._answered(operation, path or {}, body, query)
            failure = failure_of(operation, answer)
            if failure is None:
                return answer.data if answer.status == 200 else None
            if failure.category == "rate_limited" and operation.limit:
                self._wait_for(operation.limit, failure)
                continue
            if failure.category == "permission" and operation.writes:
                raise self._explained(failure)
            raise failure

    def find(self, operation: Operation, path: Mapping[str, str]) -> Any:
        """The data of the answer, None where what the path names does not exist, or is hidden from this account."""
        try:
            return self.call(operation, path)
        except Failure as failure:
            if failure.category != "not_found":
                raise
            return None

    def pages(
        self,
        operation: Operation,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, Any] | None = None,
        concurrency: int = 1,
        size: int = PAGE,
    ) -> Iterator[Any]:
        """The data of page after page until one is empty: a page may be longer or shorter than `size`.

        A record may come twice, where several groups or backends have it. The first page signs in; then ever more
        pages are asked for at once, up to `concurrency`, so that a short list costs no request for nothing.
        """

        def page(number: int) -> Any:
            return self.call(operation, path, query={**(query or {}), "limit": size, "offset": number * size})

        first = page(0)
        if _is_empty(first):
            return
        yield first
        with ThreadPoolExecutor(concurrency) as pool:
            start, width = 1, 1
            while True:
                for data in pool.map(page, range(start, start + width)):
                    if _is_empty(data):
                        return
                    yield data
                start, width = start + width, min(2 * width, concurrency)

    @property
    def signs_in_as(self) -> tuple[str, str]:
        """Where and as whom, for something that outlives the task to be kept by. It may hold a token: never show it."""
        return self._connection.url, self._connection.token or self._connection.username or ""

    @property
    def retries(self) -> int:
        """How often a call, or a plan that a lost answer broke off, may be tried again."""
        return self._connection.retries

    def pause(self, attempt: int) -> None:
        """Wait before the attempt: 1 s before the first repetition, and twice as long before each further one."""
        self._clock.sleep(2.0 ** (attempt - 1))

    def major_version(self) -> int:
        """The server's major version."""
        return int(self.call(operations.CAPABILITIES)["version"]["major"])

    def signed_in_account(self) -> dict[str, Any]:
        """The record of the signed-in account: its id may differ from the name it signs in with."""
        account: dict[str, Any] = self.call(operations.CURRENT_USER)
        return account

    def signs_in(self, userid: str, password: str) -> bool:
        """Whether the server accepts this password for this account: one sign-in, which counts where it fails."""
        connection = self._connection._replace(username=userid, password=password, token=None, session_file=None)
        with Client(connection, self._clock) as client:
            try:
                client.call(operations.CURRENT_USER)
            except Failure as failure:
                if failure.category == "authentication":
                    return False
                raise
        return True

    def _answered(
        self, operation: Operation, path: Mapping[str, str], body: Mapping[str, Any] | None, query: Any
    ) -> Answer:
        """The answer, after as many tries as are safe."""
        for attempt in range(self.retries + 1):
            if attempt:
                self.pause(attempt)
            last = attempt == self.retries
            try:
                answer = self._send(operation, path, body, query)
            except requests.exceptions.SSLError as error:
                raise self._unreachable(operation, error) from error
            except requests.exceptions.RequestException as error:
                if not operation.repeatable:
                    raise self._unanswered(operation, error) from error
                if last:
                    raise self._unreachable(operation, error) from error
                continue
            if answer.status in (502, 504) and not operation.repeatable:
                raise self._unanswered(operation, None)
            if answer.status not in (502, 503, 504) or last:
                return answer
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _send(self, operation: Operation, path: Mapping[str, str], body: Any, query: Any) -> Answer:
        if operation.writes:
            self._renew_stale_session()
        encoded = {name: _encoded(name, value) for name, value in path.items()}
        url = self._connection.url + operation.path.format(**encoded)
        if operation.limit:
            self._limited_calls.setdefault(operation.limit, []).append(self._clock.now())
        for unused in range(REDIRECTS + 1):
            response = self._session.request(
                operation.method,
                url,
                json=body,
                params=query,
                timeout=self._connection.timeout,
                verify=self._connection.ca_path or self._connection.validate_certs,
                cert=self._certificate(),
                allow_redirects=False,
            )
            target = urljoin(url, response.headers.get("Location", ""))
            if not response.is_redirect or not _same_place(url, target):
                break
            url, query = target, None
        try:
            decoded = response.json()
        except ValueError:
            decoded = None
        if response.ok:
            self._note_sign_in()
        return Answer(response.status_code, response.headers, decoded)

    def _certificate(self) -> str | tuple[str, str] | None:
        if self._connection.client_cert and self._connection.client_key:
            return self._connection.client_cert, self._connection.client_key
        return self._connection.client_cert

    def _start_session(self) -> None:
        self._session.cookies.clear()
        self._session.cookies.update(SESSION_COOKIE)
        self._signed_in_at = None

    def _note_sign_in(self) -> None:
        """After an accepted request. A kept session that the server has lost is replaced by one with other cookies."""
        replaced = self._resumed and self._kept and self._kept["cookies"] != self._session_cookies()
        if self._signed_in_at is None or replaced:
            self._signed_in_at = self._clock.now()
        self._resumed = False

    def _renew_stale_session(self) -> None:
        age = self._clock.now() - (self._signed_in_at or self._clock.now())
        if age > SESSION_SECONDS and not self._connection.token:
            self._start_session()

    def _resume(self, path: str) -> None:
        self._kept = _session_file.load(path, self._connection)
        if self._kept and self._clock.now() - self._kept["signed_in_at"] <= SESSION_SECONDS:
            for name, value, domain, cookie_path in self._kept["cookies"]:
                self._session.cookies.set(name, value, domain=domain, path=cookie_path)
            self._signed_in_at = self._kept["signed_in_at"]
            self._resumed = True

    def _keep(self, path: str) -> None:
        cookies = self._session_cookies()
        session = {"cookies": cookies, "signed_in_at": self._signed_in_at} if self._signed_in_at and cookies else None
        if session != self._kept:
            try:
                _session_file.store(path, self._connection, session)
            except OSError:
                pass  # the task's own work is done; all that is lost is that the next task has to sign in

    def _session_cookies(self) -> list[list[str | None]]:
        """Name, value, domain and path of each: all that a cookie must be given back with to be replaced later."""
        return [
            [cookie.name, cookie.value, cookie.domain, cookie.path]
            for cookie in self._session.cookies
            if cookie.name not in SESSION_COOKIE
        ]

    def _wait_for(self, limit: operations.Limit, failure: Failure) -> None:
        """Wait until the limit may have room again, or raise `failure` where the task may not wait that long."""
        calls = self._limited_calls.get(limit, [])[:-1]  # the refused call itself does not count
        self._limited_calls[limit] = calls
        wait = RATE_LIMIT_POLL_SECONDS
        if len(calls) >= limit.calls:
            # All calls of the window were this task's, so it is known when the first of them leaves it.
            wait = max(1.0, calls[-limit.calls] + limit.seconds - self._clock.now())
        left = self._connection.rate_limit_wait - self._waited
        if left <= 0 or wait > left:
            failure.message = (
                f"{failure.message} It allows {limit.calls} of these calls in {limit.seconds} seconds for each signed-in"
                f" account, and this task may wait {self._connection.rate_limit_wait} seconds in all (rate_limit_wait)."
                " Run it again later, let it wait longer, or have an administrator exempt this address from the limit,"
                " with community.nextcloud.rate_limit_exemption."
            )
            raise failure
        self._waited += wait
        self._clock.sleep(wait)

    def _explained(self, failure: Failure) -> Failure:
        """A refused write of an administrator was not for lack of rights: it wants a fresh sign-in by password."""
        account = self.signed_in_account()
        if operations.ADMIN_GROUP in account.get("groups", ()):
            failure.category = "confirmation"
            failure.message = (
                "The server wants this write confirmed by a sign-in with the account's password. From Nextcloud 34 on"
                " it takes no app password for it: set username and password instead of an app password or token."
            )
        return failure

    def _unreachable(self, operation: Operation, error: Exception) -> Failure:
        return Failure("unavailable", f"{self._connection.url} cannot be reached: {_reason(error)}", operation.id)

    def _unanswered(self, operation: Operation, error: Exception | None) -> Unanswered:
        reason = _reason(error) if error else "a gateway in between gave up"
        return Unanswered("unavailable", f"{self._connection.url} gave no answer: {reason}", operation.id)


def _is_empty(data: Any) -> bool:
    """Whether a page holds nothing: one list or map is inside, and an empty map comes as a list."""
    return not any(data.values() if isinstance(data, dict) else data)


def _encoded(name: str, value: str) -> str:
    """An id in a path. A group's is decoded twice by the server: encoded once, `a+b` would become another group."""
    once = quote(value, safe="")
    if name != "group":
        return once
    # Dots are never encoded by `quote`, but dots alone would lead up the path.
    return quote(once if value.strip(".") else once.replace(".", "%2E"), safe="")


def _same_place(url: str, target: str) -> bool:
    """Whether a redirect stays on the host and does not leave https."""
    here, there = urlsplit(url), urlsplit(target)
    to_https = (here.scheme, there.scheme) == ("http", "https")
    same_port = (here.scheme, here.port) == (there.scheme, there.port)
    return here.hostname == there.hostname and (to_https or same_port)


def _reason(error: Exception) -> str:
    """The innermost reason of a network error, in its own words and without the request that it carries."""
    if isinstance(error, requests.exceptions.SSLError):
        inner = _innermost(error)
        if "CERTIFICATE_VERIFY_FAILED" in inner:
            return f"the certificate is not accepted ({inner}). Set ca_path to the authority that signed it."
        return f"no TLS with it ({inner}). Check whether url begins with https or http, and client_cert."
    if isinstance(error, requests.exceptions.Timeout):
        return "no answer within the timeout"
    return _innermost(error)


def _innermost(error: BaseException) -> str:
    while True:
        inner = getattr(error, "reason", None) or (error.args[0] if error.args else None) or error.__cause__
        if not isinstance(inner, BaseException):
            return str(error) or type(error).__name__
        error = inner
