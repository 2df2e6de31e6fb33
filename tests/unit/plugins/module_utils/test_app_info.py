# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module `app_info` against the mock server."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from refusals import refused


def states(nextcloud: Any, **options: Any) -> dict[str, str]:
    return {item["app"]: item["state"] for item in nextcloud.task("app_info", **options)["apps"]}


def test_all_apps_with_their_states(nextcloud: Any) -> None:
    apps = states(nextcloud, check=True)
    assert (apps["dashboard"], apps["encryption"]) == ("enabled", "disabled")
    assert apps["files"] == "enabled"  # one that cannot be disabled is listed too
    assert list(apps) == sorted(apps)
    assert nextcloud.journal.requests == 2
    assert states(nextcloud, state="enabled") == {app: state for app, state in apps.items() if state == "enabled"}
    assert states(nextcloud, state="disabled") == {app: state for app, state in apps.items() if state == "disabled"}
    assert nextcloud.journal.requests == 4


def test_one_app(nextcloud: Any) -> None:
    [app] = nextcloud.task("app_info", app="dashboard")["apps"]
    assert app == {
        "app": "dashboard",
        "state": "enabled",
        "name": "Dashboard",
        "version": "1.0.0",
        "licence": "agpl",
        "summary": "",
    }
    nextcloud.state.apps.disable("dashboard")
    assert states(nextcloud, app="dashboard") == {"dashboard": "disabled"}
    assert states(nextcloud, app="dashboard", state="enabled") == {}


def test_an_app_that_is_not_there(nextcloud: Any) -> None:
    assert states(nextcloud, app="ghost") == {}
    # The answer could be that of a wrong address, which the record of the signed-in account tells apart.
    assert nextcloud.journal.requests == 2


@pytest.mark.parametrize("app", ["", "bad..id", "..", "a/b", "Files", "_x", " files"])
def test_an_id_that_the_server_refuses_fails_before_any_request(nextcloud: Any, app: str) -> None:
    with refused("app"):
        nextcloud.task("app_info", app=app)
    assert nextcloud.journal.requests == 0


def test_administrators_only(nextcloud: Any) -> None:
    nextcloud.state.add_account("plain", "Zk3-qweR!plo9")
    with pytest.raises(Failure) as caught:
        nextcloud.task("app_info", username="plain", password="Zk3-qweR!plo9")
    assert caught.value.category == "permission"
