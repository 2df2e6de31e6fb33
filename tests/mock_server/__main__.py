# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Serve a mock server in the foreground, chosen by environment variables: `python tests/mock_server`."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import typing as t

if not __package__:
    # Run as a folder: make the package importable by its name.
    sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

from mock_server.admin import Admin
from mock_server.server import MockServer
from mock_server.state import population
from mock_server.state.settings import LDAP, Settings
from mock_server.web.serving import serve

_SWITCH = {"on": True, "off": False}
_LOOPBACK = "127.0.0.1"


def main(environment: t.Mapping[str, str]) -> int:
    try:
        host = environment.get("HOST", _LOOPBACK)
        port = _number(environment, "PORT", 8480, most=65535)
        admin_port = _number(environment, "ADMIN_PORT", None, most=65535)
        mock_server = server_from(environment)
    except (OSError, ValueError) as exc:
        print("mock server: %s" % exc, file=sys.stderr)
        return 2
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *unused: stop.set())
    try:
        with contextlib.ExitStack() as stack:
            admin_url = ""
            if admin_port is not None:
                admin_url = ", admin port at " + stack.enter_context(serve(Admin(mock_server), admin_port, _LOOPBACK))
            url = stack.enter_context(serve(mock_server, port, host))
            major = mock_server.settings.version
            print("Mock Nextcloud %d at %s (account admin, password admin)%s" % (major, url, admin_url), flush=True)
            stop.wait()
    except OSError as exc:
        ports = "%s port %d" % (host, port) + (
            "" if admin_port is None else " and %s port %d" % (_LOOPBACK, admin_port)
        )
        print("mock server: cannot listen on %s: %s" % (ports, exc.strerror), file=sys.stderr)
        return 1
    mock_server.save()
    return 0


def server_from(environment: t.Mapping[str, str]) -> MockServer:
    """A server with its accounts. A state that was kept is taken as it is."""
    settings = settings_from(environment)
    is_new = not (settings.state_file and os.path.exists(settings.state_file))
    mock_server = MockServer(settings)
    accounts = _number(environment, "ACCOUNTS", 0)
    if is_new and accounts:
        population.fill(mock_server.state, accounts)
    return mock_server


def settings_from(environment: t.Mapping[str, str]) -> Settings:
    """Settings from variables; ValueError names what is accepted."""
    token = environment.get("APP_PASSWORD")
    return Settings(
        version=_choice(environment, "VERSION", "32", {"32": 32, "34": 34}),
        rate_limit=_choice(environment, "RATE_LIMIT", "on", _SWITCH),
        brute_force=_choice(environment, "BRUTE_FORCE", "on", _SWITCH),
        rate_limit_window=_number(environment, "RATE_LIMIT_WINDOW", 600, least=1),
        latency=_choice(environment, "LATENCY", "none", {"none": "none", "measured": "measured"}),
        workers=_number(environment, "WORKERS", 2, least=1),
        base_path=environment.get("BASE_PATH", ""),
        gateway_header=environment.get("GATEWAY_HEADER", ""),
        ldap=_choice(environment, "LDAP", "off", {name: name for name in LDAP}),
        state_file=environment.get("STATE_FILE", ""),
        app_passwords={token: "admin"} if token else {},
        app_passwords_confirm=_choice(
            environment, "APP_PASSWORDS_CONFIRM", "by-version", {"by-version": None, **_SWITCH}
        ),
        forced_language=environment.get("FORCED_LANGUAGE", ""),
    )


def _choice(environment: t.Mapping[str, str], name: str, default: str, accepted: t.Mapping[str, t.Any]) -> t.Any:
    value = environment.get(name) or default
    if value not in accepted:
        raise ValueError("%s must be one of %s, not %r" % (name, ", ".join(accepted), value))
    return accepted[value]


def _number(environment: t.Mapping[str, str], name: str, default: t.Any, least: int = 0, most: int = 10**9) -> t.Any:
    value = environment.get(name)
    if not value:
        return default
    if not (value.isascii() and value.isdigit()) or not least <= int(value) <= most:
        raise ValueError("%s must be a number from %d to %d, not %r" % (name, least, most, value))
    return int(value)


if __name__ == "__main__":
    sys.exit(main(os.environ))
