# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What role user_onboarding makes of people who join, and what it reports, as tables."""

from __future__ import annotations

import re
from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.filter.onboarding_accounts import onboarding_accounts
from ansible_collections.community.nextcloud.plugins.filter.onboarding_outcomes import onboarding_outcomes
from ansible_collections.community.nextcloud.plugins.filter.onboarding_owed import onboarding_owed
from ansible_collections.community.nextcloud.plugins.filter.onboarding_passwords import onboarding_passwords
from ansible_collections.community.nextcloud.plugins.filter.onboarding_people import onboarding_people
from ansible_collections.community.nextcloud.plugins.filter.onboarding_problems import onboarding_problems
from ansible_collections.community.nextcloud.plugins.filter.onboarding_report import onboarding_report

JANE = {"userid": "Jane", "email": "jane@example.org"}
JOHN = {"userid": "john"}
GIVEN = {"userid": "joan", "email": "joan@example.org", "user_password": "canary-1"}


def item(action: str, result: str = "done", **more: Any) -> dict[str, Any]:
    """What module directory returns of an account; its id is masked."""
    return {"userid": "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER", "action": action, "result": result, "fields": [], **more}


CREATED = item("created")
FAILED = item("created", "failed", msg="refused", failure={"effect": "none"})
UNANSWERED = item("created", "failed", msg="no answer", failure={"effect": "unknown"})


@pytest.mark.parametrize(
    "file, users, groups, people",
    [
        ({}, [], [], {"users": [], "groups": []}),
        ({"users": None, "groups": None}, [JOHN], [], {"users": [JOHN], "groups": []}),
        ({"users": [JANE]}, [JOHN], [], {"users": [JANE, JOHN], "groups": []}),
        (
            {"groups": [{"groupid": "design"}, {"groupid": "print"}]},
            [],
            [{"groupid": "board"}, {"groupid": "design", "display_name": "Design"}],
            {
                "users": [],
                "groups": [
                    {"groupid": "design", "display_name": "Design"},
                    {"groupid": "print"},
                    {"groupid": "board"},
                ],
            },
        ),
    ],
)
def test_people_of_a_file_and_of_variables(file: Any, users: Any, groups: Any, people: Any) -> None:
    assert onboarding_people(file, users, groups) == people


@pytest.mark.parametrize(
    "file, users, groups, defaults, told",
    [
        ({"users": None}, [JANE, GIVEN], [{"groupid": "design"}], {"groups": {"add": ["a"]}}, []),
        ([], [], [], {}, ["user_onboarding_roster_file: must contain users and groups"]),
        ({"users": "jane"}, [], [], {}, ["user_onboarding_roster_file: users: must be a list"]),
        ({}, "jane", [], {}, ["user_onboarding_users: must be a list"]),
        ({}, [JANE, "john"], [], {}, ["user_onboarding_users[1]: must be a dict, such as {userid: jane.doe}"]),
        ({}, [], ["design"], {}, ["user_onboarding_groups[0]: must be a dict, such as {groupid: design}"]),
        ({}, [], [{"display_name": "D"}], {}, ["user_onboarding_groups[0]: must have a groupid"]),
        (
            {"users": [{"display_name": "Jane"}]},
            [{**JOHN, "state": "absent"}],
            [],
            {"user_password": "canary-1"},
            [
                "user_onboarding_roster_file: users[0]: must have a userid",
                "user_onboarding_users[0] (john): state must be present",
                "user_onboarding_defaults: must not contain user_password",
            ],
        ),
        ({}, [], [], ["quota"], ["user_onboarding_defaults: must be a dict"]),
        (
            {"users": [{**JANE, "groups": "design,fair", "additional_emails": ["x@example.org"]}]},
            [{**JOHN, "subadmin_of": ["design"]}],
            [{"groupid": "design", "users": ["jane"]}],
            {"groups": ["staff"]},
            [
                "user_onboarding_roster_file: users[0] (Jane): groups: [design, fair] must be one of {add: [design, fair]}",
                "user_onboarding_roster_file: users[0] (Jane): additional_emails: [x@example.org] must be one of",
                "user_onboarding_users[0] (john): subadmin_of: [design] must be one of",
                "user_onboarding_groups[0] (design): users: [jane] must be one of",
                "user_onboarding_defaults.groups: [staff] must be one of",
            ],
        ),
    ],
)
def test_what_is_wrong_with_variables(file: Any, users: Any, groups: Any, defaults: Any, told: list[str]) -> None:
    problems = onboarding_problems(file, users, groups, defaults)
    assert len(problems) == len(told)
    assert all(found.startswith(start) for found, start in zip(problems, told, strict=True)), problems
    assert "canary" not in str(problems)


