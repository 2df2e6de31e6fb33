# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A transport for `requests` that hands requests to a mock server in this process, without sockets."""

from __future__ import annotations

import email.message
import io
import types
import typing as t
import urllib.parse

import requests
import requests.adapters
import urllib3

from .wsgi import Answered, Asked, ConnectionLost, TookTooLong, ask

if t.TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


class MockAdapter(requests.adapters.HTTPAdapter):
    """Mount it on a session: cookies, redirects and lost connections come out as they do over a network."""

    def __init__(self, mock_server: WSGIApplication, address: str = "127.0.0.1") -> None:
        super().__init__()
        self._mock_server = mock_server
        self._address = address

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: t.Any = None,
        *args: t.Any,
        **kwargs: t.Any,
    ) -> requests.Response:
        url = urllib.parse.urlsplit(request.url or "")
        headers = {name: _text(value) for name, value in request.headers.items()}
        headers.setdefault("Host", url.netloc.rpartition("@")[2])
        patience = timeout[1] if isinstance(timeout, tuple) else timeout
        asked = Asked(
            request.method or "GET", request.path_url, headers.items(), _bytes(request.body), self._address, patience
        )
        try:
            answered = ask(self._mock_server, asked)
        except ConnectionLost as exc:
            raise requests.exceptions.ConnectionError(str(exc), request=request) from exc
        except TookTooLong as exc:
            raise requests.exceptions.ReadTimeout("Read timed out.", request=request) from exc
        return self.build_response(request, _raw_response(answered))


def mounted_session(mock_server: WSGIApplication) -> requests.Session:
    """A session whose every request goes to the mock server."""
    session = requests.Session()
    for scheme in ("http://", "https://"):
        session.mount(scheme, MockAdapter(mock_server))
    return session


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("latin-1")


def _bytes(body: t.Any) -> bytes:
    return body.encode() if isinstance(body, str) else bytes(body or b"")


def _raw_response(answered: Answered) -> urllib3.HTTPResponse:
    message = email.message.Message()
    for name, value in answered.headers:
        message[name] = value
    # Cookies are read from the message of the standard library's response, so there has to be one.
    original: t.Any = types.SimpleNamespace(msg=message, isclosed=lambda: True, close=lambda: None)
    return urllib3.HTTPResponse(
        io.BytesIO(answered.body),
        urllib3.HTTPHeaderDict(answered.headers),
        answered.status,
        reason=answered.reason,
        preload_content=False,
        original_response=original,
    )
