# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The mock servers of the Molecule scenarios, each in a world: `python tests/molecule_server.py FILE`.

Listen on free ports, and write {scenario: {url, username, password, headers}} as JSON into FILE (0600) when they are ready.
Live until one is told to stop, or until the process is gone whose number is in MOCK_LIVES_WITH.

Under its own /molecule a server tells what no server tells: GET /molecule/writes lists the requests that may change something,
as {method, path, body, status}; DELETE forgets them. POST /molecule/stop ends all.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Iterable

from integration.worlds import WHICH, World, worlds_of
from mock_server import MockServer, Settings, serve
from werkzeug.wrappers import Request, Response

WATCH_SECONDS = 1.0
SCENARIOS = sorted(
    path.parent.name for path in (Path(__file__).parents[1] / "extensions" / "molecule").glob("*/molecule.yml")
)


class Watched:
    """A mock server, and beside it what scenarios ask about it."""

    def __init__(self, server: MockServer, stop: threading.Event) -> None:
        self.base_path = server.base_path
        self._server = server
        self._stop = stop

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        request = Request(environ)
        place, found, action = request.path.partition("/molecule/")
        if not found or place != self.base_path:
            return self._server(environ, start_response)
        return self._answer(request, action)(environ, start_response)

    def _answer(self, request: Request, action: str) -> Response:
        journal = self._server.journal
        if action == "stop" and request.method == "POST":
            self._stop.set()
            return Response(status=204)
        if action != "writes" or request.method not in ("GET", "DELETE"):
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


def begin(world: World, stop: threading.Event, stack: ExitStack) -> dict[str, Any]:
    """Starts a server; gives the options of a connection to it."""
    server = MockServer(Settings(**world.settings))
    world.furnish(server.state)
    # Any other than the usual one: Ansible masks a password wherever it stands, and `admin` stands in many places.
    password = server.state.account("admin").password = secrets.token_urlsafe(16)
    url = stack.enter_context(serve(Watched(server, stop)))
    headers = json.loads(world.environment.get("NEXTCLOUD_HEADERS", "{}"))
    return {"url": url, "username": "admin", "password": password, "headers": headers}


def main(path: str) -> None:
    stop = threading.Event()
    owner = int(os.environ.get("MOCK_LIVES_WITH") or 0)
    with ExitStack() as stack:
        servers = {scenario: begin(world, stop, stack) for scenario, world in worlds_of(SCENARIOS, WHICH).items()}
        unfinished = f"{path}.new"
        with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
            json.dump(servers, file)
        os.replace(unfinished, path)
        while not stop.wait(WATCH_SECONDS if owner else None):
            if not alive(owner):
                break


if __name__ == "__main__":
    main(sys.argv[1])
