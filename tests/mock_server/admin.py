# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The admin port: what a test does to a server in another process, apart from the API that the server imitates."""

from __future__ import annotations

import dataclasses
import typing as t

from werkzeug.exceptions import BadRequest, HTTPException, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from .faults.planned import Fault
from .server import MockServer
from .state import snapshot

if t.TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_ROUTES = Map(
    [
        Rule("/faults", methods=["GET"], endpoint="list_faults"),
        Rule("/faults", methods=["POST"], endpoint="plan_fault"),
        Rule("/faults", methods=["DELETE"], endpoint="clear_faults"),
        Rule("/journal", methods=["GET"], endpoint="list_journal"),
        Rule("/journal", methods=["DELETE"], endpoint="clear_journal"),
        Rule("/ldap", methods=["PUT"], endpoint="set_condition"),
        Rule("/ldap/<path:userid>", methods=["DELETE"], endpoint="vanish"),
        Rule("/limits", methods=["DELETE"], endpoint="clear_limits"),
        Rule("/maintenance", methods=["PUT"], endpoint="set_maintenance"),
        Rule("/restart", methods=["POST"], endpoint="restart"),
        Rule("/save", methods=["POST"], endpoint="save"),
        Rule("/sessions", methods=["DELETE"], endpoint="end_sessions"),
        Rule("/state", methods=["GET"], endpoint="show_state"),
    ]
)


class Admin:
    """A WSGI application beside the server's own. It asks for no sign-in: listen on the loopback only."""

    def __init__(self, mock_server: MockServer) -> None:
        self._mock = mock_server

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> t.Iterable[bytes]:
        request = Request(environ)
        try:
            endpoint, ids = _ROUTES.bind_to_environ(environ).match()
            with self._mock.lock:
                found = getattr(self, "_" + endpoint)(request, **ids)
            response = Response(status=204) if found is None else _json(found)
        except HTTPException as exc:
            response = _json({"message": exc.description}, exc.code or 500)
        return response(environ, start_response)

    def _list_faults(self, request: Request) -> t.Any:
        return [dataclasses.asdict(fault) for fault in self._mock.faults]

    def _plan_fault(self, request: Request) -> None:
        """{kind, method, path, operation, times, carried_out, seconds}: all but the kind may be left out."""
        wanted = request.get_json()
        if not isinstance(wanted, dict):
            raise BadRequest("A fault is a map.")
        try:
            self._mock.faults.append(Fault(**{"method": "", "path": "", **wanted}))
        except (TypeError, ValueError) as exc:
            raise BadRequest(str(exc)) from exc

    def _clear_faults(self, request: Request) -> None:
        self._mock.faults.clear()

    def _list_journal(self, request: Request) -> t.Any:
        return [entry._asdict() for entry in self._mock.journal]

    def _clear_journal(self, request: Request) -> None:
        self._mock.journal.clear()

    def _set_condition(self, request: Request) -> None:
        """One of `state.second_backend.CONDITIONS`."""
        try:
            self._mock.state.directory.second_backend.set_condition(request.get_json())
        except ValueError as exc:
            raise BadRequest(str(exc)) from exc

    def _vanish(self, request: Request, userid: str) -> None:
        try:
            self._mock.state.directory.second_backend.vanish(userid)
        except KeyError as exc:
            raise NotFound("There is no such account.") from exc

    def _clear_limits(self, request: Request) -> None:
        self._mock.state.rate_limits.clear()
        self._mock.state.lock_out.clear()

    def _set_maintenance(self, request: Request) -> None:
        wanted = request.get_json()
        if not isinstance(wanted, bool):
            raise BadRequest("Send true or false.")
        self._mock.state.maintenance = wanted

    def _restart(self, request: Request) -> None:
        self._mock.restart()

    def _save(self, request: Request) -> None:
        self._mock.save()

    def _end_sessions(self, request: Request) -> None:
        self._mock.state.sign_ins.end_all_sessions()

    def _show_state(self, request: Request) -> t.Any:
        return snapshot.taken(self._mock.state)


def _json(data: t.Any, status: int = 200) -> Response:
    return Response(snapshot.as_json(data), status, content_type="application/json")
