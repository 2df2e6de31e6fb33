# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serve a mock server in the foreground, chosen by environment variables: `python tests/mock_server`."""

from __future__ import annotations

import os
import signal
import sys
import threading
import typing as t

if not __package__:
    # Run as a folder: make the package importable by its name.
    sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

from mock_server.server import MockServer
from mock_server.serving import serve
from mock_server.settings import Settings

_SWITCH = {"on": True, "off": False}


def main(environment: t.Mapping[str, str]) -> int:
    try:
        host, port = environment.get("HOST", "127.0.0.1"), _port(environment.get("PORT", "8480"))
        mock_server = MockServer(settings_from(environment))
    except ValueError as exc:
        print("mock server: %s" % exc, file=sys.stderr)
        return 2
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *unused: stop.set())
    try:
        with serve(mock_server, port, host) as url:
            print(
                "Mock Nextcloud %d at %s (account admin, password admin)" % (mock_server.settings.version, url),
                flush=True,
            )
            stop.wait()
    except OSError as exc:
        print("mock server: cannot listen on %s port %d: %s" % (host, port, exc.strerror), file=sys.stderr)
        return 1
    return 0


def settings_from(environment: t.Mapping[str, str]) -> Settings:
    """Settings from variables; ValueError names what is accepted."""
    token = environment.get("APP_PASSWORD")
    return Settings(
        version=_choice(environment, "VERSION", "32", {"32": 32, "34": 34}),
        rate_limit=_choice(environment, "RATE_LIMIT", "on", _SWITCH),
        brute_force=_choice(environment, "BRUTE_FORCE", "on", _SWITCH),
        latency=_choice(environment, "LATENCY", "none", {"none": "none", "measured": "measured"}),
        base_path=environment.get("BASE_PATH", ""),
        app_passwords={token: "admin"} if token else {},
    )


def _choice(environment: t.Mapping[str, str], name: str, default: str, accepted: t.Mapping[str, t.Any]) -> t.Any:
    value = environment.get(name) or default
    if value not in accepted:
        raise ValueError("%s must be one of %s, not %r" % (name, ", ".join(accepted), value))
    return accepted[value]


def _port(value: str) -> int:
    if not value.isdigit() or int(value) > 65535:
        raise ValueError("PORT must be a number from 0 to 65535, not %r" % value)
    return int(value)


if __name__ == "__main__":
    sys.exit(main(os.environ))
