# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a sub-admin does with the collection: everything that the API lets it do, and nothing half."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure

PASSWORD = "Zk3-qweR!plo9"
LEAD = {"username": "lead", "password": PASSWORD}
PURGES = {"users": "delete", "groups": True, "memberships": True}


@pytest.fixture(autouse=True)
def school(nextcloud: Any) -> None:
    """lead manages red and green, member is in red and blue, boss is an administrator in red."""
    state = nextcloud.state
    state.add_group("red", "The red ones")
    state.add_group("green")
    state.add_group("blue", "The blue ones")
    state.add_account("lead", PASSWORD, groups=["red"], subadmin=["red", "green"])
    state.add_account("member", PASSWORD, groups=["red", "blue"], email="member@example.org")
    state.add_account("boss", PASSWORD, groups=["admin", "red"])
    state.add_account("stranger", PASSWORD, groups=["blue"])


def groups_of(nextcloud: Any, userid: str) -> list[str]:
    return sorted(groupid for groupid in nextcloud.account(userid)["groups"])


def refused(nextcloud: Any, module: str, **options: Any) -> Failure:
    """The failure of a task, which check mode predicts, and which nothing is done before."""
    for check in (True, False):
        nextcloud.journal.clear()
        with pytest.raises(Failure) as caught:
            nextcloud.task(module, check=check, **LEAD, **options)
        assert nextcloud.journal.writes() == []
    return caught.value


def test_the_groups_that_it_sees(nextcloud: Any) -> None:
    found = nextcloud.task("group_info", **LEAD, members=True, subadmins=True)["groups"]
    assert [group["groupid"] for group in found] == ["admin", "blue", "green", "red"]
    assert [group["display_name"] for group in found] == [None, None, "green", "The red ones"]
    assert [group["users"] for group in found] == [None, None, [], ["boss", "lead", "member"]]
    assert [group["subadmins"] for group in found] == [None] * 4
    [red] = nextcloud.task("group_info", **LEAD, search="red")["groups"]
    assert (red["user_count"], red["can_add"]) == (3, True)


def test_members_of_its_groups(nextcloud: Any) -> None:
    result = nextcloud.settled("group_member", **LEAD, groupid="green", users=["member"])
    assert result["changed"] and groups_of(nextcloud, "member") == ["blue", "green", "red"]
    nextcloud.settled("group_member", **LEAD, groupid="green", users=[], state="exact")
    assert groups_of(nextcloud, "member") == ["blue", "red"]
    # It may take in anybody, though it does not see them before.
    assert nextcloud.task("group_member", **LEAD, groupid="green", users=["stranger"])["changed"]
    assert groups_of(nextcloud, "stranger") == ["blue", "green"]
    assert refused(nextcloud, "group_member", groupid="blue", users=["member"]).category == "permission"
    # Out of the last one it may take nobody: the others in the task do not leave either.
    nextcloud.settled("group_member", **LEAD, groupid="green", users=["member"])
    failure = refused(nextcloud, "group_member", groupid="green", users=["member", "stranger"], state="absent")
    assert (failure.category, "stranger from the last group" in failure.message) == ("permission", True)
    assert refused(nextcloud, "group_member", groupid="green", users=[], state="exact").category == "permission"


def test_accounts_in_its_groups(nextcloud: Any) -> None:
    pupil = {"userid": "pupil", "user_password": PASSWORD, "quota": "1 GB", "groups": {"set": ["red"]}}
    assert nextcloud.settled("user", **LEAD, **pupil)["changed"]
    assert nextcloud.settled("user", **LEAD, userid="pupil", role="Pupil", groups={"add": ["green"]})["changed"]
    assert groups_of(nextcloud, "pupil") == ["green", "red"]
    nextcloud.settled("user", **LEAD, userid="pupil", enabled=False)
    nextcloud.settled("user", **LEAD, userid="pupil", state="absent")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"userid": "new", "user_password": PASSWORD, "groups": {"set": ["blue"]}}, "does not manage blue"),
        ({"userid": "new", "user_password": PASSWORD, "groups": {"set": ["red", "blue"]}}, "does not manage blue"),
        ({"userid": "new", "user_password": PASSWORD}, "must name at least one"),
        ({"userid": "new", "email": "new@example.org", "groups": {"add": []}}, "must name at least one"),
        ({"userid": "member", "groups": {"remove": ["red"]}, "role": "x"}, "last group"),
        ({"userid": "member", "groups": {"set": ["red"]}, "role": "x"}, "does not manage blue"),
        ({"userid": "boss", "role": "x"}, "may not see or change"),
        ({"userid": "stranger", "role": "x"}, "may not see or change"),
    ],
)
def test_what_it_may_not_do_with_an_account(nextcloud: Any, options: dict[str, Any], reason: str) -> None:
    failure = refused(nextcloud, "user", **options)
    assert failure.category == "permission"
    assert reason in failure.message


