# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whom to offboard, as tables; what is remembered on the server before that, and what earlier runs have left there."""

from __future__ import annotations

import json
from datetime import date as Date
from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._apps import offboarding_ledger as ledger
from ansible_collections.community.nextcloud.plugins.module_utils._apps.offboarding_ledger import (
    APP,
    DELETED,
    LEAVING,
    LEFT,
    OLD_KEY,
    key_of,
)
from ansible_collections.community.nextcloud.plugins.module_utils._apps.offboarding_prepare import (
    Current,
    Declared,
    plan,
)
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure

TODAY, BEFORE, LATER = "2026-12-24", "2026-11-24", "2026-12-30"


def key(stage: str, day: str = BEFORE, userid: str = "jane") -> str:
    return str(key_of(stage, day, userid))


def account(userid: str = "jane", enabled: bool = True, groups: tuple[str, ...] = ()) -> dict[str, Any]:
    lists = {"groups": {"set": [*groups]}, "subadmin_of": {"set": []}}
    return {"userid": userid, "enabled": enabled, "display_name": userid.title(), "manager": "", **lists}


ACTIVE, DISABLED = account(), account(enabled=False)


def planned(
    userids: tuple[str, ...], accounts: list[Any], keys: tuple[str, ...] = (), days: int | None = None, **more: Any
) -> Any:
    """The plan for accounts of which the server ignores case, as it does for its own."""
    by_id = {found["userid"]: found for found in accounts}
    stored = {userid: known for userid in userids for known in by_id if known.casefold() == userid.casefold()}
    ids = {ledger.digest(userid): userid for userid in ("jane", *by_id)}
    declared = Declared(userids, Date.fromisoformat(TODAY), days, **more)
    return plan(declared, Current("admin", keys, None, stored, ids, (), by_id, {}))


def actions(found: Any) -> list[tuple[str, str]]:
    return [
        (ledger.decode(person["id"], ledger.Key("", "", person["digest"])), person["action"])
        for person in people(found)
    ]


def people(found: Any) -> list[dict[str, Any]]:
    return found.after["people"]


@pytest.mark.parametrize(
    "named, accounts, keys, days, action, steps",
    [
        pytest.param(True, [ACTIVE], (), None, "leave", [f"set {key(LEAVING, TODAY)}"], id="leaves now"),
        pytest.param(True, [DISABLED], (), None, "leave", [f"set {key(LEAVING, TODAY)}"], id="disabled by others"),
        pytest.param(True, [DISABLED], (key(LEFT),), None, "keep", [], id="has left"),
        pytest.param(
            True,
            [ACTIVE],
            (key(LEFT),),
            None,
            "leave",
            [f"set {key(LEAVING, TODAY)}", f"remove {key(LEFT)}"],
            id="leaves once more",
        ),
        pytest.param(
            True,
            [ACTIVE],
            (key(LEFT, LATER),),
            None,
            "leave",
            [f"set {key(LEAVING, TODAY)}", f"remove {key(LEFT, LATER)}"],
            id="leaves once more, on an earlier date",
        ),
        pytest.param(
            True,
            [ACTIVE],
            (key(LEFT, TODAY), key(LEAVING, TODAY)),
            None,
            "leave",
            [f"remove {key(LEFT, TODAY)}"],
            id="leaves twice on a day",
        ),
        pytest.param(True, [ACTIVE], (key(LEAVING, TODAY),), None, "leave", [], id="interrupted before anything"),
        pytest.param(True, [DISABLED], (key(LEAVING, TODAY),), None, "leave", [], id="interrupted before the wipe"),
        pytest.param(
            True,
            [ACTIVE],
            (key(LEAVING),),
            None,
            "leave",
            [f"set {key(LEAVING, TODAY)}", f"remove {key(LEAVING)}"],
            id="interrupted on another day",
        ),
        pytest.param(
            True,
            [DISABLED],
            (key(LEAVING), key(LEFT)),
            None,
            "keep",
            [f"remove {key(LEAVING)}"],
            id="interrupted after all was done",
        ),
        pytest.param(False, [ACTIVE], (key(LEAVING),), 0, "unfinished", [], id="interrupted, and nobody names it"),
        pytest.param(False, [DISABLED], (key(LEAVING),), 0, "unfinished", [], id="disabled, and nobody names it"),
        pytest.param(
            False,
            [DISABLED],
            (key(LEFT), key(LEAVING, TODAY)),
            0,
            "unfinished",
            [f"remove {key(LEFT)}"],
            id="interrupted when it left once more",
        ),
        pytest.param(False, [DISABLED], (key(LEFT),), 31, None, [], id="a day too early"),
        pytest.param(False, [DISABLED], (key(LEFT),), 30, "delete", [], id="the grace period is over"),
        pytest.param(True, [DISABLED], (key(LEFT),), 0, "delete", [], id="due and declared"),
        pytest.param(False, [ACTIVE], (key(LEFT),), 0, None, [], id="due and enabled again"),
        pytest.param(
            False,
            [],
            (key(LEFT),),
            0,
            "gone",
            [f"set {key(DELETED)}", f"remove {key(LEFT)}"],
            id="interrupted after the deletion",
        ),
        pytest.param(True, [], (key(LEFT),), None, "gone", [], id="deleted by others, not due"),
        pytest.param(True, [], (key(DELETED),), 0, "gone", [], id="deleted"),
        pytest.param(False, [], (key(DELETED),), 0, None, [], id="deleted, and nobody names it"),
        pytest.param(
            True, [ACTIVE], (key(DELETED),), 0, "leave", [f"set {key(LEAVING, TODAY)}"], id="a new account of that id"
        ),
        pytest.param(False, [ACTIVE], ("left.2026-13-01." + "0" * 32, "other"), 0, None, [], id="keys of others"),
    ],
)
def test_what_is_done_to_whom(
    named: bool, accounts: Any, keys: tuple[str, ...], days: int | None, action: str | None, steps: list[str]
) -> None:
    found = planned(("jane",) if named else (), accounts, keys, days)
    assert actions(found) == ([("jane", action)] if action else [])
    assert [step.title for step in found.steps] == steps
    assert bool(found.warnings) is (action == "unfinished")
    assert found.after["refused"] == []


