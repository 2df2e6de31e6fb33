# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One mock server as a WSGI application: state, journal, planned failures, latency, and what is kept on disk."""

from __future__ import annotations

import threading
import time
import typing as t

from werkzeug.wrappers import Request, Response

from .faults import damage, latency, planned
from .state import snapshot
from .state.server_state import State
from .state.settings import Settings
from .web import reading, routes
from .web.answering import Handled, Web
from .web.journal import READS, Entry, Journal
from .web.pages import html_in_front

if t.TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class MockServer:
    """One server. Put accounts into `state`, read `journal`, plan failures; serve it or mount it in process."""

    # Is told of each answer: operation, answer. For tests that look at all of them.
    observer: t.ClassVar[t.Callable[[str, Response], None] | None] = None

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.state = snapshot.read(self.settings) or State(self.settings)
        self.journal = Journal()
        self.faults: list[planned.Fault] = []
        self._web = Web(self.state)
        self.lock = threading.RLock()
        measured = self.settings.latency == "measured"
        self._latency = latency.Latency(self.settings.workers) if measured else None

    @property
    def base_path(self) -> str:
        """Where on its host the server lives."""
        return self.settings.base_path

    @property
    def sign_ins(self) -> int:
        """How many passwords have been hashed, right or wrong."""
        return self.state.sign_ins.hashings

    def fail(self, kind: str, method: str = "", path: str = "", times: int = 1, **more: t.Any) -> None:
        """Plan a failure; see the kinds in `faults.planned`. `times` 0 is always; `more` are further fields of Fault."""
        with self.lock:
            self.faults.append(planned.Fault(method, path, kind, times, **more))

    def restart(self) -> None:
        """Start anew with the state as it was kept: `state` is another object then."""
        with self.lock:
            self.state = snapshot.restored(self.settings, snapshot.taken(self.state))
            self._web = Web(self.state)

    def save(self) -> None:
        """Write the state to the file that it is kept in, if there is one."""
        with self.lock:
            snapshot.write(self.settings, self.state)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> t.Iterable[bytes]:
        began = time.thread_time()
        request = Request(environ)
        if not self._passes_gateway(request):
            return html_in_front(403, "Access denied")(environ, start_response)
        with self.lock:
            fault = self._fault(request)
            if fault is not None and fault.kind == "restart":
                self.restart()
            if fault is not None and fault.kind == planned.EXPIRED_SESSION:
                self.state.sign_ins.end_all_sessions()
            hashings = self.state.sign_ins.hashings
            handled = None if fault is not None and fault.is_unheard else self._handled(request, fault)
            hashings = self.state.sign_ins.hashings - hashings
        if handled is None:
            assert fault is not None
            damage.end_connection(fault, environ, self.settings.clock)
        if self._latency is not None:
            has_session = reading.SESSION_COOKIE in request.cookies
            seconds = latency.cost(hashings, handled.who.new_session is not None, has_session, handled.cost)
            # The mock's own work is a part of that time, not added to it.
            self._latency.spend(seconds - (time.thread_time() - began))
        if fault is not None:
            return damage.deliver(fault, handled.response, environ, start_response, self.settings.clock)
        return handled.response(environ, start_response)

    def _passes_gateway(self, request: Request) -> bool:
        name, unused, value = self.settings.gateway_header.partition(": ")
        return not name or request.headers.get(name) == value

    def _fault(self, request: Request) -> planned.Fault | None:
        if not self.faults:
            return None
        path = reading.raw_path(request.environ)
        return planned.take(self.faults, request.method, path, self._operation(request))

    def _operation(self, request: Request) -> str:
        """The id of what is called; '' where it is nothing of the API."""
        api_path = reading.api_path(reading.raw_path(request.environ), self.settings.base_path)
        return routes.id_of(request.method, api_path[1], self.settings.version) if api_path else ""

    def _handled(self, request: Request, fault: planned.Fault | None) -> Handled:
        """The answer that is sent off, after the request is written down and what it has changed is kept."""
        fields = reading.fields(request)
        carried_out = fault is None or fault.carried_out
        handled = self._own_answer(request, fields) if carried_out else Handled(Response())
        if fault is not None and (fault.kind in planned.INSTEAD or not carried_out):
            handled = handled._replace(response=damage.answer_instead(fault, request, self._web))
        self._write_down(request, fields, handled)
        if request.method not in READS:
            snapshot.write(self.settings, self.state)
        return handled

    def _own_answer(self, request: Request, fields: reading.Fields) -> Handled:
        handled = self._web.handle(request, fields)
        if MockServer.observer is not None:
            MockServer.observer(self._operation(request), handled.response)
        return handled

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
                handled.done,
            )
        )
