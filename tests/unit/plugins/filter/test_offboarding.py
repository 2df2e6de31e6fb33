# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What role user_offboarding makes of what module offboarding_prepare has planned, and reports, as tables."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.errors import AnsibleFilterError
from ansible_collections.community.nextcloud.plugins.filter.offboarding_plan import offboarding_plan
from ansible_collections.community.nextcloud.plugins.filter.offboarding_report import offboarding_report
from ansible_collections.community.nextcloud.plugins.module_utils._apps import offboarding_ledger as ledger

TODAY, BEFORE = "2026-12-24", "2026-11-24"
STAGES = {"leave": "leaving", "keep": "left", "delete": "left", "unfinished": "leaving", "gone": "deleted"}
MASKED = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"


def key(stage: str, userid: str = "Jane", day: str = BEFORE) -> str:
    return str(ledger.key_of(stage, day, userid))


def person(action: str, userid: str = "Jane", **more: Any) -> dict[str, Any]:
    """One of `people` of the module's result."""
    stage = STAGES.get(action)
    return {
        "position": 0,
        "id": ledger.encode(userid),
        "digest": ledger.digest(userid),
        "action": action,
        "key": key(stage, userid) if stage else None,
        "left": BEFORE if stage else None,
        "delete_from": TODAY if action not in ("gone", "missing") else None,
        "enabled": True,
        "display_name": f"{userid} Doe",
        "groups": [],
        "subadmin_of": [],
        "manager": None,
        "manager_name": None,
        **more,
    }


def planned(*people: dict[str, Any], wipe_devices: Any = True) -> dict[str, Any]:
    return offboarding_plan({"refused": [], "people": [*people]}, [], wipe_devices)


@pytest.mark.parametrize(
    "action, disable, wipe, delete",
    [
        ("leave", ["Jane"], ["Jane"], []),
        ("keep", ["Jane"], [], []),
        ("delete", [], [], ["Jane"]),
        ("unfinished", [], [], []),
        ("gone", [], [], []),
        ("missing", [], [], []),
    ],
)
def test_what_is_done_to_whom(action: str, disable: list[str], wipe: list[str], delete: list[str]) -> None:
    plan = planned(person(action))
    assert (plan["disable"], plan["wipe"], plan["delete"]) == (disable, wipe, delete)
    assert planned(person(action), wipe_devices="no")["wipe"] == []


@pytest.mark.parametrize("userids", [["jane", " ADMIN ", "jane", "root"], "jane,ADMIN,root"])
def test_refused_accounts_are_named_as_they_were_declared(userids: Any) -> None:
    refused = [{"position": 2, "reason": "privileged"}, {"position": 1, "reason": "own"}]
    plan = offboarding_plan({"refused": refused, "people": []}, userids)
    assert plan["refused"] == "the signed-in account: ADMIN; administrators: root"


def test_a_reason_that_is_masked_refuses_all_the_same() -> None:
    prepared = {"refused": [{"position": 0, "reason": MASKED}], "people": []}
    assert offboarding_plan(prepared, ["jane"])["refused"] == "refused: jane"


@pytest.mark.parametrize(
    "masked",
    [
        {"id": MASKED},
        {"id": f"{ledger.encode('Jane')[:4]}********"},
        {"id": ledger.encode("john")},
        {"digest": MASKED},
        {"digest": f"{MASKED}{ledger.digest('Jane')[4:]}"},
        {"key": MASKED},
        {"key": f"{MASKED}.{BEFORE}.{ledger.digest('Jane')}"},
        {"key": key("left", "john")},
        {"action": MASKED},
    ],
)
def test_what_is_masked_is_an_error_and_never_another_account(masked: dict[str, Any]) -> None:
    with pytest.raises(AnsibleFilterError, match="sign in with another secret"):
        planned({**person("delete"), **masked})


def test_text_that_is_masked_decides_nothing() -> None:
    masked = {"display_name": MASKED, "groups": [MASKED], "manager": MASKED, "manager_name": MASKED}
    assert planned(person("delete", "admin", **masked))["delete"] == ["admin"]


OK = {"changed": True}
FAILED = {"changed": False, "failed": True}
UNCHANGED = {"changed": False}


def ran(*results: dict[str, Any]) -> dict[str, Any]:
    return {"results": [*results]}


