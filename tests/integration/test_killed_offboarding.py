# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role for people who leave, killed at random moments, and by two runs at once: nobody is forgotten."""

from __future__ import annotations

import hashlib
import json
import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from integration.killing import KILLS, Moment, killable, needs_proc

PLAYBOOK = "community.nextcloud.offboard"
LEFT, TODAY = "2026-11-24", "2026-12-24"
APP = "ansible_offboarding"
# A run makes about so many requests.
REQUESTS = 45


@pytest.fixture
def staffed(site: Any) -> Any:
    """Two leave, one is due and remembered as earlier releases did, one is back, one has never left."""
    for userid in ("jane", "john", "due", "back", "joan"):
        site.state.add_account(userid, groups=["staff"])
    site.state.account("due").enabled = False
    site.state.apps.set_value(APP, "ledger", json.dumps({"due": {"left": LEFT}, "back": {"left": LEFT}}))
    return site


def stages(site: Any) -> list[str]:
    return sorted(key.split(".")[0] for key in site.state.apps.config[APP])


def run(site: Any, *userids: str, date: str = TODAY, **environment: str) -> Any:
    named = ("-e", f"userid={','.join(userids)}") if userids else ()
    days = ("-e", f"user_offboarding_date={date}", "-e", "user_offboarding_delete_after_days=30")
    return site.run(PLAYBOOK, *named, *days, **environment)


def playbook(site: Any) -> Any:
    path = site.folder / "play.yml"
    variables = {
        "userid": "jane,john",
        "user_offboarding_date": TODAY,
        "user_offboarding_delete_after_days": 30,
    }
    path.write_text(json.dumps([{"import_playbook": PLAYBOOK, "vars": variables}]))
    return path


@needs_proc
@pytest.mark.parametrize("kill", range(KILLS))
@pytest.mark.parametrize("is_named_again", [True, False])
def test_a_killed_run_forgets_nobody(staffed: Any, is_named_again: bool, kill: int) -> None:
    moment = Moment(random.randint(1, REQUESTS), random.choice([True, False]))
    # Now and then as a module that is shipped.
    place = {"NEXTCLOUD_IN_PROCESS": str(bool((kill + 1) % 4)).lower()}
    with killable(staffed) as runs:
        was_killed = runs.killed(playbook(runs.site), moment, **place)
        print(moment, was_killed, staffed.state.apps.config[APP])  # a failure shows it
        if is_named_again:
            again = run(runs.site, "jane", "john", **place)
        else:
            again = run(runs.site, **place)
            check_who_is_named(staffed, again, was_killed)
            run(runs.site, "jane", "john", **place)
        check_the_end(staffed)
        staffed.journal.clear()
        assert "changed=0" in run(runs.site, "jane", "john", **place).output
        assert staffed.journal.writes() == []


def check_who_is_named(site: Any, run: Any, was_killed: bool) -> None:
    """Whoever was disabled or is on the way is remembered, and is named where that is not complete; nobody is deleted."""
    keys = [key.split(".") for key in site.state.apps.config[APP]]
    for userid in ("jane", "john"):
        account = site.state.account(userid)
        digest = digest_of(userid)
        found = {stage for stage, _day, of in keys if of == digest}
        assert found or was_killed and account.enabled and userid in site.state.group("staff").members
        told = f"{userid}: a run of {TODAY} that was interrupted did not finish" in " ".join(run.output.split())
        assert told is (found == {"leaving"})
        assert (f"{userid}: NOT OFFBOARDED" in run.output.replace(f" ({userid})", "")) is told


def digest_of(userid: str) -> str:
    return hashlib.sha256(userid.encode()).hexdigest()[:32]


def check_the_end(site: Any) -> None:
    state = site.state
    assert {userid: state.account(userid).enabled for userid in ("jane", "john", "back", "joan")} == {
        "jane": False,
        "john": False,
        "back": True,
        "joan": True,
    }
    assert [*state.group("staff").members] == ["back", "joan"]
    assert set(state.wiped) == {"jane", "john"}
    assert state.directory.account("due") is None
    assert stages(site) == ["deleted", "left", "left", "left"]


def at_once(site: Any, *runs: tuple[str, ...]) -> list[dict[str, Any]]:
    """The reports of runs on controllers of their own, by id."""

    def on_a_controller(number: int) -> dict[str, Any]:
        folder = site.folder / str(number)
        folder.mkdir()
        path = folder / "report.json"
        here = type(site)(site.server, site.url, folder)
        named = ("-e", f"userid={','.join(runs[number])}")
        days = ("-e", f"user_offboarding_date={TODAY}", "-e", "user_offboarding_delete_after_days=30")
        here.run(PLAYBOOK, *named, *days, "-e", f"user_offboarding_report_file={path}")
        return {entry["userid"]: entry for entry in json.loads(path.read_text())} if path.exists() else {}

    with ThreadPoolExecutor(len(runs)) as pool:
        return list(pool.map(on_a_controller, range(len(runs))))


def test_two_runs_for_different_people(staffed: Any) -> None:
    one, two = at_once(staffed, ("jane",), ("john",))
    check_the_end(staffed)
    assert (one["jane"]["action"], two["john"]["action"]) == ("offboarded", "offboarded")
    # One of them has deleted the account that was due, and no report of the other says so.
    deletions = [found["due"]["action"] for found in (one, two) if "due" in found]
    assert deletions.count("deleted") == 1
    assert staffed.state.wiped.count("jane") == staffed.state.wiped.count("john") == 1


def test_two_runs_for_the_same_people(staffed: Any) -> None:
    at_once(staffed, ("jane", "john"), ("john", "jane"))
    check_the_end(staffed)
    staffed.journal.clear()
    assert "changed=0" in run(staffed, "jane", "john").output
    assert staffed.journal.writes() == []