@pytest.mark.parametrize(
    "person, generate, in_file, welcome, owed",
    [
        (JANE, True, True, True, (True, True)),
        (JANE, True, False, True, (False, True)),
        (JANE, True, True, False, (True, False)),
        (JANE, False, False, True, (False, False)),
        (JOHN, True, True, True, (True, False)),
        (GIVEN, True, True, True, (False, True)),
        (GIVEN, False, False, True, (False, True)),
        ({**GIVEN, "email": ""}, False, False, True, (False, False)),
    ],
)
def test_what_people_are_owed(
    person: Any, generate: bool, in_file: bool, welcome: bool, owed: tuple[bool, bool]
) -> None:
    (found,) = onboarding_owed([person], generate, in_file, welcome)
    assert (found["userid"], found["generate_password"], found["welcome_email"]) == (person["userid"], *owed)


def prepared(*exists: bool) -> dict[str, Any]:
    """What module onboarding_prepare returns of people, by whether they have an account."""
    return {"users": [{"exists": there, "noted": not there} for there in exists]}


@pytest.mark.parametrize(
    "people, exists, given_one",
    [
        ([JANE, JOHN], [False, False], ["jane", "john"]),
        ([JANE, JOHN], [True, False], ["john"]),
        ([JANE, GIVEN], [False, False], ["jane"]),
        ([JANE], [True], []),
    ],
)
def test_who_gets_a_generated_password(people: Any, exists: list[bool], given_one: list[str]) -> None:
    assert list(onboarding_passwords(people, prepared(*exists))) == given_one


def test_passwords_are_strong_and_differ() -> None:
    people = [{"userid": f"u{number}"} for number in range(200)]
    passwords = onboarding_passwords(people, prepared(*[False] * 200))
    assert all(re.fullmatch("[a-z]{7}-[A-Z]{7}-[0-9]{6}", password) for password in passwords.values())
    assert len(set(passwords.values())) == 200


def test_a_password_of_an_earlier_run_is_used_again() -> None:
    kept = {"jane": "kept-1", "gone": "kept-2"}
    passwords = onboarding_passwords([JANE, JOHN], prepared(False, False), kept)
    assert passwords["jane"] == "kept-1" and passwords["john"] not in kept.values()
    assert "gone" not in passwords


def test_who_was_created_by_somebody_else_meanwhile_has_another_password() -> None:
    kept = {"jane": "kept-1", "john": "kept-2"}
    result = {"users": [item("created"), item("none", "unchanged")]}
    assert onboarding_passwords([JANE, JOHN], prepared(False, False), kept, result) == {"jane": "kept-1"}


def test_accounts_have_the_generated_passwords_and_nobody_else_has() -> None:
    assert onboarding_accounts([JANE, JOHN, GIVEN], {"jane": "generated"}) == [
        {**JANE, "user_password": "generated"},
        JOHN,
        GIVEN,
    ]
    assert "user_password" not in JANE


@pytest.mark.parametrize(
    "exists, item, outcome",
    [
        (False, CREATED, "ready"),
        (True, item("none", "unchanged"), "ready"),
        (True, item("changed"), "ready"),
        (False, item("none", "unchanged"), "taken"),
        (False, item("changed"), "taken"),
        (False, FAILED, "unfinished"),
        (False, item("created", "not_tried"), "unfinished"),
        (False, UNANSWERED, "unknown"),
    ],
)
def test_what_came_of_an_account(exists: bool, item: Any, outcome: str) -> None:
    owed = onboarding_owed([GIVEN], False, False, True)
    result = {"users": [item], "changed": True, "failed": True, "failure": {"effect": "none"}}
    (found,) = onboarding_outcomes([GIVEN], owed, prepared(exists), result)
    assert found == {"userid": "joan", "outcome": outcome, "noted": not exists, "welcome_email": True}


