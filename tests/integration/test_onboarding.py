# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""People join, by the role: from each kind of roster, with passwords that go where they were asked for and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

COLUMNS = {"login": "userid", "name": "display_name", "mail": "email", "team": "groups", "leads": "subadmin_of"}
CSV = """login;name;mail;team;leads
jane;Jane Doe;jane@example.org;design;design
john;John Roe;john@example.org;design;
joan;Joan Poe;;design;
"""
VERBOSE = ("-vvvv", "--diff")


class Onboarding:
    """The role on a site, with a report file and a password file."""

    def __init__(self, site: Any) -> None:
        self.site = site
        self.report_file: Path = site.folder / "report.json"
        self.passwords_file: Path = site.folder / "passwords.json"
        self.roster_file: Path = site.folder / "roster.csv"
        self.roster_file.write_text(CSV)

    def run(self, *arguments: str, expect: int = 0, after: list[dict[str, Any]] | None = None, **variables: Any) -> Any:
        """A run of the role with these variables, `user_onboarding_` left out, and then of these tasks."""
        play = {
            "hosts": "localhost",
            "connection": "local",
            "gather_facts": False,
            "vars": {f"user_onboarding_{name}": value for name, value in variables.items()},
            "roles": ["community.nextcloud.user_onboarding"],
            "post_tasks": after or [],
        }
        playbook = self.site.folder / "onboarding.yml"
        playbook.write_text(yaml.safe_dump([play]))
        return self.site.run(playbook, *arguments, expect=expect, ANSIBLE_INJECT_INVOCATION="true")

    def from_csv(self, *arguments: str, **variables: Any) -> Any:
        return self.run(*arguments, roster_file=str(self.roster_file), roster_columns=COLUMNS, **variables)

    def report(self) -> dict[str, dict[str, Any]]:
        return {entry["userid"]: entry for entry in json.loads(self.report_file.read_text())}

    def passwords(self) -> dict[str, str]:
        assert self.passwords_file.stat().st_mode & 0o777 == 0o600
        return json.loads(self.passwords_file.read_text())


@pytest.fixture
def onboarding(site: Any) -> Onboarding:
    return Onboarding(site)


def test_csv_with_generated_passwords_and_welcome_mails(onboarding: Onboarding) -> None:
    state, journal = onboarding.site.state, onboarding.site.journal
    wanted = {
        "passwords_file": str(onboarding.passwords_file),
        "report_file": str(onboarding.report_file),
        "welcome_email": True,
    }
    predicted = onboarding.from_csv("--check", *VERBOSE, **wanted)
    assert journal.writes() == []
    assert not onboarding.passwords_file.exists()
    assert (
        "jane (Jane Doe): would be created, with a generated password, welcome mail would be sent" in predicted.output
    )

    applied = onboarding.from_csv(*VERBOSE, **wanted)
    passwords = onboarding.passwords()
    assert {userid: state.account(userid).password for userid in ("jane", "john", "joan")} == passwords
    assert len(set(passwords.values())) == 3
    assert list(state.group("design").subadmins) == ["jane"]
    assert state.welcomed == ["jane", "john"]  # Joan has no address.
    assert applied.changed == predicted.changed

    report = onboarding.report()
    assert report["jane"]["action"] == "created"
    assert [entry["welcome_email"] for entry in report.values()] == [True, True, False]
    assert {entry["password"] for entry in report.values()} == {"generated"}
    for shown in (predicted.output, applied.output, str(applied.results), onboarding.report_file.read_text()):
        assert not any(password in shown for password in passwords.values())

    journal.clear()
    again = onboarding.from_csv(**wanted)
    assert "changed=0" in again.output
    assert journal.writes() == []
    assert onboarding.passwords() == passwords


def test_a_later_joiner_is_added_to_the_passwords(onboarding: Onboarding) -> None:
    wanted = {"passwords_file": str(onboarding.passwords_file), "welcome_email": True}
    onboarding.from_csv(**wanted)
    before = onboarding.passwords()
    onboarding.roster_file.write_text(CSV + "jack;Jack Coe;jack@example.org;design;\n")
    onboarding.from_csv(**wanted)
    after = onboarding.passwords()
    assert after == {**before, "jack": onboarding.site.state.account("jack").password}
    assert onboarding.site.state.welcomed == ["jane", "john", "jack"]


def test_without_passwords_the_server_invites_and_no_second_mail_is_sent(onboarding: Onboarding) -> None:
    onboarding.roster_file.write_text(CSV.replace("joan;Joan Poe;;", "joan;Joan Poe;joan@example.org;"))
    onboarding.from_csv(welcome_email=True, report_file=str(onboarding.report_file))
    assert onboarding.site.state.welcomed == []
    assert {entry["password"] for entry in onboarding.report().values()} == {"invitation"}


