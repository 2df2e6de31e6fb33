# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each target in check mode, for real, and again, on a mock server on which others have accounts and groups.

It runs in Ansible's own process, and as modules that are shipped. Both must tell the same.
"""

from __future__ import annotations

import copy
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from integration.targets import TARGETS, actions_of, set_up
from mock_server import HandClock

ACCOUNT_PASSWORD = "Zk3-qweR!plo9"
VARIABLES = {
    "prefix": "ansible-test-261124201500-",
    "rate_limit_wait": 0,
    "spare_apps": ["admin_audit", "files_external"],
    "allow_list_flag": None,
}


def crowded(site: Any) -> Any:
    """The site, with others' accounts and groups, some of which are called nearly as those of a run."""
    state = site.state
    state.add_group("staff", "All of us")
    for userid in ("jane", "John.Roe@example.org", "ansible-test-jane", "42"):
        state.add_account(userid, groups=["staff", "ansible-test-people"], subadmin=["staff"], email="x@example.org")
    state.account("jane").enabled = False
    state.allow_list.add("192.0.2.0", 24)
    state.apps.set_value("provisioning_api", "ansible-test-mode", "x")
    return site


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


PLACES = {"in-process": "true", "shipped": "false"}


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_target(new_site: Any, target: Path) -> None:
    def told_in(place: str) -> Any:
        site = crowded(new_site(place, clock=HandClock()))
        told = told_of(site, target, {"NEXTCLOUD_IN_PROCESS": PLACES[place], "ANSIBLE_INJECT_INVOCATION": "true"})
        # What is shipped is laid into this folder.
        assert (site.folder / "remote").exists() is (place == "shipped")
        return told

    with ThreadPoolExecutor() as pool:  # each waits for playbooks most of the time
        in_process, shipped = pool.map(told_in, PLACES)
    assert in_process == shipped


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
