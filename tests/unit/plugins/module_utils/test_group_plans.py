# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The planners of groups and of their members as tables."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._accounts import guards
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import Plan
from ansible_collections.community.nextcloud.plugins.module_utils._groups import group as _group
from ansible_collections.community.nextcloud.plugins.module_utils._groups import member as _group_member


def calls(made: Plan) -> list[tuple[Any, Any]]:
    return [(step.call, step.body or step.query) for step in made.steps]


@pytest.mark.parametrize(
    ("options", "current", "expected"),
    [
        ({}, "Design", []),
        ({"display_name": "Design"}, "Design", []),
        ({}, None, [(operations.ADD_GROUP(), {"groupid": "design", "displayname": "design"})]),
        (
            {"display_name": " Art & Design"},
            None,
            [(operations.ADD_GROUP(), {"groupid": "design", "displayname": "Art & Design"})],
        ),
        (
            {"display_name": "Art"},
            "Design",
            [(operations.EDIT_GROUP("design"), {"key": "displayname", "value": "Art"})],
        ),
        ({"state": "absent"}, None, []),
        ({"state": "absent"}, "Design", [(operations.DELETE_GROUP("design"), None)]),
    ],
)
def test_group(options: dict[str, Any], current: str | None, expected: list[Any]) -> None:
    made = _group.plan(_group.parse({"groupid": "design", **options}), current)
    assert calls(made) == expected
    assert (made.before == made.after) is (not expected)


def test_the_group_of_administrators_is_never_deleted() -> None:
    with pytest.raises(Failure, match="without administrators"):
        _group.plan(_group.parse({"groupid": "admin", "state": "absent"}), "admin")


def add(userid: str) -> tuple[Any, Any]:
    return operations.ADD_TO_GROUP(userid), {"groupid": "design"}


def remove(userid: str) -> tuple[Any, Any]:
    return operations.REMOVE_FROM_GROUP(userid), {"groupid": "design"}


@pytest.mark.parametrize(
    ("state", "users", "members", "expected", "after"),
    [
        ("present", ["a", "B"], ["A"], [add("B")], ["A", "B"]),
        ("present", ["a", "A"], [], [add("a")], ["a"]),
        ("present", [], ["a"], [], ["a"]),
        ("absent", ["a", "c"], ["A", "b"], [remove("A")], ["b"]),
        ("exact", ["a", "c"], ["A", "b"], [add("c"), remove("b")], ["A", "c"]),
        ("exact", [], ["a"], [remove("a")], []),
        ("exact", ["a"], ["a"], [], ["a"]),
    ],
)
def test_group_member(state: str, users: list[str], members: list[str], expected: list[Any], after: list[str]) -> None:
    declared = _group_member.parse({"groupid": "design", "users": users, "state": state})
    made = _group_member.plan(declared, members)
    # One spelling of an id is as good as another: a repeated id is called once.
    assert [(call.operation, call.path.casefold(), body) for call, body in calls(made)] == [
        (call.operation, call.path.casefold(), body) for call, body in expected
    ]
    assert made.after is not None
    assert [userid.casefold() for userid in made.after["users"]] == [userid.casefold() for userid in after]


@pytest.mark.parametrize(("state", "blocked"), [("present", True), ("exact", True), ("absent", False)])
def test_a_group_that_is_not_there_is_what_must_come_first(state: str, blocked: bool) -> None:
    declared = _group_member.parse({"groupid": "design", "users": ["a"], "state": state})
    made = _group_member.plan(declared, None)
    assert bool(made.blocker) is blocked
    assert bool(made.steps) is blocked


@pytest.mark.parametrize(
    ("kept_rights", "reason"),
    [
        (guards.KeptRights("a", frozenset({"a", "b"})), "signed-in account"),
        (guards.KeptRights("z", frozenset({"a"})), "without an administrator"),
    ],
)
def test_nobody_is_locked_out(kept_rights: guards.KeptRights, reason: str) -> None:
    declared = _group_member.parse({"groupid": "admin", "users": [], "state": "exact"})
    with pytest.raises(Failure, match=reason):
        _group_member.plan(declared, ["a"], _group_member.Facts(kept_rights))
