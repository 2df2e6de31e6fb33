# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""People join, by the role: from each kind of roster, with passwords that go where they were asked for and nowhere else."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Callable

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
        variables.setdefault("pending_file", str(self.site.folder / "pending.json"))
        play = {
            "hosts": "localhost",
            "connection": "local",
            "gather_facts": False,
            "vars": {f"user_onboarding_{name}": value for name, value in variables.items()},
            "roles": ["community.nextcloud.user_onboarding"],
            "post_tasks": after or [],
        }
        playbook = self.site.folder / "onboarding.yml"
        playbook.write_text(yaml.safe_dump([play], sort_keys=False))
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
    assert "did not set no_log" not in applied.output

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


def test_a_failure_is_reported_and_leaves_passwords_of_accounts_alone(onboarding: Onboarding) -> None:
    people = [{"userid": "jane", "language": "xx"}, {"userid": "john"}]
    wanted = {"passwords_file": str(onboarding.passwords_file), "report_file": str(onboarding.report_file)}
    onboarding.site.server.fail("maintenance", "POST", "/ocs/v2.php/cloud/users", times=99)
    failed = onboarding.run(*VERBOSE, expect=2, users=people[1:], **wanted)
    assert onboarding.report()["john"]["action"] == "failed"
    # There is no account, so there is no password that is one's.
    assert not onboarding.passwords_file.exists()

    onboarding.site.server.faults.clear()
    failed = onboarding.run(*VERBOSE, expect=2, users=people, on_error="continue", **wanted)
    assert "jane: FAILED" in failed.output
    passwords = onboarding.passwords()
    assert passwords == {userid: onboarding.site.state.account(userid).password for userid in ("jane", "john")}
    assert not any(password in failed.output for password in passwords.values())


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
    "variables, told",
    [
        ({"users": [{"userid": "jane", "state": "absent"}]}, "users[0] (jane): state must be present"),
        ({"users": [{"display_name": "Jane"}]}, "users[0]: must have a userid"),
        ({"defaults": {"user_password": "canary-default"}}, "user_onboarding_defaults: must not contain user_password"),
        ({"users": ["jane"]}, "users[0]: must be a dict, such as {userid: jane.doe}"),
        (
            {"users": [{"userid": "jane", "user_password": "canary-jane", "groups": ["a", "b"]}]},
            "users[0] (jane): groups: [a, b] must be one of {add: [a, b]}, {remove: [a, b]} and {set: [a, b]}",
        ),
        (
            {"defaults": {"groups": "design"}},
            "user_onboarding_defaults.groups: [design] must be one of {add: [design]}",
        ),
        ({"groups": ["design"]}, "user_onboarding_groups[0]: must be a dict, such as {groupid: design}"),
        (
            {"groups": [{"groupid": "design", "subadmins": ["jane"]}]},
            "user_onboarding_groups[0] (design): subadmins: [jane] must be one of {add: [jane]}",
        ),
    ],
)
@pytest.mark.parametrize("in_file", [False, True])
def test_what_the_role_is_not_for_is_refused(
    onboarding: Onboarding, variables: dict[str, Any], told: str, in_file: bool
) -> None:
    onboarding.site.state.add_account("jane", email="jane@example.org")
    if in_file and "users" in variables:
        roster = onboarding.site.folder / "roster.yml"
        roster.write_text(yaml.safe_dump(variables))
        variables = {"roster_file": str(roster)}
    variables = {**variables, "passwords_file": str(onboarding.passwords_file)}
    run = onboarding.run(*VERBOSE, expect=2, **variables)
    assert told in run.results[-1]["result"]["msg"] and "canary" not in run.output
    assert onboarding.site.journal.requests == 0
    assert not onboarding.passwords_file.exists()


def test_an_account_that_is_declared_present_is_one_like_any_other(onboarding: Onboarding) -> None:
    onboarding.run(users=[{"userid": "jane", "state": "present", "email": "jane@example.org"}])
    assert onboarding.site.state.account("jane").email == "jane@example.org"


