# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What planned failures do to answers: other answers in their place, and answers that do not arrive whole."""

from __future__ import annotations

import time
import typing as t

from werkzeug.wrappers import Request, Response

from ..web import reading
from ..web.answering import Web
from ..web.envelope import Envelope
from ..web.pages import HTML, html
from ..web.wsgi import ConnectionLost
from .planned import Fault

if t.TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_PIECES = 20
_PAGES = {
    "server_error": (500, "Internal server error"),
    "bad_gateway": (502, "Bad gateway"),
    "unavailable": (503, "Service temporarily unavailable"),
    "gateway_timeout": (504, "Gateway timeout"),
    "login_page": (200, "Sign in"),
    "refused_verb": (405, "Not allowed"),
}
ANOTHER_HOST = "https://elsewhere.example"


def answer_instead(fault: Fault, request: Request, web: Web) -> Response:
    """The answer in place of the server's own. Raises ConnectionLost where there is none."""
    if fault.kind in _PAGES:
        return html(*_PAGES[fault.kind])
    if fault.kind == "maintenance":
        return web.maintenance(request)
    if fault.kind == "rate_limited":
        return Response("", 429, content_type=HTML)
    if fault.kind == "locked_out":
        return web.refusal(request, Envelope(429, "Reached maximum delay", []))
    if fault.kind in ("redirect_to_https", "redirect_to_host"):
        place = "https://" + request.host if fault.kind == "redirect_to_https" else ANOTHER_HOST
        target = place + (request.environ.get("RAW_URI") or reading.raw_path(request.environ))
        status = 301 if fault.kind == "redirect_to_https" else 302
        return Response("", status, {"Location": target}, content_type=HTML)
    raise ConnectionLost("The connection was refused as planned")


def deliver(
    fault: Fault, response: Response, environ: WSGIEnvironment, start_response: StartResponse
) -> t.Iterable[bytes]:
    """An answer on its way, which it does not end as it began."""
    body = response.get_data()
    half = body[: len(body) // 2]
    if fault.kind == "lost_answer":
        raise ConnectionLost("The answer was lost as planned")
    if fault.kind == "truncated_json":
        response.set_data(half)
        return response(environ, start_response)
    response(environ, start_response)
    return _cut(half) if fault.kind == "cut_answer" else _slowly(body, fault.seconds)


def _cut(body: bytes) -> t.Iterator[bytes]:
    yield body
    raise ConnectionLost("The answer was cut as planned")


def _slowly(body: bytes, seconds: float) -> t.Iterator[bytes]:
    size = max(1, -(-len(body) // _PIECES))
    for start in range(0, len(body), size):
        time.sleep(seconds / _PIECES)
        yield body[start : start + size]
