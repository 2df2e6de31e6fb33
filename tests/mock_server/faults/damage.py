# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What planned faults do to answers: other answers in their place, and answers that arrive late, in part or never."""

from __future__ import annotations

import time
import typing as t

from werkzeug.wrappers import Request, Response

from ..state.clock import Clock
from ..values.errors import SERVER_ERROR
from ..web import reading
from ..web.answering import Web
from ..web.envelope import Envelope
from ..web.pages import HTML, html_in_front
from ..web.wsgi import PATIENCE, RESET, ConnectionLost, TookTooLong
from .planned import INSTEAD, SLOW_ANSWER, Fault

if t.TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_PIECES = 20
_PAGES = {
    "server_error": (500, "Internal server error"),
    "access_denied": (403, "Access denied"),
    "proxy_sign_in": (401, "Sign in to the intranet"),
    "proxy_credentials": (407, "Proxy authentication required"),
    "bad_request": (400, "400 Bad Request"),
    "plain_http": (400, "400 The plain HTTP request was sent to HTTPS port"),
    "not_found_page": (404, "No such site"),
    "bad_gateway": (502, "Bad gateway"),
    "unavailable": (503, "Service temporarily unavailable"),
    "gateway_timeout": (504, "Gateway timeout"),
    "login_page": (200, "Sign in"),
    "refused_verb": (405, "Not allowed"),
}
_ASKING = {
    "proxy_sign_in": {"WWW-Authenticate": 'Basic realm="Intranet"'},
    "proxy_credentials": {"Proxy-Authenticate": 'Basic realm="Proxy"'},
}
_DISGUISE = r"http://elsewhere.example:8573\@%s"
_DEPTH = 100_000
_FAILED = Envelope(SERVER_ERROR, "Internal Server Error\n", [])
ANOTHER_HOST = "https://elsewhere.example"


def answer_instead(fault: Fault, request: Request, web: Web) -> Response:
    """The answer in place of the server's own: to a request that is not carried out, or of a kind in INSTEAD."""
    if fault.kind not in INSTEAD:
        # Only half of it will arrive, so that nobody can read that it is no success.
        response = web.refusal(request, _FAILED)
        response.status_code = 200
        return response
    if fault.kind == "failed_call":
        return web.refusal(request, _FAILED)
    if fault.kind in _PAGES:
        return html_in_front(*_PAGES[fault.kind], _ASKING.get(fault.kind))
    if fault.kind == "deep_json":
        return Response("[" * _DEPTH + "]" * _DEPTH, 200, content_type="application/json; charset=utf-8")
    if fault.kind == "maintenance":
        return web.maintenance(request)
    if fault.kind == "rate_limited":
        return Response("", 429, content_type=HTML)
    if fault.kind == "locked_out":
        return web.refusal(request, Envelope(429, "Reached maximum delay", []))
    return _redirect(fault, request)


def _redirect(fault: Fault, request: Request) -> Response:
    if fault.kind == "redirect_to_disguise":
        return Response("", 302, {"Location": _DISGUISE % request.host}, content_type=HTML)
    place = "https://" + request.host if fault.kind == "redirect_to_https" else ANOTHER_HOST
    target = place + (request.environ.get("RAW_URI") or reading.raw_path(request.environ))
    status = 301 if fault.kind == "redirect_to_https" else 302
    return Response("", status, {"Location": target}, content_type=HTML)


def end_connection(fault: Fault, environ: WSGIEnvironment, clock: Clock) -> t.NoReturn:
    """No answer, at once or after a while. Raises ConnectionLost, or TookTooLong."""
    if fault.kind == "late_answer":
        _wait(fault.seconds, environ, clock)
    if fault.kind == "reset_connection" and RESET in environ:
        environ[RESET]()
    raise ConnectionLost("The connection ends as planned: %s" % fault.kind)


def deliver(
    fault: Fault, response: Response, environ: WSGIEnvironment, start_response: StartResponse, clock: Clock
) -> t.Iterable[bytes]:
    """An answer on its way. Raises ConnectionLost or TookTooLong where it does not arrive."""
    if fault.kind in ("lost_answer", "reset_connection"):
        end_connection(fault, environ, clock)
    if fault.kind == "late_answer":
        _wait(fault.seconds, environ, clock)
        return response(environ, start_response)
    body = response.get_data()
    half = body[: len(body) // 2]
    if fault.kind == "truncated_json":
        response.set_data(half)
    parts = response(environ, start_response)
    if fault.kind == "cut_answer":
        return _cut(half)
    return _slowly(body, fault.seconds, environ, clock) if fault.kind == SLOW_ANSWER else parts


def _cut(body: bytes) -> t.Iterator[bytes]:
    yield body
    raise ConnectionLost("The answer is cut as planned")


def _slowly(body: bytes, seconds: float, environ: WSGIEnvironment, clock: Clock) -> t.Iterator[bytes]:
    size = max(1, -(-len(body) // _PIECES))
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    for piece in pieces:
        _wait(seconds / len(pieces), environ, clock)
        yield piece


def _wait(seconds: float, environ: WSGIEnvironment, clock: Clock) -> None:
    """Let the client wait: for real over a network, by the server's clock in process, where it may give up."""
    if PATIENCE not in environ:
        time.sleep(seconds)
        return
    patience = environ[PATIENCE]
    clock.sleep(seconds if patience is None else min(seconds, patience))
    if patience is not None and seconds > patience:
        raise TookTooLong()
