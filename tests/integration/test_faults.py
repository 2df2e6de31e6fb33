# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A sample of the table of faults in real playbooks, in process and shipped; and two runs at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml

PASSWORD = "Zk3-qweR!plo9"
JANE = {"userid": "jane", "email": "jane@example.org", "user_password": PASSWORD}
PEOPLE = [
    {"userid": f"u{number:02}", "email": f"u{number:02}@example.org", "groups": {"add": ["staff"]}}
    for number in range(30)
]


def playbook(folder: Path, module: str, options: dict[str, Any], name: str = "play.yml") -> Path:
    path = folder / name
    task = {"name": "the task", f"community.nextcloud.{module}": options}
    path.write_text(yaml.safe_dump([{"hosts": "localhost", "gather_facts": False, "tasks": [task]}], sort_keys=False))
    return path


@pytest.mark.parametrize("in_process", ["true", "false"], ids=["in process", "shipped"])
@pytest.mark.parametrize("carried_out", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(
    "kind", ["server_error", "truncated_json", "login_page", "reset_connection", "gateway_timeout"]
)
def test_a_creation_is_done_once_and_told_truly(site: Any, kind: str, carried_out: bool, in_process: str) -> None:
    site.server.fail(kind, "POST", "/cloud/users", carried_out=carried_out)
    play = playbook(site.folder, "user", JANE)
    assert site.run(play, NEXTCLOUD_IN_PROCESS=in_process).changed == ["the task"]
    assert site.state.directory.account("jane") is not None
    assert sum(entry.done for entry in site.journal.writes()) == 1
    assert site.run(play, NEXTCLOUD_IN_PROCESS=in_process).changed == []


@pytest.mark.parametrize("in_process", ["true", "false"], ids=["in process", "shipped"])
def test_a_mail_that_may_have_gone_out_is_unknown(site: Any, in_process: str) -> None:
    site.state.add_account("jane", PASSWORD, email="jane@example.org")
    site.server.fail("lost_answer", "POST", "/welcome")
    run = site.run(
        playbook(site.folder, "welcome_email", {"userid": "jane"}), expect=2, NEXTCLOUD_IN_PROCESS=in_process
    )
    result = run.results[0]["result"]
    assert (result["changed"], result["failure"]["effect"]) == (True, "unknown")
    assert site.state.welcomed == ["jane"]


def test_twenty_hosts_that_declare_one_group_are_one_change(site: Any) -> None:
    hosts = site.folder / "hosts.yml"
    hosts.write_text(
        yaml.safe_dump({"all": {"hosts": {f"h{number}": {"ansible_connection": "local"} for number in range(20)}}})
    )
    path = site.folder / "play.yml"
    tasks = [{"name": "the group", "community.nextcloud.group": {"groupid": "design"}}]
    path.write_text(yaml.safe_dump([{"hosts": "all", "gather_facts": False, "tasks": tasks}], sort_keys=False))
    run = site.run(path, "-i", str(hosts), "--forks", "5")
    assert len(run.results) == 20
    assert len(run.changed) == 1


@pytest.mark.parametrize("in_process", ["true", "false"], ids=["in process", "shipped"])
def test_two_runs_of_a_directory_at_once_both_end_as_declared(site: Any, in_process: str) -> None:
    options = {"groups": [{"groupid": "staff"}], "users": PEOPLE}
    # A read during somebody else's creation can be an HTTP 500.
    site.server.fail("failed_call", "GET", "/cloud/users/", times=2)
    plays = [playbook(site.folder, "directory", options, f"play{number}.yml") for number in range(2)]

    def finished(number: int) -> Any:
        folder = site.folder / f"run{number}"
        folder.mkdir()
        other = type(site)(site.server, site.url, folder)
        return other.run(plays[number], NEXTCLOUD_IN_PROCESS=in_process).results[0]["result"]

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(finished, range(2)))
    created = [
        item["userid"]
        for result in results
        for item in result["users"]
        if (item["action"], item["result"]) == ("created", "done")
    ]
    assert sorted(created) == [person["userid"] for person in PEOPLE]
    assert sum(result["summary"]["groups"]["created"] for result in results) == 1
    assert set(site.state.directory.group("staff").members) == set(created)
    assert site.run(plays[0], NEXTCLOUD_IN_PROCESS=in_process).changed == []
