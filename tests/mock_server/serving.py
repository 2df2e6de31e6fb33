# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serving a mock server over real sockets, in threads, with connections kept open."""

from __future__ import annotations

import contextlib
import http.server
import socket
import socketserver
import sys
import threading
import typing as t

from .faults import ConnectionLost
from .server import MockServer
from .wsgi import Asked, ask


class _Handler(http.server.BaseHTTPRequestHandler):
    """One connection: reads requests whole, sends answers at once, writes no log."""

    # Werkzeug's own server closes the connection after each answer, which real servers do not.
    protocol_version = 'HTTP/1.1'
    disable_nagle_algorithm = True
    wbufsize = 65536
    server: SocketServer

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get('Content-Length') or 0))
        asked = Asked(self.command, self.path, self.headers.items(), body, self.client_address[0])
        try:
            answered = ask(self.server.mock_server, asked)
        except ConnectionLost:
            self.close_connection = True
            return
        self.send_response_only(answered.status, answered.reason)
        for name, value in answered.headers:
            self.send_header(name, value)
        self.end_headers()
        if self.command != 'HEAD':
            self.wfile.write(answered.body)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _answer

    def log_message(self, *args: t.Any) -> None:
        return


class SocketServer(socketserver.ThreadingTCPServer):
    """Listens for a mock server. Closing it closes the open connections too."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, mock_server: MockServer, host: str, port: int) -> None:
        self.mock_server = mock_server
        self._host = host
        self._open: set[socket.socket] = set()
        self.address_family = socket.AF_INET6 if ':' in host else socket.AF_INET
        super().__init__((host, port), _Handler)

    @property
    def url(self) -> str:
        host = '[%s]' % self._host if ':' in self._host else self._host
        return 'http://%s:%d%s' % (host, self.server_address[1], self.mock_server.settings.base_path)

    def process_request(self, request: t.Any, client_address: t.Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: t.Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: t.Any, client_address: t.Any) -> None:
        """A client that goes away in the middle is nothing to report; anything else is."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    def server_close(self) -> None:
        super().server_close()
        for connection in tuple(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def serve(mock_server: MockServer, port: int = 0, host: str = '127.0.0.1') -> t.Iterator[str]:
    """Serve in a thread for as long as the block lasts (port 0: a free one); gives the URL."""
    server = SocketServer(mock_server, host, port)
    thread = threading.Thread(target=server.serve_forever, kwargs={'poll_interval': 0.05}, daemon=True)
    thread.start()
    try:
        yield server.url
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
