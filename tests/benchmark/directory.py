# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whole organisations in one task, beside scripts that make the same requests and know what they do.

Where NEXTCLOUD_URL is set (with NEXTCLOUD_USERNAME and NEXTCLOUD_PASSWORD), that server is measured as well. Accounts whose
ids begin with `bench-` are made there and deleted again.
"""

from __future__ import annotations

import json
import os
import statistics
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Callable, Iterator

import requests
from mock_server import MockServer, fill

from benchmark.figure import RUNS, Figure, median, seconds
from benchmark.playbook import Cost, costs, play
from benchmark.server import served

CONCURRENCY = 4
PAGE = 125  # of 1,000 accounts: two pages for each request that is under way at once
UNCHANGED, CREATED, SHIPPED = 1_000, 200, 50
FEW, MANY = 5_000, 50_000
MEGABYTES = 400
DEBUG = {"ansible.builtin.debug": {"msg": "ok"}}
ADMIN = ("admin", "admin")


def figures() -> Iterator[Figure]:
    """Of the mock as slow as a real server, of a real server where there is one, and of very many accounts."""
    with served(partial(fill_with, accounts=UNCHANGED), latency="measured", rate_limit=False) as server:
        yield from _unchanged("mock", server.url, ADMIN, people(UNCHANGED))
    with served(latency="measured", rate_limit=False) as server:
        yield from _creations("mock", server.url, ADMIN)
    if url := os.environ.get("NEXTCLOUD_URL"):
        admin = (os.environ["NEXTCLOUD_USERNAME"], os.environ["NEXTCLOUD_PASSWORD"])
        yield from _creations(url, url, admin)
        with _made(url, admin, people(UNCHANGED, "bench-")) as made:
            yield from _unchanged(url, url, admin, made)
    yield from _growth()


def fill_with(server: MockServer, accounts: int) -> None:
    fill(server.state, accounts)


def people(count: int, prefix: str = "u") -> list[dict[str, Any]]:
    """Accounts as the mock's own ones are."""
    return [
        {
            "userid": f"{prefix}{number:05}",
            "display_name": f"Person {number:05}",
            "email": f"{prefix}{number:05}@example.org",
            "quota": "5 GB",
        }
        for number in range(1, count + 1)
    ]


