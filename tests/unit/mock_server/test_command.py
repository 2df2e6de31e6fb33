# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server in the foreground: what its environment may say, and that it stops when told."""

from __future__ import annotations

import os
import pathlib
import re
import signal
import subprocess
import sys

import pytest
import requests
from mock_server.__main__ import main, settings_from
from mock_server.faults import latency

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "mock_server"


def test_the_environment_chooses():
    chosen = settings_from(
        {"VERSION": "34", "RATE_LIMIT": "off", "LATENCY": "measured", "BASE_PATH": "/cloud", "APP_PASSWORD": "token"}
        | {"GATEWAY_HEADER": "X-Key: open"}
    )
    assert (chosen.version, chosen.rate_limit, chosen.brute_force) == (34, False, True)
    assert (chosen.latency, chosen.base_path, chosen.app_passwords) == ("measured", "/cloud", {"token": "admin"})
    assert chosen.gateway_header == "X-Key: open"


@pytest.mark.parametrize(
    "name, accepted",
    [
        ("VERSION", "32, 34"),
        ("RATE_LIMIT", "on, off"),
        ("BRUTE_FORCE", "on, off"),
        ("LATENCY", "none, measured"),
        ("APP_PASSWORDS_CONFIRM", "by-version, on, off"),
        ("PORT", "0 to 65535"),
        ("ADMIN_PORT", "0 to 65535"),
        ("ACCOUNTS", "ACCOUNTS"),
        ("RATE_LIMIT_WINDOW", "RATE_LIMIT_WINDOW"),
        ("WORKERS", "WORKERS"),
        ("BASE_PATH", "/nextcloud"),
    ],
)
def test_bad_values_are_refused_naming_what_is_accepted(capsys, name, accepted):
    assert main({name: "bad"}) == 2
    assert accepted in capsys.readouterr().err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_and_stops_when_told(number):
    environment = {**os.environ, "PORT": "0", "VERSION": "34"}
    with subprocess.Popen([sys.executable, str(FOLDER)], env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline()
            url = next(word for word in line.split() if word.startswith("http"))
            assert requests.get(url + "/status.php", timeout=30).json()["versionstring"] == "34.0.0"
            process.send_signal(number)
            assert process.wait(30) == 0
        finally:
            process.kill()


def test_a_switch_that_is_not_described_is_not_there():
    readme = (FOLDER / "README.md").read_text()
    described = set(re.findall(r"`([A-Z_]+)`", readme.partition("## The admin port")[0]))
    read = set(re.findall(r'environ(?:ment)?(?:\.get\(|, )"([A-Z_]+)"', (FOLDER / "__main__.py").read_text()))
    assert described - {"PATCH"} == read


def test_hashing_is_what_costs():
    assert latency.cost(0, False, True, 0) < latency.cost(0, False, False, 0) < 0.1
    assert 0.3 < latency.cost(1, False, False, 0) < 0.6
    assert latency.cost(1, True, False, 0) > 1
