# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs that are killed while a server works on one of their requests, so that no moment is a matter of time."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Callable, Iterable, Iterator, NamedTuple

import pytest
from mock_server import serve

# How many moments are tried in each test; `make test-all` sets more.
KILLS = int(os.environ.get("KILLED_RUNS") or 2)


class Moment(NamedTuple):
    """A run is killed at this request of those with `path` in theirs: before the server does what it asks, or answers."""

    request: int
    carried_out: bool
    path: str = ""


class _KillableRuns:
    """The server, which kills the run that is under way at a moment."""

    def __init__(self, server: Any) -> None:
        self.base_path = server.base_path
        self._server = server
        self._lock = threading.Lock()
        self._moment: Moment | None = None
        self._kill: Callable[[], None] = lambda: None
        self._requests = 0

    @contextmanager
    def killing(self, moment: Moment, kill: Callable[[], None]) -> Iterator[None]:
        with self._lock:
            self._moment, self._kill, self._requests = moment, kill, 0
        yield
        with self._lock:
            self._moment = None

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        with self._lock:
            if self._moment and self._moment.path in environ["PATH_INFO"]:
                self._requests += 1
            is_due = self._moment is not None and self._requests >= self._moment.request
            if is_due and self._moment and not self._moment.carried_out:
                self._kill_once()
                start_response("503 Service Unavailable", [])
                return []
        answer: Iterable[bytes] = self._server(environ, start_response)
        if is_due:
            with self._lock:
                self._kill_once()
        return answer

    def _kill_once(self) -> None:
        """Other requests of the run may be under way."""
        kill, self._kill = self._kill, lambda: None
        kill()


class KillableSite:
    """site: the site under an address of its own, where runs can be killed."""

    def __init__(self, site: Any, server: _KillableRuns) -> None:
        self.site = site
        self._server = server

    def killed(
        self, playbook: Path, moment: Moment, kill: Callable[[int], None] | None = None, **environment: str
    ) -> bool:
        """Run a playbook; whether it was killed, by default with all that it has started: it may make fewer requests."""
        started = threading.Event()
        runs: list[subprocess.Popen[bytes]] = []

        def kill_run() -> None:
            started.wait()
            (kill or kill_all)(runs[0].pid)

        with self._server.killing(moment, kill_run):
            runs.append(self.site.start(playbook, **environment))
            started.set()
            status = runs[0].wait()
        assert status in (0, -signal.SIGKILL)
        return status != 0


@contextmanager
def killable(site: Any) -> Iterator[KillableSite]:
    server = _KillableRuns(site.server)
    with serve(server) as url:
        yield KillableSite(type(site)(site.server, url, site.folder), server)


def kill_all(pid: int) -> None:
    """A process and all that it has started."""
    os.kill(pid, signal.SIGSTOP)  # it starts no more
    for found in (pid, *_descendants(pid)):
        with suppress(ProcessLookupError):
            os.kill(found, signal.SIGKILL)


class Orphans:
    """The workers of a run whose process group is killed: in recent versions of ansible-core, each has its own, and goes on."""

    def __init__(self) -> None:
        self._processes: list[int] = []

    def kill_group(self, pid: int) -> None:
        os.kill(pid, signal.SIGSTOP)
        self._processes += [os.pidfd_open(found) for found in _descendants(pid)]
        os.killpg(pid, signal.SIGKILL)

    def wait(self) -> None:
        """Until they have ended."""
        while self._processes:
            process = self._processes.pop()
            select.select([process], [], [])
            os.close(process)


def _descendants(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name of the program is in parentheses, and may hold any character.
            parent = int(status.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it has ended
        children.setdefault(parent, []).append(int(status.parent.name))
    found, left = [], [pid]
    while left:
        added = children.get(left.pop(), [])
        found += added
        left += added
    return found


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds the workers of a run in /proc")
