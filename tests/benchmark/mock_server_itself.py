# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the mock server costs by itself: starting with many accounts, pages of them, memory, and keeping its state.

Clients are compared on it, so its own share of a measurement has to be known, and small.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Callable

from mock_server import MockServer, Settings, fill
from mock_server.testing import Client, ServerProcess
from mock_server.wsgi import Asked, ask

PAGE = 500
REQUESTS = 40


def measured(accounts: int) -> None:
    """Prints the figures of a server with so many accounts; run in a process of its own, for the memory."""
    start = time.perf_counter()
    server = MockServer(Settings(rate_limit=False))
    fill(server.state, accounts)
    started = time.perf_counter() - start
    client = Client(server, keeps_cookies=True, cookie_test=True)
    client("GET", "/cloud/user")
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in client.session.cookies)
    headers = {"OCS-APIRequest": "true", "Accept": "application/json", "Cookie": cookies, "Host": "localhost"}
    seconds = []
    for offset in range(0, accounts, PAGE):
        target = f"/ocs/v2.php/cloud/users/details?limit={PAGE}&offset={offset}"
        start = time.perf_counter()
        answered = ask(server, Asked("GET", target, headers.items(), b"", "127.0.0.1"))
        seconds.append(time.perf_counter() - start)
        assert answered.status == 200
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{accounts:6} accounts: ready in {started:4.2f} s, a page of {PAGE} in {statistics.median(seconds) * 1000:4.1f} ms"
        f" (at most {max(seconds) * 1000:4.1f}), all pages in {sum(seconds):4.2f} s, {megabytes:3.0f} MB"
    )


def process_start(accounts: int) -> None:
    start = time.perf_counter()
    with ServerProcess(ACCOUNTS=str(accounts)):
        print(f"{accounts:6} accounts: the process answers after {time.perf_counter() - start:4.2f} s")


def latency() -> None:
    """Requests of 30 ms by one client: what the mock does beside has to be a part of them."""
    server = MockServer(Settings(latency="measured", rate_limit=False))
    client = Client(server, keeps_cookies=True, cookie_test=True)
    client("GET", "/cloud/user")
    seconds = median_of(lambda: client("GET", "/cloud/users/admin"))
    print(f"LATENCY=measured: a request of 30 ms takes {seconds * 1000:4.1f} ms, its client included")


def keeping(accounts: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = MockServer(Settings(rate_limit=False, state_file=str(Path(folder, "state.json"))))
        fill(server.state, accounts)
        client = Client(server, keeps_cookies=True, cookie_test=True)
        body = {"key": "role", "value": "Lead"}
        seconds = median_of(lambda: client("PUT", "/cloud/users/admin", json=body))
    print(f"STATE_FILE with {accounts} accounts: a write takes {seconds * 1000:5.1f} ms")


def median_of(call: Callable[[], Any]) -> float:
    seconds = []
    for unused in range(REQUESTS):
        start = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def main() -> None:
    if len(sys.argv) > 1:
        measured(int(sys.argv[1]))
        return
    for accounts in (10_000, 50_000):
        subprocess.run([sys.executable, __file__, str(accounts)], check=True)
    process_start(10_000)
    latency()
    for accounts in (50, 10_000):
        keeping(accounts)


if __name__ == "__main__":
    main()
