# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each target in check mode, for real, and again.

A target is a folder of task files: `main` declares a state, `setup` makes one that differs, `cleanup` removes both.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
TARGETS = sorted(path.name for path in (HERE / "targets").iterdir())


@pytest.mark.parametrize("target", TARGETS)
def test_target(site: Any, target: str) -> None:
    def phase(name: str, *arguments: str) -> Any:
        return site.run(HERE / "play.yml", "-e", f"target={target}", "-e", f"phase={name}", *arguments)

    phase("setup")
    site.journal.clear()
    predicted = phase("main", "--check", "--diff")
    assert site.journal.writes() == []

    applied = phase("main", "--diff")
    assert applied.of_modules == predicted.of_modules
    assert len(applied.changed) >= 1

    site.journal.clear()
    assert phase("main").changed == []
    assert site.journal.writes() == []

    phase("cleanup")
    assert [account.userid for account in site.state.directory.accounts()] == ["admin"]
    assert [group.groupid for group in site.state.directory.find_groups("", None, 0)] == ["admin"]