@contextmanager
def task(users: list[dict[str, Any]], **options: Any) -> Iterator[dict[str, Any]]:
    """A task of module `directory` that reads the accounts from a file, as many accounts have to be."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "users.json")
        path.write_text(json.dumps(users))
        content = "{{ lookup('ansible.builtin.file', '%s') | from_json }}" % path
        yield {"community.nextcloud.directory": {"users": content, "concurrency": CONCURRENCY, **options}}


def _unchanged(where: str, url: str, admin: tuple[str, str], users: list[dict[str, Any]]) -> Iterator[Figure]:
    what = f"{where}: nothing to change in {len(users)} accounts"
    script = partial(_read_all, url, admin, len(users))
    script()  # the first sight of an account costs a server more
    with task(users) as unchanged:
        cost = costs(url, unchanged, admin=admin)
        ours = median(lambda: seconds(partial(play, url, unchanged, admin=admin)))
    bare = median(lambda: seconds(script))
    start = median(lambda: seconds(partial(play, url, DEBUG)))
    yield Figure(
        f"{what}, beside a bare script (s)", ours, bare, "at most 1.15 times and a start", ours <= 1.15 * bare + start
    )
    yield from _spent(what, cost)
    shipped = users[:SHIPPED]
    args = {name: "{{ item.%s }}" % name for name in shipped[0]}
    loop = {"community.nextcloud.user": args, "loop": shipped}
    looped = seconds(partial(play, url, loop, admin=admin, NEXTCLOUD_IN_PROCESS="false")) * len(users) / len(shipped)
    yield Figure(
        f"{what}, beside a loop of shipped modules (s)", ours, looped, "at least 50 times faster", looped >= 50 * ours
    )


def _creations(where: str, url: str, admin: tuple[str, str]) -> Iterator[Figure]:
    what = f"{where}: {CREATED} accounts created"
    users = people(CREATED, "bench-")
    ours, bare, costly = [], [], []
    for unused in range(RUNS):
        with task(users) as created:
            costly.append(costs(url, created, admin=admin))
            ours.append(costly[-1].seconds)
        _delete(url, admin, users)
        bare.append(seconds(partial(_create, url, admin, users)))
        _delete(url, admin, users)
    start = median(lambda: seconds(partial(play, url, DEBUG)))
    one, other = statistics.median(ours), statistics.median(bare)
    yield Figure(
        f"{what}, beside a bare script (s)", one, other, "at most 1.10 times and a start", one <= 1.1 * other + start
    )
    yield from _spent(what, costly[0])


def _growth() -> Iterator[Figure]:
    found = []
    for accounts in (FEW, MANY):
        with served(partial(fill_with, accounts=accounts), rate_limit=False) as server, task(people(accounts)) as many:
            measured = [costs(server.url, many) for unused in range(RUNS)]
        found.append(sorted(measured, key=lambda cost: cost.seconds)[RUNS // 2])
    few, many_ = found
    name = f"nothing to change, {MANY} accounts beside {FEW}, latency none (s)"
    yield Figure(name, many_.seconds, few.seconds, "at most 11 times", many_.seconds <= 11 * few.seconds)
    for accounts, cost in ((FEW, few), (MANY, many_)):
        yield from _spent(f"nothing to change, {accounts} accounts", cost)


def _spent(what: str, cost: Cost) -> Iterator[Figure]:
    met = cost.megabytes <= MEGABYTES
    yield Figure(f"{what}: memory of all processes (MB)", cost.megabytes, MEGABYTES, f"at most {MEGABYTES}", met)
    yield Figure(f"{what}: processor time beside time (s)", cost.processor, cost.seconds, "to be seen", True)


# Scripts that make the same requests


@contextmanager
def _session(admin: tuple[str, str]) -> Iterator[requests.Session]:
    """Signed in once, by the cookie that makes a session, with a connection for each thread."""
    with requests.Session() as session:
        session.auth = admin
        session.cookies.set("cookie_test", "test")
        session.headers.update({"OCS-APIRequest": "true", "Accept": "application/json"})
        yield session


def _at_once(work: Callable[[Any], Any], items: list[Any]) -> None:
    with ThreadPoolExecutor(CONCURRENCY) as pool:
        list(pool.map(work, items))


def _read_all(url: str, admin: tuple[str, str], count: int) -> None:
    with _session(admin) as session:

        def read(number: int) -> None:
            query = {"limit": str(PAGE), "offset": str(number * PAGE)}
            session.get(f"{url}/ocs/v2.php/cloud/users/details", params=query, timeout=600).json()

        session.get(f"{url}/ocs/v2.php/cloud/users", timeout=600).json()
        session.get(f"{url}/ocs/v2.php/cloud/groups/details", timeout=600).json()
        _at_once(read, list(range(count // PAGE + 1)))


def _create(url: str, admin: tuple[str, str], users: list[dict[str, Any]]) -> None:
    with _session(admin) as session:

        def create(user: dict[str, Any]) -> None:
            body = {"userid": user["userid"], "displayName": user["display_name"], "email": user["email"]}
            answer = session.post(f"{url}/ocs/v2.php/cloud/users", json={**body, "quota": user["quota"]}, timeout=600)
            answer.raise_for_status()

        session.get(f"{url}/ocs/v2.php/cloud/users", timeout=600).json()
        session.get(f"{url}/ocs/v2.php/cloud/groups/details", timeout=600).json()
        _at_once(create, users)


def _delete(url: str, admin: tuple[str, str], users: list[dict[str, Any]]) -> None:
    with _session(admin) as session:
        session.get(f"{url}/ocs/v2.php/cloud/user", timeout=600)
        _at_once(lambda user: session.delete(f"{url}/ocs/v2.php/cloud/users/{user['userid']}", timeout=600), users)


@contextmanager
def _made(url: str, admin: tuple[str, str], users: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    try:
        _create(url, admin, users)
        yield users
    finally:
        _delete(url, admin, users)
