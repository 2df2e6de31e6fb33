# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each guide, README and CONTRIBUTING, read from top to bottom by somebody who does everything that stands there.

- A block with a caption is a file of that name. If the project has a file of that name, the block stands in it.
- A block of shell is run.
- Any other block of YAML is a list of tasks. Those that follow one another are run as one play.
- A block of any other language is shown to the reader only.

A server in the documentation is called https://cloud.example.org, or with a hyphen and a word behind `cloud`. Each is a
mock server, whose administrators are `admin` and `ansible`. For the guide on LDAP it has a second backend.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Iterator

import pytest
import yaml
from documented import CHECKOUT, GUIDES, READMES, Block, blocks
from mock_server import MockServer, Settings, serve

# The passwords in the documentation. They must be in no output.
PASSWORD = "correct horse battery staple"
APP_PASSWORD = "Kq7dX-2mWbE-9rTzL-fYc4N-pHs8J"
SERVER = re.compile(r"https://cloud(?:-\w+)?\.example\.org(/nextcloud)?")
VARIABLES = {
    "initial_password": "Zk3-qweR!plo9",
    "signaling_secret": "Zk3-qweR!plo9",
    "gateway_token": "Zk3-qweR!plo9",
    "admin_password": PASSWORD,
}
PLAY = {"hosts": "localhost", "connection": "local", "gather_facts": False}


class Reader:
    """Somebody with an empty folder, the programs of this environment, and the servers of the documentation."""

    def __init__(self, folder: Path, stack: ExitStack, ldap: str = "off") -> None:
        self.folder = folder
        self._ldap = ldap
        self._stack = stack
        self._urls: dict[str, str] = {}
        self._tasks: list[str] = []
        self.write("group_vars/all/taken_for_granted.yml", yaml.safe_dump(VARIABLES))
        self.write("people.csv", "login,full name,mail,office\njoan.poe,Joan Poe,joan@example.org,12\n")

    def read(self, block: Block) -> None:
        text = SERVER.sub(lambda found: self._url(found[0]), block.text)
        if block.caption and (CHECKOUT / block.caption).exists():
            assert block.text in _outdented(CHECKOUT / block.caption)
        elif block.caption:
            self.write(block.caption, text)
        elif block.language == "yaml":
            self._read_yaml(text)
        elif block.language in ("shell", "sh"):
            self.run_tasks()
            self._run(["bash", "-euo", "pipefail", "-c", text])

    def _read_yaml(self, text: str) -> None:
        entries = yaml.safe_load(text)
        assert isinstance(entries, list), f"neither a file nor tasks:\n{text}"
        if "hosts" in entries[0] or "import_playbook" in entries[0]:
            self.run_tasks()
            self.write("play.yml", text)
            self._run(["ansible-playbook", "play.yml"])
        else:
            self._tasks.extend(entries)

    def run_tasks(self) -> None:
        """Run the tasks that have been read and not run."""
        if self._tasks:
            self.write("tasks.yml", yaml.safe_dump([{**PLAY, "tasks": self._tasks}], sort_keys=False))
            self._tasks = []
            self._run(["ansible-playbook", "tasks.yml"])

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def _url(self, address: str) -> str:
        if address not in self._urls:
            path = SERVER.fullmatch(address)[1] or ""
            server = MockServer(Settings(app_passwords={APP_PASSWORD: "admin"}, base_path=path, ldap=self._ldap))
            server.state.account("admin").password = PASSWORD
            server.state.add_account("ansible", PASSWORD, groups=["admin"])
            for groupid in ("staff", "design", "board"):
                if server.state.directory.group(groupid) is None:
                    server.state.add_group(groupid)
            for userid in ("jane.doe", "john.roe"):
                server.state.add_account(userid, email=f"{userid}@example.org")
            self._urls[address] = self._stack.enter_context(serve(server))
        return self._urls[address]

    def _run(self, command: list[str]) -> None:
        finished = subprocess.run(
            command,
            cwd=self.folder,
            env={
                "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
                "HOME": str(self.folder),
                "LC_ALL": "C.UTF-8",
                "NEXTCLOUD_URL": self._url("https://cloud.example.org"),
                "NEXTCLOUD_USERNAME": "admin",
                "NEXTCLOUD_PASSWORD": PASSWORD,
                "ANSIBLE_COLLECTIONS_PATH": str(CHECKOUT / ".build" / "linked"),
                "ANSIBLE_NOCOLOR": "1",
                "ANSIBLE_DIFF_ALWAYS": "1",
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        output = finished.stdout + finished.stderr
        assert finished.returncode == 0, f"{command[-1]}\n{output}"
        assert PASSWORD not in output and APP_PASSWORD not in output


def _outdented(path: Path) -> str:
    """A file as a block of documentation may show it: with less indentation."""
    text = path.read_text()
    return "\n".join([text, re.sub(r"^ {4}", "", text, flags=re.MULTILINE)])


@pytest.fixture
def reader(tmp_path: Path, page: Path) -> Iterator[Reader]:
    with ExitStack() as stack:
        yield Reader(tmp_path, stack, "on" if page.name == "guide_ldap.rst" else "off")


@pytest.mark.parametrize("page", [*GUIDES, *READMES], ids=lambda page: str(page.relative_to(CHECKOUT)))
def test_who_does_what_the_page_says_succeeds(reader: Reader, page: Path) -> None:
    for block in blocks(page):
        reader.read(block)
    reader.run_tasks()


def test_the_commands_of_make_exist() -> None:
    makefile = (CHECKOUT / "Makefile").read_text()
    named = {
        (page.name, target)
        for page in [*GUIDES, *READMES]
        for target in re.findall(r"(?:^|`)\s*make ([a-z-]+)", page.read_text(), re.MULTILINE)
    }
    assert named
    assert [target for target in sorted(named) if not re.search(rf"^{target[1]}:", makefile, re.MULTILINE)] == []
