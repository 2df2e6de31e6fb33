# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module `subadmin`: its planner as a table, and its tasks against the mock server."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._accounts import subadmin as _subadmin
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from refusals import refused

PASSWORD = "Zk3-qweR!plo9"


def add(groupid: str) -> tuple[Any, Any]:
    return operations.ADD_SUBADMIN("jane"), {"groupid": groupid}


def remove(groupid: str) -> tuple[Any, Any]:
    return operations.REMOVE_SUBADMIN("jane"), {"groupid": groupid}


@pytest.mark.parametrize(
    ("state", "groups", "current", "expected", "after"),
    [
        ("present", ["a", "b"], ["a"], [add("b")], ["a", "b"]),
        ("present", ["A"], ["a"], [add("A")], ["A", "a"]),
        ("present", ["a", "a"], [], [add("a")], ["a"]),
        ("present", [], ["a"], [], ["a"]),
        ("absent", ["a", "c"], ["a", "b"], [remove("a")], ["b"]),
        ("absent", ["admin"], ["a"], [], ["a"]),
        ("exact", ["a", "c"], ["a", "b"], [add("c"), remove("b")], ["a", "c"]),
        ("exact", [], ["a"], [remove("a")], []),
    ],
)
def test_plan(state: str, groups: list[str], current: list[str], expected: list[Any], after: list[str]) -> None:
    declared = _subadmin.parse({"userid": "jane", "groups": groups, "state": state})
    made = _subadmin.plan(declared, current)
    assert [(step.call, step.body or step.query) for step in made.steps] == expected
    assert made.after == {"userid": "jane", "groups": after}
    assert made.blocker is None


@pytest.mark.parametrize("groupid", ["design", "a+b", "R&D / Lab", "100%", ".."])
def test_a_right_comes_and_goes(nextcloud: Any, groupid: str) -> None:
    nextcloud.state.add_group(groupid)
    nextcloud.state.add_account("jane", PASSWORD, subadmin=["other"])
    given = nextcloud.settled("subadmin", userid="JANE", groups=[groupid])
    assert given["subadmin"] == {"userid": "JANE", "groups": sorted([groupid, "other"])}
    assert list(nextcloud.state.group(groupid).subadmins) == ["jane"]
    assert "rate_limit" not in given
    assert nextcloud.settled("subadmin", userid="jane", groups=[groupid], state="absent")["changed"] is True
    assert list(nextcloud.state.group(groupid).subadmins) == []
    assert list(nextcloud.state.group("other").subadmins) == ["jane"]


def test_exactly_these_groups(nextcloud: Any) -> None:
    nextcloud.state.add_group("c")
    nextcloud.state.add_account("jane", PASSWORD, subadmin=["a", "b"])
    result = nextcloud.settled("subadmin", userid="jane", groups=["b", "c"], state="exact")
    assert result["diff"] == {
        "before": {"userid": "jane", "groups": ["a", "b"]},
        "after": {"userid": "jane", "groups": ["b", "c"]},
    }
    assert nextcloud.task("subadmin", state="exact", **result["subadmin"])["changed"] is False


def test_a_task_that_changes_nothing_is_one_request(nextcloud: Any) -> None:
    nextcloud.state.add_account("jane", PASSWORD, subadmin=["a"])
    nextcloud.task("subadmin", userid="jane", groups=["a"])
    assert nextcloud.journal.requests == 1


@pytest.mark.parametrize("state", ["present", "exact"])
def test_the_group_admin_is_refused_before_any_request(nextcloud: Any, state: str) -> None:
    with refused("groups", "admin"):
        nextcloud.task("subadmin", userid="jane", groups=["design", "admin"], state=state)
    assert nextcloud.journal.requests == 0


@pytest.mark.parametrize(
    ("options", "option"),
    [({"userid": "a/b"}, "userid"), ({"userid": ""}, "userid"), ({"groups": ["a", "0"]}, "groups")],
)
def test_ids_that_cannot_be_right_are_refused_before_any_request(
    nextcloud: Any, options: dict[str, Any], option: str
) -> None:
    with refused(option):
        nextcloud.task("subadmin", **{"userid": "jane", "groups": ["a"], **options})
    assert nextcloud.journal.requests == 0


@pytest.mark.parametrize("state", ["present", "exact"])
def test_an_account_that_is_not_there(nextcloud: Any, state: str) -> None:
    nextcloud.state.add_group("design")
    prediction = nextcloud.task("subadmin", check=True, userid="ghost", groups=["design"], state=state)
    assert prediction["changed"] is True
    assert "account ghost does not exist" in prediction["warnings"][0]
    with pytest.raises(Failure, match="^userid: account ghost does not exist") as caught:
        nextcloud.task("subadmin", userid="ghost", groups=["design"], state=state)
    assert caught.value.category == "not_found"
    assert nextcloud.journal.writes() == []


def test_an_account_that_is_not_there_has_no_right_to_lose(nextcloud: Any) -> None:
    assert nextcloud.settled("subadmin", userid="ghost", groups=["design"], state="absent")["changed"] is False


def test_a_group_that_is_not_there_keeps_no_other_out(nextcloud: Any) -> None:
    nextcloud.state.add_group("design")
    nextcloud.state.add_account("jane", PASSWORD)
    with pytest.raises(Failure, match="add nope to groups: .*The rest is done: add design to groups") as caught:
        nextcloud.task("subadmin", userid="jane", groups=["design", "nope"])
    assert caught.value.category == "partial"
    assert list(nextcloud.state.group("design").subadmins) == ["jane"]


def test_a_sub_admin_may_not_appoint_others(nextcloud: Any) -> None:
    nextcloud.state.add_account("lead", PASSWORD, groups=["design"], subadmin=["design"])
    nextcloud.state.add_account("jane", PASSWORD, groups=["design"])
    with pytest.raises(Failure) as caught:
        nextcloud.task("subadmin", userid="jane", groups=["design"], username="lead", password=PASSWORD)
    assert caught.value.category == "permission"
