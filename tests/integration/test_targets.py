# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each target in check mode, for real, and again.

A target is a folder of task files: `main` declares a state, `setup` makes one that differs, `cleanup` removes both.
A module that documents that it is never idempotent is an action: each real run carries it out, by one write.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
TARGETS = sorted(path.name for path in (HERE / "targets").iterdir())
ACTIONS = {
    f"community.nextcloud.{path.stem}"
    for path in (HERE.parents[1] / "plugins" / "modules").glob("*.py")
    if "  idempotent:\n    support: none\n" in path.read_text()
}


@pytest.mark.parametrize("target", TARGETS)
def test_target(site: Any, target: str) -> None:
    def phase(name: str, *arguments: str) -> Any:
        variables = f"target={target} phase={name} scratch={site.folder}"
        return site.run(HERE / "play.yml", "-e", variables, *arguments)

    phase("setup")
    site.journal.clear()
    predicted = phase("main", "--check", "--diff")
    assert site.journal.writes() == []

    applied = phase("main", "--diff")
    assert applied.of_modules == predicted.of_modules
    assert len(applied.changed) >= 1

    site.journal.clear()
    again = phase("main")
    acted = [result["task"] for result in again.of_modules if result["action"] in ACTIONS]
    assert again.changed == acted
    # A preference cannot be read, so it is asserted again.
    assert len([entry for entry in site.journal.writes() if "/config/users/" not in entry.path]) == len(acted)

    phase("cleanup")
    assert [account.userid for account in site.state.directory.accounts()] == ["admin"]
    assert [group.groupid for group in site.state.directory.find_groups("", None, 0)] == ["admin"]
