# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module `group_info` against the mock server: which groups are found, who is in them, and what that takes."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from refusals import refused

PASSWORD = "Zk3-qweR!plo9"
AWKWARD = ["a+b", "R&D / Lab", "100%", "a?b", "a#b", "back\\slash", " lead", "trail ", "emoji🎉", "007", "ü", ".", ".."]


@pytest.fixture(autouse=True)
def groups(nextcloud: Any) -> None:
    state = nextcloud.state
    state.add_group("design", "Colours")
    state.add_account("jane", groups=["design"], subadmin=["design"])
    state.add_account("0", PASSWORD, groups=["design"], enabled=False)


def test_one_group_is_one_request(nextcloud: Any) -> None:
    result = nextcloud.task("group_info", check=True, groupid="design")
    group = {"groupid": "design", "display_name": "Colours", "user_count": 2, "disabled_count": 1}
    group.update(can_add=True, can_remove=True)
    assert result == {"changed": False, "groups": [group], "warnings": []}
    assert nextcloud.journal.requests == 1


def test_who_is_in_a_group_and_who_leads_it(nextcloud: Any) -> None:
    [group] = nextcloud.task("group_info", groupid="design", members=True, subadmins=True)["groups"]
    assert (group["users"], group["subadmins"]) == (["0", "jane"], ["jane"])
    assert nextcloud.journal.requests == 3


@pytest.mark.parametrize("groupid", AWKWARD)
def test_ids_of_any_characters(nextcloud: Any, groupid: str) -> None:
    nextcloud.state.add_group(groupid, members=["jane"])
    nextcloud.state.group(groupid).subadmins["0"] = None
    [group] = nextcloud.task("group_info", groupid=groupid, members=True)["groups"]
    assert (group["groupid"], group["users"]) == (groupid, ["jane"])
    # Dots alone would lead up the path, and the server decodes the id in this path only once.
    if groupid.strip("."):
        [group] = nextcloud.task("group_info", groupid=groupid, subadmins=True)["groups"]
        assert group["subadmins"] == ["0"]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({}, ["admin", "design"]),
        ({"groupid": "Design"}, []),
        ({"groupids": ["design", "ghost", "admin", "design"]}, ["admin", "design"]),
        ({"groupids": []}, []),
        ({"search": "COLOUR"}, ["design"]),
        ({"search": "nothing"}, []),
    ],
)
@pytest.mark.parametrize("details", [True, False])
def test_filters(nextcloud: Any, options: dict[str, Any], found: list[str], details: bool) -> None:
    answered = nextcloud.task("group_info", details=details, **options)["groups"]
    assert [group["groupid"] for group in answered] == found
    assert [group for group in answered if ("display_name" in group) is not details] == []


def test_all_groups_page_by_page(nextcloud: Any) -> None:
    for number in range(430):
        nextcloud.state.add_group(f"g{number:03}")
    for details in (True, False):
        nextcloud.journal.clear()
        answered = nextcloud.task("group_info", details=details)["groups"]
        assert len(answered) == 432
        assert nextcloud.journal.requests == 4


def test_a_sub_admin_sees_the_members_of_the_groups_they_lead(nextcloud: Any) -> None:
    nextcloud.state.add_account("lead", PASSWORD, subadmin=["design"])
    as_lead = {"username": "lead", "password": PASSWORD}
    answered = nextcloud.task("group_info", **as_lead, members=True)["groups"]
    assert {group["groupid"]: group["users"] for group in answered} == {"admin": None, "design": ["0", "jane"]}
    answered = nextcloud.task("group_info", **as_lead, subadmins=True)["groups"]
    assert [group["subadmins"] for group in answered] == [None, None]


def test_other_accounts_may_not_ask(nextcloud: Any) -> None:
    nextcloud.state.add_account("plain", PASSWORD)
    with pytest.raises(Failure) as caught:
        nextcloud.task("group_info", username="plain", password=PASSWORD)
    assert caught.value.category == "permission"


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"groupid": "a", "search": "b"}, ("groupid", "groupid and search")),
        ({"groupids": ["a"], "search": "b"}, ("groupids",)),
        ({"groupid": ""}, ("groupid",)),
        ({"groupids": ["a", "0"]}, ("groupids",)),
        ({"groupids": ["x" * 65]}, ("groupids",)),
        ({"search": ""}, ("search",)),
    ],
)
def test_what_cannot_be_right_fails_before_any_request(
    nextcloud: Any, options: dict[str, Any], named: tuple[str, ...]
) -> None:
    with refused(*named):
        nextcloud.task("group_info", **options)
    assert nextcloud.journal.requests == 0