def test_options_of_an_account_are_those_of_the_module(onboarding: Onboarding) -> None:
    run = onboarding.run(expect=2, users=[{"userid": "jane", "email": "jane@example.org", "shoe_size": 44}])
    assert "users.shoe_size" in run.output
    assert onboarding.site.journal.writes() == []


def test_a_second_time_in_a_play_is_on_its_own(onboarding: Onboarding) -> None:
    other_file = onboarding.site.folder / "other.json"
    again = {
        "name": "Others, with passwords in another file",
        "ansible.builtin.include_role": {"name": "community.nextcloud.user_onboarding"},
        "vars": {
            "user_onboarding_users": [{"userid": "john"}],
            "user_onboarding_passwords_file": str(other_file),
        },
    }
    onboarding.run(users=[{"userid": "jane"}], passwords_file=str(onboarding.passwords_file), after=[again])
    state = onboarding.site.state
    assert onboarding.passwords() == {"jane": state.account("jane").password}
    assert json.loads(other_file.read_text()) == {"john": state.account("john").password}


def damaged(path: Path) -> None:
    path.write_text('{"jane": "canary-')


def of_another_form(path: Path) -> None:
    path.write_text('{"jane": {"password": "canary-1"}}')


def readable_by_others(path: Path) -> None:
    path.write_text("{}")
    path.chmod(0o640)


def of_another_user(path: Path) -> None:
    path.write_text("{}")
    os.chown(path, 65534, -1)


UNUSABLE: dict[str, tuple[Callable[[Path], None], str]] = {
    "damaged": (damaged, "is damaged or contains something else"),
    "of another form": (of_another_form, "must contain a password for each account id"),
    "readable by others": (readable_by_others, "readable by other users; set its mode to 0600"),
    "a directory": (Path.mkdir, "must be a regular file"),
    "a FIFO": (os.mkfifo, "must be a regular file"),
    "nowhere/passwords": (lambda path: None, "does not exist or is not writable"),
    **({"of another user": (of_another_user, "belongs to another user")} if os.geteuid() == 0 else {}),
}


def test_a_passwords_file_that_cannot_be_used_says_why(onboarding: Onboarding) -> None:
    """Each failure is shown, though the passwords in such a file are hidden."""
    tasks: list[dict[str, Any]] = []
    for name, (make, unused) in UNUSABLE.items():
        path = onboarding.site.folder / name
        make(path)
        if path.is_file() and make is not readable_by_others:
            path.chmod(0o600)
        variables = {"user_onboarding_users": [{"userid": "jane"}], "user_onboarding_passwords_file": str(path)}
        role = {"ansible.builtin.include_role": {"name": "community.nextcloud.user_onboarding"}, "vars": variables}
        tasks.append({"block": [role], "rescue": [{"ansible.builtin.debug": {"msg": "refused"}}]})
    playbook = onboarding.site.folder / "play.yml"
    playbook.write_text(yaml.safe_dump([{"hosts": "localhost", "gather_facts": False, "tasks": tasks}]))
    run = onboarding.site.run(playbook, *VERBOSE)
    failures = [result["result"]["msg"] for result in run.results if result["failed"]]
    assert len(failures) == len(UNUSABLE) == run.output.count('"msg": "refused"')
    for message, (name, (unused, reason)) in zip(failures, UNUSABLE.items(), strict=True):
        assert message.startswith("passwords_file: ") and reason in message
        assert str(onboarding.site.folder / name.partition("/")[0]) in message
    assert "canary-1" not in run.output and "canary-\n" not in run.output
    assert onboarding.site.journal.writes() == []


def test_groups_have_the_options_of_the_module(onboarding: Onboarding) -> None:
    people = [{"userid": "jane", "email": "jane@example.org"}]
    onboarding.run(users=people, groups=[{"groupid": "design", "users": {"add": ["jane"]}}])
    assert list(onboarding.site.state.group("design").members) == ["jane"]


