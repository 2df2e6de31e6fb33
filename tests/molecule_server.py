# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The mock server of the Molecule scenarios: `python tests/molecule_server.py FILE`.

Listens on a free port and writes {url, username, password} as JSON into FILE (0600) when it is ready. Lives until it is
told to stop, or until the process is gone whose number is in MOCK_LIVES_WITH.

Under its own /molecule it tells what no server tells: GET /molecule/writes lists the requests that may change something,
as {method, path, body, status}; DELETE forgets them. POST /molecule/stop ends it.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
import threading
from typing import Any, Iterable

from mock_server import MockServer, Settings, serve
from werkzeug.wrappers import Request, Response

WATCH_SECONDS = 1.0


class Watched:
    """A mock server, and beside it what scenarios ask about it."""

    def __init__(self, server: MockServer, stop: threading.Event) -> None:
        self.settings = server.settings
        self._server = server
        self._stop = stop

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        request = Request(environ)
        if not request.path.startswith("/molecule/"):
            return self._server(environ, start_response)
        return self._answer(request)(environ, start_response)

    def _answer(self, request: Request) -> Response:
        journal = self._server.journal
        if request.path == "/molecule/stop" and request.method == "POST":
            self._stop.set()
            return Response(status=204)
        if request.path != "/molecule/writes" or request.method not in ("GET", "DELETE"):
            return Response(status=404)
        writes = [
            {"method": entry.method, "path": entry.path, "body": entry.body, "status": entry.status}
            for entry in journal.writes()
        ]
        if request.method == "DELETE":
            journal.clear()
        return Response(json.dumps(writes), content_type="application/json")


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def main(path: str) -> None:
    stop = threading.Event()
    server = MockServer(Settings())
    # Any other than the usual one: Ansible masks a password wherever it stands, and `admin` stands in many places.
    password = server.state.account("admin").password = secrets.token_urlsafe(16)
    owner = int(os.environ.get("MOCK_LIVES_WITH") or 0)
    with serve(Watched(server, stop)) as url:
        unfinished = f"{path}.new"
        with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
            json.dump({"url": url, "username": "admin", "password": password}, file)
        os.replace(unfinished, path)
        while not stop.wait(WATCH_SECONDS if owner else None):
            if not alive(owner):
                break


if __name__ == "__main__":
    main(sys.argv[1])
