# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is in front of a server and around a task, in one play: each task ends, and says in words what is wrong."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from typing import Any

import pytest
import yaml
from canned import CannedServer
from mock_server import serve
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

TOKEN = {"X-Gateway-Token": "canary-token"}
TRICKLE = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n"


class Gateway:
    """Lets nobody in without a token; remembers how often it was asked, and by whom it was shown one."""

    def __init__(self, inside: Any, status: int) -> None:
        self.inside, self.status = inside, status
        self.requests = 0

    def __call__(self, environ: Any, start_response: Any) -> Any:
        self.requests += 1
        if environ.get("HTTP_X_GATEWAY_TOKEN") == TOKEN["X-Gateway-Token"]:
            return self.inside(environ, start_response)
        page = "<html><head><title>Ask the gateway</title></head></html>"
        return Response(page, self.status, mimetype="text/html")(environ, start_response)


def module(name: str, task: str, environment: dict[str, str] | None = None, **options: Any) -> dict[str, Any]:
    return {
        "name": task,
        f"community.nextcloud.{name}": {"retries": 0, **options},
        "environment": environment or {},
        "ignore_errors": True,
    }


@pytest.mark.parametrize("in_process", ["true", "false"])
def test_each_task_ends_in_words(new_site: Any, in_process: str) -> None:
    site = new_site(heeds_offset=False)
    elsewhere = Gateway(site.server, 200)
    forbidding, asking = Gateway(site.server, 403), Gateway(site.server, 401)
    fifo = site.folder / "fifo"
    os.mkfifo(fifo)
    (site.folder / "broken.pem").write_text("nonsense")
    with ExitStack() as stack:
        other = stack.enter_context(serve(elsewhere)).replace("127.0.0.1", "localhost")
        moved = stack.enter_context(
            serve(lambda *wsgi: redirect(other + Request(wsgi[0]).full_path, 301, Response)(*wsgi))
        )
        gate, wall = (stack.enter_context(serve(gateway)) for gateway in (forbidding, asking))
        slow = stack.enter_context(CannedServer(TRICKLE, trickles=True)).url
        https = {"url": "https://127.0.0.1:1"}
        tasks = [
            module("user_info", "list", limit=10),
            module("group", "moved", url=moved, groupid="a", headers=TOKEN),
            module("group", "gate", url=gate, groupid="b"),
            module("group", "through the gate", url=gate, groupid="c", headers=TOKEN),
            {**module("group", "wall", url=wall, groupid="{{ item }}"), "loop": ["d", "e", "f"]},
            module("group", "slow", url=slow, groupid="g", timeout=0.5),
            module("group", "fifo", groupid="h", session_file=str(fifo), share_session=False),
            module("group", "authority", groupid="i", ca_path=str(site.folder / "broken.pem"), **https),
            module("group", "bundle", {"REQUESTS_CA_BUNDLE": str(site.folder / "nowhere.pem")}, groupid="j", **https),
            module("group", "proxy", {"HTTP_PROXY": "http://user:canary@proxy:99999", "NO_PROXY": ""}, groupid="k"),
            module("group", "large", groupid="l", max_answer_size=0),
            module("user", "name", userid="admin", display_name="0"),
        ]
        play = {"hosts": "localhost", "connection": "local", "gather_facts": False, "tasks": tasks}
        play["vars"] = {"ansible_python_interpreter": sys.executable}
        (site.folder / "play.yml").write_text(yaml.safe_dump([play]))
        run = site.run(site.folder / "play.yml", "-vvv", NEXTCLOUD_IN_PROCESS=in_process)
    results = {result["task"]: result["result"] for result in run.results}
    assert len(results["list"]["users"]) == 1
    assert results["through the gate"]["changed"] is True
    told = {
        "moved": ("protocol", "Set url"),
        "gate": ("protocol", "HTTP 403 with an HTML page"),
        "slow": ("unavailable", "no whole answer within the timeout"),
        "fifo": ("invalid", "session_file: "),
        "authority": ("invalid", "ca_path: "),
        "bundle": ("invalid", "REQUESTS_CA_BUNDLE: "),
        "proxy": ("invalid", "HTTP_PROXY: "),
        "large": ("invalid", "max_answer_size: "),
        "name": ("invalid", "display_name: "),
    }
    for task, (category, words) in told.items():
        assert results[task].get("failure", {}).get("category") == category, results[task]
        assert words in results[task]["msg"], task
    refused = [result["result"] for result in run.results if result["task"] == "wall"]
    assert [item["failure"]["category"] for item in refused] == ["protocol"] * 3
    assert all("HTTP 401" in item["msg"] for item in refused)
    assert (elsewhere.requests, asking.requests) == (0, 1)
    assert "canary" not in str(results) and "internal_error" not in str(results)
