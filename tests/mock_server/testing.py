# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers with a clock that is moved by hand, and clients for them, for tests of the mock and of the contract."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys
import typing as t

import requests

from .server import MockServer
from .state.clock import HandClock
from .state.settings import Settings
from .web.adapter import mounted_session

URL = "http://nextcloud.test"


class Client:
    """Calls one mock server in process; `keeps_cookies` chooses between a session and single requests."""

    def __init__(
        self,
        mock: MockServer,
        userid: str = "admin",
        password: str = "admin",
        keeps_cookies: bool = False,
        cookie_test: bool = False,
    ) -> None:
        self.base = URL + mock.settings.base_path
        self.session = mounted_session(mock)
        self.session.auth = (userid, password)
        self.session.headers.update({"OCS-APIRequest": "true", "Accept": "application/json"})
        self._keeps_cookies = keeps_cookies
        if cookie_test:
            self.session.cookies.set("cookie_test", "test")

    def __call__(self, method: str, path: str, **given: t.Any) -> requests.Response:
        if not self._keeps_cookies:
            self.session.cookies.clear()
        prefix = "/ocs/v2.php" if path.startswith(("/cloud", "/apps")) else ""
        return self.session.request(method, self.base + prefix + path, **given)

    def data(self, path: str, **given: t.Any) -> t.Any:
        return self("GET", path, **given).json()["ocs"]["data"]


def codes(answer: requests.Response) -> tuple[int, int]:
    """HTTP status and OCS code."""
    return answer.status_code, answer.json()["ocs"]["meta"]["statuscode"]


class MockWithClock:
    """A mock server with its clock, and clients made on demand."""

    def __init__(self, **settings: t.Any) -> None:
        self.clock = HandClock()
        self.mock = MockServer(Settings(clock=self.clock, **settings))

    def client(self, *args: t.Any, **kwargs: t.Any) -> Client:
        return Client(self.mock, *args, **kwargs)


class ServerProcess:
    """A mock server in a process of its own."""

    def __init__(self, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(pathlib.Path(__file__).parent)],
            env={**os.environ, "PORT": "0", **environment},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        words = self.process.stdout.readline().replace(",", " ").split()
        self.url, *self.admin_url = [word for word in words if word.startswith("http")]

    def __call__(self, method: str, path: str, **given: t.Any) -> requests.Response:
        headers = {"OCS-APIRequest": "true", "Accept": "application/json"}
        url = self.url + "/ocs/v2.php" + path
        return requests.request(method, url, auth=("admin", "admin"), headers=headers, timeout=30, **given)

    def __enter__(self) -> ServerProcess:
        return self

    def kill(self) -> None:
        """As a machine that loses its power."""
        self.process.kill()
        self.process.wait()

    def __exit__(self, *unused: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()
