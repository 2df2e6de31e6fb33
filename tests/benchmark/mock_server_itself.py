# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the mock server costs by itself: starting with many accounts, pages of them, memory, and keeping its state.

Clients are compared on it, so its own share of a measurement has to be known, and small.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Callable, Iterator

from mock_server import MockServer, Settings, fill
from mock_server.testing import Client, ServerProcess
from mock_server.web.wsgi import Asked, ask

from benchmark.figure import Figure

PAGE = 500
REQUESTS = 40


def figures() -> Iterator[Figure]:
    """Its own time and memory, beside what it may take."""
    for accounts, factor in ((10_000, 1), (50_000, 5)):
        ready, page, megabytes = measured_alone(accounts)
        yield _within(f"mock: ready with {accounts} accounts (s)", ready, 2.0 * factor)
        yield _within(f"mock: a page of {PAGE} details of {accounts} accounts (ms)", page, 50.0)
        yield _within(f"mock: memory with {accounts} accounts (MB)", megabytes, 200.0 * factor)
    yield _within("mock: its process answers, with 10000 accounts (s)", process_start(10_000), 4.0)
    yield _within("mock: a request of 30 ms, its client included (ms)", request_of_30_ms(), 35.0)
    yield _within("mock: a write that keeps the state of 50 accounts (ms)", write_kept(50), 20.0)


def _within(name: str, measured: float, most: float) -> Figure:
    return Figure(name, measured, most, f"at most {most:g}", measured <= most)


def measured_alone(accounts: int) -> tuple[float, float, float]:
    """(seconds to be ready, median milliseconds of a page, megabytes) of a process that does nothing else."""
    output = subprocess.run(
        [sys.executable, "-m", "benchmark.mock_server_itself", str(accounts)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        check=True,
        capture_output=True,
    ).stdout
    ready, page, megabytes = json.loads(output)
    return ready, page, megabytes


def measure(accounts: int) -> None:
    """Prints what `measured_alone` gives."""
    start = time.perf_counter()
    server = MockServer(Settings(rate_limit=False))
    fill(server.state, accounts)
    ready = time.perf_counter() - start
    client = Client(server, keeps_cookies=True, cookie_test=True)
    client("GET", "/cloud/user")
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in client.session.cookies)
    headers = {"OCS-APIRequest": "true", "Accept": "application/json", "Cookie": cookies, "Host": "localhost"}
    pages = []
    for offset in range(0, accounts, PAGE):
        target = f"/ocs/v2.php/cloud/users/details?limit={PAGE}&offset={offset}"
        start = time.perf_counter()
        answered = ask(server, Asked("GET", target, headers.items(), b"", "127.0.0.1"))
        pages.append(time.perf_counter() - start)
        assert answered.status == 200
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([ready, statistics.median(pages) * 1000, megabytes]))


def process_start(accounts: int) -> float:
    """Seconds until a server in a process of its own has answered."""
    start = time.perf_counter()
    with ServerProcess(ACCOUNTS=str(accounts)):
        return time.perf_counter() - start


def request_of_30_ms() -> float:
    """Milliseconds: what the mock does beside the time that it simulates has to be a part of that time."""
    server = MockServer(Settings(latency="measured", rate_limit=False))
    client = Client(server, keeps_cookies=True, cookie_test=True)
    client("GET", "/cloud/user")
    return 1000 * median_of(lambda: client("GET", "/cloud/users/admin"))


def write_kept(accounts: int) -> float:
    """Milliseconds of a write with STATE_FILE."""
    with tempfile.TemporaryDirectory() as folder:
        server = MockServer(Settings(rate_limit=False, state_file=str(Path(folder, "state.json"))))
        fill(server.state, accounts)
        client = Client(server, keeps_cookies=True, cookie_test=True)
        body = {"key": "role", "value": "Lead"}
        return 1000 * median_of(lambda: client("PUT", "/cloud/users/admin", json=body))


def median_of(call: Callable[[], Any]) -> float:
    seconds = []
    for unused in range(REQUESTS):
        start = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


if __name__ == "__main__":
    measure(int(sys.argv[1]))
