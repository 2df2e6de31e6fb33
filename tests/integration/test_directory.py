# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A whole organisation in one task: with the server's limits in force, killed on the way, and finished by a second run."""

from __future__ import annotations

import json
import os
import re
import signal
import threading
from pathlib import Path
from typing import Any, Iterator

import pytest
from mock_server import MockServer, Settings, serve

from .conftest import ADMIN_PASSWORD, MockSite

PLAY = """
- name: A whole organisation
  hosts: localhost
  gather_facts: false
  tasks:
    - name: Bring it to the server
      community.nextcloud.directory:
        groups: "{{ directory.groups }}"
        users: "{{ directory.users }}"
        defaults: {quota: 5 GB, language: de}
      vars:
        directory: "{{ lookup('ansible.builtin.file', file) | from_json }}"
"""
PEOPLE, EDITED, WINDOW = 500, 120, 3


class Watched:
    """A mock server that says when it has answered so many edits."""

    def __init__(self, server: MockServer) -> None:
        self._server = server
        self._left = 0
        self._reached = threading.Event()

    def after_edits(self, count: int) -> threading.Event:
        self._left, self._reached = count, threading.Event()
        return self._reached

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        answer = self._server(environ, start_response)
        if environ["REQUEST_METHOD"] == "PUT":
            self._left -= 1
            if not self._left:
                self._reached.set()
        return answer


@pytest.fixture
def organisation(tmp_path: Path) -> Iterator[tuple[MockSite, Watched]]:
    server = MockServer(Settings(rate_limit_window=WINDOW))
    server.state.account("admin").password = ADMIN_PASSWORD
    watched = Watched(server)
    with serve(watched) as url:
        yield MockSite(server, url, tmp_path), watched


def declare(site: MockSite, edited: int) -> str:
    """A file with 500 people in 20 groups, of which some have a role; its name."""
    groups = [{"groupid": f"team {number}", "subadmins": {"set": [f"p{number:03}"]}} for number in range(20)]
    users = [
        {
            "userid": f"p{number:03}",
            "display_name": f"Person {number}",
            "email": f"p{number:03}@example.org",
            "groups": {"set": [f"team {number % 20}"]},
            **({"role": "Lead"} if number < edited else {}),
        }
        for number in range(PEOPLE)
    ]
    (site.folder / "play.yml").write_text(PLAY)
    (site.folder / "directory.json").write_text(json.dumps({"groups": groups, "users": users}))
    return f"file={site.folder}/directory.json"


def leads(site: MockSite) -> int:
    return sum(account.profile["role"] == "Lead" for account in site.state.directory.accounts())


@pytest.mark.parametrize("in_process", ["true", "false"])
def test_an_organisation_is_onboarded_changed_killed_and_finished(
    organisation: tuple[MockSite, Watched], in_process: str
) -> None:
    site, watched = organisation
    environment = {"NEXTCLOUD_IN_PROCESS": in_process}
    onboarded = site.run(site.folder / "play.yml", "-e", declare(site, 0), **environment)
    (result,) = [found["result"] for found in onboarded.results]
    assert result["summary"]["users"]["created"] == PEOPLE
    assert len(site.state.directory.accounts()) == PEOPLE + 1
    assert site.server.sign_ins == 1

    file = declare(site, EDITED)
    reached = watched.after_edits(40)
    broken_off = site.start(site.folder / "play.yml", "-e", file, **environment)
    assert reached.wait(60)
    os.killpg(broken_off.pid, signal.SIGKILL)
    broken_off.wait()
    assert 40 <= leads(site) < EDITED

    finished = site.run(site.folder / "play.yml", "-e", file, **environment)
    (result,) = [found["result"] for found in finished.results]
    assert leads(site) == EDITED
    assert result["rate_limit"]["calls"] == result["summary"]["users"]["changed"]
    # It waited for the limit for longer than it takes to say how far it is.
    assert re.search(r"localhost: edits: \d+ of \d+, .* left", finished.output)
    assert site.run(site.folder / "play.yml", "-e", file, **environment).changed == []
