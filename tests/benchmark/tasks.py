# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A play of different tasks, beside a script that signs in once and makes the same requests."""

from __future__ import annotations

from functools import partial
from typing import Any, Iterator

import requests
from mock_server import MockServer

from benchmark.figure import Figure, median, seconds
from benchmark.playbook import play
from benchmark.server import served

TASKS = 20
DEBUG = {"ansible.builtin.debug": {"msg": "ok"}}


def fill(server: MockServer) -> None:
    for number in range(TASKS):
        server.state.add_account(f"p{number}")
        server.state.add_group(f"g{number}")


def figures() -> Iterator[Figure]:
    """All of a kind that a server answers by one request."""
    tasks, paths = zip(*(_task(number) for number in range(TASKS)), strict=True)
    with served(fill) as server:
        run, script = partial(play, server.url, *tasks), partial(_bare, server.url, paths)
        ours = 1000 * median(lambda: seconds(run)) / TASKS
        nothing = median(lambda: seconds(partial(play, server.url, *[DEBUG] * TASKS)))
        bare = 1000 * (nothing + median(lambda: seconds(script))) / TASKS
        name = f"play of {TASKS} tasks, beside debug tasks and a bare script (ms a task)"
        yield Figure(name, ours, bare, "at most 30 ms more", ours - bare <= 30)
        asked, needed = server.counted(run), server.counted(script)
        for name, count, reference in zip(asked._fields, asked, needed, strict=True):
            yield Figure(
                f"play of {TASKS} tasks: {name}", count, reference, "as many as the script", count == reference
            )


def _task(number: int) -> tuple[dict[str, Any], str]:
    """A task, and the path that it asks for."""
    userid, groupid = f"p{number}", f"g{number}"
    kinds = (
        ({"community.nextcloud.user": {"userid": userid, "enabled": True}}, f"users/{userid}"),
        ({"community.nextcloud.user_info": {"userid": userid}}, f"users/{userid}"),
        ({"community.nextcloud.group_member": {"groupid": groupid, "users": []}}, f"groups/{groupid}/users"),
    )
    return kinds[number % len(kinds)]


def _bare(url: str, paths: tuple[str, ...]) -> None:
    with requests.Session() as session:
        session.auth = ("admin", "admin")
        session.cookies.set("cookie_test", "test")
        session.headers.update({"OCS-APIRequest": "true", "Accept": "application/json"})
        for path in paths:
            session.get(f"{url}/ocs/v2.php/cloud/{path}", timeout=60).raise_for_status()
