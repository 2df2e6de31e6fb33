# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The roles as their READMEs show them: each example in check mode, for real, and again."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

ROLES = Path(__file__).resolve().parents[2] / "roles"
VARIABLES = {"signaling_secret": "canary-Signaling-1"}


def blocks(language: str) -> list[Any]:
    """All blocks of a language in the READMEs of the roles."""
    return [
        pytest.param(block, id=f"{readme.parent.name}-{number}")
        for readme in sorted(ROLES.glob("*/README.md"))
        for number, block in enumerate(re.findall(rf"```{language}\n(.*?)```", readme.read_text(), re.DOTALL))
    ]


@pytest.fixture
def staffed(site: Any) -> Any:
    """What the examples take for granted."""
    for groupid in ("staff", "board"):
        site.state.add_group(groupid)
    for userid in ("jane.doe", "john.roe", "joan.poe"):
        site.state.add_account(userid, email=f"{userid}@example.org", groups=["staff"])
    return site


@pytest.mark.parametrize("example", blocks("yaml"))
def test_plays_of_the_readmes(staffed: Any, example: str) -> None:
    plays = yaml.safe_load(example)
    plays[0].setdefault("vars", {}).update(VARIABLES)
    playbook = staffed.folder / "play.yml"
    playbook.write_text(yaml.safe_dump(plays, sort_keys=False).replace("/tmp/", f"{staffed.folder}/"))

    predicted = staffed.run(playbook, "--check")
    assert staffed.journal.writes() == []

    applied = staffed.run(playbook, "-vvvv")
    assert applied.changed == predicted.changed != []
    assert "canary" not in applied.output

    staffed.journal.clear()
    assert staffed.run(playbook).changed == []
    assert staffed.journal.writes() == []


@pytest.mark.parametrize("commands", blocks("shell"))
def test_commands_of_the_readmes(staffed: Any, commands: str) -> None:
    changed = []
    for command in commands.splitlines():
        program, *arguments = shlex.split(command)
        assert program == "ansible-playbook"
        changed += staffed.run(*arguments).changed
    assert changed


@pytest.mark.parametrize(
    "role, tag, variables, changed",
    [
        ("team", "team_members", {"groupid": "board", "leads": ["jane.doe"]}, ["Add the members"]),
        ("instance_baseline", "instance_baseline_quota", {"default_quota": "5 GB", "apps": [{"app": "x"}]}, ["Set it"]),
        (
            "user_offboarding",
            "user_offboarding",
            {"userids": ["jane.doe"], "wipe_devices": False},
            ["Remember who is leaving", "Disable", "Remember who has left", "Forget"],
        ),
        (
            "user_onboarding",
            "user_onboarding",
            {
                "users": [{"userid": "new", "email": "new@example.org"}],
                "passwords_variable": "x",
                "welcome_email": True,
                "pending_file": "{{ playbook_dir }}/pending.json",
            },
            ["Note what new people are owed", "Create groups and accounts", "Send welcome mails"],
        ),
    ],
)
def test_tags(staffed: Any, role: str, tag: str, variables: dict[str, Any], changed: list[str]) -> None:
    play = {
        "hosts": "localhost",
        "connection": "local",
        "gather_facts": False,
        "vars": {f"{role}_{name}": value for name, value in variables.items()},
        "roles": [f"community.nextcloud.{role}"],
    }
    playbook = staffed.folder / "tags.yml"
    playbook.write_text(yaml.safe_dump([play]))
    found = staffed.run(playbook, "--tags", tag).changed
    assert len(found) == len(changed)
    assert all(name in task for name, task in zip(changed, found, strict=True)), found


def test_an_exact_team_does_not_depend_on_ids_in_results(site: Any) -> None:
    site.password = site.state.account("admin").password = "jane"
    site.state.add_group("board")
    for userid in ("jane", "jane.doe", "john"):
        site.state.add_account(userid, groups=["board"], subadmin=["board"])
    play = {
        "hosts": "localhost",
        "connection": "local",
        "gather_facts": False,
        "vars": {"team_groupid": "board", "team_leads": ["john"], "team_exact": True},
        "roles": ["community.nextcloud.team"],
    }
    playbook = site.folder / "team.yml"
    playbook.write_text(yaml.safe_dump([play]))
    site.run(playbook)
    assert list(site.state.group("board").subadmins) == ["john"]
    assert list(site.state.group("board").members) == ["john"]
    assert site.run(playbook).changed == []


# A role that is called with nobody named


@pytest.mark.parametrize(
    "role, variables, expected",
    [
        ("user_offboarding", {"user_offboarding_users": ["jane.doe"]}, "use user_offboarding_userids."),
        ("user_onboarding", {"user_onboarding_user": [{"userid": "new"}]}, "use user_onboarding_users."),
        ("user_onboarding", {"user_onboarding_roster": "people.csv"}, "use user_onboarding_roster_file."),
        ("team", {"team_groupid": "staff", "team_member": ["jane"], "team_exact": True}, "use team_members."),
        ("instance_baseline", {"instance_baseline_app": [{"app": "x"}]}, "use instance_baseline_apps."),
    ],
)
def test_a_misspelled_variable_fails(staffed: Any, role: str, variables: dict[str, Any], expected: str) -> None:
    assert expected in run_role(staffed, role, variables, expect=2).output
    assert staffed.journal.writes() == []


@pytest.mark.parametrize(
    "role, variables, expected",
    [
        ("user_offboarding", {"user_offboarding_result": ["jane"]}, "user_offboarding_userids is empty"),
        ("user_onboarding", {"user_onboarding_groups": [{"groupid": "new"}]}, "user_onboarding_users and the roster"),
        ("team", {"team_groupid": "staff", "team_name": "Staff"}, "team_members and team_leads are empty"),
        ("instance_baseline", {}, "no variable is set"),
    ],
)
def test_nobody_named_is_a_warning(staffed: Any, role: str, variables: dict[str, Any], expected: str) -> None:
    output = " ".join(run_role(staffed, role, variables).output.split())
    assert f"[WARNING]: Role {role}: {expected}" in output


def run_role(site: Any, role: str, variables: dict[str, Any], expect: int = 0) -> Any:
    play = {
        "hosts": "localhost",
        "connection": "local",
        "gather_facts": False,
        "vars": variables,
        "roles": [f"community.nextcloud.{role}"],
    }
    playbook = site.folder / "role.yml"
    playbook.write_text(yaml.safe_dump([play]))
    return site.run(playbook, expect=expect)
