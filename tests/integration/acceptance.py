# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each target in check mode, for real, and again, on a real server: `make acceptance`.

NEXTCLOUD_URL, NEXTCLOUD_USERNAME and NEXTCLOUD_PASSWORD name the server and an administrator. What is not a run's own
is as before at the end, also where a target fails. Where the server's rate limit is met, targets wait.
"""

from __future__ import annotations

import os
import secrets
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Iterator

import pytest
from integration.conftest import Site
from integration.observer import Observer, new_prefix
from integration.targets import TARGETS, actions_of, run_phases

# The window of the server's limit is 600 seconds.
RATE_LIMIT_WAIT = 660

SERVER = [os.environ[f"NEXTCLOUD_{name}"] for name in ("URL", "USERNAME", "PASSWORD")]


@pytest.fixture(scope="session")
def variables() -> Iterator[dict[str, Any]]:
    """Those of the run. At its end the server is as it was before."""
    prefix = new_prefix(datetime.now(timezone.utc))
    watching = Observer(*SERVER)
    before = watching.begin(prefix)
    others = watching.others()
    yield {"prefix": prefix, "rate_limit_wait": RATE_LIMIT_WAIT, **before}
    watching = Observer(*SERVER)
    left = watching.clear()
    assert (left, watching.others()) == ([], others)


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_target(variables: dict[str, Any], target: Path, tmp_path: Path) -> None:
    if target.name == "app" and len(variables["spare_apps"]) < 2:
        pytest.skip("The server has no two disabled apps that could be enabled without harm.")
    if target.name.startswith("rate_limit") and not variables["allow_list"]:
        pytest.skip("The server's app bruteforcesettings is not enabled.")
    site = Site(*SERVER, tmp_path)
    others = Observer(*SERVER).others()
    account_password = f"{secrets.token_urlsafe(16)}-aA1!"
    phases = run_phases(site, target, variables, account_password, lambda unused: Observer(*SERVER).others())
    assert phases["predicted"].before == phases["applied"].before
    assert phases["applied"].run.of_modules == phases["predicted"].run.of_modules
    assert phases["applied"].run.changed
    again = phases["again"].run
    assert again.changed == actions_of(again)
    assert Observer(*SERVER).others() == others
