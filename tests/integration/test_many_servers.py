# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One inventory of 20 servers, one play: nothing of one shows at another, and one that is down fails alone."""

from __future__ import annotations

import json
import re
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Iterator

import pytest
import yaml
from integration.conftest import Site
from mock_server import MockServer, Settings, serve

HERE = Path(__file__).parent
NAMES = [f"cloud{number:02}" for number in range(1, 21)]
DOWN, REFUSED = "cloud07", "cloud13"


class Sites(Site):
    """The servers, and playbooks over all of them. servers: {host: server}."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        super().__init__("", "", "", folder)
        self.servers = {name: MockServer(Settings()) for name in NAMES}
        self.variables = {}
        for name, server in self.servers.items():
            password = f"canary-{name}-Zk3!"
            server.state.add_account(f"root-{name}", password, groups=["admin"])
            self.variables[name] = {
                "nextcloud_url": stack.enter_context(serve(server)),
                "nextcloud_username": f"root-{name}",
                "nextcloud_password": password,
            }
        self.variables[DOWN]["nextcloud_url"] = "http://127.0.0.1:9"
        self.variables[REFUSED]["nextcloud_password"] = "canary-wrong"
        self.inventory_file = folder / "servers.yml"
        self.inventory_file.write_text(yaml.safe_dump({"all": {"hosts": self.variables}}))

    def go(self, *arguments: str, **environment: str) -> Any:
        return self.run(HERE / "many.yml", "-i", str(self.inventory_file), "-vvvv", *arguments, **environment)

    def groups(self, name: str) -> list[str]:
        return [group.groupid for group in self.servers[name].state.directory.find_groups("", None, 0)]


@pytest.fixture
def sites(tmp_path: Path) -> Iterator[Sites]:
    with ExitStack() as stack:
        yield Sites(tmp_path, stack)


def failed_hosts(output: str) -> list[str]:
    return re.findall(r"^(\S+) +: ok=.* failed=1 ", output, re.MULTILINE)


def apart(sites: Sites, run: Any, firsts: list[str]) -> None:
    """firsts: the first host of each batch, where tasks run that are to run once.

    What is seen of each server is its own: results, groups, sign-ins; and no secret shows at all."""
    assert [line for line in run.output.splitlines() if "canary" in line] == []
    assert "canary" not in json.dumps([result["result"] for result in run.results])
    for result in run.results:
        # The ids and the addresses of the others.
        told = json.dumps(result["result"])
        assert not set(re.findall(r"cloud\d\d", told)) - {result["host"]}, result
        others = [values["nextcloud_url"] for name, values in sites.variables.items() if name != result["host"]]
        assert not [url for url in others if url in told], result
    for name, server in sites.servers.items():
        accounts = {entry.account for entry in server.journal}
        if name == DOWN:
            assert accounts == set()
        elif name == REFUSED:
            assert accounts == {None} and server.sign_ins == 1
        else:
            assert accounts == {f"root-{name}"}
            assert sites.groups(name) == ["admin", name, "delegated", *(["once"] if name in firsts else [])]


@pytest.mark.parametrize("in_process", ["true", "false"])
def test_twenty_servers_in_one_play(sites: Sites, in_process: str) -> None:
    session_file = sites.folder / "sessions"
    run = sites.go(
        *("-e", f"session_file={session_file}", "--forks", "10"),
        expect=2,
        NEXTCLOUD_IN_PROCESS=in_process,
    )
    assert failed_hosts(run.output) == [DOWN, REFUSED]
    assert ("runs in this process" in run.output) == (in_process == "true")
    apart(sites, run, firsts=NAMES[:1])
    failures = {result["host"]: result["result"]["failure"]["category"] for result in run.results if result["failed"]}
    assert failures == {DOWN: "unavailable", REFUSED: "authentication"}
    # All write to one file at once, and each finds its own session there.
    signed_in = [server.sign_ins for name, server in sites.servers.items() if name not in (DOWN, REFUSED)]
    assert signed_in == [1] * 18
    assert b"canary" not in session_file.read_bytes()


def test_batches_of_servers(sites: Sites) -> None:
    run = sites.go("-e", "batch=8", expect=2)
    assert failed_hosts(run.output) == [DOWN, REFUSED]
    apart(sites, run, firsts=[NAMES[0], NAMES[8], NAMES[16]])


def test_a_module_on_some_servers_without_a_playbook(sites: Sites) -> None:
    options = "url={{ nextcloud_url }} username={{ nextcloud_username }} password={{ nextcloud_password }} retries=0"
    finished = sites._finished(
        *("ansible", "all", "--limit", f"cloud01,cloud02,{DOWN}", "-i", sites.inventory_file, "-c", "local"),
        *("-m", "community.nextcloud.user_info", "-a", options, "-vvvv"),
    )
    assert finished.returncode == 2
    assert "canary" not in finished.stdout + finished.stderr
    assert f"{DOWN} | FAILED!" in finished.stdout and "cloud03" not in finished.stdout
    for name in ("cloud01", "cloud02"):
        shown = finished.stdout.split(f"{name} | SUCCESS", 1)[1].split(" => ", 1)[1]
        accounts = json.JSONDecoder().raw_decode(shown)[0]["users"]
        assert [account["userid"] for account in accounts] == ["admin", f"root-{name}"]
    assert {name for name, server in sites.servers.items() if server.journal.requests} == {"cloud01", "cloud02"}
