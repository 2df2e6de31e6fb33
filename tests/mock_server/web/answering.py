# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a request to an answer: where it leads, who sends it, whether that may be, and what comes of it."""

from __future__ import annotations

import json
import typing as t

from werkzeug.wrappers import Request, Response

from ..operations import server_info
from ..operations.call import Call
from ..operations.ip_list import IpList
from ..operations.params import Params
from ..state.server_state import State
from ..state.signin import Identity
from ..values.errors import NOT_FOUND, UNAUTHORISED, BadField, OcsError, RateLimited
from . import reading, routes
from .envelope import Envelope, as_json, as_xml, http_status
from .pages import HTML, html

JSON = "application/json; charset=utf-8"
XML = "application/xml; charset=utf-8"
CONFIRMATION_NEEDED = "Password confirmation is required"


class Handled(t.NamedTuple):
    """An answer, who got it, and whether what was asked was done.

    `cost`: how many seconds of work a real server puts into it beyond the ordinary.
    """

    response: Response
    who: Identity = Identity()
    cost: float = 0.0
    done: bool = False


class Web:
    """The HTTP side of one server."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._ip_list = IpList(state)

    def handle(self, request: Request, fields: reading.Fields) -> Handled:
        settings = self._state.settings
        if settings.trusted_hosts and reading.host_name(request) not in settings.trusted_hosts:
            return Handled(html(400, "This host name is not trusted"))
        path = reading.raw_path(request.environ)
        if not path.startswith(settings.base_path + "/"):
            return Handled(Response("", 404, content_type=HTML))
        ocs = reading.api_path(path, settings.base_path)
        path = path[len(settings.base_path) :]
        if path == "/status.php":
            status = json.dumps(server_info.status(self._state))
            return Handled(Response(status, content_type="application/json"))
        if ocs is not None:
            return self._with_cookies(request, self._ocs(request, fields, ocs[1], ocs[0]))
        if self._ip_list.lives_at(path):
            return self._with_cookies(request, self._ip_list_page(request, fields, path))
        if path.startswith("/remote.php/") or path in ("/", "/index.php", "/index.php/login"):
            # What a wrong address most often finds: a page for people, with status 200.
            return Handled(html(200, "Sign in"))
        return Handled(Response("", 404, content_type=HTML))

    def refusal(self, request: Request, envelope: Envelope) -> Response:
        """An answer in the API's form, whatever was asked for."""
        version, unused = reading.api_path(reading.raw_path(request.environ), self._state.settings.base_path) or (2, "")
        return self._enveloped(request, envelope, version)

    def maintenance(self, request: Request) -> Response:
        """What every call of the API gets while the server is in maintenance."""
        response = self.refusal(request, Envelope(503, "Service unavailable", []))
        response.headers["X-Nextcloud-Maintenance-Mode"] = "1"
        return response

    # The API

    def _ocs(self, request: Request, fields: reading.Fields, path: str, version: int) -> Handled:
        if self._state.maintenance:
            return Handled(self.maintenance(request))
        who, cost = Identity(), 0.0
        try:
            who = self._state.sign_ins.identify(reading.credentials(request))
            if path == "/cloud/capabilities" and request.method == "GET":
                found: t.Any = server_info.capabilities(self._state, who.account, request.remote_addr or "")
            else:
                call, route = self._call(request, fields, path, who)
                found = route.operation(call)
                cost = call.cost
            envelope = Envelope(200, "", found)
        except OcsError as exc:
            envelope = Envelope(exc.code, exc.message, [] if exc.data is None else exc.data)
        except RateLimited:
            return Handled(_robots(Response("", 429, content_type=HTML)), who)
        except routes.WrongVerb:
            return Handled(Response("", 405, content_type=JSON), who)
        except routes.NoRoute:
            envelope = Envelope(NOT_FOUND, "Invalid query, no such call\n", [])
        except _NoHeader:
            return Handled(_no_header(), who)
        return Handled(self._enveloped(request, envelope, version), who, cost, envelope.code == 200)

    def _call(self, request: Request, fields: reading.Fields, path: str, who: Identity) -> tuple[Call, routes.Route]:
        """The call, if it may be made. The order of the checks is the server's."""
        state = self._state
        route, ids = routes.find(request.method, path, state.settings.version)
        if who.account is None:
            raise OcsError(UNAUTHORISED, "Current user is not logged in")
        if route.role == routes.ADMIN:
            self._check_role(route.role, who)
        _check_header(request)
        if route.confirmed and not state.sign_ins.is_confirmed(who, state.settings.tokens_confirm):
            raise OcsError(403, CONFIRMATION_NEEDED)
        if route.bucket:
            state.count_limited(route.bucket, who.account, request.remote_addr or "")
        self._check_role(route.role, who)
        if not state.directory.second_backend.condition.answers:
            raise BadField()
        params = Params({**fields.query, **fields.body})
        return Call(state, who.account, params, ids, reading.host_name(request)), route

    def _check_role(self, role: str, who: Identity) -> None:
        directory, account = self._state.directory, who.account
        if account is None or role == routes.ACCOUNT or directory.is_admin(account):
            return
        if role == routes.ADMIN:
            raise OcsError(403, "Only administrators may do this")
        if not (directory.is_subadmin(account) or directory.is_delegate(account)):
            raise OcsError(403, "Only administrators and sub-admins may do this")

    def _enveloped(self, request: Request, envelope: Envelope, version: int) -> Response:
        status = http_status(envelope.code, version)
        if reading.wants_json(request):
            response = Response(as_json(envelope, version), status, content_type=JSON)
        else:
            response = Response(as_xml(envelope, version), status, content_type=XML)
        if envelope.code == UNAUTHORISED and request.authorization is not None:
            response.headers["WWW-Authenticate"] = 'Basic realm="Authorisation Required"'
        return _robots(response)

    # The rest

    def _ip_list_page(self, request: Request, fields: reading.Fields, path: str) -> Handled:
        if self._state.maintenance:
            return Handled(self.maintenance(request))
        who = Identity()
        try:
            who = self._state.sign_ins.identify(reading.credentials(request))
            if who.account is None:
                raise OcsError(UNAUTHORISED, "Current user is not logged in")
            _check_header(request)
            self._check_role(routes.ADMIN, who)
            status, found = self._ip_list.answer(request.method, path, Params({**fields.query, **fields.body}))
        except OcsError as exc:
            status, found = http_status(exc.code, 2), {"message": exc.message}
        except _NoHeader:
            return Handled(_no_header(), who)
        response = Response("" if status == 405 else json.dumps(found), status, content_type=JSON)
        return Handled(_robots(response), who, done=status == 200)

    def _with_cookies(self, request: Request, handled: Handled) -> Handled:
        """A session is given only to who brings the test cookie, which the first answer sets."""
        path = self._state.settings.base_path or "/"
        if reading.COOKIE_TEST not in request.cookies:
            handled.response.set_cookie(reading.COOKIE_TEST, "test", path=path, httponly=True, samesite="Lax")
        if handled.who.new_session is not None:
            handled.response.set_cookie(
                reading.SESSION_COOKIE, handled.who.new_session, path=path, httponly=True, samesite="Lax"
            )
        return handled


class _NoHeader(Exception):
    """The header that keeps web pages from calling is missing."""


def _check_header(request: Request) -> None:
    """Any word in it will do, and who brings a token needs none."""
    if not request.headers.get("OCS-APIRequest") and not request.headers.get("Authorization", "").startswith("Bearer "):
        raise _NoHeader()


def _no_header() -> Response:
    return _robots(Response(json.dumps({"message": "CSRF check failed"}), 412, content_type=JSON))


def _robots(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
