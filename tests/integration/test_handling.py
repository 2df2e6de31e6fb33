# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What plays do about failures, and how results and differences look on the screen, in process and shipped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


@pytest.mark.parametrize("in_process", ["true", "false"])
def test_failures_and_results_in_a_play(site: Any, in_process: str) -> None:
    site.state.add_account("jane", email="before@example.org")
    site.server.fail("unavailable", times=1)
    run = site.run(
        *(HERE / "handling.yml", "--diff", "-vvv"),
        NEXTCLOUD_IN_PROCESS=in_process,
        TEST_SECRET="canary-Q7",
        ANSIBLE_CALLBACK_RESULT_FORMAT="yaml",
    )
    assert ("runs in this process" in run.output) == (in_process == "true")
    assert "rescued=1    ignored=1" in run.output
    assert [line for line in run.output.splitlines() if "canary" in line] == []
    assert site.state.account("jane").password == "canary-Q7-Zk3!"
    # The difference as it is printed, and a result, as YAML.
    printed = [line.rstrip() for line in run.output.splitlines()]
    for line in ("-    {}", "+    display_name: design", "        category: authentication"):
        assert line in printed, run.output
