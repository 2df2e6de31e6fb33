# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What role user_onboarding makes of people who join, and what it reports, as tables."""

from __future__ import annotations

import re
from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.filter.onboarding_accounts import onboarding_accounts
from ansible_collections.community.nextcloud.plugins.filter.onboarding_passwords import onboarding_passwords
from ansible_collections.community.nextcloud.plugins.filter.onboarding_people import onboarding_people
from ansible_collections.community.nextcloud.plugins.filter.onboarding_report import onboarding_report
from ansible_collections.community.nextcloud.plugins.filter.onboarding_welcome import onboarding_welcome

JANE = {"userid": "Jane", "email": "jane@example.org"}
JOHN = {"userid": "john"}
GIVEN = {"userid": "joan", "email": "joan@example.org", "user_password": "canary-1"}


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
    "people, existing, given_one",
    [
        ([JANE, JOHN], [], ["jane", "john"]),
        ([JANE, JOHN], ["JANE"], ["john"]),
        ([JANE, GIVEN], [], ["jane"]),
        ([JANE], ["jane", "joan"], []),
    ],
)
def test_who_gets_a_generated_password(people: Any, existing: list[str], given_one: list[str]) -> None:
    assert list(onboarding_passwords(people, existing)) == given_one


def test_passwords_are_strong_and_differ() -> None:
    passwords = onboarding_passwords([{"userid": f"u{number}"} for number in range(200)], [])
    assert all(re.fullmatch("[a-z]{7}-[A-Z]{7}-[0-9]{6}", password) for password in passwords.values())
    assert len(set(passwords.values())) == 200


def test_a_password_of_an_earlier_run_is_used_again() -> None:
    kept = {"jane": "kept-1", "gone": "kept-2"}
    passwords = onboarding_passwords([JANE, JOHN], [], kept)
    assert passwords["jane"] == "kept-1" and passwords["john"] not in kept.values()
    assert "gone" not in passwords


def test_accounts_have_the_generated_passwords_and_nobody_else_has() -> None:
    assert onboarding_accounts([JANE, JOHN, GIVEN], {"jane": "generated"}) == [
        {**JANE, "user_password": "generated"},
        JOHN,
        GIVEN,
    ]
    assert "user_password" not in JANE


def item(action: str, result: str = "done", **more: Any) -> dict[str, Any]:
    """What module directory returns of an account; its id is masked."""
    return {"userid": "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER", "action": action, "result": result, "fields": [], **more}


CREATED = item("created")
FAILED = item("created", "failed", msg="refused")


@pytest.mark.parametrize(
    "person, item, generated, welcomed",
    [
        (JANE, CREATED, {"jane": "x"}, True),
        (GIVEN, CREATED, {}, True),
        (JANE, CREATED, {}, False),
        (JOHN, CREATED, {"john": "x"}, False),
        ({**GIVEN, "email": ""}, CREATED, {}, False),
        (GIVEN, FAILED, {}, False),
        (GIVEN, item("changed"), {}, False),
        (GIVEN, item("created", "not_tried"), {}, False),
    ],
)
def test_who_gets_a_welcome_mail(person: Any, item: Any, generated: Any, welcomed: bool) -> None:
    assert onboarding_welcome([person], {"users": [item]}, generated) == ([person["userid"]] if welcomed else [])


def test_nothing_came_of_a_task_that_failed_at_once() -> None:
    assert onboarding_welcome([JANE], {"failed": True}, {}) == []
    assert onboarding_report([JANE], {"failed": True}, {})["report"] == []


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


def test_the_report_shows_which_mails_were_sent() -> None:
    people, result = [GIVEN, {**GIVEN, "userid": "june"}], {"users": [CREATED, CREATED]}
    welcoming = {"results": [{"changed": True}, {"failed": True}]}
    found = onboarding_report(people, result, {}, welcome=["joan", "june"], welcoming=welcoming, check=True)
    assert [entry["welcome_email"] for entry in found["report"]] == [True, False]
    assert found["lines"][0] == "joan: would be created, welcome mail would be sent"
    assert "canary" not in str(found)


def test_accounts_as_declared_are_counted() -> None:
    assert onboarding_report([JANE], {"users": [item("none", "unchanged")]}, {})["lines"] == [
        "1 account did not change"
    ]


def test_the_report_has_the_spelling_of_the_server_where_the_result_shows_it() -> None:
    result = {"users": [{**item("none", "unchanged"), "userid": "jANE"}]}
    assert onboarding_report([JANE], result, {})["report"][0]["userid"] == "jANE"
