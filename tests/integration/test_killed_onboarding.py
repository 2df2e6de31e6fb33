# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role for people who join, killed at random moments, and by two runs at once: nobody loses a password or an email."""

from __future__ import annotations

import json
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Sequence

import pytest
import yaml
from integration.killing import KILLS, Moment, Orphans, killable, needs_proc

# A run makes about so many requests.
REQUESTS = 15
GROUPS = [{"groupid": "design"}]
PEOPLE = (
    {"userid": "jane", "email": "jane@example.org", "groups": {"add": ["design"]}},
    {"userid": "john", "email": "john@example.org", "phone": "+4971125242890"},
    {"userid": "joan"},
    {"userid": "jack", "email": "jack@example.org", "user_password": "Zk3-qweR!plo9"},
)


class Controller:
    """A folder with a playbook of the role, and the files of what it owes."""

    def __init__(self, site: Any, name: str, people: Sequence[dict[str, Any]] = PEOPLE, **variables: Any) -> None:
        self.folder: Path = site.folder / name
        self.folder.mkdir(exist_ok=True)
        self.site = type(site)(site.server, site.url, self.folder)
        self.passwords_file = self.folder / "passwords.json"
        self.report_file = self.folder / "report.json"
        self.playbook = self.folder / "play.yml"
        options = {
            "groups": GROUPS,
            "users": list(people),
            "passwords_file": str(self.passwords_file),
            "report_file": str(self.report_file),
            "only_on_create": ["phone"],
            "welcome_email": True,
            **variables,
        }
        options = {name: value for name, value in options.items() if value is not None}
        play = {
            "hosts": "localhost",
            "connection": "local",
            "gather_facts": False,
            "vars": {f"user_onboarding_{name}": value for name, value in options.items()},
            "roles": ["community.nextcloud.user_onboarding"],
        }
        self.playbook.write_text(yaml.safe_dump([play]))

    def run(self, **environment: str) -> Any:
        return self.site.run(self.playbook, **environment)

    def passwords(self) -> dict[str, str]:
        return json.loads(self.passwords_file.read_text())

    def is_settled(self) -> bool:
        return sorted(path.name for path in self.folder.glob("*.pending")) == []


@needs_proc
@pytest.mark.parametrize("kill", range(KILLS))
def test_a_killed_run_loses_nothing(site: Any, kill: int) -> None:
    moment = Moment(random.randint(1, REQUESTS), random.choice([True, False]))
    # Now and then as a module that is shipped.
    place = {"NEXTCLOUD_IN_PROCESS": str(bool((kill + 1) % 4)).lower()}
    with killable(site) as runs:
        here = Controller(runs.site, f"killed at {moment.request} {moment.carried_out}")  # a failure shows this name
        runs.killed(here.playbook, moment, **place)
        check_what_is_left(here, place)


def check_what_is_left(here: Controller, place: dict[str, str], *runs: Any) -> None:
    """Run the role once more after these runs, and again, when all is as declared."""
    output = " ".join(" ".join(run.output for run in (*runs, here.run(**place))).split())
    state = here.site.state
    # Nobody knows whether they have got an email.
    told = {userid for userid in ("jane", "john", "jack") if f"{userid}: an earlier run was interrupted" in output}
    assert here.passwords() == {userid: state.account(userid).password for userid in ("jane", "john", "joan")}
    assert state.account("jack").password == "Zk3-qweR!plo9"
    assert state.account("john").profile["phone"] == "+4971125242890"
    assert list(state.group("design").members) == ["jane"]
    assert len(set(state.welcomed)) == len(state.welcomed)
    assert {*state.welcomed, *told} == {"jane", "john", "jack"}
    assert here.is_settled()
    here.site.journal.clear()
    assert "changed=0" in here.run(**place).output
    assert here.site.journal.writes() == []


@needs_proc
def test_a_worker_that_outlives_its_run_and_the_next_run_get_along(site: Any) -> None:
    moment, orphans = Moment(random.randint(1, REQUESTS), True), Orphans()
    with killable(site) as runs:
        here = Controller(runs.site, f"killed at {moment.request}")
        runs.killed(here.playbook, moment, kill=orphans.kill_group)
        # At the same time as the worker, which may have created accounts that this run does not know to be its own.
        beside = here.run()
        orphans.wait()
        check_what_is_left(here, {}, beside)


@needs_proc
def test_passwords_that_die_with_a_run_are_told(site: Any) -> None:
    pending = site.folder / "pending.json"
    variables = {"passwords_file": None, "passwords_variable": "new_passwords", "pending_file": str(pending)}
    with killable(site) as runs:
        here = Controller(runs.site, "killed", PEOPLE[:2], **variables)
        assert runs.killed(here.playbook, Moment(1, True, "/jane/welcome"))
        assert list(json.loads(pending.read_text())["servers"][runs.site.url]) == ["jane", "john"]
        here.run()
    report = {entry["userid"]: entry for entry in json.loads(here.report_file.read_text())}
    assert [entry["password"] for entry in report.values()] == ["unknown", "unknown"]
    assert [entry["interrupted"] for entry in report.values()] == [True, True]
    assert [entry["welcome_email"] for entry in report.values()] == [None, True]
    assert site.state.welcomed == ["jane", "john"]
    assert not pending.exists()


def at_once(*controllers: Controller) -> list[Any]:
    with ThreadPoolExecutor(len(controllers)) as pool:
        return list(pool.map(Controller.run, controllers))


def test_two_runs_for_the_same_people_on_one_controller(site: Any) -> None:
    files = {"passwords_file": str(site.folder / "passwords.json")}
    one, two = Controller(site, "one", **files), Controller(site, "two", **files)
    at_once(one, two)
    passwords = json.loads((site.folder / "passwords.json").read_text())
    assert passwords == {userid: site.state.account(userid).password for userid in ("jane", "john", "joan")}
    assert sorted(site.state.welcomed) == ["jack", "jane", "john"]
    assert not (site.folder / "passwords.json.pending").exists()
    assert "changed=0" in one.run().output


def test_two_runs_for_different_people_with_one_pending_file(site: Any) -> None:
    files = {"passwords_file": None, "pending_file": str(site.folder / "pending.json")}
    people = [{**person, "user_password": "Zk3-qweR!plo9"} for person in PEOPLE]
    one, two = Controller(site, "one", people[:2], **files), Controller(site, "two", people[2:], **files)
    at_once(one, two)
    assert sorted(site.state.welcomed) == ["jack", "jane", "john"]
    assert not (site.folder / "pending.json").exists()
    assert "changed=0" in one.run().output and "changed=0" in two.run().output


def test_two_runs_for_the_same_people_on_two_controllers(site: Any) -> None:
    one, two = Controller(site, "one"), Controller(site, "two")
    at_once(one, two)
    passwords = [
        json.loads(file.read_text()) if file.exists() else {} for file in (one.passwords_file, two.passwords_file)
    ]
    # Each has those of the accounts that it has created, and of no other.
    assert {**passwords[0], **passwords[1]} == {
        userid: site.state.account(userid).password for userid in ("jane", "john", "joan")
    }
    assert set(passwords[0]) & set(passwords[1]) == set()
    assert sorted(site.state.welcomed) == ["jack", "jane", "john"]
    assert one.is_settled() and two.is_settled()
