# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each target in check mode, for real, and again, on mock servers on which others have accounts and groups.

`worlds.py` says on which. Where it runs both in Ansible's own process and as modules that are shipped, both must tell the same.
"""

from __future__ import annotations

import copy
import itertools
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import partial
from typing import Any

import pytest
from integration.conftest import Run
from integration.targets import Phase, actions_of, run_phases
from integration.worlds import CHOSEN, Combination, combinations
from mock_server import HandClock

ACCOUNT_PASSWORD = "Zk3-qweR!plo9"
VARIABLES = {
    "prefix": "ansible-test-261124201500-",
    "rate_limit_wait": 0,
    "spare_apps": ["admin_audit", "files_external"],
    "allow_list_flag": None,
}
DECLARING = ("predicted", "applied", "again")


def others(state: Any) -> dict[str, Any]:
    """All that is kept of others, but the time of a last sign-in, and what an app that was enabled once has left."""
    accounts = [asdict(account) for account in state.directory.accounts()]
    for account in accounts:
        for name in ("last_login", "first_login", "seen", "storage_ready"):
            account.pop(name)
    config = {
        app: {key: value for key, value in values.items() if key not in ("enabled", "installed_version", "types")}
        for app, values in state.apps.config.items()
    }
    return copy.deepcopy(
        {
            "accounts": accounts,
            "groups": [asdict(group) for group in state.directory.find_groups("", None, 0)],
            "enabled apps": state.apps.enabled(),
            "configuration": {app: values for app, values in config.items() if values},
            "networks": [(ip, mask) for unused, ip, mask in state.allow_list.entries()],
        }
    )


@pytest.mark.parametrize("combination", CHOSEN, ids=lambda combination: combination.name)
def test_target(new_site: Any, combination: Combination) -> None:
    def told_in(place: str) -> Any:
        site = new_site(place, clock=HandClock(), **combination.world.settings)
        combination.world.furnish(site.state)
        before = others(site.state)
        phases, asked = run_in(site, combination, place)
        assert others(site.state) == before
        # What is shipped is laid into this folder.
        assert (site.folder / "remote").exists() is (place == "shipped")
        check = check_passed if combination.refused is None else partial(check_refused, words=combination.refused)
        check({phase: phases[phase].run for phase in DECLARING if phase in phases}, asked)
        told = json.dumps([phases[phase].run.results for phase in asked])
        return json.loads(told.replace(site.url, "URL").replace(str(site.folder), "FOLDER")), requests_of(asked)

    with ThreadPoolExecutor() as pool:  # each waits for playbooks most of the time
        first, *others_told = pool.map(told_in, combination.places)
    for other in others_told:
        assert other == first


@pytest.mark.parametrize("pair", list(itertools.combinations(range(4), 2)))
def test_the_two_halves_have_each_pair(pair: tuple[int, int]) -> None:
    """Of target, world, version of ansible-core (a half each) and place."""
    run = [
        (combination.target, combination.world.name, half, place)
        for half in ("even", "odd")
        for combination in combinations(half)
        for place in combination.places
    ]
    of_each = [{values[column] for values in run} for column in pair]
    assert {(values[pair[0]], values[pair[1]]) for values in run} == set(itertools.product(*of_each))


def run_in(site: Any, combination: Combination, place: str) -> tuple[dict[str, Phase], dict[str, list[Any]]]:
    """Runs the target. Gives its phases, and what the server was asked in each of those that declare."""
    world = combination.world
    variables = {
        **VARIABLES,
        "phases_in_process": place == "in-process",
        "phases_refused": combination.refused is not None,
    }
    if world.signs_in != site.username:
        variables["phases_administrator"] = {"username": site.username, "password": site.password}
        site.username, site.password = world.signs_in, site.state.account(world.signs_in).password

    def look(phase: str) -> int:
        if phase == DECLARING[0]:
            world.appoint(site.state, VARIABLES["prefix"])
        return len(site.journal)

    phases = run_phases(
        *(site, combination.target, variables, ACCOUNT_PASSWORD, look),
        expect=0 if combination.refused is None else 2,
        ANSIBLE_INJECT_INVOCATION="true",
        **world.environment,
    )
    declared = [phase for phase in DECLARING if phase in phases]
    return phases, {
        phase: site.journal[phases[phase].before : phases[following].before]
        for phase, following in itertools.pairwise((*declared, "cleanup"))
    }


def check_passed(runs: dict[str, Run], asked: dict[str, list[Any]]) -> None:
    """Check mode writes nothing and predicts what is done, and there is nothing left to do."""
    assert [entry for entry in asked["predicted"] if entry.write] == []
    assert runs["applied"].of_modules == runs["predicted"].of_modules
    assert len(runs["applied"].changed) >= 1
    acted = actions_of(runs["again"])
    assert runs["again"].changed == acted
    # A preference cannot be read, so it is asserted again.
    written = [entry for entry in asked["again"] if entry.write and "/config/users/" not in entry.path]
    assert len(written) == len(acted)


def check_refused(runs: dict[str, Run], asked: dict[str, list[Any]], words: str) -> None:
    """The first task is refused in these words, in check mode and for real, before anything is written."""
    assert list(runs) == ["predicted", "applied"]
    for phase, run in runs.items():
        (result,) = [result for result in run.results if result["action"].startswith("community.nextcloud.")]
        assert result["failed"], phase
        assert words in result["result"]["msg"], phase
        assert [entry for entry in asked[phase] if entry.write] == []


def requests_of(asked: dict[str, list[Any]]) -> Any:
    """The writes of all phases, and which reads there were: a process remembers answers that each module asks for."""
    entries = list(itertools.chain.from_iterable(asked.values()))
    return (
        [(entry.method, entry.path, entry.body, entry.account, entry.status) for entry in entries if entry.write],
        {(entry.method, entry.path, entry.query, entry.account, entry.status) for entry in entries if not entry.write},
    )
