# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which tasks run in Ansible's own process, under which names, and that it makes no difference but in time."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Callable

import pytest
import yaml
from canaries import shown

PLACES = {"in process": {}, "shipped": {"NEXTCLOUD_IN_PROCESS": "false"}}
GROUP = {"community.nextcloud.group": {"groupid": "design"}}
PASSWORD = "Zk3-qweR!plo9"


@pytest.fixture
def play(site: Any) -> Callable[..., Any]:
    """Runs these tasks; gives the run."""

    def run(*tasks: dict[str, Any], expect: int = 0, environment: Any = None, **keywords: Any) -> Any:
        named = [{"name": f"task {number}", **task} for number, task in enumerate(tasks)]
        playbook = site.folder / "play.yml"
        play = {"hosts": "localhost", "gather_facts": False, **keywords, "tasks": named}
        playbook.write_text(yaml.safe_dump([play], sort_keys=False))
        return site.run(playbook, "-vvvv", "--diff", expect=expect, **(environment or {}))

    return run


def was_shipped(run: Any) -> bool:
    assert ("runs in this process" in run.output) != ("AnsiballZ_" in run.output)
    return "AnsiballZ_" in run.output


# Where a task runs


@pytest.mark.parametrize(
    ("keywords", "task", "environment"),
    [
        ({}, {}, {}),
        ({"connection": "local"}, {}, {"NEXTCLOUD_IN_PROCESS": "yes"}),
        ({"vars": {"ansible_python_interpreter": sys.executable}}, {}, {}),
        ({"vars": {"ansible_python_interpreter": "auto_silent"}}, {}, {}),
        ({}, {"environment": {"no_proxy": "localhost"}}, {}),
        ({}, {"check_mode": True}, {}),
        ({"vars": {"nextcloud_in_process": True}}, {}, {"NEXTCLOUD_IN_PROCESS": "false"}),
    ],
)
def test_a_task_on_the_controller_runs_in_process(play: Any, keywords: Any, task: Any, environment: Any) -> None:
    assert not was_shipped(play({**GROUP, **task}, environment=environment, **keywords))


@pytest.mark.parametrize(
    ("keywords", "task", "environment"),
    [
        ({}, {}, {"NEXTCLOUD_IN_PROCESS": "false"}),
        ({"vars": {"nextcloud_in_process": "{{ 1 == 2 }}"}}, {}, {}),
        ({}, {"environment": {"TZ": "UTC"}}, {}),
        # Ansible's own async finds no Python in a folder with a blank in its name, as a checkout may have one.
        ({}, {"async": 60, "poll": 1, "ignore_errors": True}, {}),
        # Another name for the same program, in a folder without this environment's packages, is another Python.
        ({"vars": {"ansible_python_interpreter": str(Path(sys.executable).resolve())}}, {"ignore_errors": True}, {}),
    ],
)
def test_what_cannot_be_the_same_in_process_is_shipped(play: Any, keywords: Any, task: Any, environment: Any) -> None:
    assert was_shipped(play({**GROUP, **task}, environment=environment, **keywords))


def test_a_switch_that_is_no_boolean_is_refused(play: Any, site: Any) -> None:
    run = play(GROUP, expect=2, vars={"nextcloud_in_process": "sometimes"})
    assert "nextcloud_in_process" in run.results[0]["result"]["msg"]
    assert site.journal.requests == 0


def test_a_task_that_is_delegated_to_the_controller_runs_in_process(site: Any, play: Any) -> None:
    hosts = site.folder / "hosts.yml"
    there = {
        "ansible_host": "192.0.2.1",
        "ansible_python_interpreter": "/nowhere/python",
        "nextcloud_in_process": False,
    }
    hosts.write_text(yaml.safe_dump({"all": {"hosts": {"web1": there, "web2": there}}}))
    run = play({**GROUP, "delegate_to": "localhost"}, hosts="web1:web2", environment={"ANSIBLE_INVENTORY": str(hosts)})
    assert not was_shipped(run)
    assert site.journal.requests


# Names and defaults of modules


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("keywords", "name"),
    [
        ({}, "community.nextcloud.group"),
        # Ansible has a module of this name itself.
        ({"collections": ["community.nextcloud"]}, "group"),
        ({"collections": ["community.nextcloud"]}, "group_member"),
    ],
)
def test_a_module_has_its_name_and_a_short_one(site: Any, play: Any, keywords: Any, name: str, place: str) -> None:
    site.state.add_group("design")
    module = {"groupid": "design", "users": []} if name == "group_member" else {"groupid": "design"}
    run = play({name: module}, environment=PLACES[place], **keywords)
    assert was_shipped(run) is (place == "shipped")
    assert site.journal.requests


