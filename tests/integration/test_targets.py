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
from typing import Any

import pytest
from integration.targets import actions_of, set_up
from integration.worlds import CHOSEN, Combination, combinations
from mock_server import HandClock

ACCOUNT_PASSWORD = "Zk3-qweR!plo9"
VARIABLES = {
    "prefix": "ansible-test-261124201500-",
    "rate_limit_wait": 0,
    "spare_apps": ["admin_audit", "files_external"],
    "allow_list_flag": None,
}


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


IN_PROCESS = {"in-process": "true", "shipped": "false"}


@pytest.mark.parametrize("combination", CHOSEN, ids=lambda combination: combination.name)
def test_target(new_site: Any, combination: Combination) -> None:
    def told_in(place: str) -> Any:
        site = new_site(place, clock=HandClock(), **combination.world.settings)
        combination.world.furnish(site.state)
        environment = {"NEXTCLOUD_IN_PROCESS": IN_PROCESS[place], "ANSIBLE_INJECT_INVOCATION": "true"}
        told = told_of(site, combination.target, environment)
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


def told_of(site: Any, target: Path, environment: dict[str, str]) -> Any:
    """What came of the target: all results of the runs of `declare`, and all that the server was asked in them."""
    before = others(site.state)
    with set_up(site, target, VARIABLES, ACCOUNT_PASSWORD) as phase:
        site.journal.clear()
        predicted = phase("declare", "--check", "--diff", **environment)
        assert site.journal.writes() == []

        applied = phase("declare", "--diff", **environment)
        assert applied.of_modules == predicted.of_modules
        assert len(applied.changed) >= 1
        asked = [(entry.method, entry.path, entry.body, entry.account, entry.status) for entry in site.journal]

        site.journal.clear()
        again = phase("declare", **environment)
        acted = actions_of(again)
        assert again.changed == acted
        # A preference cannot be read, so it is asserted again.
        assert len([entry for entry in site.journal.writes() if "/config/users/" not in entry.path]) == len(acted)
    assert others(site.state) == before
    results = json.dumps([run.results for run in (predicted, applied, again)])
    return json.loads(results.replace(site.url, "URL").replace(str(site.folder), "FOLDER")), asked