def test_keys_fit_a_server() -> None:
    assert {len(key(stage, userid="x" * 200)) <= 64 for stage in ledger.STAGES} == {True}


def test_the_account_that_the_server_holds_is_meant() -> None:
    found = planned(("JANE", "jane"), [account("Jane")])
    assert actions(found) == [("Jane", "leave")]
    assert people(found)[0]["key"] == key(LEAVING, TODAY, "Jane")


def test_accounts_that_differ_in_case_are_two() -> None:
    twins = {"Jane": account("Jane"), "jane": account("jane", enabled=False)}
    ids = {ledger.digest("jane"): "jane"}
    current = Current("admin", (key(LEFT),), None, {"Jane": "Jane"}, ids, (), twins, {})
    found = plan(Declared(("Jane",), Date.fromisoformat(TODAY), 365), current)
    assert actions(found) == [("Jane", "leave")]
    missing = plan(Declared(("JANE",), Date.fromisoformat(TODAY), skip_missing=True), current._replace(stored={}))
    assert actions(missing) == [("JANE", "missing")]


@pytest.mark.parametrize(
    "userids, changes, refused",
    [
        (("jane",), {}, []),
        (("admin",), {}, [(0, "own")]),
        (("jane", "Admin"), {"allow_administrators": True}, [(1, "own")]),
        (("root",), {}, [(0, "privileged")]),
        (("root",), {"allow_administrators": True}, []),
        (("nobody",), {}, [(0, "missing")]),
        (("nobody",), {"skip_missing": True}, []),
        (("GONE",), {}, []),
        (("jane", "admin", "root", "nobody"), {}, [(1, "own"), (2, "privileged"), (3, "missing")]),
    ],
)
def test_what_is_refused(userids: tuple[str, ...], changes: dict[str, Any], refused: list[tuple[int, str]]) -> None:
    accounts = [ACTIVE, *(account(userid, groups=("admin",)) for userid in ("admin", "root"))]
    found = planned(userids, accounts, (key(DELETED, userid="Gone"),), **changes)
    assert [(item["position"], item["reason"]) for item in found.after["refused"]] == refused
    assert bool(found.steps) is (not refused and userids not in (("nobody",), ("GONE",)))