def test_given_passwords_stay_secret_and_the_generated_come_in_a_variable(onboarding: Onboarding) -> None:
    roster = onboarding.site.folder / "roster.yml"
    people = [{"userid": "jane", "user_password": "canary-Given-1"}, {"userid": "John", "groups": {"add": ["design"]}}]
    roster.write_text(yaml.safe_dump({"groups": [{"groupid": "design"}], "users": people}))
    handed_over = onboarding.site.folder / "handed-over.json"
    run = onboarding.run(
        *VERBOSE,
        roster_file=str(roster),
        groups=[{"groupid": "design", "display_name": "Design & Print"}],
        users=[{"userid": "joan", "user_password": "canary-Given-2"}],
        passwords_variable="new_passwords",
        report_file=str(onboarding.report_file),
        after=[
            {
                "name": "Hand over",
                "ansible.builtin.copy": {"content": "{{ new_passwords | to_json }}", "dest": str(handed_over)},
                "no_log": True,
            }
        ],
    )
    state = onboarding.site.state
    passwords = json.loads(handed_over.read_text())
    assert passwords == {"john": state.account("John").password}
    assert state.account("jane").password == "canary-Given-1"
    assert state.group("design").display_name == "Design & Print"
    assert [entry["password"] for entry in onboarding.report().values()] == ["given", "generated", "given"]
    for secret in ("canary", passwords["john"]):
        assert secret not in run.output
        assert secret not in str(run.results)
        assert secret not in onboarding.report_file.read_text()


def test_a_failure_is_reported_and_its_passwords_serve_the_next_run(onboarding: Onboarding) -> None:
    people = [{"userid": "jane", "language": "xx"}, {"userid": "john"}]
    wanted = {"passwords_file": str(onboarding.passwords_file), "report_file": str(onboarding.report_file)}
    onboarding.site.server.fail("maintenance", "POST", "/ocs/v2.php/cloud/users", times=99)
    failed = onboarding.run(*VERBOSE, expect=2, users=people[1:], **wanted)
    assert onboarding.report()["john"]["action"] == "failed"
    passwords = onboarding.passwords()
    assert passwords["john"] not in failed.output

    onboarding.site.server.faults.clear()
    failed = onboarding.run(*VERBOSE, expect=2, users=people, on_error="continue", **wanted)
    assert "jane: FAILED" in failed.output
    assert onboarding.site.state.account("john").password == passwords["john"]
    assert not any(password in failed.output for password in onboarding.passwords().values())


def test_what_people_choose_later_is_kept(onboarding: Onboarding) -> None:
    wanted = {"defaults": {"language": "de", "quota": "5 GB"}, "only_on_create": ["language"]}
    wanted["users"] = [{"userid": "jane", "email": "jane@example.org"}]
    onboarding.run(**wanted)
    account = onboarding.site.state.account("jane")
    assert account.language == "de"
    account.language = "fr"
    assert "changed=0" in onboarding.run(**wanted).output
    assert account.language == "fr"


@pytest.mark.parametrize(
    "csv, told",
    [
        (CSV.replace("john@example.org", "john at example.org"), 'line 3, column "mail": "john at example.org"'),
        (CSV.replace("login", "id"), 'column "login"'),
    ],
)
def test_a_wrong_roster_is_refused_before_anything_is_done(onboarding: Onboarding, csv: str, told: str) -> None:
    onboarding.roster_file.write_text(csv)
    run = onboarding.from_csv(expect=2, passwords_file=str(onboarding.passwords_file))
    assert told in run.results[-1]["result"]["msg"]
    assert onboarding.site.journal.writes() == []
    assert not onboarding.passwords_file.exists()


@pytest.mark.parametrize(
    "variables",
    [
        {"users": [{"userid": "jane", "state": "absent"}]},
        {"users": [{"display_name": "Jane"}]},
        {"defaults": {"user_password": "canary-default"}},
    ],
)
@pytest.mark.parametrize("in_file", [False, True])
def test_what_the_role_is_not_for_is_refused(onboarding: Onboarding, variables: dict[str, Any], in_file: bool) -> None:
    onboarding.site.state.add_account("jane", email="jane@example.org")
    if in_file and "users" in variables:
        roster = onboarding.site.folder / "roster.yml"
        roster.write_text(yaml.safe_dump(variables))
        variables = {"roster_file": str(roster)}
    variables = {**variables, "passwords_file": str(onboarding.passwords_file)}
    run = onboarding.run(*VERBOSE, expect=2, **variables)
    assert "must have a userid" in run.output and "canary" not in run.output
    assert onboarding.site.journal.requests == 0
    assert not onboarding.passwords_file.exists()


def test_an_account_that_is_declared_present_is_one_like_any_other(onboarding: Onboarding) -> None:
    onboarding.run(users=[{"userid": "jane", "state": "present", "email": "jane@example.org"}])
    assert onboarding.site.state.account("jane").email == "jane@example.org"


def test_options_of_an_account_are_those_of_the_module(onboarding: Onboarding) -> None:
    run = onboarding.run(expect=2, users=[{"userid": "jane", "email": "jane@example.org", "shoe_size": 44}])
    assert "users.shoe_size" in run.output
    assert onboarding.site.journal.writes() == []