def test_a_group_that_is_there_is_as_declared(nextcloud: Any) -> None:
    for options in ({"groupid": "blue"}, {"groupid": "red", "display_name": "The red ones"}):
        assert nextcloud.task("group", **LEAD, **options)["changed"] is False
    assert nextcloud.task("group", **LEAD, groupid="ghost", state="absent")["changed"] is False


@pytest.mark.parametrize(
    "options",
    [
        {"groupid": "new"},
        {"groupid": "red", "display_name": "Other"},
        {"groupid": "blue", "display_name": "The blue ones"},
        {"groupid": "red", "state": "absent"},
    ],
)
def test_groups_are_for_administrators_to_change(nextcloud: Any, options: dict[str, Any]) -> None:
    failure = refused(nextcloud, "group", **options)
    assert failure.category == "permission"
    assert "Only an administrator can" in failure.message


def test_a_directory_of_its_groups(nextcloud: Any) -> None:
    declared = {
        "groups": [{"groupid": "red"}, {"groupid": "green", "users": {"set": ["pupil", "member"]}}],
        "users": [
            {"userid": "pupil", "user_password": PASSWORD, "groups": {"add": ["red"]}},
            {"userid": "member", "role": "Pupil"},
        ],
    }
    result = nextcloud.settled("directory", **LEAD, **declared)
    assert result["summary"]["users"]["created"] == 1
    assert groups_of(nextcloud, "pupil") == ["green", "red"]
    assert groups_of(nextcloud, "member") == ["blue", "green", "red"]


@pytest.mark.parametrize(
    ("declared", "reason"),
    [
        ({"groups": [{"groupid": "new"}]}, "Only an administrator can create"),
        ({"groups": [{"groupid": "red", "subadmins": {"set": ["member"]}}]}, "only an administrator"),
        ({"groups": [{"groupid": "red", "subadmins": {"add": ["member"]}}]}, "only an administrator"),
        ({"users": [{"userid": "new", "user_password": PASSWORD}]}, "must name at least one"),
        ({"users": [{"userid": "boss", "role": "x"}]}, "may not see or change"),
        ({"users": [{"userid": "stranger", "role": "x"}]}, "may not see or change"),
        ({"groups": [{"groupid": "blue", "users": {"add": ["member", "stranger"]}}]}, "may not see or change"),
        ({"groups": [{"groupid": "green"}], "purge": {"groups": True}, "max_removals": "9"}, "Only an administrator"),
    ],
)
def test_what_a_directory_of_its_own_may_not_do(nextcloud: Any, declared: dict[str, Any], reason: str) -> None:
    member = {"userid": "member", "headline": "changed"}
    failure = refused(nextcloud, "directory", **{**declared, "users": [member, *declared.get("users", [])]})
    assert reason in failure.message


def test_its_directory_fed_back_with_all_purges_changes_nothing(nextcloud: Any) -> None:
    found = nextcloud.task("directory_info", **LEAD)["directory"]
    assert [user["userid"] for user in found["users"]] == ["lead", "member"]
    # The display names of groups that it does not manage are not known.
    assert [group["groupid"] for group in found["groups"] if "display_name" not in group] == ["admin", "blue"]
    assert nextcloud.settled("directory", **LEAD, **found, purge=PURGES)["changed"] is False


def test_a_purge_takes_its_own_people_only(nextcloud: Any) -> None:
    nextcloud.state.add_account("left", PASSWORD, groups=["green"])
    options = {"users": [{"userid": "member"}], "purge": {"users": "disable"}, "max_removals": "1"}
    nextcloud.settled("directory", **LEAD, **options)
    assert [
        userid for userid in ("lead", "member", "boss", "stranger", "left") if not nextcloud.account(userid)["enabled"]
    ] == ["left"]