@pytest.mark.parametrize("secret", ["2026", "left", "delete", ledger.encode("jane"), ledger.digest("jane")[:9]])
def test_a_secret_that_would_be_masked_in_what_is_decided_by(secret: str) -> None:
    with pytest.raises(Failure, match="The value of password is a part") as failure:
        planned(("jane",), [DISABLED], (key(LEFT),), 0, secrets={"password": secret})
    assert secret not in str(failure.value)


# Tasks


@pytest.fixture
def staffed(nextcloud: Any) -> Any:
    nextcloud.state.add_account("boss", display_name="Berta Boss")
    for userid in ("Jane", "john", "joan"):
        nextcloud.state.add_account(userid, manager="boss", groups=["staff"])
    return nextcloud


def config(nextcloud: Any) -> dict[str, str]:
    return dict(nextcloud.state.apps.config.get(APP, {}))


def prepared(nextcloud: Any, *userids: str, **options: Any) -> dict[str, Any]:
    """The result, which check mode has predicted."""
    options = {"userids": [*userids], "date": TODAY, **options}
    predicted = nextcloud.task("offboarding_prepare", check=True, **options)
    assert nextcloud.journal.writes() == []
    result = nextcloud.task("offboarding_prepare", **options)
    assert result == predicted
    assert bool(nextcloud.journal.writes()) is result["changed"]
    nextcloud.journal.clear()
    return result


def test_who_leaves_is_remembered_once(staffed: Any) -> None:
    result = prepared(staffed, "jane", "JOHN")
    assert config(staffed) == {key(LEAVING, TODAY, userid): ledger.encode(userid) for userid in ("Jane", "john")}
    jane = result["offboarding"]["people"][0]
    assert (jane["position"], jane["manager_name"], jane["groups"], jane["enabled"]) == (
        0,
        "Berta Boss",
        ["staff"],
        True,
    )
    assert prepared(staffed, "jane", "john")["changed"] is False
    assert staffed.state.account("jane").enabled


def test_a_refused_run_remembers_nobody(staffed: Any) -> None:
    assert prepared(staffed, "jane", "admin")["changed"] is False
    assert config(staffed) == {}


def test_a_subadmin_is_told_before_anything_is_done(staffed: Any) -> None:
    staffed.state.group("staff").subadmins["john"] = None
    staffed.state.account("john").password = "Zk3-qweR!plo9"
    signed_in = {"username": "john", "password": "Zk3-qweR!plo9"}
    with pytest.raises(Failure, match="Only an administrator can offboard people") as failure:
        staffed.task("offboarding_prepare", userids=["jane"], date=TODAY, **signed_in)
    assert failure.value.category == "permission"
    assert staffed.journal.writes() == []


@pytest.mark.parametrize(
    "options, message",
    [
        ({"date": "24.11.2026"}, "date: '24.11.2026' is invalid: must be a date such as 2026-11-24"),
        ({"delete_after_days": -1}, "delete_after_days: must be 0 or greater"),
        ({"userids": ["a/b"]}, "userids: 'a/b' is invalid"),
    ],
)
def test_an_option_that_cannot_be_right(nextcloud: Any, options: dict[str, Any], message: str) -> None:
    with pytest.raises(Failure, match=message):
        nextcloud.task("offboarding_prepare", **{"date": TODAY, **options})


OLD = {
    "jane": {"left": BEFORE},
    "john": {"left": TODAY},
    "joan": {"left": BEFORE},
    "anna": {"left": BEFORE, "deleted": TODAY},
    "gone": {"left": TODAY},
}
TAKEN_OVER = {
    key(LEFT, BEFORE, "Jane"): ledger.encode("Jane"),
    key(LEFT, TODAY, "john"): ledger.encode("john"),
    key(LEFT, BEFORE, "joan"): ledger.encode("joan"),
    key(DELETED, BEFORE, "anna"): BEFORE,
    key(LEFT, TODAY, "gone"): ledger.encode("gone"),
}


def remember_as_before(nextcloud: Any, content: str = json.dumps(OLD)) -> None:
    nextcloud.state.apps.set_value(APP, OLD_KEY, content)
    for userid in ("jane", "john"):
        nextcloud.state.account(userid).enabled = False


