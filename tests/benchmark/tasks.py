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

DEBUG = {"ansible.builtin.debug": {"msg": "ok"}}
# All of them find things as they are declared, so that all requests are reads.
OPTIONS: list[tuple[str, dict[str, Any]]] = [
    ("group", {"groupid": "design"}),
    ("group", {"groupid": "staff", "display_name": "staff"}),
    ("group", {"groupid": "gone", "state": "absent"}),
    ("group_info", {"groupid": "design"}),
    ("group_info", {"search": "staff"}),
    ("group_member", {"groupid": "design", "users": ["jane"]}),
    ("subadmin", {"userid": "jane", "groups": ["staff"]}),
    ("user", {"userid": "jane", "email": "jane@example.org", "groups": {"add": ["design"]}}),
    ("user", {"userid": "john", "enabled": True}),
    ("user", {"userid": "gone", "state": "absent"}),
    ("user_info", {"userid": "jane"}),
    ("user_info", {"group": "staff"}),
    ("user_info", {"details": False}),
    ("app", {"app": "files"}),
    ("app_info", {"app": "files"}),
    ("app_config", {"app": "files", "key": "default_quota", "value": "5 GB"}),
    ("app_config_info", {"app": "files"}),
    ("server_info", {}),
    ("directory", {"groups": [{"groupid": "design"}], "users": [{"userid": "jane"}, {"userid": "john"}]}),
    ("directory_info", {}),
]
# Not `admin`: an answer that contains the password is refused.
ADMIN = ("admin", "Zk3-qweR!plo9")
TASKS = [{f"community.nextcloud.{module}": options} for module, options in OPTIONS]


def fill(server: MockServer) -> None:
    server.state.set_password(server.state.account(ADMIN[0]), ADMIN[1])
    for groupid in ("design", "staff"):
        server.state.add_group(groupid)
    server.state.add_account("jane", email="jane@example.org", groups=["design", "staff"], subadmin=["staff"])
    server.state.add_account("john", groups=["staff"])


def figures() -> Iterator[Figure]:
    """Of a server that takes no time."""
    count = len(TASKS)
    with served(fill) as server:
        run = partial(play, server.url, *TASKS, admin=ADMIN)
        # The first one sets what a server has no value for, so that all others only read.
        run()
        script = partial(_bare, server.url, server.reads(run))
        ours = 1000 * median(lambda: seconds(run)) / count
        nothing = median(lambda: seconds(partial(play, server.url, *[DEBUG] * count)))
        bare = 1000 * (nothing + median(lambda: seconds(script))) / count
        name = f"play of {count} different tasks, beside debug tasks and a bare script (ms a task)"
        yield Figure(name, ours, bare, "at most 30 ms more", ours - bare <= 30)
        asked, needed = server.counted(run), server.counted(script)
        for what, number, reference in zip(asked._fields, asked, needed, strict=True):
            figure = f"play of {count} different tasks: {what}"
            yield Figure(figure, number, reference, "as many as the script", number == reference)


def _bare(url: str, paths: list[str]) -> None:
    with requests.Session() as session:
        session.auth = ADMIN
        session.cookies.set("cookie_test", "test")
        session.headers.update({"OCS-APIRequest": "true", "Accept": "application/json"})
        for path in paths:
            session.get(f"{url}{path}", timeout=60)
