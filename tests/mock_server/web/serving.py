# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serving a mock server over real sockets, in threads, with connections kept open."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import typing as t

import cheroot.server
import cheroot.ssl
import cheroot.wsgi

from .wsgi import RESET

if t.TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

# More than any test has connections open at once: a connection that is kept open keeps its thread.
THREADS = 32


class _Connection(cheroot.server.HTTPConnection):
    """May end with a reset. The ordinary end is a farewell first, which the client might see."""

    resets = False

    def reset(self) -> None:
        self.resets = True

    def close(self) -> None:
        if not self.resets:
            super().close()
            return
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        for part in (self.rfile, self.wfile, self.socket):
            part.close()


class _Gateway(cheroot.wsgi.Gateway_10):
    """Lets the application reset the connection."""

    def get_environ(self) -> t.Any:
        environ: dict[str, t.Any] = super().get_environ()  # type: ignore[no-untyped-call]  # untyped in cheroot
        return {**environ, RESET: self.req.conn.reset}


class _QuietServer(cheroot.wsgi.Server):
    """Connections that end early are what tests plan; they are no news."""

    def error_log(self, *args: t.Any, **kwargs: t.Any) -> None:
        pass


@contextlib.contextmanager
def serve(
    application: WSGIApplication,
    port: int = 0,
    host: str = "127.0.0.1",
    tls: cheroot.ssl.Adapter | None = None,
) -> t.Iterator[str]:
    """Serve in threads for as long as the block lasts (port 0: a free one); gives the URL."""
    server = _QuietServer((host, port), application, numthreads=THREADS, server_name="mock")
    server.ConnectionClass = _Connection
    server.gateway = _Gateway
    server.ssl_adapter = tls
    server.prepare()
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    base_path = getattr(application, "base_path", "")
    shown_host = f"[{host}]" if ":" in host else host
    try:
        yield f"{'https' if tls else 'http'}://{shown_host}:{server.bind_addr[1]}{base_path}"
    finally:
        server.stop()
        thread.join()
