# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Handing a request to a server in this process, as a server would do with one from a socket."""

from __future__ import annotations

import errno
import io
import typing as t
import urllib.parse

if t.TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


# In the environment of a request: how many seconds the client waits for more (None: for ever), where it is in this
# process; and a call that resets the connection, where there is one.
PATIENCE = "mock.patience"
RESET = "mock.reset"


class ConnectionLost(ConnectionResetError):
    """Ends the connection without an answer: an HTTP server takes it for a client that has gone away."""

    def __init__(self, reason: str) -> None:
        super().__init__(errno.ECONNRESET, reason)


class TookTooLong(Exception):
    """The client in this process has given up waiting for the answer."""


class Asked(t.NamedTuple):
    """A request before any decoding. `target` is path and query as they stand in the request line.

    `patience`: how many seconds the client waits for more of the answer; None is for ever.
    """

    method: str
    target: str
    headers: t.Iterable[tuple[str, str]]
    body: bytes
    address: str
    patience: float | None = None


class Answered(t.NamedTuple):
    """A whole answer."""

    status: int
    reason: str
    headers: list[tuple[str, str]]
    body: bytes


def ask(application: WSGIApplication, asked: Asked) -> Answered:
    """The answer, as far as it gets. Raises ConnectionLost where there is none, and TookTooLong."""
    started: list[t.Any] = []

    def start_response(*given: t.Any) -> t.Callable[[bytes], object]:
        started.append(given)
        return started.append

    parts = application(_environ(asked), start_response)
    body = b""
    try:
        for part in parts:
            body += part
    except ConnectionLost:
        pass
    status, headers = started[0][:2]
    code, unused, reason = status.partition(" ")
    return Answered(int(code), reason, list(headers), body)


def _environ(asked: Asked) -> dict[str, t.Any]:
    path, unused, query = asked.target.partition("?")
    environ: dict[str, t.Any] = {
        "REQUEST_METHOD": asked.method,
        "RAW_URI": asked.target,
        "SCRIPT_NAME": "",
        "PATH_INFO": urllib.parse.unquote(path, "latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": asked.address,
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(asked.body),
        "wsgi.errors": io.StringIO(),
        PATIENCE: asked.patience,
    }
    for name, value in asked.headers:
        key = name.upper().replace("-", "_")
        environ[key if key == "CONTENT_TYPE" else "HTTP_" + key] = value
    environ["CONTENT_LENGTH"] = str(len(asked.body))
    return environ