@pytest.fixture
def renamed(site: Any) -> dict[str, str]:
    """The environment with a collection `example.other`, which has other names for modules and actions of this one."""
    folder = site.folder / "collections" / "ansible_collections" / "example" / "other"
    there = {"redirect": "community.nextcloud.group"}
    routing = {"modules": {"team": there, "crew": there}, "action": {"team": there}}
    (folder / "meta").mkdir(parents=True)
    (folder / "meta" / "runtime.yml").write_text(yaml.safe_dump({"plugin_routing": routing}))
    own = Path(__file__).parents[2] / ".build" / "linked"
    return {"ANSIBLE_COLLECTIONS_PATH": f"{own}:{site.folder / 'collections'}"}


@pytest.mark.parametrize("place", PLACES)
def test_another_collection_may_have_another_name_for_it(
    site: Any, play: Any, renamed: dict[str, str], place: str
) -> None:
    run = play({"example.other.team": {"groupid": "design"}}, environment={**renamed, **PLACES[place]})
    assert was_shipped(run) is (place == "shipped")
    assert site.state.directory.group("design")


def test_another_name_without_an_action_of_its_own_is_shipped(site: Any, play: Any, renamed: dict[str, str]) -> None:
    assert was_shipped(play({"example.other.crew": {"groupid": "design"}}, environment=renamed))
    assert site.state.directory.group("design")


@pytest.mark.parametrize("place", PLACES)
def test_defaults_of_a_module_are_for_it_alone_and_those_of_the_group_for_all(site: Any, play: Any, place: str) -> None:
    site.state.add_account("jane", PASSWORD, groups=["admin"])
    site.state.add_account("john", PASSWORD, groups=["admin"])
    site.state.add_group("design")
    as_jane, as_john = ({"username": name, "password": PASSWORD} for name in ("jane", "john"))
    of_another = {"community.nextcloud.user": {"username": "nobody"}}
    play(
        GROUP,
        {"community.nextcloud.user_info": {"userid": "jane"}},
        {**GROUP, "module_defaults": of_another},
        {"group": {"groupid": "design"}, "collections": ["community.nextcloud"]},
        module_defaults={"group/community.nextcloud.nextcloud": as_jane, "community.nextcloud.user_info": as_john},
        environment=PLACES[place],
    )
    assert [entry.account for entry in site.journal] == ["jane", "john", "jane", "jane"]


# The same in both places


@pytest.mark.parametrize("place", PLACES)
def test_a_loop(site: Any, play: Any, place: str) -> None:
    site.state.add_account("jane", PASSWORD, groups=["admin"])
    accounts = [{"username": "admin", "password": "{{ lookup('env', 'NEXTCLOUD_PASSWORD') }}"}]
    accounts += [{"username": "jane", "password": PASSWORD}]
    run = play(
        {
            "community.nextcloud.group": {"groupid": "g{{ index }}", "username": "{{ item.username }}"}
            | {"password": "{{ item.password }}"},
            "loop": accounts * 3,
            "loop_control": {"index_var": "index"},
        },
        environment=PLACES[place],
    )
    assert len(run.changed) == 6
    assert [entry.account for entry in site.journal.writes()] == ["admin", "jane"] * 3
    assert site.server.sign_ins == (2 if place == "in process" else 6)


@pytest.mark.parametrize("place", PLACES)
def test_an_environment_is_taken_up(site: Any, play: Any, place: str) -> None:
    site.state.add_account("jane", PASSWORD, groups=["admin"])
    environment = {"NEXTCLOUD_USERNAME": "jane", "NEXTCLOUD_PASSWORD": PASSWORD}
    play({**GROUP, "environment": environment}, GROUP, environment=PLACES[place])
    assert [entry.account for entry in site.journal if entry.method == "GET"] == ["jane", "admin"]


@pytest.mark.parametrize("place", PLACES)
def test_a_task_is_tried_until_it_succeeds(site: Any, play: Any, place: str) -> None:
    site.server.fail("maintenance", "GET")
    options = {"community.nextcloud.group": {"groupid": "design", "retries": 0}}
    run = play(
        {**options, "register": "made", "until": "made is succeeded", "retries": 2, "delay": 0},
        {"ansible.builtin.assert": {"that": ["made.attempts == 2", "made.changed"]}},
        environment=PLACES[place],
    )
    assert run.changed == ["task 0"]


