# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Targets, which run on any server: `declare` declares a state, `setup` makes one that differs, `cleanup` removes both.

A target is a role with a task file for each of these. Ids begin with `prefix`, and nothing else of the server is changed for
good. The role `phases` runs them: `setup`; `declare` in check mode (predicted), for real (applied) and again; `cleanup`, even
if one of them fails. All in one process of ansible-playbook, because a start of it costs a second.
A module that documents that it is never idempotent is an action: each real run carries it out, by one write.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Client, Listener
from pathlib import Path
from typing import Any, Callable, Mapping, NamedTuple

HERE = Path(__file__).parent
ROLES = HERE / "targets"
# Not the one that runs the phases of the others.
TARGETS = sorted(path for path in ROLES.iterdir() if "hidden" not in (path / "aliases").read_text().split())
ACTIONS = {
    f"community.nextcloud.{path.stem}"
    for path in (HERE.parents[1] / "plugins" / "modules").glob("*.py")
    if "  idempotent:\n    support: none\n" in path.read_text()
}


class Phase(NamedTuple):
    """run: what came of its tasks. before: what the test saw when it began."""

    run: Any
    before: Any


def run_phases(
    site: Any,
    target: Path,
    variables: Mapping[str, Any],
    account_password: str,
    look: Callable[[str], Any],
    expect: int = 0,
    **environment: str,
) -> dict[str, Phase]:
    """All phases of the target that began. look: is called with the name of each when it begins; its tasks wait until then.
    expect: what ansible-playbook returns."""
    file = site.folder / "variables.json"
    file.write_text(json.dumps({"phases_target": str(target), "scratch": str(site.folder), **variables}))
    # Only a target of an inventory has one.
    inventories = [part for path in target.glob("*.nextcloud.yml") for part in ("-i", str(path))]
    listener = Listener(("127.0.0.1", 0))
    with ThreadPoolExecutor() as pool:
        looking = pool.submit(_look, listener, look)
        try:
            run = site.run(
                HERE / "play.yml",
                *("-e", f"@{file}", *inventories, "--diff"),
                expect=expect,
                ACCOUNT_PASSWORD=account_password,
                ANSIBLE_ROLES_PATH=str(ROLES),
                PHASES_PORT=str(listener.address[1]),
                **environment,
            )
        finally:
            with suppress(ConnectionError), Client(listener.address) as connection:
                connection.send(None)
    seen = looking.result()
    return {
        phase: Phase(run._replace(results=[one for one in run.results if one["phase"] == phase]), before)
        for phase, before in seen.items()
    }


def _look(listener: Listener, look: Callable[[str], Any]) -> dict[str, Any]:
    """What `look` gave for each phase whose name was received, until None was."""
    seen = {}
    with listener:
        while True:
            with listener.accept() as connection:
                phase = connection.recv()
                if phase is None:
                    return seen
                seen[phase] = look(phase)
                connection.send("looked")


def actions_of(run: Any) -> list[str]:
    """The tasks of a run that are changes in every run."""
    return [result["task"] for result in run.of_modules if result["action"] in ACTIONS]