@pytest.mark.parametrize(
    "planned_action, disabled, wiped, action, left, wipes",
    [
        pytest.param("leave", ran(OK), ran(OK), "offboarded", BEFORE, True, id="all went well"),
        pytest.param("leave", ran(UNCHANGED), ran(OK), "offboarded", BEFORE, True, id="was disabled"),
        pytest.param("leave", ran(FAILED), {}, "failed", None, False, id="not disabled"),
        pytest.param("leave", ran(OK), ran(FAILED), "failed", None, False, id="not wiped"),
        pytest.param("leave", {}, {}, "failed", None, False, id="not reached"),
        pytest.param("keep", ran(UNCHANGED), {}, "none", BEFORE, False, id="nothing to do"),
        pytest.param("keep", ran(OK), {}, "changed", BEFORE, False, id="groups removed again"),
        pytest.param("keep", ran(FAILED), {}, "failed", BEFORE, False, id="groups not removed again"),
        pytest.param("unfinished", {}, {}, "unfinished", None, False, id="interrupted"),
        pytest.param("gone", {}, {}, "none", BEFORE, False, id="gone"),
        pytest.param("missing", {}, {}, "missing", None, False, id="missing"),
    ],
)
def test_what_came_of_somebody(
    planned_action: str, disabled: Any, wiped: Any, action: str, left: str | None, wipes: bool
) -> None:
    found = offboarding_report(planned(person(planned_action)), disabled=disabled, wiped=wiped)
    entry = found["report"][0]
    assert (entry["action"], entry["left"], entry["devices_wiped"]) == (action, left, wipes)
    is_new = action == "offboarded"
    assert found["remember"] == ({key("left"): ledger.encode("Jane")} if is_new else {})
    assert found["forget"] == ({key("leaving"): None} if is_new else {})


@pytest.mark.parametrize(
    "deleted, action, is_gone",
    [
        pytest.param(ran(OK), "deleted", True, id="deleted"),
        pytest.param(ran(UNCHANGED), "none", True, id="deleted by another run at the same time"),
        pytest.param(ran(FAILED), "failed", False, id="not deleted"),
        pytest.param({**FAILED, "results": [{**FAILED, "changed": True}]}, "failed", False, id="not known"),
        pytest.param({}, "failed", False, id="not reached"),
    ],
)
def test_what_came_of_a_deletion(deleted: Any, action: str, is_gone: bool) -> None:
    found = offboarding_report(planned(person("delete")), deleted=deleted)
    assert found["report"][0]["action"] == action
    assert found["remember"] == ({key("deleted"): BEFORE} if is_gone else {})
    assert found["forget"] == ({key("left"): None} if is_gone else {})


def test_results_belong_to_people_by_their_position() -> None:
    people = (person("keep", "a"), person("leave", "b"), person("delete", "c"), person("leave", "d"))
    found = offboarding_report(
        planned(*people), disabled=ran(OK, FAILED, OK), wiped=ran(OK, OK), deleted=ran(UNCHANGED)
    )
    assert [entry["action"] for entry in found["report"]] == ["changed", "failed", "none", "offboarded"]


def test_an_account_that_is_not_wiped_leaves_all_the_same() -> None:
    found = offboarding_report(planned(person("leave"), wipe_devices=False), disabled=ran(OK))
    assert (found["report"][0]["action"], found["report"][0]["devices_wiped"]) == ("offboarded", False)


DETAILS = {"groups": ["staff", "board"], "subadmin_of": ["staff"], "manager": "boss", "manager_name": "Boss"}


def test_the_report_of_an_account() -> None:
    found = offboarding_report(planned(person("leave", **DETAILS)), disabled=ran(OK), wiped=ran(OK))
    assert found["report"] == [
        {
            "userid": "Jane",
            "display_name": "Jane Doe",
            "action": "offboarded",
            "devices_wiped": True,
            "groups_left": ["staff", "board"],
            "subadmin_of_left": ["staff"],
            "manager": "boss",
            "manager_name": "Boss",
            "left": BEFORE,
            "delete_from": TODAY,
        }
    ]
    assert found["lines"] == [
        "Jane (Jane Doe): disabled, devices wiped, removed from staff, board, no longer sub-admin of staff;"
        f" left {BEFORE}; to be deleted from {TODAY} on; manager: boss (Boss)"
    ]


@pytest.mark.parametrize(
    "action, loops, line",
    [
        ("leave", {"disabled": ran(OK)}, "FAILED, see the task that failed; run again; manager: boss (Boss)"),
        (
            "leave",
            {"check": True, "disabled": ran(OK), "wiped": ran(OK)},
            "would be disabled, devices would be wiped, would be removed from staff, board, would no longer be"
            f" sub-admin of staff; left {BEFORE}; to be deleted from {TODAY} on",
        ),
        ("keep", {"disabled": ran(UNCHANGED)}, f"nothing to do; left {BEFORE}"),
        ("keep", {"disabled": ran(OK)}, "groups or rights that were added since were removed; left"),
        ("keep", {"disabled": ran(OK), "check": True}, "groups or rights that were added since would be removed"),
        ("delete", {"deleted": ran(OK)}, f"deleted with all files; left {BEFORE}; manager"),
        ("missing", {}, "does not exist"),
        ("unfinished", {}, "NOT OFFBOARDED, because an earlier run was interrupted; offboard it again"),
    ],
)
def test_the_report_as_text(action: str, loops: dict[str, Any], line: str) -> None:
    found = offboarding_report(planned(person(action, **DETAILS)), **loops)
    assert found["lines"][0].startswith(f"Jane (Jane Doe): {line}")
