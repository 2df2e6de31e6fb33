# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which variables are taken for misspelled options of a role, as a table; and what is told where none is."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import lookup_loader
from ansible.template import Templar
from ansible.utils.display import Display

NAMING = {
    "user_offboarding": ["user_offboarding_userids"],
    "user_onboarding": ["user_onboarding_users", "user_onboarding_roster_file"],
    "team": ["team_members", "team_leads"],
    "instance_baseline": [
        f"instance_baseline_{name}"
        for name in ("rate_limit_exemptions", "apps", "app_config", "default_quota", "default_language")
    ],
}


@pytest.fixture
def warnings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(Display, "warning", lambda display, message, **unused: found.append(message))
    return found


def told(role: str, **variables: Any) -> str:
    loader = DataLoader()
    plugin = lookup_loader.get("community.nextcloud.similar_variables", loader=loader, templar=Templar(loader))
    (text,) = plugin.run([role], variables=variables, naming=NAMING[role], otherwise="nobody.")
    return text


@pytest.mark.parametrize(
    "role, variable, meant",
    [
        ("user_offboarding", "users", "userids"),
        ("user_offboarding", "user", "userids"),
        ("user_offboarding", "userid", "userids"),
        ("user_offboarding", "user_ids", "userids"),
        ("user_offboarding", "usersids", "userids"),
        ("user_offboarding", "delete_after_day", "delete_after_days"),
        ("user_offboarding", "report_fle", "report_file"),
        ("user_onboarding", "user", "users"),
        ("user_onboarding", "userids", "users"),
        ("user_onboarding", "roster", "roster_file"),
        ("user_onboarding", "rosterfile", "roster_file"),
        ("user_onboarding", "password_file", "passwords_file"),
        ("team", "member", "members"),
        ("team", "membres", "members"),
        ("team", "lead", "leads"),
        ("team", "leaders", "leads"),
        ("instance_baseline", "app", "apps"),
        ("instance_baseline", "apps_config", "app_config"),
        ("instance_baseline", "rate_limit_exemption", "rate_limit_exemptions"),
        ("instance_baseline", "default_quotas", "default_quota"),
    ],
)
def test_a_name_like_that_of_an_option_that_is_not_set(warnings: Any, role: str, variable: str, meant: str) -> None:
    expected = f"{role}_{variable} is no variable of the role {role}: use {role}_{meant}."
    assert told(role, **{f"{role}_{variable}": ["x"]}) == expected
    assert warnings == []


@pytest.mark.parametrize(
    "role, variables",
    [
        ("user_offboarding", []),
        ("user_offboarding", ["report", "id", "result", "people", "accounts", "userids_before", "started"]),
        ("user_onboarding", ["report", "passwords", "result", "csv", "mail", "users_created"]),
        ("team", ["name", "found", "result", "members_before", "lead_time", "mail", "description", "id", "group"]),
        ("instance_baseline", ["accounts", "userid", "result", "index", "exempt", "version", "apps_before"]),
    ],
)
def test_names_that_merely_begin_alike(warnings: Any, role: str, variables: list[str]) -> None:
    assert told(role, users=["x"], **{f"{role}_{name}": ["x"] for name in variables}) == ""
    assert warnings == [f"Role {role}: nobody."]


def test_an_option_that_is_set_is_not_what_was_meant(warnings: Any) -> None:
    both = {"user_offboarding_delete_after_days": 30, "user_offboarding_delete_after_day": 20}
    assert told("user_offboarding", **both) == ""


def test_a_default_of_the_role_is_not_set(warnings: Any) -> None:
    mistake = {"user_offboarding_wipe_devices": True, "user_offboarding_wipe_device": False}
    assert told("user_offboarding", **mistake).endswith("use user_offboarding_wipe_devices.")
