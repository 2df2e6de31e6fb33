# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One sign-in, or one refusal, for everything in a run of ansible-playbook, in whatever process it is."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Callable

import pytest
import yaml
from canaries import contents, shown

PLACES = {"in process": {}, "shipped": {"NEXTCLOUD_IN_PROCESS": "false"}}
PASSWORD = "canary-Zk3-qweR!plo9"
WRONG = {"NEXTCLOUD_PASSWORD": "canary-wrong"}
HOSTS = 20


def playbook_on(site: Any, *tasks: dict[str, Any], hosts: int = 1) -> Path:
    """A playbook of these tasks on so many hosts, all of which are this one."""
    names = {f"web{number}": {"ansible_connection": "local"} for number in range(hosts)}
    (site.folder / "hosts.yml").write_text(yaml.safe_dump({"all": {"hosts": names}}))
    # The Python of Ansible, as for an implicit localhost.
    variables = {"ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    play = {"hosts": "all", "gather_facts": False, "vars": variables, "tasks": list(tasks)}
    path: Path = site.folder / "play.yml"
    path.write_text(yaml.safe_dump([play], sort_keys=False))
    return path


@pytest.fixture
def playbook(site: Any) -> Callable[..., Path]:
    """Makes a playbook of the site."""
    return partial(playbook_on, site)


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
    loop = {"community.nextcloud.group": {"groupid": "{{ item }}"}, "loop": list("abcdefghijklmnopqrst")}
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


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", ["password", "app password"])
def test_what_a_write_was_answered_is_known_to_later_tasks(new_site: Any, place: str, kind: str) -> None:
    site = new_site("one", version=34, app_passwords={"canary-token": "admin"})
    credentials = {"NEXTCLOUD_PASSWORD": site.password if kind == "password" else "canary-token", **PLACES[place]}
    read = {"community.nextcloud.server_info": {}}
    write = {"community.nextcloud.group": {"groupid": "design"}, "ignore_errors": True}
    preference = {"app": "theming", "key": "shortcuts_disabled", "value": "yes"}
    path = playbook_on(site, read, {"community.nextcloud.preference": preference}, read, write, read)

    def told(found: Any) -> list[bool | None]:
        servers = [result["result"]["server"] for result in found.results if "server" in result["result"]]
        return [server["writes_confirmed"] for server in servers]

    assert told(run(site, path, "--check", **credentials)) == [None, None, None]
    found = run(site, path, **credentials)
    assert told(found) == [None, None, kind == "password"]
    written = found.results[3]
    assert written["failed"] is (kind == "app password")
    if written["failed"]:
        assert written["result"]["failure"]["category"] == "confirmation"
        assert "Set username and password" in written["result"]["msg"]
        assert "allowed_no_password_confirmation_ranges" in written["result"]["msg"]


@pytest.mark.parametrize("place", PLACES)
def test_a_write_in_a_session_that_is_too_old_is_sent_again_in_a_new_one(site: Any, playbook: Any, place: str) -> None:
    def group(groupid: str) -> dict[str, Any]:
        return {"community.nextcloud.group": {"groupid": groupid, "session_file": str(site.folder / "session")}}

    run(site, playbook(group("design")), **PLACES[place])
    for session in site.state.sign_ins.sessions.values():
        session.since -= 3600
    site.journal.clear()
    run(site, playbook(group("staff")), **PLACES[place])
    assert [entry.status for entry in site.journal.writes()] == [403, 200]
    assert site.server.sign_ins == 2


@pytest.mark.parametrize("place", PLACES)
def test_a_task_with_retries_sends_the_password_again(site: Any, playbook: Any, place: str) -> None:
    site.state.add_account("jane", PASSWORD)
    as_jane = {"userid": "jane", "username": "jane", "password": "canary-wrong"}
    tried = {"register": "tried", "until": "tried is succeeded", "retries": 2, "delay": 0}
    found = run(site, playbook({"community.nextcloud.user_info": as_jane, **tried}), expect=2, **PLACES[place])
    assert found.results[-1]["result"]["attempts"] == 2
    assert site.journal.requests == 3  # the first one, and two more


@pytest.mark.parametrize("place", PLACES)
def test_passwords_that_are_compared_in_a_loop_lock_nobody_out(site: Any, playbook: Any, place: str) -> None:
    for number in range(12):
        site.state.add_account(f"u{number}", "canary-old")
    new = {"userid": "u{{ item }}", "user_password": PASSWORD, "update_password": "when_changed"}
    found = run(
        site,
        playbook(
            {"community.nextcloud.user": new, "loop": list(range(12)), "ignore_errors": True},
            {"community.nextcloud.user_info": {"userid": "admin"}},
        ),
        **PLACES[place],
    )
    *items, last = found.results
    assert [item["failed"] for item in items] == [False] * 9 + [True] * 3
    assert [item["result"].get("failed_sign_ins", 0) for item in items] == [1] * 9 + [0] * 3
    assert "9 have failed in this run" in items[-1]["result"]["msg"]
    assert last["failed"] is False


@pytest.mark.parametrize("place", PLACES)
def test_a_lookup_in_the_environment_of_a_task_does_not_wait_for_it(site: Any, playbook: Any, place: str) -> None:
    name = "{{ lookup('community.nextcloud.user', 'admin').userid }}"
    run(
        site,
        playbook(
            {"community.nextcloud.group": {"groupid": "design"}, "environment": {"NEXTCLOUD_USERNAME": name}},
        ),
        **PLACES[place],
    )
    assert site.state.directory.group("design")


# No secret shows


def assert_no_secret(site: Any, said: bytes) -> None:
    cookies = list(site.state.sign_ins.sessions)
    assert cookies
    assert shown((site.password, "canary-wrong", "canary-token-Zk3", *cookies), said) == []


@pytest.mark.parametrize("place", PLACES)
def test_no_secret_is_in_files_output_log_or_processes(site: Any, playbook: Any, place: str) -> None:
    site.state.sign_ins.app_passwords["canary-token-Zk3"] = "admin"
    group = {"community.nextcloud.group": {"groupid": "design"}}
    wrong = {"community.nextcloud.group": {"groupid": "design", "password": "{{ lookup('env', 'TEST_WRONG') }}"}}
    by_token = {"groupid": "design", "password": "", "username": "", "token": "{{ lookup('env', 'TEST_TOKEN') }}"}
    seen = site.folder / "seen"
    path = playbook(
        group,
        {**wrong, "ignore_errors": True},
        {"community.nextcloud.group": by_token, "environment": {"NEXTCLOUD_PASSWORD": ""}, "ignore_errors": True},
        {"ansible.builtin.debug": {"msg": "{{ lookup('community.nextcloud.user', 'admin') }}"}},
        {"ansible.builtin.command": {"argv": ["cp", "-r", str(site.folder / "local"), str(seen)]}},
        {"ansible.builtin.shell": f"ps axww -o args > {seen}/processes"},
    )
    found = run(
        site,
        path,
        "-vvvv",
        "--diff",
        **PLACES[place],
        TEST_WRONG="canary-wrong",
        TEST_TOKEN="canary-token-Zk3",
        ANSIBLE_LOG_PATH=str(site.folder / "log"),
        ANSIBLE_INJECT_INVOCATION="true",
    )
    assert any(name.name.startswith("nextcloud-") for name in seen.rglob("*"))
    assert "ansible-playbook" in (seen / "processes").read_text()
    assert_no_secret(site, contents(site.folder) + found.output.encode() + str(found.results).encode())


def end_worker(waits_for: Path) -> None:
    """A worker outlives its run, but on ansible-core 2.18: there nobody would ever read what is written here."""
    with suppress(OSError):
        pipe = os.open(waits_for, os.O_WRONLY | os.O_NONBLOCK)
        os.write(pipe, b"Go on.\n")
        os.close(pipe)


def test_a_run_that_is_killed_leaves_nothing_of_use(site: Any, playbook: Any, request: Any) -> None:
    """It leaves the folder behind, in which there was a session."""
    reached = site.folder / "reached"
    os.mkfifo(reached)
    path = playbook(
        {"community.nextcloud.group": {"groupid": "design"}},
        {
            "ansible.builtin.shell": f"echo reached > {reached} && read -r line < {reached}",
            "when": "again is not defined",
        },
    )
    process = site.start(path, "-i", str(site.folder / "hosts.yml"))
    reached.read_text()  # blocks until the second task has begun
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    request.addfinalizer(lambda: end_worker(reached))
    left = site.folder / "local"
    assert any(found.is_file() and found.parent.name.startswith("nextcloud-") for found in left.rglob("*"))
    said = contents(left)
    assert_no_secret(site, said)
    for known in (b"canary", b"admin", b"127.0.0.1", b"nc_session", b"design"):
        assert known not in said
    # Another run neither uses it nor removes it.
    run(site, path, "-e", "again=true")
    assert site.server.sign_ins == 2
    assert contents(left) == said