@pytest.mark.parametrize("place", PLACES)
def test_failures_are_rescued_ignored_and_kept(play: Any, place: str) -> None:
    wrong = {"community.nextcloud.user": {"userid": "jane", "quota": "lots"}}
    run = play(
        {**wrong, "ignore_errors": True, "register": "ignored"},
        {
            "block": [{"name": "in a block", **wrong}],
            "rescue": [
                {
                    "name": "decide",
                    "ansible.builtin.assert": {"that": "ansible_failed_result.failure.category == 'invalid'"},
                }
            ],
        },
        {"ansible.builtin.assert": {"that": ["ignored is failed", "ignored.failure.category == 'invalid'"]}},
        {**wrong, "any_errors_fatal": True},
        expect=2,
        environment=PLACES[place],
    )
    assert "quota: " in run.results[-1]["result"]["msg"]


@pytest.mark.parametrize("place", PLACES)
def test_a_task_that_takes_too_long_is_ended(site: Any, play: Any, place: str) -> None:
    site.server.fail("maintenance", times=1000)
    run = play({**GROUP, "timeout": 2, "ignore_errors": True}, environment=PLACES[place])
    assert "2" in run.results[0]["result"]["msg"] and run.results[0]["failed"]


def test_what_is_wrong_with_options_is_told_in_the_same_words(site: Any, play: Any) -> None:
    user = "community.nextcloud.user"
    wrong = [
        {user: {"userid": "jane", "emails": "x"}},
        {user: {"enabled": True}},
        {user: {"userid": "jane", "enabled": "perhaps"}},
        {user: {"userid": "jane", "groups": {"plus": ["x"]}}},
        {user: {"userid": "jane", "groups": ["a", "b"]}},
        {user: "userid=jane subadmin_of=design"},
        {"community.nextcloud.directory": {"users": [{"userid": "jane", "additional_emails": ["a@example.org"]}]}},
        {user: {"userid": "jane", "state": "gone"}},
        {user: {"userid": "jane", "user_password": "canary-1", "retries": "canary-1"}},
        {user: {"userid": "jane", "url": "http://x:canary-2@127.0.0.1:9"}},
        {user: {"userid": ["jane"], "token": "canary-3", "password": "canary-4"}},
    ]
    tasks = [{**task, "ignore_errors": True} for task in wrong]
    told = {}
    for place, environment in PLACES.items():
        # Ansible lists the values of a boolean in an order that is another in each process.
        seed = {"PYTHONHASHSEED": "0"}
        run = play(*tasks, environment={**environment, **seed, "ANSIBLE_INJECT_INVOCATION": "true"})
        assert was_shipped(run) is (place == "shipped")
        assert [result["failed"] for result in run.results] == [True] * len(wrong)
        told[place] = [without_tracebacks(result["result"]) for result in run.results]
        assert "canary" not in json.dumps(told[place])
    assert told["in process"] == told["shipped"]


def without_tracebacks(result: dict[str, Any]) -> dict[str, Any]:
    """Which lines of code lead to a failure differs."""
    return {name: value for name, value in result.items() if name != "exception"}


# A library that fails as none should, with a secret in its words, in a form in which Ansible does not know it.
CRASH = """
import http.client

def putheader(self, header, *values):
    if header == "Authorization":
        raise KeyError(values)

http.client.HTTPConnection.putheader = putheader
"""


def test_a_crash_is_a_failed_task_and_shows_no_secret(site: Any, play: Any) -> None:
    site.password = site.state.account("admin").password = "canary-password"
    folder = site.folder / "library"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(CRASH)
    told = {}
    for place, environment in PLACES.items():
        user = {"userid": "jane", "language": "de"}
        after = {"name": "goes on", "ansible.builtin.debug": {"msg": "the worker lives"}}
        with_crash = {**environment, "PYTHONPATH": str(folder)}
        run = play({"community.nextcloud.user": user, "ignore_errors": True}, after, environment=with_crash)
        assert was_shipped(run) is (place == "shipped")
        assert "the worker lives" in run.output
        assert "KeyError" in run.output
        assert shown(["canary-password"], run.output.encode()) == []
        told[place] = run.results[0]["result"]
    assert told["in process"]["msg"] == told["shipped"]["msg"]
    assert "Internal error in community.nextcloud" in told["shipped"]["msg"]
    # Whoever reports it has the places, whatever the version of ansible-core shows of a traceback.
    assert "internal_error" in told["shipped"]["msg"]
    for result in told.values():
        assert any(place.startswith("session.py:") for place in result["internal_error"]["places"])
