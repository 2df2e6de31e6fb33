# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What role user_offboarding decides and reports, as tables."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from ansible.errors import AnsibleFilterError
from ansible_collections.community.nextcloud.plugins.filter.offboarding_affected import offboarding_affected
from ansible_collections.community.nextcloud.plugins.filter.offboarding_plan import offboarding_plan
from ansible_collections.community.nextcloud.plugins.filter.offboarding_report import offboarding_report

TODAY = "2026-12-24"
LEFT = {"left": "2026-11-24"}
DELETED = {"left": "2026-01-01", "deleted": "2026-02-01"}


def settings(**changes: Any) -> dict[str, Any]:
    return {
        "date": TODAY,
        "delete_after_days": None,
        "wipe_devices": True,
        "allow_administrators": False,
        "missing": "fail",
        **changes,
    }


def account(userid: str, enabled: bool = True, groups: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    """What module user_info returns of one."""
    user = {"userid": userid, "enabled": enabled, "display_name": userid.title(), "manager": ""}
    lists = {"groups": {"set": [*groups]}, "subadmin_of": {"set": []}}
    return {"users": [{"userid": userid, "user": {**user, **lists, **more}}]}


MISSING: dict[str, Any] = {"users": []}


def planned(userids: Any, read: dict[str, Any], ledger: Any = None, signed_in: str = "admin", **changes: Any) -> Any:
    """The plan; read: {id: what is read of it}, nothing of any other."""
    ledger = ledger or {}
    results = [read.get(userid, MISSING) for userid in offboarding_affected(userids, ledger)]
    return offboarding_plan(userids, ledger, results, signed_in, settings(**changes))


@pytest.mark.parametrize(
    "userids, ledger, affected",
    [
        ([], {}, []),
        (["Jane", " john ", "jane"], {}, ["jane", "john"]),
        ("jane,John", {}, ["jane", "john"]),
        (["jane"], {"jane": LEFT, "john": LEFT, "joan": DELETED}, ["jane", "john"]),
    ],
)
def test_accounts_that_a_run_must_know(userids: Any, ledger: Any, affected: list[str]) -> None:
    assert offboarding_affected(userids, ledger) == affected


ACTIVE = account("jane")
DISABLED = account("jane", enabled=False)


@pytest.mark.parametrize(
    "userids, read, ledger, days, disable, leaving, delete",
    [
        pytest.param(["jane"], ACTIVE, {}, None, ["jane"], ["jane"], [], id="leaves now"),
        pytest.param(["jane"], DISABLED, {}, None, ["jane"], ["jane"], [], id="was disabled by somebody else"),
        pytest.param(["jane"], DISABLED, {"jane": LEFT}, None, ["jane"], [], [], id="has left"),
        pytest.param(["jane"], ACTIVE, {"jane": LEFT}, None, ["jane"], ["jane"], [], id="leaves once more"),
        pytest.param(["jane"], ACTIVE, {"jane": DELETED}, None, ["jane"], ["jane"], [], id="a new account"),
        pytest.param([], DISABLED, {"jane": LEFT}, 31, [], [], [], id="a day too early"),
        pytest.param([], DISABLED, {"jane": LEFT}, 30, [], [], ["jane"], id="the grace period is over"),
        pytest.param([], DISABLED, {"jane": LEFT}, "30", [], [], ["jane"], id="days as text"),
        pytest.param([], DISABLED, {"jane": LEFT}, "", [], [], [], id="none in ansible-core 2.18"),
        pytest.param(["jane"], DISABLED, {"jane": LEFT}, 0, [], [], ["jane"], id="due and declared"),
        pytest.param([], ACTIVE, {"jane": LEFT}, 0, [], [], [], id="due and enabled again"),
        pytest.param(["jane"], MISSING, {"jane": LEFT}, 0, [], [], [], id="deleted by somebody else"),
        pytest.param([], MISSING, {"jane": DELETED}, 0, [], [], [], id="deleted"),
    ],
)
def test_what_is_done_to_whom(
    userids: list[str], read: Any, ledger: Any, days: Any, disable: list[str], leaving: list[str], delete: list[str]
) -> None:
    plan = planned(userids, {"jane": read}, ledger, delete_after_days=days)
    assert (plan["disable"], plan["leaving"], plan["wipe"], plan["delete"]) == (disable, leaving, leaving, delete)
    assert plan["refused"] == ""
    assert planned(userids, {"jane": read}, ledger, delete_after_days=days, wipe_devices="no")["wipe"] == []


@pytest.mark.parametrize(
    "userids, changes, refused",
    [
        (["jane"], {}, ""),
        (["admin"], {}, "the signed-in account: admin"),
        (["Admin"], {"allow_administrators": True}, "the signed-in account: admin"),
        (["root"], {}, "administrators: root"),
        (["root"], {"allow_administrators": "yes"}, ""),
        (["nobody"], {}, "accounts that do not exist: nobody"),
        (["nobody"], {"missing": "skip"}, ""),
        (["hidden"], {}, "accounts that do not exist: hidden"),
        (["gone"], {}, ""),
        (
            ["jane", "admin", "root", "nobody"],
            {},
            "the signed-in account: admin; administrators: root; accounts that do not exist: nobody",
        ),
    ],
)
def test_what_is_refused(userids: list[str], changes: dict[str, Any], refused: str) -> None:
    read = {userid: account(userid, groups=("admin",)) for userid in ("admin", "root")}
    read.update(jane=account("jane"), hidden={"users": [{"userid": "hidden", "user": None}]})
    assert planned(userids, read, {"gone": DELETED}, signed_in="ADMIN", **changes)["refused"] == refused


@pytest.mark.parametrize(
    "variable, value",
    [("date", "24.11.2026"), ("date", ""), ("delete_after_days", "a month"), ("delete_after_days", [30])],
)
def test_a_variable_that_cannot_be_right_is_named(variable: str, value: Any) -> None:
    with pytest.raises(AnsibleFilterError, match=f"user_offboarding_{variable} must be"):
        planned([], {}, **{variable: value})


def test_a_day_of_yaml_is_a_date() -> None:
    assert planned([], {"jane": DISABLED}, {"jane": LEFT}, date=date(2026, 11, 24), delete_after_days=0)["delete"]


OK = {"changed": True}
FAILED = {"changed": False, "failed": True}
UNCHANGED = {"changed": False}


def ran(*results: dict[str, Any]) -> dict[str, Any]:
    return {"results": [*results]}


@pytest.mark.parametrize(
    "before, disabled, wiped, action, remembered, wipes",
    [
        pytest.param({}, ran(OK), ran(OK), "offboarded", TODAY, True, id="all went well"),
        pytest.param({}, ran(FAILED), {}, "failed", None, False, id="not disabled"),
        pytest.param({}, ran(OK), ran(FAILED), "failed", None, False, id="not wiped"),
        pytest.param({}, {}, {}, "failed", None, False, id="not reached"),
        pytest.param(LEFT, ran(UNCHANGED), {}, "none", LEFT["left"], False, id="nothing to do"),
        pytest.param(LEFT, ran(OK), {}, "changed", LEFT["left"], False, id="groups removed again"),
        pytest.param(LEFT, ran(FAILED), {}, "failed", LEFT["left"], False, id="groups not removed again"),
    ],
)
def test_what_came_of_somebody_who_leaves(
    before: Any, disabled: Any, wiped: Any, action: str, remembered: str | None, wipes: bool
) -> None:
    ledger = {"jane": before} if before else {}
    plan = planned(["jane"], {"jane": DISABLED}, ledger)
    found = offboarding_report(plan, ledger, settings(), disabled=disabled, wiped=wiped)
    entry = found["report"][0]
    assert (entry["action"], entry["left"], entry["devices_wiped"]) == (action, remembered, wipes)
    assert found["ledger"] == ({"jane": {"left": remembered}} if remembered else {})


@pytest.mark.parametrize(
    "deleted, action, remembered", [(ran(OK), "deleted", {**LEFT, "deleted": TODAY}), (ran(FAILED), "failed", LEFT)]
)
def test_what_came_of_a_deletion(deleted: Any, action: str, remembered: Any) -> None:
    plan = planned([], {"jane": DISABLED}, {"jane": LEFT, "joan": DELETED}, delete_after_days=30)
    found = offboarding_report(plan, {"jane": LEFT, "joan": DELETED}, settings(delete_after_days=30), deleted=deleted)
    assert [entry["action"] for entry in found["report"]] == [action]
    assert found["ledger"] == {"jane": remembered, "joan": DELETED}


def test_an_account_that_is_not_wiped_leaves_all_the_same() -> None:
    plan = planned(["jane"], {"jane": ACTIVE}, wipe_devices=False)
    found = offboarding_report(plan, {}, settings(wipe_devices=False), disabled=ran(OK))
    assert (found["report"][0]["action"], found["report"][0]["devices_wiped"]) == ("offboarded", False)


def report_of(userid: str, check: bool = False, **loops: Any) -> tuple[dict[str, Any], str]:
    read = {
        "jane": account("Jane", groups=("staff", "board"), manager="boss", subadmin_of={"set": ["staff"]}),
        "old": account("old", enabled=False),
        "masked": account("VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"),
    }
    plan = planned([userid], read, {"old": LEFT}, missing="skip", delete_after_days=60)
    found = offboarding_report(plan, {"old": LEFT}, settings(delete_after_days=60), check=check, **loops)
    return found["report"][0], found["lines"][0]


def test_the_report_of_an_account() -> None:
    entry, line = report_of("jane", disabled=ran(OK), wiped=ran(OK), managers=ran(account("boss")))
    assert entry == {
        "userid": "Jane",
        "display_name": "Jane",
        "action": "offboarded",
        "devices_wiped": True,
        "groups_left": ["staff", "board"],
        "subadmin_of_left": ["staff"],
        "manager": "boss",
        "manager_name": "Boss",
        "left": TODAY,
        "delete_from": "2027-02-22",
    }
    assert line == (
        "Jane (Jane): disabled, devices wiped, removed from staff, board, no longer sub-admin of staff;"
        f" left {TODAY}; to be deleted from 2027-02-22 on; manager: boss (Boss)"
    )


def test_a_manager_who_is_gone_has_no_name() -> None:
    assert report_of("jane", managers=ran(MISSING))[0]["manager_name"] is None


def test_an_id_that_is_masked_in_the_result_is_reported_as_declared() -> None:
    assert report_of("masked", disabled=ran(OK), wiped=ran(OK))[0]["userid"] == "masked"


@pytest.mark.parametrize(
    "userid, loops, line",
    [
        ("jane", {"check": True, "disabled": ran(OK)}, "Jane (Jane): FAILED, see the task that failed; run again"),
        (
            "jane",
            {"check": True, "disabled": ran(OK), "wiped": ran(OK)},
            "Jane (Jane): would be disabled, devices would be wiped, would be removed from staff, board, would no longer be"
            f" sub-admin of staff; left {TODAY}; to be deleted from 2027-02-22 on",
        ),
        ("nobody", {}, "nobody: does not exist"),
        ("old", {"disabled": ran(UNCHANGED)}, "old (Old): nothing to do; left 2026-11-24"),
        ("old", {"disabled": ran(OK)}, "old (Old): groups or rights that were added since were removed; left"),
        (
            "old",
            {"disabled": ran(OK), "check": True},
            "old (Old): groups or rights that were added since would be removed",
        ),
    ],
)
def test_the_report_as_text(userid: str, loops: dict[str, Any], line: str) -> None:
    assert report_of(userid, **loops)[1].startswith(line)