@pytest.mark.parametrize(
    "result, outcome",
    [
        ({"failed": True, "changed": False, "failure": {"effect": "none"}}, "unfinished"),
        ({"failed": True, "changed": True, "failure": {"effect": "none"}}, "unknown"),
        ({"failed": True, "msg": "Internal error"}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_what_came_of_accounts_of_which_the_task_tells_nothing(result: Any, outcome: str) -> None:
    owed = onboarding_owed([GIVEN], False, False, True)
    assert [found["outcome"] for found in onboarding_outcomes([GIVEN], owed, prepared(False), result)] == [outcome]


def test_nothing_came_of_a_task_that_failed_at_once() -> None:
    found = onboarding_report([JANE], {"failed": True}, {}, prepared(False), {"skipped": True})
    assert found == {"report": [], "lines": ["0 accounts did not change"], "changed": False}


@pytest.mark.parametrize(
    "person, item, generated, action, password, line",
    [
        (JANE, CREATED, {}, "created", "invitation", "Jane: created, invited by the server"),
        (JANE, CREATED, {"jane": "x"}, "created", "generated", "Jane: created, with a generated password"),
        (GIVEN, CREATED, {}, "created", "given", "joan: created"),
        (JANE, item("created", "partial"), {}, "partial", None, "Jane: partial"),
        (JANE, FAILED, {"jane": "x"}, "failed", None, "Jane: FAILED: refused"),
        (JANE, item("created", "not_tried"), {}, "not_tried", None, "Jane: not tried, because the run had ended"),
        (JANE, item("changed", fields=["email", "quota"]), {}, "changed", None, "Jane: changed: email, quota"),
        (JANE, item("disabled"), {}, "disabled", None, "Jane: disabled"),
        ({**JANE, "display_name": "Jane Doe"}, item("disabled"), {}, "disabled", None, "Jane (Jane Doe): disabled"),
    ],
)
def test_the_report_of_an_account(
    person: Any, item: Any, generated: Any, action: str, password: str | None, line: str
) -> None:
    found = onboarding_report([person], {"users": [item]}, generated)
    entry = found["report"][0]
    assert (entry["userid"], entry["action"], entry["password"]) == (person["userid"], action, password)
    assert found["lines"] == [line, "0 accounts did not change"]


@pytest.mark.parametrize(
    "mail, welcome_email, line",
    [
        ({"welcome_email": "sent"}, True, "joan: would be created, welcome mail would be sent"),
        ({"welcome_email": "none"}, False, "joan: would be created"),
        (
            {"welcome_email": "unknown"},
            None,
            "joan: would be created, a welcome mail may have been sent, and is not sent again",
        ),
        (
            {"welcome_email": "failed", "msg": "refused"},
            False,
            "joan: would be created, welcome mail FAILED: refused",
        ),
    ],
)
def test_the_report_shows_which_mails_were_sent(mail: Any, welcome_email: Any, line: str) -> None:
    completed = {"users": [mail], "others": [], "owed": 0}
    found = onboarding_report([GIVEN], {"users": [CREATED]}, {}, prepared(False), completed, check=True)
    assert found["report"][0]["welcome_email"] is welcome_email
    assert found["lines"][0] == line
    assert "canary" not in str(found)


@pytest.mark.parametrize(
    "found, kept, password, line",
    [
        (
            {"interrupted": True},
            {"jane": "x"},
            "generated",
            "Jane: as declared, created by an earlier run that was interrupted, with a generated password",
        ),
        ({"interrupted": True}, {}, None, "Jane: as declared, created by an earlier run that was interrupted"),
        (
            {"interrupted": True, "never_signed_in": True},
            {},
            "unknown",
            "Jane: as declared, created by an earlier run that was interrupted, never signed in, and its password is not known",
        ),
        ({"never_signed_in": True}, {}, "unknown", "Jane: as declared, never signed in, and its password is not known"),
    ],
)
def test_the_report_tells_what_earlier_runs_have_left(found: Any, kept: Any, password: Any, line: str) -> None:
    result = {"users": [item("none", "unchanged")]}
    told = onboarding_report([JANE], result, kept, {"users": [{"exists": True, **found}]})
    assert told["report"][0]["password"] == password
    assert told["lines"][0].startswith(line)
    assert told["changed"] is True


def test_the_report_names_others_who_were_owed_a_mail() -> None:
    others = [{"userid": f"u{number}", "welcome_email": state} for number, state in enumerate(("sent", "unknown"))]
    found = onboarding_report([], {}, {}, {}, {"users": [], "others": others, "owed": 2})
    assert found["lines"] == [
        "0 accounts did not change",
        "u0: welcome mail sent, which an earlier run owed",
        "u1: a welcome mail may have been sent, and is not sent again",
        "2 welcome mails are still owed",
    ]


def test_accounts_as_declared_are_counted() -> None:
    assert onboarding_report([JANE], {"users": [item("none", "unchanged")]}, {})["lines"] == [
        "1 account did not change"
    ]


def test_the_report_has_the_spelling_of_the_server_where_the_result_shows_it() -> None:
    result = {"users": [{**item("none", "unchanged"), "userid": "jANE"}]}
    assert onboarding_report([JANE], result, {})["report"][0]["userid"] == "jANE"
