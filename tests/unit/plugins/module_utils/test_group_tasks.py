# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks of the modules `group` and `group_member` against the mock server."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from refusals import refused

PASSWORD = "Zk3-qweR!plo9"
AWKWARD = [
    "a+b",
    "R&D / Lab",
    "100%",
    "a?b",
    "a#b",
    "back\\slash",
    "semi;colon",
    " lead",
    "trail ",
    "emoji🎉",
    "007",
    "ü",
]
AWKWARD += [".", ".."]  # which would lead up the path


@pytest.mark.parametrize("groupid", AWKWARD)
def test_every_group_id_lives_its_whole_life(nextcloud: Any, groupid: str) -> None:
    # What `a+b` would become if it were encoded once; it must stay as it is.
    nextcloud.state.add_group("a b")
    nextcloud.state.add_account("jane", PASSWORD)
    created = nextcloud.settled("group", groupid=groupid, display_name="Before")
    assert created["group"] == {"groupid": groupid, "display_name": "Before", "state": "present"}
    assert nextcloud.settled("group", groupid=groupid, display_name="After")["changed"] is True
    assert nextcloud.settled("group_member", groupid=groupid, users=["jane"])["changed"] is True
    assert list(nextcloud.state.group(groupid).members) == ["jane"]
    assert nextcloud.settled("group_member", groupid=groupid, users=["JANE"], state="absent")["changed"] is True
    assert nextcloud.settled("group", groupid=groupid, state="absent")["changed"] is True
    assert nextcloud.state.directory.group(groupid) is None
    assert nextcloud.state.directory.group("a b") is not None


def test_a_group_is_found_among_many_with_similar_names(nextcloud: Any) -> None:
    for number in range(450):
        nextcloud.state.add_group(f"team {number:03}")
    nextcloud.state.add_group("team", "Team")
    assert nextcloud.task("group", groupid="team", display_name="Team")["changed"] is False
    assert nextcloud.task("group", groupid="Team", check=True)["changed"] is True


def test_a_group_task_that_changes_nothing_is_one_request(nextcloud: Any) -> None:
    nextcloud.state.add_group("design")
    nextcloud.task("group", groupid="design")
    assert nextcloud.journal.requests == 1


def test_a_group_gets_its_id_for_a_name(nextcloud: Any) -> None:
    assert nextcloud.settled("group", groupid="design")["group"]["display_name"] == "design"


@pytest.mark.parametrize("groupid", ["", "0", "x" * 65])
def test_ids_that_the_server_cannot_hold_are_refused_before_any_request(nextcloud: Any, groupid: str) -> None:
    with refused("groupid"):
        nextcloud.task("group", groupid=groupid)
    assert nextcloud.journal.requests == 0


def test_exactly_these_members(nextcloud: Any) -> None:
    for userid in ("a", "B", "c"):
        nextcloud.state.add_account(userid, PASSWORD)
    nextcloud.state.add_group("design", members=["a", "B"])
    result = nextcloud.settled("group_member", groupid="design", users=["b", "c"], state="exact")
    assert result["group_member"] == {"groupid": "design", "users": ["B", "c"]}
    assert sorted(nextcloud.state.group("design").members) == ["B", "c"]
    assert "rate_limit" not in result


def test_a_group_that_is_not_there(nextcloud: Any) -> None:
    assert nextcloud.task("group_member", groupid="nope", users=["admin"], state="absent")["changed"] is False
    prediction = nextcloud.task("group_member", check=True, groupid="nope", users=["admin"])
    assert "group nope does not exist" in prediction["warnings"][0]
    with pytest.raises(Failure, match="group nope does not exist") as caught:
        nextcloud.task("group_member", groupid="nope", users=["admin"])
    assert caught.value.category == "not_found"


def test_an_account_that_is_not_there_keeps_nobody_else_out(nextcloud: Any) -> None:
    nextcloud.state.add_group("design")
    nextcloud.state.add_account("jane", PASSWORD)
    with pytest.raises(Failure, match="add ghost: .*The rest is done: add jane") as caught:
        nextcloud.task("group_member", groupid="design", users=["ghost", "jane"])
    assert caught.value.category == "partial"
    assert caught.value.changed is True


def test_the_signed_in_administrator_stays_one(nextcloud: Any) -> None:
    with pytest.raises(Failure, match="signed-in account"):
        nextcloud.task("group_member", groupid="admin", users=[], state="exact")
    with pytest.raises(Failure, match="without administrators"):
        nextcloud.task("group", groupid="admin", state="absent")
    assert nextcloud.journal.writes() == []