def with_password(site: Any, password: str) -> None:
    """The signed-in account has this password, and Ansible masks it in results."""
    site.password = site.state.account("admin").password = password


def test_nothing_is_decided_by_an_id_that_is_masked(onboarding: Onboarding) -> None:
    site = onboarding.site
    with_password(site, "Clara.Zetkin")
    site.state.add_account("Clara.Zetkin", "Other-1-password", email="clara@example.org")
    people = [
        {"userid": "Clara.Zetkin", "email": "clara@example.org"},
        {"userid": "Clara.Zetkin.2", "email": "clara.2@example.org"},
        {"userid": "rosa", "email": "rosa@example.org"},
    ]
    wanted = {
        "users": people,
        "passwords_file": str(onboarding.passwords_file),
        "report_file": str(onboarding.report_file),
        "welcome_email": True,
    }
    predicted = onboarding.run("--check", **wanted)
    applied = onboarding.run(**wanted)
    passwords = {userid: site.state.account(userid).password for userid in ("clara.zetkin.2", "rosa")}
    assert onboarding.passwords() == passwords
    assert site.state.account("Clara.Zetkin").password == "Other-1-password"
    assert site.state.welcomed == ["Clara.Zetkin.2", "rosa"]
    report = onboarding.report()
    assert list(report) == [person["userid"] for person in people]
    assert [entry["action"] for entry in report.values()] == ["none", "created", "created"]
    assert [entry["password"] for entry in report.values()] == [None, "generated", "generated"]
    assert [entry["welcome_email"] for entry in report.values()] == [False, True, True]
    # From ansible-core 2.22 on, ids are masked where they are shown.
    assert ".2: would be created, with a generated password, welcome mail would be sent" in predicted.output
    assert ".2: created, with a generated password, welcome mail sent" in applied.output
    assert "changed=0" in onboarding.run(**wanted).output


def test_passwords_that_only_a_killed_run_knew_are_named(onboarding: Onboarding) -> None:
    site = onboarding.site
    wanted = {
        "users": [{"userid": "jane"}, {"userid": "john"}, {"userid": "joan", "user_password": "Zk3-qweR!plo9"}],
        "passwords_variable": "new_passwords",
        "report_file": str(onboarding.report_file),
    }
    first = onboarding.run(**wanted)
    assert "The generated passwords are only in the variable new_passwords. If this run is killed" in first.output
    site.state.account("john").last_login = 1_795_432_903_000
    again = onboarding.run(**wanted)
    assert "changed=1" in again.output  # the report file
    assert "jane: as declared, never signed in, and its password is not known to this run" in again.output
    assert [entry["password"] for entry in onboarding.report().values()] == ["unknown", None, None]
    assert "are only in the variable" not in again.output


def test_emails_without_a_passwords_file_are_in_a_pending_file(onboarding: Onboarding) -> None:
    site = onboarding.site
    pending = site.folder / "pending.json"
    people = [
        {"userid": userid, "email": f"{userid}@example.org", "user_password": "Zk3-qweR!plo9"}
        for userid in ("jane", "john")
    ]
    wanted = {"users": people, "welcome_email": True, "pending_file": str(pending)}
    wanted["report_file"] = str(onboarding.report_file)
    site.server.fail("failed_call", "POST", "/jane/welcome", carried_out=False)
    failed = onboarding.run(expect=2, **wanted)
    assert "jane: created, a welcome mail may have been sent, and is not sent again" in failed.output
    assert [entry["welcome_email"] for entry in onboarding.report().values()] == [None, True]
    assert pending.stat().st_mode & 0o777 == 0o600
    again = onboarding.run(**wanted)
    assert "jane: an earlier run was interrupted while it sent the welcome email" in " ".join(again.output.split())
    assert site.state.welcomed == ["john"]
    assert not pending.exists()
    assert "changed=0" in onboarding.run(**wanted).output


