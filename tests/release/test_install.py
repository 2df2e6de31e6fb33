# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a user gets: the tarball, installed where there is nothing but ansible-core and requests.

`make release` builds the tarball before.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any, Iterator

import pytest
import yaml
from documented import CHECKOUT, blocks
from mock_server import MockServer, Settings, serve

TARBALL = next((CHECKOUT / ".build" / "release").glob("*.tar.gz"))
USER = CHECKOUT / ".build" / "user"
PASSWORD = "canary-Admin-Zk3!"
SHIPPED = {
    *("CHANGELOG.rst", "COPYING", "FILES.json", "LICENSES", "MANIFEST.json", "README.md", "REUSE.toml"),
    *("changelogs", "docs", "meta", "playbooks", "plugins", "roles", "tests"),
}


@pytest.fixture(scope="module")
def programs() -> Path:
    """The folder of the user's programs. The environment is kept between runs."""
    if not (USER / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", USER], check=True)
        pip = [USER / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "ansible-core", "requests"], check=True)
        (USER / "ready").touch()
    return USER / "bin"


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A home of its own, and none of this machine's settings of Ansible."""
    return {
        "HOME": str(tmp_path_factory.mktemp("home")),
        "PATH": os.environ["PATH"],
        "LC_ALL": "C.UTF-8",
        "ANSIBLE_NOCOLOR": "1",
    }


@pytest.fixture(scope="module")
def installed(programs: Path, environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment with the collection in it."""
    folder = tmp_path_factory.mktemp("collections")
    command = [programs / "ansible-galaxy", "collection", "install", "--offline", "--collections-path", folder, TARBALL]
    finished = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return {**environment, "ANSIBLE_COLLECTIONS_PATH": str(folder)}


@pytest.fixture
def server() -> Iterator[tuple[Any, str]]:
    server = MockServer(Settings())
    server.state.account("admin").password = PASSWORD
    with serve(server) as url:
        yield server.state, url


def test_the_tarball_holds_what_users_need() -> None:
    with tarfile.open(TARBALL) as tarball:
        names = [member.name for member in tarball.getmembers() if not member.isdir()]
    assert {name.split("/")[0] for name in names} == SHIPPED
    assert [name for name in names if name.startswith("tests/")] == ["tests/config.yml"]


def test_the_first_playbook_of_the_readme_runs(
    programs: Path, installed: dict[str, str], server: tuple[Any, str], tmp_path: Path
) -> None:
    state, url = server
    first = next(block.text for block in blocks(CHECKOUT / "README.md") if "hosts:" in block.text)
    (tmp_path / "site.yml").write_text(first.replace("https://cloud.example.org", url))
    (tmp_path / "password.yml").write_text(yaml.safe_dump({"admin_password": PASSWORD}))

    def play(*arguments: str) -> str:
        command = [programs / "ansible-playbook", "site.yml", "-e", "@password.yml", *arguments]
        finished = subprocess.run(command, cwd=tmp_path, env=installed, capture_output=True, text=True, check=False)
        assert finished.returncode == 0, finished.stdout + finished.stderr
        return finished.stdout

    assert "changed=2" in play("--check", "--diff")
    assert not state.directory.find_groups("design", None, 0)
    assert "changed=2" in play("--diff")
    assert state.account("jane.doe").email == "jane.doe@example.org"
    assert "changed=0" in play()


def test_ansible_doc_shows_the_documentation(programs: Path, installed: dict[str, str]) -> None:
    command = [programs / "ansible-doc", "community.nextcloud.user"]
    finished = subprocess.run(command, env=installed, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    assert "Creates, changes, disables and deletes accounts" in " ".join(finished.stdout.split())