def test_the_old_value_is_taken_over(staffed: Any) -> None:
    remember_as_before(staffed)
    result = prepared(staffed, "anna", delete_after_days=30)
    assert actions_of(result) == {"anna": "gone", "Jane": "delete"}
    assert config(staffed) == TAKEN_OVER
    assert prepared(staffed, "anna", delete_after_days=30)["changed"] is False


def actions_of(result: dict[str, Any]) -> dict[str, str]:
    return {
        ledger.decode(person["id"], ledger.Key("", "", person["digest"])): person["action"]
        for person in result["offboarding"]["people"]
    }


@pytest.mark.parametrize("done", range(6))
def test_a_takeover_that_was_killed_is_finished(staffed: Any, done: int) -> None:
    remember_as_before(staffed)
    for text in list(TAKEN_OVER)[:done]:
        staffed.state.apps.set_value(APP, text, TAKEN_OVER[text])
    prepared(staffed)
    assert config(staffed) == TAKEN_OVER


def test_a_takeover_keeps_what_is_newer(staffed: Any) -> None:
    """Another run has taken the value over in the meantime, and somebody has left once more."""
    remember_as_before(staffed, json.dumps({"jane": {"left": BEFORE}}))
    newer = {key(LEFT, TODAY, "Jane"): ledger.encode("Jane")}
    for text, value in newer.items():
        staffed.state.apps.set_value(APP, text, value)
    prepared(staffed)
    assert config(staffed) == newer


@pytest.mark.parametrize("content", ["no JSON", "[1]", '{"jane": {}}', '{"jane": {"left": "soon"}}', '{"jane": 1}'])
def test_an_old_value_that_is_not_the_roles_is_left_alone(staffed: Any, content: str) -> None:
    remember_as_before(staffed, content)
    with pytest.raises(Failure, match="Nothing was done. The value of ledger"):
        staffed.task("offboarding_prepare", userids=["jane"], date=TODAY)
    assert config(staffed) == {OLD_KEY: content}


@pytest.mark.parametrize("content", ["", "{}", "[]"])
def test_an_old_value_without_entries_is_removed(staffed: Any, content: str) -> None:
    remember_as_before(staffed, content)
    prepared(staffed)
    assert config(staffed) == {}


@pytest.mark.parametrize("value", ["", "amFuZQ", ledger.encode("john"), "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"])
def test_an_entry_of_another_id_deletes_nobody(staffed: Any, value: str) -> None:
    staffed.state.apps.set_value(APP, key(LEFT, BEFORE, "Jane"), value)
    for userid in ("jane", "john"):
        staffed.state.account(userid).enabled = False
    result = prepared(staffed, delete_after_days=0)
    assert result["offboarding"]["people"] == []
    assert len(result["warnings"]) == 1 and "is not the id that belongs to it" in result["warnings"][0]


def test_nobody_is_read_whom_a_run_is_not_about(staffed: Any) -> None:
    """Each entry is a request, and so is each account: there may be hundreds."""
    staffed.state.apps.set_value(APP, key(DELETED, BEFORE, "anna"), BEFORE)
    staffed.state.apps.set_value(APP, key(LEFT, BEFORE, "john"), ledger.encode("john"))
    staffed.task("offboarding_prepare", userids=["jane", "Anna"], date=TODAY, delete_after_days=60)
    assert [
        entry.path for entry in staffed.journal if "john" in entry.path or key(LEFT, BEFORE, "john") in entry.path
    ] == []


def test_a_former_spelling_of_an_account_that_is_gone(staffed: Any) -> None:
    staffed.state.apps.set_value(APP, key(LEFT, TODAY, "Anna"), ledger.encode("Anna"))
    assert actions_of(prepared(staffed, "anna")) == {"Anna": "gone"}


def test_an_id_that_only_another_backend_can_have(staffed: Any) -> None:
    userid = "corp\\zoë+1=" + "x" * 80
    staffed.state.add_account(userid)
    assert actions_of(prepared(staffed, userid)) == {userid: "leave"}
    assert config(staffed) == {key(LEAVING, TODAY, userid): ledger.encode(userid)}