def test_a_file_of_another_encoding_with_ids_that_stay(onboarding: Onboarding) -> None:
    ids = onboarding.site.folder / "ids.json"
    text = "Nr;Vorname;Nachname\n1;Jörg;Müller\n2;Joerg;Müller\n"
    onboarding.roster_file.write_bytes(text.encode("cp1252"))
    variables = {
        "roster_file": str(onboarding.roster_file),
        "roster_columns": {"Nr": None, "Vorname": "display_name", "Nachname": "display_name"},
        "roster_options": {
            "encoding": "cp1252",
            "compose": {"userid": "{Vorname}.{Nachname}"},
            "unique_by": "Nr",
            "unique_file": str(ids),
        },
        "passwords_file": str(onboarding.passwords_file),
    }
    onboarding.run("--check", **variables)
    assert not ids.exists()
    onboarding.run(**variables)
    accounts = [onboarding.site.state.account(userid) for userid in ("joerg.mueller", "joerg.mueller2")]
    assert [account.display_name for account in accounts] == ["Jörg Müller", "Joerg Müller"]
    assert json.loads(ids.read_text()) == {"ids": {"1": "joerg.mueller", "2": "joerg.mueller2"}}


def test_an_export_of_occ(onboarding: Onboarding) -> None:
    record = {
        "user_id": "jane",
        "display_name": "Jane",
        "email": "jane@example.org",
        "groups": ["design"],
        "quota": "5 GB",
    }
    onboarding.roster_file.write_text(json.dumps({"jane": record}))
    onboarding.run(roster_file=str(onboarding.roster_file))
    assert onboarding.site.state.account("jane").email == "jane@example.org"
    assert list(onboarding.site.state.group("design").members) == ["jane"]


def test_everything_wrong_with_a_file_is_told_and_no_password_repeated(onboarding: Onboarding) -> None:
    onboarding.roster_file.write_text("login;pw;mail\na/b;canary-Given-1;x\nc;canary-Given-2;y\n")
    columns = {"login": "userid", "pw": "user_password", "mail": "email"}
    run = onboarding.run(*VERBOSE, expect=2, roster_file=str(onboarding.roster_file), roster_columns=columns)
    told = run.results[-1]["result"]["msg"]
    for place in ('line 2, column "login"', 'line 2, column "mail"', 'line 3, column "mail"'):
        assert place in told
    assert "canary" not in run.output
    assert onboarding.site.journal.writes() == []


def test_a_group_administrator_onboards_its_own_people(onboarding: Onboarding) -> None:
    site, state = onboarding.site, onboarding.site.state
    state.add_account("lead", "canary-Lead-Zk3!", subadmin=["design"])
    state.add_account("member", groups=["design"])
    state.add_group("board")
    site.username, site.password = "lead", "canary-Lead-Zk3!"
    new = {"userid": "jane", "email": "jane@example.org", "groups": {"add": ["design"]}}
    known = {"userid": "member", "role": "Designer", "groups": {"add": ["design"]}}
    wanted = {
        "passwords_file": str(onboarding.passwords_file),
        "report_file": str(onboarding.report_file),
        "welcome_email": True,
    }

    for other, told in (({"groups": {"add": ["board"]}}, "does not manage board"), ({}, "must name at least one")):
        refused = onboarding.run(
            expect=2, users=[known, new, {"userid": "john", "email": "j@example.org", **other}], **wanted
        )
        assert told in refused.output
        assert site.journal.writes() == []

    onboarding.run(users=[known, new], **wanted)
    assert onboarding.passwords() == {"jane": state.account("jane").password}
    assert {userid: entry["action"] for userid, entry in onboarding.report().items()} == {
        "member": "changed",
        "jane": "created",
    }
    assert list(state.group("design").members) == ["member", "jane"]
    assert state.welcomed == ["jane"]

    site.journal.clear()
    onboarding.run(users=[known, new], **wanted)
    assert site.journal.writes() == []
