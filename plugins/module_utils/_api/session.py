# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""A signed-in session: one account on one server, one sign-in, for any number of calls, threads and items of a loop.

What a sign-in costs a server, and why the cookie below saves half of that, is told in docs/architecture.md.
"""

from __future__ import annotations

import threading
import traceback
from functools import partial
from typing import Any, Callable, Iterator, Mapping

try:
    import requests
    import requests.adapters
    import requests.auth
    import requests.cookies
    import urllib3.exceptions
except ImportError:
    REQUESTS_IMPORT_ERROR: str | None = traceback.format_exc()
else:
    REQUESTS_IMPORT_ERROR = None

    class _Cookies(requests.cookies.RequestsCookieJar):
        """A jar that can be read while an answer to another thread changes it."""

        _cookies_lock: threading.RLock  # of http.cookiejar

        def __iter__(self) -> Iterator[Any]:
            with self._cookies_lock:
                return iter(list(super().__iter__()))

    class _Http(requests.Session):
        """Does not look where a redirect leads: it would trip over an address that is none."""

        def get_redirect_target(self, resp: requests.Response) -> None:
            return None


from ansible_collections.community.nextcloud.plugins.module_utils._api import places, surroundings
from ansible_collections.community.nextcloud.plugins.module_utils._api.answers import Answer, answered
from ansible_collections.community.nextcloud.plugins.module_utils._api.connection import Connection
from ansible_collections.community.nextcloud.plugins.module_utils._api.memory import Failures, Known, Memory, NoMemory
from ansible_collections.community.nextcloud.plugins.module_utils._api.operations import Limit
from ansible_collections.community.nextcloud.plugins.module_utils._api.rate_limit import RateLimit
from ansible_collections.community.nextcloud.plugins.module_utils._api.session_file import SessionFile
from ansible_collections.community.nextcloud.plugins.module_utils._api.transfer import (
    MIB,
    TookTooLong,
    TooLarge,
    content_of,
    within,
)
from ansible_collections.community.nextcloud.plugins.module_utils._common.clock import Clock

HEADERS = {"OCS-APIRequest": "true", "Accept": "application/json", "User-Agent": "ansible-community.nextcloud"}
# A server makes a session that can be used again only for a client that shows this cookie. Sending it from the first
# request on saves the second sign-in.
SESSION_COOKIE = {"cookie_test": "test"}
# Writes ask for a sign-in by password that is at most 30 minutes old.
SESSION_SECONDS = 25 * 60
REDIRECTS = 3
# What is shorter is a part of many words, so to mask it would spoil a page.
_SHORTEST_SECRET = 4
# Apart from 200: statuses with an OCS envelope that only a signed-in client gets, so they prove that the sign-in worked.
LET_IN = (400, 403, 404)
# So many connections are kept open; whoever asks for more calls at once has them opened and closed.
MOST_CONCURRENCY = 32


# Method, URL, body and query.
_Request = tuple[str, str, Any, Any]


class NoAnswer(Exception):
    """A request got none.

    reason: in plain words, without secrets. lasting: the next one gets none either. sent: it may have been carried out.
    """

    def __init__(self, reason: str, lasting: bool, sent: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.lasting = lasting
        self.sent = sent


class Session:
    """Sends requests on one server as one account. Any number of threads may send at once.

    The first request alone signs in, and the others wait for it. A request is never sent under credentials that the
    server has refused: the refusal is the answer to it, because a server shuts an address out after ten of them.
    """

    def __init__(self, connection: Connection, clock: Clock = Clock(), memory: Memory | None = None) -> None:
        """memory: of what came of the credentials elsewhere; without one, that of the session file where it is named.

        May raise Failure (invalid) for certificates and proxies that cannot be used.
        """
        surroundings.check(connection)
        if not connection.validate_certs:
            # The library would say with each connection, amidst the output of Ansible, what was asked for.
            urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
        self.connection = connection
        self._clock = clock
        self._memory = memory or memory_of(connection)
        self._lock = threading.RLock()  # held for signing in, and for a look at what follows here
        self._adapter = requests.adapters.HTTPAdapter(pool_maxsize=MOST_CONCURRENCY)
        self._http = self._new()
        self._signed_in_at: float | None = None
        self._refusal: Answer | None = None
        self._resumed = False
        self._is_anew = False  # made because a write was refused in the one before
        self._given_up: list[list[str | None]] | None = None  # the cookies of the one before
        self._kept = Known()
        self._rate_limits: dict[Limit, RateLimit] = {}
        self.writes_confirmed = self._memory.writes_confirmed()
        self.is_api_found = False  # the server has shown that the API is below the address

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *unused: object) -> None:
        self.close()
        self.keep()

    def close(self) -> None:
        """Close the connections. The session itself goes on, as far as the server is concerned."""
        self._adapter.close()

    @property
    def refused(self) -> bool:
        """Whether the server has refused the credentials."""
        return self._refusal is not None

    @property
    def failures(self) -> Failures:
        """The failed sign-ins on this server."""
        return self._memory.failures

    def note_writes(self, confirmed: bool) -> None:
        """Whether the server took a write that wants the password confirmed."""
        with self._lock:
            if confirmed is not self.writes_confirmed:
                self.writes_confirmed = confirmed
                self._memory.remember_writes(confirmed)

    def rate_limit(self, limit: Limit) -> RateLimit:
        """The rate limit, as this account has met it so far."""
        with self._lock:
            return self._rate_limits.setdefault(limit, RateLimit(limit, self._clock))

    def send(
        self, method: str, url: str, body: Mapping[str, Any] | None, query: Mapping[str, Any] | None, fresh: bool
    ) -> Answer:
        """The answer to one request. Raises NoAnswer, and Failure (invalid) for a session file that cannot be used.

        fresh: whether the server may want a recent sign-in for it.
        """
        request = (method, url, body, query)
        answer, http = self._answer(request, fresh)
        if fresh and _may_want_confirmation(answer) and self._is_renewed(http):
            answer, http = self._answer(request, fresh)
        return answer

    def _answer(self, request: _Request, fresh: bool) -> tuple[Answer, requests.Session | None]:
        """The answer, and where it was signed in before, the session that the request was sent in."""
        with self._lock:
            if self._refusal:
                return self._refusal, None
            if fresh and self._is_stale(self._signed_in_at):
                self._give_up()
            http = self._http
            if self._signed_in_at is None:
                with self._memory.turn(self._suffices) as known:
                    self._take_up(known)
                    http_before = http if self._signed_in_at else None
                    answer = self._refusal or self._first_sent(request)
                    self.keep()
                    return answer, http_before
        return self._sent(http, *request), http

    def _first_sent(self, request: _Request) -> Answer:
        """The answer to a request that signs in. Without one, those that have waited for it do not wait for their own."""
        try:
            return self._sent(self._http, *request)
        except NoAnswer as error:
            self._memory.remember(Known(silence=(error.reason, error.lasting)))
            raise

    def _is_renewed(self, http: requests.Session | None) -> bool:
        """Whether the session in which a write was refused may have been too old for it, and has been given up for another.

        Once: in a session made anew, the next refusal is for want of rights. An app password is never too old.
        """
        with self._lock:
            if http is self._http and not self._is_anew and not self.connection.token:
                self._give_up()
                self._is_anew = True
            return http not in (None, self._http)

    def _give_up(self) -> None:
        self._given_up = self._session_cookies()
        self._http = self._new()
        self._signed_in_at = None
        self._is_anew = False

    def keep(self) -> None:
        """Let others know what came of the credentials, where they do not know it yet."""
        with self._lock:
            known = self._kept
            if self._refusal:
                known = Known(refusal=self._refusal)
            elif self._signed_in_at:
                session = {
                    "cookies": self._session_cookies(),
                    "signed_in_at": self._signed_in_at,
                    "is_anew": self._is_anew,
                    "is_api_found": self.is_api_found,
                }
                known = Known(session, accepted=True)
            if known != self._kept:
                self._memory.remember(known)
                self._kept = known

    def _sent(self, http: requests.Session, method: str, url: str, body: Any, query: Any) -> Answer:
        try:
            response, content = within(self.connection.timeout, lambda: self._response(http, method, url, body, query))
        except TooLarge:
            most = self.connection.max_answer_size
            raise NoAnswer(f"the answer is larger than {most} MiB (max_answer_size)", True, sent=True) from None
        except TookTooLong:
            raise NoAnswer("no whole answer within the timeout", False, sent=True) from None
        # What is no error of a request is one of its address, or of the host.
        except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            lasting = isinstance(error, (requests.exceptions.SSLError, ValueError))
            reason = surroundings.without_credentials(_reason(error))
            raise NoAnswer(reason, lasting, sent=not lasting and not _is_unsent(error)) from error
        answer = answered(response.status_code, response.headers, content, partial(self._masked, body))
        with self._lock:
            if http is self._http:
                self._note(answer)
        return answer

    def _masked(self, body: Any, page: str) -> str:
        sent = [value for value in (body or {}).values() if isinstance(value, str) and len(value) >= _SHORTEST_SECRET]
        return self.connection.masked(page, *sent, *surroundings.proxy_secrets(self.connection.url))

    def _response(
        self, http: requests.Session, method: str, url: str, body: Any, query: Any
    ) -> tuple[requests.Response, bytes]:
        """The answer as it came, and its body, after redirects that stay on the host."""
        for unused in range(REDIRECTS + 1):
            response = http.request(
                method,
                url,
                json=body,
                params=query,
                timeout=self.connection.timeout,
                verify=self.connection.ca_path or self.connection.validate_certs,
                cert=self._certificate(),
                allow_redirects=False,
                stream=True,
            )
            content = content_of(response, self.connection.max_answer_size * MIB)
            target = places.redirected(response.url, response.headers["Location"]) if response.is_redirect else None
            if target is None:
                break
            url, query = target, None
        return response, content

    def _note(self, answer: Answer) -> None:
        """What an answer tells of the sign-in."""
        if answer.status == 401:
            self._refusal = answer
        elif answer.status == 200 or (answer.meta and answer.status in LET_IN):
            # A kept session that the server has lost has been replaced by one with other cookies.
            session = self._kept.session if self._resumed else None
            replaced = session and session["cookies"] != self._session_cookies()
            if self._signed_in_at is None or replaced:
                self._signed_in_at = self._clock.now()
            self._resumed = False

    def _new(self) -> requests.Session:
        """A new one, and not other cookies in the same: an answer to the old one must not bring its cookies back."""
        http = _Http()
        for scheme in ("http://", "https://"):
            http.mount(scheme, self._adapter)
        http.headers.update(HEADERS)
        http.headers.update(dict(self.connection.headers))
        http.cookies = _Cookies()
        http.cookies.update(SESSION_COOKIE)
        connection = self.connection
        if connection.token:
            http.auth = _bearer(connection.token)
        else:
            http.auth = requests.auth.HTTPBasicAuth(
                (connection.username or "").encode(), (connection.password or "").encode()
            )
        return http

    def _is_stale(self, signed_in_at: float | None) -> bool:
        age = self._clock.now() - (signed_in_at or self._clock.now())
        return age > SESSION_SECONDS and not self.connection.token

    def _certificate(self) -> str | tuple[str, str] | None:
        if self.connection.client_cert and self.connection.client_key:
            return self.connection.client_cert, self.connection.client_key
        return self.connection.client_cert

    def _suffices(self, known: Known) -> bool:
        """Whether there is no need to sign in."""
        session = known.session
        return bool(
            known.refusal
            or session
            and session["cookies"] != self._given_up
            and self._clock.now() - session["signed_in_at"] <= SESSION_SECONDS
        )

    def _take_up(self, known: Known) -> None:
        if known.silence:
            raise NoAnswer(*known.silence, sent=False)
        self._kept = known
        self._refusal = known.refusal
        if known.session and self._suffices(known):
            for name, value, domain, path in known.session["cookies"]:
                self._http.cookies.set(name, value, domain=domain, path=path)
            self._signed_in_at = known.session["signed_in_at"]
            self._is_anew = known.session.get("is_anew", False)
            self.is_api_found = known.session.get("is_api_found", False)
            self._resumed = True

    def _session_cookies(self) -> list[list[str | None]]:
        """Name, value, domain and path of each: all that a cookie must be given back with to be replaced later."""
        return [
            [cookie.name, cookie.value, cookie.domain, cookie.path]
            for cookie in self._http.cookies
            if cookie.name not in SESSION_COOKIE
        ]


def memory_of(connection: Connection) -> Memory:
    """That of the session file, where the connection names one."""
    return SessionFile(connection.session_file, connection) if connection.session_file else NoMemory()


def _bearer(token: str) -> Callable[[requests.PreparedRequest], requests.PreparedRequest]:
    """An auth callable and not a header, so that a ~/.netrc does not take its place."""

    def authorise(request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {token}"
        return request

    return authorise


def _may_want_confirmation(answer: Answer) -> bool:
    """A sign-in that is too old for a write is refused like a lack of rights."""
    return bool(answer.status == 403 and answer.meta and not answer.data)


def _is_unsent(error: Exception) -> bool:
    """Whether there was no connection on which the request could have been sent."""
    inner = getattr(error.args[0], "reason", error.args[0]) if error.args else None
    return isinstance(inner, (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError))


def _reason(error: Exception) -> str:
    """The innermost reason of a network error, in its own words and without the request that it carries."""
    if isinstance(error, requests.exceptions.SSLError):
        inner = _innermost(error)
        if "CERTIFICATE_VERIFY_FAILED" in inner:
            return f"the certificate is not valid ({inner}). Set ca_path to the authority that signed it."
        return f"no TLS with it ({inner}). Check whether url begins with https or http, and client_cert."
    if isinstance(error, requests.exceptions.Timeout):
        return "no answer within the timeout"
    if isinstance(error, requests.exceptions.ProxyError):
        return f"no connection through the proxy that the environment sets ({_innermost(error)})"
    return _innermost(error)


def _innermost(error: BaseException) -> str:
    while True:
        inner = getattr(error, "reason", None) or (error.args[0] if error.args else None) or error.__cause__
        if not isinstance(inner, BaseException):
            return str(error) or type(error).__name__
        error = inner
