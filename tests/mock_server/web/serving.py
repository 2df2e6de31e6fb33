# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serving a mock server over real sockets, in threads, with connections kept open."""

from __future__ import annotations

import contextlib
import threading
import typing as t

import cheroot.ssl
import cheroot.wsgi

if t.TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

# More than any test has connections open at once: a connection that is kept open keeps its thread.
THREADS = 32


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
