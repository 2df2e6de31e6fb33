# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What things cost: importing the collection beside importing `requests`, and tasks, in seconds and in requests."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from mock_server import MockServer, Settings, serve

CHECKOUT = Path(__file__).resolve().parents[2]
RUNS = 7
PACKAGE = "ansible_collections.community.nextcloud.plugins.module_utils"
IMPORTS = """
import sys, time
import ansible.module_utils.basic
start = time.perf_counter()
import requests
middle = time.perf_counter()
import {package}._module, {package}._user
print(middle - start, time.perf_counter() - middle)
"""
PLAYBOOK = """
- hosts: localhost
  connection: local
  gather_facts: false
  tasks:
    - community.nextcloud.user:
        userid: jane
        email: jane@example.org
        session_file: "{{ lookup('env', 'SESSION_FILE') | default(omit, true) }}"
      loop: "{{ range(20) | list }}"
"""


def measure_imports() -> None:
    pairs = []
    for unused in range(RUNS):
        output = subprocess.run(
            [sys.executable, "-c", IMPORTS.format(package=PACKAGE)],
            env={**os.environ, "PYTHONPATH": str(CHECKOUT / ".build" / "linked")},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        pairs.append(tuple(map(float, output.split())))
    library, own = (statistics.median(column) for column in zip(*pairs))
    print(f"import requests            {library * 1000:6.1f} ms")
    print(f"import the collection      {own * 1000:6.1f} ms beside it")


def measure_loop(folder: Path, session_file: str) -> None:
    playbook = folder / "play.yml"
    playbook.write_text(PLAYBOOK)
    server = MockServer(Settings(latency="measured"))
    server.state.add_account("jane", email="jane@example.org")
    with serve(server) as url:
        start = time.perf_counter()
        subprocess.run(
            [Path(sys.executable).with_name("ansible-playbook"), playbook],
            env={
                **os.environ,
                "NEXTCLOUD_URL": url,
                "NEXTCLOUD_USERNAME": "admin",
                "NEXTCLOUD_PASSWORD": "admin",
                "SESSION_FILE": session_file,
                "ANSIBLE_COLLECTIONS_PATH": str(CHECKOUT / ".build" / "linked"),
            },
            check=True,
            stdout=subprocess.DEVNULL,
        )
        seconds = time.perf_counter() - start
    kind = "with session_file" if session_file else "without"
    print(
        f"20 user tasks that change nothing, {kind:17}  {seconds:5.1f} s,"
        f" {server.journal.requests} requests, {server.sign_ins} sign-ins"
    )


def main() -> None:
    measure_imports()
    with tempfile.TemporaryDirectory() as name:
        measure_loop(Path(name), "")
        measure_loop(Path(name), str(Path(name) / "session"))


if __name__ == "__main__":
    main()
