# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Playbooks as users run them, measured from the command's start to its end."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator, NamedTuple

import psutil
import yaml

CHECKOUT = Path(__file__).resolve().parents[2]
ADMIN = ("admin", "admin")
# How often the memory of a run is looked at.
SECONDS_BETWEEN = 0.1
COLLECTIONS = str(CHECKOUT / ".build" / "linked")


class Cost(NamedTuple):
    """What a run has cost. processor: seconds of all its processes; megabytes: the most that they held together."""

    seconds: float
    processor: float
    megabytes: float


def play(url: str, *tasks: dict[str, Any], admin: tuple[str, str] = ADMIN, **environment: str) -> None:
    """Run the tasks on the controller, as an administrator."""
    with _started(url, tasks, admin, environment) as process:
        if process.wait():
            raise RuntimeError(f"ansible-playbook ended with {process.returncode}")


def costs(url: str, *tasks: dict[str, Any], admin: tuple[str, str] = ADMIN, **environment: str) -> Cost:
    """As `play`, and what it has cost."""
    begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    most = 0
    with _started(url, tasks, admin, environment) as process:
        while process.poll() is None:
            most = max(most, _memory(process.pid))
            try:
                process.wait(SECONDS_BETWEEN)
            except subprocess.TimeoutExpired:
                continue
    if process.returncode:
        raise RuntimeError(f"ansible-playbook ended with {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(time.perf_counter() - begin, spent, most / 2**20)


def _memory(pid: int) -> int:
    """Bytes of a process and its descendants; what several of them share counts once."""
    held = 0
    try:
        for process in (root := psutil.Process(pid), *root.children(recursive=True)):
            held += process.memory_full_info().pss
    except psutil.Error:
        pass  # one of them has just ended; there will be another look
    return held


@contextmanager
def _started(
    url: str, tasks: tuple[dict[str, Any], ...], admin: tuple[str, str], environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    with tempfile.TemporaryDirectory() as folder:
        playbook = Path(folder) / "play.yml"
        playbook.write_text(yaml.safe_dump([{"hosts": "localhost", "gather_facts": False, "tasks": list(tasks)}]))
        yield subprocess.Popen(
            [Path(sys.executable).with_name("ansible-playbook"), playbook],
            env={
                **os.environ,
                "NEXTCLOUD_URL": url,
                "NEXTCLOUD_USERNAME": admin[0],
                "NEXTCLOUD_PASSWORD": admin[1],
                "ANSIBLE_COLLECTIONS_PATH": COLLECTIONS,
                "ANSIBLE_LOCALHOST_WARNING": "false",
                "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
                **environment,
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
