# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module `app`: its planner as a table, and its tasks against the mock server."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._apps import app as _app
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from refusals import refused


@pytest.mark.parametrize(
    ("state", "current", "expected", "warned"),
    [
        ("enabled", "enabled", [], False),
        ("enabled", "disabled", ["apps-enable"], False),
        ("enabled", None, ["apps-enable"], True),
        ("disabled", "enabled", ["apps-disable"], False),
        ("disabled", "disabled", [], False),
    ],
)
def test_plan(state: str, current: str | None, expected: list[str], warned: bool) -> None:
    made = _app.plan(_app.parse({"app": "notes", "state": state}), current)
    assert [step.operation.id for step in made.steps] == expected
    assert (made.before == made.after) is (not expected)
    assert bool(made.warnings) is warned
    assert made.after == {"app": "notes", "state": state}


def test_an_app_is_disabled_and_enabled(nextcloud: Any) -> None:
    result = nextcloud.settled("app", app="dashboard", state="disabled")
    assert result["diff"]["before"] == {"app": "dashboard", "state": "enabled"}
    assert "dashboard" not in nextcloud.state.apps.enabled()
    assert nextcloud.settled("app", **{**result["app"], "state": "enabled"})["changed"] is True
    assert "dashboard" in nextcloud.state.apps.enabled()


def test_an_app_that_comes_disabled_is_enabled_without_a_warning(nextcloud: Any) -> None:
    result = nextcloud.settled("app", app="admin_audit")
    assert result["changed"] is True
    assert result["warnings"] == []


@pytest.mark.parametrize("app", ["files", "dashboard"])
def test_an_app_that_is_enabled_is_one_request(nextcloud: Any, app: str) -> None:
    assert nextcloud.task("app", app=app)["changed"] is False
    assert nextcloud.journal.requests == 1


@pytest.mark.parametrize("state", ["enabled", "disabled"])
@pytest.mark.parametrize("app", ["", "bad..id", "..", "a/b", "a b", " notes", "Notes", "1notes", "notes?x=1", "nötes"])
def test_an_id_that_the_api_cannot_address_is_refused_before_any_request(nextcloud: Any, app: str, state: str) -> None:
    with refused("app"):
        nextcloud.task("app", app=app, state=state)
    assert nextcloud.journal.requests == 0


def test_an_app_that_no_store_has(nextcloud: Any) -> None:
    prediction = nextcloud.task("app", check=True, app="ghost")
    assert prediction["changed"] is True
    assert prediction["warnings"][0].startswith("app: ghost is not installed")
    with pytest.raises(Failure, match="^enable app ghost: ") as caught:
        nextcloud.task("app", app="ghost")
    assert caught.value.category == "not_found"
    assert caught.value.changed is False


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize(
    ("app", "category", "reason"),
    [("ghost", "not_found", "ghost is not installed"), ("files", "conflict", "files is required")],
)
def test_what_cannot_be_disabled_is_refused_before_the_server_is_asked_to(
    nextcloud: Any, app: str, category: str, reason: str, check: bool
) -> None:
    with pytest.raises(Failure, match=f"^app: .*{reason}") as caught:
        nextcloud.task("app", check=check, app=app, state="disabled")
    assert caught.value.category == category
    assert nextcloud.journal.writes() == []


def test_an_enabled_app_whose_files_are_gone_can_be_disabled(nextcloud: Any) -> None:
    nextcloud.state.apps.lose_files("photos")
    assert nextcloud.predicted("app", app="photos", state="disabled")["changed"] is True


def test_an_account_without_rights(nextcloud: Any) -> None:
    nextcloud.state.add_account("plain")
    with pytest.raises(Failure) as caught:
        nextcloud.task("app", app="dashboard", username="plain", password="Zk3-qweR!plo9")
    assert caught.value.category == "permission"
