# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Targets, which run on any server: `declare` declares a state, `setup` makes one that differs, `cleanup` removes both.

A target is a role with a task file for each phase. Ids begin with `prefix`, and nothing else of the server is changed for
good. `tasks/main.yml` runs all phases, for ansible-test.
A module that documents that it is never idempotent is an action: each real run carries it out, by one write.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Callable, Iterator

HERE = Path(__file__).parent
ROLES = HERE / "targets"
# Not the one that runs the phases of the others.
TARGETS = sorted(path for path in ROLES.iterdir() if "hidden" not in (path / "aliases").read_text().split())
ACTIONS = {
    f"community.nextcloud.{path.stem}"
    for path in (HERE.parents[1] / "plugins" / "modules").glob("*.py")
    if "  idempotent:\n    support: none\n" in path.read_text()
}


@contextmanager
def set_up(site: Any, target: Path, variables: dict[str, Any], account_password: str) -> Iterator[Callable[..., Any]]:
    """Runs `setup`; gives what runs a phase; runs `cleanup`, however the block or `setup` ends."""
    file = site.folder / "variables.json"
    file.write_text(json.dumps({"phases_target": str(target), "scratch": str(site.folder), **variables}))
    # Only a target of an inventory has one.
    inventories = [part for path in target.glob("*.nextcloud.yml") for part in ("-i", str(path))]

    def phase(name: str, *arguments: str, **environment: str) -> Any:
        return site.run(
            HERE / "play.yml",
            *("-e", f"@{file}", "-e", f"phases_name={name}", *inventories, *arguments),
            ACCOUNT_PASSWORD=account_password,
            ANSIBLE_ROLES_PATH=str(ROLES),
            **environment,
        )

    try:
        phase("setup")
        yield phase
    finally:
        phase("cleanup")


def actions_of(run: Any) -> list[str]:
    """The tasks of a run that are changes in every run."""
    return [result["task"] for result in run.of_modules if result["action"] in ACTIONS]
