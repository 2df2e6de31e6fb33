# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""No secret in any output, diff, failure or file, but the session in the file that was named for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


@pytest.mark.parametrize("in_process", ["true", "false"])
@pytest.mark.parametrize("arguments", [(), ("--check",)])
def test_no_secret_shows(site: Any, arguments: tuple[str, ...], in_process: str) -> None:
    session_file = site.folder / "session"
    run = site.run(
        HERE / "secrets.yml",
        "-vvvv",
        "--diff",
        "-e",
        f"session_file={session_file}",
        *arguments,
        TEST_SECRET="canary-Zk3",
        NEXTCLOUD_IN_PROCESS=in_process,
        ANSIBLE_INJECT_INVOCATION="true",  # from ansible-core 2.21 on; before, results show the options anyway
    )
    assert [line for line in run.output.splitlines() if "canary" in line] == []
    assert "canary" not in str([result["result"] for result in run.results])
    for path in site.folder.rglob("*"):
        if path.is_file():
            assert b"canary" not in path.read_bytes(), path
    if not arguments:
        failures = [result["result"]["failure"]["category"] for result in run.results if "failure" in result["result"]]
        refused = ["invalid", "partial", "invalid", "partial", "invalid"]
        assert failures == [*refused, "authentication", "invalid", "unavailable", "invalid"]
