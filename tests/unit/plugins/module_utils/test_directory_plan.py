# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The plan for a whole directory, as tables: what is declared, what the server holds, which calls it takes."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._accounts import account, guards
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.plan import Current
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._directory.items import Facts, Found, MostRemovals
from ansible_collections.community.nextcloud.plugins.module_utils._directory.options import parse
from ansible_collections.community.nextcloud.plugins.module_utils._directory.plan import plan

OPTIONS: dict[str, Any] = {
    "groups": None,
    "users": None,
    "defaults": None,
    "purge": None,
    "protected": None,
    "max_removals": "100%",
    "concurrency": 4,
    "on_error": "stop",
    "diff_limit": 100,
    "min_accounts": 0,
    "removable_backends": ["Database"],
}
# jane and john are in staff, john leads it; boss is the only administrator and signed in.
HELD = Found(
    ids={"boss": "boss", "jane": "Jane", "john": "john"},
    accounts={
        "boss": Current("boss", True, {"groups": ["admin"], "subadmin_of": [], "role": ""}),
        "jane": Current("Jane", True, {"groups": ["staff"], "subadmin_of": [], "role": ""}),
        "john": Current("john", False, {"groups": ["staff"], "subadmin_of": ["staff"], "role": ""}),
    },
    groups={"admin": "admin", "staff": "Staff", "old": "Old"},
    members={"groups": {}, "subadmin_of": {}},
)
WHOLE = HELD._replace(members={"groups": {"staff": ["Jane", "john"]}, "subadmin_of": {"staff": ["john"]}})
FACTS = Facts(account.Facts(kept_rights=guards.KeptRights("boss", frozenset(("boss",)))))


def group(groupid: str, **lists: Any) -> dict[str, Any]:
    return {"groupid": groupid, **lists}


def calls(declared: dict[str, Any], found: Found = HELD) -> list[tuple[str, str]]:
    """(account or group, title) of each step."""
    made = plan(parse({**OPTIONS, **declared}), found, FACTS)
    return [(entry.id, step.title) for entry in made.entries for step in entry.plan.steps]


EDITS: list[tuple[dict[str, Any], Found, list[tuple[str, str]]]] = [
    ({}, HELD, []),
    ({"users": [{"userid": "JANE"}], "groups": [group("staff")]}, HELD, []),
    ({"users": [{"userid": "jane", "role": "Lead"}]}, HELD, [("Jane", "set role")]),
    ({"users": [{"userid": "jane"}], "defaults": {"role": "Lead"}}, HELD, [("Jane", "set role")]),
    ({"users": [{"userid": "jane", "role": ""}], "defaults": {"role": "Lead"}}, HELD, []),
    ({"users": [{"userid": "jane"}], "defaults": {"role": "L", "only_on_create": ["role"]}}, HELD, []),
    ({"groups": [group("staff", display_name="All")]}, HELD, [("staff", "set display_name")]),
    # Both sides of a membership say the same, and it is one call.
    (
        {
            "groups": [group("old", users={"add": ["jane"]})],
            "users": [{"userid": "jane", "groups": {"add": ["old"]}}],
        },
        HELD,
        [("Jane", "add group old")],
    ),
    ({"groups": [group("staff", users={"remove": ["jane", "nobody"]})]}, HELD, [("Jane", "remove group staff")]),
    ({"groups": [group("staff", users={"set": ["john"]})]}, WHOLE, [("Jane", "remove group staff")]),
    (
        {"groups": [group("staff", subadmins={"set": ["jane"]})]},
        WHOLE,
        [("Jane", "add sub-admin right for group staff"), ("john", "remove sub-admin right for group staff")],
    ),
    ({"users": [{"userid": "jane"}], "purge": {"users": "delete"}}, HELD, [("john", "delete the account")]),
    ({"users": [{"userid": "john"}], "purge": {"users": "disable"}}, HELD, [("Jane", "disable the account")]),
    ({"users": [{"userid": "jane"}], "purge": {"users": "disable"}}, HELD, []),  # john is disabled already
    ({"users": [], "purge": {"users": "delete"}, "protected": ["j*"]}, HELD, []),
    ({"groups": [group("staff")], "purge": {"groups": True}}, HELD, [("old", "delete the group")]),
    (
        {"users": [{"userid": "jane", "groups": {"add": ["old"]}}], "purge": {"groups": True}, "protected": ["st*"]},
        HELD,
        [("Jane", "add group old")],
    ),
    (
        {"users": [{"userid": "jane"}, {"userid": "boss"}], "purge": {"memberships": True}},
        HELD,
        [("Jane", "remove group staff")],
    ),
]


@pytest.mark.parametrize(("declared", "found", "expected"), EDITS)
def test_the_calls_of_a_plan(declared: dict[str, Any], found: Found, expected: list[tuple[str, str]]) -> None:
    assert calls(declared, found) == expected


REFUSALS: list[tuple[dict[str, Any], str]] = [
    ({"users": [{"userid": "boss", "state": "absent"}]}, "users[0] (boss): Refused to delete boss"),
    ({"users": [{"userid": "jane"}, {"userid": "Jane"}]}, "users[1] (Jane): is already declared in users[0] (jane)"),
    ({"groups": [group("a"), group("a")]}, "groups[1] (a): is already declared in groups[0] (a)"),
    (
        {"users": [{"userid": "jane", "groups": {"set": []}}], "groups": [group("old", users={"add": ["jane"]})]},
        "users[0] (jane): groups: contradicts groups[0] (old)",
    ),
    (
        {"users": [{"userid": "jane", "state": "absent"}], "groups": [group("old", users={"add": ["jane"]})]},
        "users[0] (jane): is declared absent, but is in groups[0] (old).users",
    ),
    ({"groups": [group("old", state="absent", users={"add": ["jane"]})]}, "groups[0] (old): state: "),
    (
        {"users": [{"userid": "jane", "manager": "john"}], "purge": {"users": "delete"}},
        "users[0] (jane): manager: account john is removed by this task",
    ),
    ({"defaults": {"quota": "5,5 GB"}, "users": [{"userid": "jane"}]}, "defaults: quota: '5,5 GB' is invalid"),
    ({"groups": [group("admin", subadmins={"add": ["jane"]})]}, "groups[0] (admin): subadmins: the group admin "),
    (
        {"groups": [group("old", state="absent")], "max_removals": "0"},
        "max_removals: 1 of 3 groups would be removed (old)",
    ),
]


@pytest.mark.parametrize(("declared", "told"), REFUSALS)
def test_what_stands_against_a_plan(declared: dict[str, Any], told: str) -> None:
    with pytest.raises(Failure) as caught:
        calls(declared)
    assert any(problem.startswith(told) for problem in caught.value.more["problems"])


@pytest.mark.parametrize(
    ("text", "total", "allowed"),
    [("0", 100, 0), ("7", 100, 7), ("7", 3, 7), ("5%", 100, 5), ("5%", 19, 0), ("100%", 3, 3)],
)
def test_how_many_may_be_removed(text: str, total: int, allowed: int) -> None:
    assert MostRemovals.parse(text).of(total) == allowed
