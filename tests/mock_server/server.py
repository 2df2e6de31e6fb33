# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A mock Nextcloud server as tests hold it in hand: a WSGI application with its state, journal and planned faults."""

from __future__ import annotations

import threading
import typing as t

from werkzeug.wrappers import Request, Response

from . import faults, latency, reading
from .journal import Entry, Journal
from .settings import Settings
from .state import State
from .web import Handled, Web, html

if t.TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class MockServer:
    """One server. Put accounts into `state`, read `journal`, add to `faults`; serve it or mount it in process."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.state = State(self.settings)
        self.journal = Journal()
        self.faults: list[faults.Fault] = []
        self._web = Web(self.state)
        self._lock = threading.RLock()
        self._latency = latency.Latency() if self.settings.latency == "measured" else None

    @property
    def sign_ins(self) -> int:
        """How many passwords have been hashed, right or wrong."""
        return self.state.sign_ins.hashings

    def fail(self, kind: str, method: str = "", path: str = "", times: int = 1) -> None:
        """Plan a failure; see the kinds in `faults`."""
        with self._lock:
            self.faults.append(faults.Fault(method, path, kind, times))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> t.Iterable[bytes]:
        request = Request(environ)
        fields = reading.fields(request)
        with self._lock:
            fault = faults.take(self.faults, request.method, reading.raw_path(environ))
            if fault == faults.REFUSED_CONNECTION:
                raise faults.ConnectionLost("The connection was refused as planned")
            hashings = self.state.sign_ins.hashings
            handled = self._failed(request, fault) or self._web.handle(request, fields)
            self._write_down(request, fields, handled)
            hashings = self.state.sign_ins.hashings - hashings
        if self._latency is not None:
            has_session = reading.SESSION_COOKIE in request.cookies
            self._latency.spend(latency.cost(hashings, handled.who.new_session is not None, has_session, handled.cost))
        if fault == faults.LOST_ANSWER:
            raise faults.ConnectionLost("The answer was lost as planned")
        return handled.response(environ, start_response)

    def _failed(self, request: Request, fault: str | None) -> Handled | None:
        if fault == faults.UNAVAILABLE:
            return Handled(html(503, "Service temporarily unavailable"))
        if fault == faults.REFUSED_VERB:
            return Handled(html(405, "Not allowed"))
        if fault == faults.MAINTENANCE:
            return Handled(self._web.maintenance(request))
        return None

    def _write_down(self, request: Request, fields: reading.Fields, handled: Handled) -> None:
        response: Response = handled.response
        account = handled.who.account
        self.journal.add(
            Entry(
                request.method,
                reading.raw_path(request.environ),
                request.query_string.decode(),
                fields.body,
                account.userid if account else None,
                response.status_code,
            )
        )
