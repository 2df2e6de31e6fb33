# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every example of the documentation of modules and plugins runs as it stands there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

CHECKOUT = Path(__file__).resolve().parents[2]
VARIABLES = {
    "initial_password": "Zk3-qweR!plo9",
    "signaling_secret": "Zk3-qweR!plo9",
}


def documented_examples() -> dict[str, list[Any]]:
    """{plugin: documents in its examples}; a document is a list of tasks, or an inventory."""
    found = {}
    for path in sorted((CHECKOUT / "plugins").glob("*/*.py")):
        match = re.search(r'^EXAMPLES = r"""\n(.*?)"""', path.read_text(), re.DOTALL | re.MULTILINE)
        if match:
            found[f"{path.parent.name}/{path.stem}"] = list(yaml.safe_load_all(match[1]))
    return found


EXAMPLES = documented_examples()
INVENTORIES = [example for plugin, found in EXAMPLES.items() if plugin.startswith("inventory/") for example in found]
TASKS = {plugin: found[0] for plugin, found in EXAMPLES.items() if not plugin.startswith("inventory/")}


@pytest.fixture
def staffed(site: Any) -> Any:
    """What the examples take for granted."""
    for groupid in ("staff", "design", "board", "interns-2025"):
        site.state.add_group(groupid)
    for userid in ("jane.doe", "john.roe"):
        site.state.add_account(userid, email=f"{userid}@example.org")
    (site.folder / "people.csv").write_text("login,full name,mail,office\njoan.poe,Joan Poe,joan@example.org,12\n")
    return site


def run_tasks(site: Any, tasks: list[dict[str, Any]]) -> Any:
    play = {"hosts": "localhost", "connection": "local", "gather_facts": False, "vars": VARIABLES, "tasks": tasks}
    playbook = site.folder / "examples.yml"
    playbook.write_text(yaml.safe_dump([play], sort_keys=False))
    return site.run(playbook, HOME=str(site.folder))


@pytest.mark.parametrize("plugin", TASKS)
def test_examples_of_the_documentation(staffed: Any, plugin: str) -> None:
    run = run_tasks(staffed, TASKS[plugin])
    assert len(run.results) >= len(TASKS[plugin])


@pytest.mark.parametrize("example", INVENTORIES)
def test_examples_of_inventories(staffed: Any, example: dict[str, Any]) -> None:
    staffed.state.directory.group("staff").members["jane.doe"] = None
    inventory = staffed.inventory(example, HOME=str(staffed.folder))
    assert "jane.doe" in inventory.hosts
