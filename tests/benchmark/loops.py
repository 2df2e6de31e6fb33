# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Single tasks and loops: accounts that are as declared already, so that every request is a read."""

from __future__ import annotations

from functools import partial
from typing import Any, Iterator

import requests
from mock_server import MockServer

from benchmark.figure import Figure, median, seconds
from benchmark.playbook import play
from benchmark.server import Server, served

ITEMS = 200
# A shipped item takes so long that fewer must do.
SHIPPED_ITEMS = 20
USER = {"community.nextcloud.user": {"userid": "jane", "email": "jane@example.org"}}
DEBUG = {"ansible.builtin.debug": {"msg": "ok"}}


def fill(server: MockServer) -> None:
    server.state.add_account("jane", email="jane@example.org")


def figures() -> Iterator[Figure]:
    """Of a server that takes no time, and of one that takes as long as a real one."""
    for latency in ("none", "measured"):
        with served(fill, latency=latency) as server:
            yield from _loop(server, latency)
            yield from _single(server, latency)
            if latency == "none":
                yield _shipped(server)


def _loop(server: Server, latency: str) -> Iterator[Figure]:
    """The whole run counts, with the start of ansible-playbook."""
    what = f"loop of {ITEMS} user tasks, latency {latency}"
    run, script = partial(play, server.url, _looped(ITEMS)), partial(_bare, server.url, ITEMS)
    ours = 1000 * median(lambda: seconds(run)) / ITEMS
    bare = 1000 * median(lambda: seconds(script)) / ITEMS
    yield Figure(f"{what}, beside a bare script (ms an item)", ours, bare, "at most 10 ms more", ours - bare <= 10)
    asked, needed = server.counted(run), server.counted(script)
    for name, count, reference in zip(asked._fields, asked, needed, strict=True):
        yield Figure(f"{what}: {name}", count, reference, "as many as the script", count == reference)


def _single(server: Server, latency: str) -> Iterator[Figure]:
    task = median(lambda: seconds(partial(play, server.url, USER)))
    nothing = median(lambda: seconds(partial(play, server.url, DEBUG)))
    nothing += median(lambda: seconds(partial(_bare, server.url, 1)))
    name = f"one user task, latency {latency}, beside debug and the server's time (s)"
    yield Figure(name, task, nothing, "at most 0.15 s more", task - nothing <= 0.15)


def _shipped(server: Server) -> Figure:
    """What an item adds, in process and shipped."""

    def added(items: int, **environment: str) -> float:
        many = median(lambda: seconds(partial(play, server.url, _looped(items), **environment)))
        one = median(lambda: seconds(partial(play, server.url, _looped(1), **environment)))
        return 1000 * (many - one) / (items - 1)

    ours, shipped = added(ITEMS), added(SHIPPED_ITEMS, NEXTCLOUD_IN_PROCESS="false")
    name = "an item through the action, beside one through the module (ms)"
    return Figure(name, ours, shipped, "at least 15 times faster", shipped >= 15 * ours)


def _looped(items: int) -> dict[str, Any]:
    return {**USER, "loop": list(range(items))}


def _bare(url: str, items: int) -> None:
    """The same requests from a script that knows how to sign in once."""
    with requests.Session() as session:
        session.auth = ("admin", "admin")
        session.cookies.set("cookie_test", "test")
        session.headers.update({"OCS-APIRequest": "true", "Accept": "application/json"})
        for unused in range(items):
            session.get(f"{url}/ocs/v2.php/cloud/users/jane", timeout=60).raise_for_status()
