# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One sign-in, or one refusal, for everything in a run of ansible-playbook, in whatever process it is."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any, Callable

import pytest
import yaml

PLACES = {"in process": {}, "shipped": {"NEXTCLOUD_IN_PROCESS": "false"}}
PASSWORD = "canary-Zk3-qweR!plo9"
WRONG = {"NEXTCLOUD_PASSWORD": "canary-wrong"}
HOSTS = 20


@pytest.fixture
def playbook(site: Any) -> Callable[..., Path]:
    """Makes a playbook of these tasks on so many hosts, all of which are this one."""

    def make(*tasks: dict[str, Any], hosts: int = 1) -> Path:
        names = {f"web{number}": {"ansible_connection": "local"} for number in range(hosts)}
        (site.folder / "hosts.yml").write_text(yaml.safe_dump({"all": {"hosts": names}}))
        # The Python of Ansible, as for an implicit localhost.
        variables = {"ansible_python_interpreter": "{{ ansible_playbook_python }}"}
        play = {"hosts": "all", "gather_facts": False, "vars": variables, "tasks": list(tasks)}
        path = site.folder / "play.yml"
        path.write_text(yaml.safe_dump([play], sort_keys=False))
        return path

    return make


def run(site: Any, playbook: Path, *arguments: str, expect: int = 0, **environment: str) -> Any:
    inventory = str(site.folder / "hosts.yml")
    return site.run(playbook, "-i", inventory, "--forks", "10", *arguments, expect=expect, **environment)


def test_tasks_lookups_and_inventory_sign_in_once(site: Any, playbook: Any) -> None:
    source = site.folder / "accounts.nextcloud.yml"
    source.write_text(yaml.safe_dump({"plugin": "community.nextcloud.users"}))
    path = playbook(
        {"community.nextcloud.group": {"groupid": "design"}},
        {"community.nextcloud.user_info": {"userid": "{{ lookup('community.nextcloud.user', 'admin').userid }}"}},
        {"ansible.builtin.debug": {"msg": "{{ lookup('community.nextcloud.group', 'design') }}"}},
        hosts=3,
    )
    run(site, path, "-i", str(source), "--limit", "web*")
    assert site.journal.requests > 3 * 4
    assert site.server.sign_ins == 1


def test_each_task_signs_in_where_that_is_asked_for(site: Any, playbook: Any) -> None:
    task = {"community.nextcloud.group": {"groupid": "design"}}
    run(site, playbook(task, task), NEXTCLOUD_SHARE_SESSION="false")
    assert site.server.sign_ins == 2


@pytest.mark.parametrize("place", PLACES)
def test_a_wrong_password_is_one_request_of_many_hosts(site: Any, playbook: Any, place: str) -> None:
    path = playbook({"community.nextcloud.group": {"groupid": "design"}}, hosts=HOSTS)
    found = run(site, path, expect=2, **PLACES[place], **WRONG)
    assert [result["result"]["failure"]["category"] for result in found.results] == ["authentication"] * HOSTS
    assert site.journal.requests == 1
    assert "canary" not in found.output


@pytest.mark.parametrize("place", PLACES)
def test_a_wrong_password_is_one_request_of_a_loop(site: Any, playbook: Any, place: str) -> None:
    loop = {"community.nextcloud.group": {"groupid": "{{ item }}"}, "loop": list("abcdefghijkl")}
    run(site, playbook(loop), expect=2, **PLACES[place], **WRONG)
    assert site.journal.requests == 1


def test_a_wrong_password_is_one_request_of_many_lookups(site: Any, playbook: Any) -> None:
    lookup = "{{ lookup('community.nextcloud.user', 'admin', errors='ignore') }}"
    run(site, playbook({"ansible.builtin.debug": {"msg": [lookup] * 12}}), **WRONG)
    assert site.journal.requests == 1


@pytest.mark.parametrize("place", PLACES)
def test_a_password_that_a_task_sets_is_used_by_the_next(site: Any, playbook: Any, place: str) -> None:
    site.state.add_account("jane", "canary-old")
    as_jane = {"community.nextcloud.user_info": {"userid": "jane", "username": "jane", "password": PASSWORD}}
    new = {"userid": "jane", "user_password": PASSWORD, "update_password": "always"}
    found = run(
        site,
        playbook({**as_jane, "ignore_errors": True}, {"community.nextcloud.user": new}, as_jane),
        **PLACES[place],
    )
    assert [result["failed"] for result in found.results] == [True, False, False]


def test_a_run_that_is_killed_leaves_nothing_of_use(site: Any, playbook: Any) -> None:
    """It leaves the folder behind, in which there was a session."""
    reached = site.folder / "reached"
    os.mkfifo(reached)
    path = playbook(
        {"community.nextcloud.group": {"groupid": "design"}},
        {"ansible.builtin.shell": f"echo reached > {reached} && read -r line < {reached}"},
    )
    process = site.start(path, "-i", str(site.folder / "hosts.yml"))
    reached.read_text()  # blocks until the second task has begun
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    left = [found for found in (site.folder / "local").rglob("*") if found.is_file()]
    assert any(found.parent.name.startswith("nextcloud-") for found in left)
    said = b" ".join([str(found).encode() + found.read_bytes() for found in left])
    for secret in ("canary", "admin", "127.0.0.1", "nc_session", "design"):
        assert secret.encode() not in said.replace(str(site.folder).encode(), b"")
