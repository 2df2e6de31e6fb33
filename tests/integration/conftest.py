# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Real playbooks with ansible-playbook, over HTTP against a mock server of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Callable, Iterator, NamedTuple

import pytest
import yaml
from mock_server import MockServer, Settings, serve

HERE = Path(__file__).parent
CHECKOUT = HERE.parents[1]
ADMIN_PASSWORD = "canary-Admin-Zk3!"


class Run(NamedTuple):
    """What came of a run of ansible-playbook. results: as callback_plugins/results.py writes them."""

    output: str
    returncode: int
    results: list[dict[str, Any]]

    @property
    def of_modules(self) -> list[dict[str, Any]]:
        """The results of the collection's own modules, without what differs from run to run."""
        return [
            {
                "task": result["task"],
                "action": result["action"],
                **{name: value for name, value in result["result"].items() if name not in ("invocation", "warnings")},
            }
            for result in self.results
            if result["action"].startswith("community.nextcloud.")
        ]

    @property
    def changed(self) -> list[str]:
        return [result["task"] for result in self.of_modules if result["changed"]]


class Inventory(NamedTuple):
    """What came of a run of ansible-inventory. path: the inventory file."""

    path: Path
    output: str
    messages: str

    @property
    def hosts(self) -> dict[str, dict[str, Any]]:
        """{host: variables} of a list, as a play has them: Ansible marks what is no template in its output."""
        listed = json.loads(self.output, object_hook=lambda found: found.get("__ansible_unsafe", found))
        return listed["_meta"]["hostvars"]

    @property
    def groups(self) -> dict[str, list[str]]:
        """{group: hosts} of a list."""
        return {name: sorted(group["hosts"]) for name, group in json.loads(self.output).items() if "hosts" in group}


class Site:
    """A server under a URL, and playbooks that are run against it. folder: for their files."""

    def __init__(self, url: str, username: str, password: str, folder: Path) -> None:
        self.url = url
        self.username = username
        self.password = password
        self.folder = folder

    def run(self, playbook: Path, *arguments: str, expect: int = 0, **environment: str) -> Run:
        results = self.folder / "results.jsonl"
        results.write_text("")
        finished = self._finished("ansible-playbook", playbook, *arguments, RESULTS_FILE=str(results), **environment)
        output = finished.stdout + finished.stderr
        assert finished.returncode == expect, output
        return Run(output, finished.returncode, [json.loads(line) for line in results.read_text().splitlines()])

    def inventory(
        self, options: dict[str, Any] | str, *arguments: str, expect: int = 0, **environment: str
    ) -> Inventory:
        """What ansible-inventory makes of a file with these options of community.nextcloud.users, or this content."""
        path = self.folder / "users.nextcloud.yml"
        if not isinstance(options, str):
            options = yaml.safe_dump({"plugin": "community.nextcloud.users", **options})
        path.write_text(options)
        finished = self._finished(
            "ansible-inventory",
            "-i",
            path,
            *(arguments or ["--list"]),
            ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED="true",
            **environment,
        )
        assert finished.returncode == expect, finished.stdout + finished.stderr
        return Inventory(path, finished.stdout, finished.stderr)

    def start(self, playbook: Path, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        """A run in a process group of its own, which may be killed."""
        return subprocess.Popen(
            [Path(sys.executable).with_name("ansible-playbook"), playbook, *arguments],
            env=self._environment(RESULTS_FILE=os.devnull, **environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _finished(self, program: str, *arguments: Any, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [Path(sys.executable).with_name(program), *arguments],
            env=self._environment(**environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def _environment(self, **environment: str) -> dict[str, str]:
        return {
            **os.environ,
            "NEXTCLOUD_URL": self.url,
            "NEXTCLOUD_USERNAME": self.username,
            "NEXTCLOUD_PASSWORD": self.password,
            "ANSIBLE_COLLECTIONS_PATH": str(CHECKOUT / ".build" / "linked"),
            "ANSIBLE_CALLBACK_PLUGINS": str(HERE / "callback_plugins"),
            "ANSIBLE_CALLBACKS_ENABLED": "results",
            "ANSIBLE_FORCE_COLOR": "0",
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
            "ANSIBLE_LOCAL_TEMP": str(self.folder / "local"),
            "ANSIBLE_REMOTE_TMP": str(self.folder / "remote"),
            **environment,
        }


class MockSite(Site):
    """A mock server as a site."""

    def __init__(self, server: MockServer, url: str, folder: Path) -> None:
        super().__init__(url, "admin", ADMIN_PASSWORD, folder)
        self.server = server
        self.state = server.state
        self.journal = server.journal


@pytest.fixture
def new_site(tmp_path: Path) -> Iterator[Callable[..., MockSite]]:
    """Makes a mock server with the settings named, and a folder of this name."""
    with ExitStack() as stack:

        def make(name: str = ".", **settings: Any) -> MockSite:
            server = MockServer(Settings(**settings))
            server.state.account("admin").password = ADMIN_PASSWORD
            folder = tmp_path / name
            folder.mkdir(exist_ok=True)
            return MockSite(server, stack.enter_context(serve(server)), folder)

        yield make


@pytest.fixture
def site(new_site: Callable[..., MockSite]) -> MockSite:
    return new_site()
