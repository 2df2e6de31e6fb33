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
from pathlib import Path
from typing import Any, Iterable

import pytest
from integration.targets import actions_of, run_phases
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
        told = told_of(site, combination.target, {**VARIABLES, "phases_in_process": place == "in-process"})
        # What is shipped is laid into this folder.
        assert (site.folder / "remote").exists() is (place == "shipped")
        return told

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


def told_of(site: Any, target: Path, variables: dict[str, Any]) -> Any:
    """What came of the target: all results of the runs of `declare`, and what the server was asked in them."""
    before = others(site.state)

    def asked_so_far(unused: str) -> int:
        return len(site.journal)

    phases = run_phases(site, target, variables, ACCOUNT_PASSWORD, asked_so_far, ANSIBLE_INJECT_INVOCATION="true")
    assert others(site.state) == before
    predicted, applied, again = (phases[phase].run for phase in DECLARING)
    asked = {
        phase: site.journal[phases[phase].before : phases[following].before]
        for phase, following in itertools.pairwise((*DECLARING, "cleanup"))
    }
    assert [entry for entry in asked["predicted"] if entry.write] == []
    assert applied.of_modules == predicted.of_modules
    assert len(applied.changed) >= 1
    acted = actions_of(again)
    assert again.changed == acted
    # A preference cannot be read, so it is asserted again.
    written = [entry for entry in asked["again"] if entry.write and "/config/users/" not in entry.path]
    assert len(written) == len(acted)
    told = json.dumps([run.results for run in (predicted, applied, again)])
    return json.loads(told.replace(site.url, "URL").replace(str(site.folder), "FOLDER")), requests_of(asked.values())


def requests_of(phases: Iterable[list[Any]]) -> Any:
    """The writes of all phases, and which reads there were: a process remembers answers that each module asks for."""
    entries = list(itertools.chain.from_iterable(phases))
    return (
        [(entry.method, entry.path, entry.body, entry.account, entry.status) for entry in entries if entry.write],
        {(entry.method, entry.path, entry.query, entry.account, entry.status) for entry in entries if not entry.write},
    )
