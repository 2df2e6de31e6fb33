# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading a whole directory."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure

PASSWORD = "canary-Zk3-qweR!plo9"


@pytest.fixture
def staffed(nextcloud: Any) -> Any:
    nextcloud.state.add_group("staff")
    nextcloud.state.add_group("R&D / Lab", "Research")
    nextcloud.task(
        "user",
        userid="Jane",
        user_password=PASSWORD,
        email="jane@example.org",
        quota="5 GB",
        phone="+4971125242890",
        profile_enabled=False,
        groups={"set": ["staff", "R&D / Lab"]},
        subadmin_of={"set": ["staff"]},
        additional_emails={"set": ["j@example.org"]},
    )
    nextcloud.state.add_account("42", enabled=False)
    return nextcloud


def test_what_is_read_can_be_declared_and_changes_nothing(staffed: Any) -> None:
    found = staffed.task("directory_info")["directory"]
    assert [user["userid"] for user in found["users"]] == ["42", "admin", "Jane"]
    assert [group["groupid"] for group in found["groups"]] == ["R&D / Lab", "admin", "staff"]
    assert found["users"][2]["quota"] == "5 GB"
    assert found["users"][2]["subadmin_of"] == {"set": ["staff"]}
    staffed.journal.clear()
    assert staffed.task("directory", **found)["changed"] is False
    assert (
        staffed.task("directory", **found, purge={"users": "delete", "groups": True, "memberships": True})["changed"]
        is False
    )
    assert staffed.journal.writes() == []


def test_it_makes_another_server_the_same(staffed: Any, connect: Any) -> None:
    found = staffed.task("directory_info", exclude=["admin", "42"])["directory"]
    other = connect()
    other.task("directory", **found)
    assert other.task("directory_info", exclude=["admin"])["directory"] == found


def test_no_secret_is_in_it_nor_what_is_not_known(staffed: Any) -> None:
    found = staffed.task("directory_info")["directory"]
    assert PASSWORD not in repr(found)
    assert "user_password" not in found["users"][2]
    assert None not in [value for user in found["users"] for value in user.values()]


def test_a_value_that_would_be_refused_is_left_out(staffed: Any) -> None:
    staffed.state.account("Jane").email = "no address"
    found = staffed.task("directory_info")["directory"]
    assert "email" not in found["users"][2]
    assert staffed.task("directory", **found)["changed"] is False


def test_patterns(staffed: Any) -> None:
    found = staffed.task("directory_info", groups=[], users=["j*", "4?"], exclude=["42"])["directory"]
    assert found["groups"] == []
    assert [user["userid"] for user in found["users"]] == ["Jane"]


def test_many_are_read_with_few_requests(nextcloud: Any) -> None:
    for number in range(450):
        nextcloud.state.add_account(f"u{number}")
    nextcloud.journal.clear()
    assert len(nextcloud.task("directory_info")["directory"]["users"]) == 451
    assert nextcloud.journal.requests == 2 + 8 + 1


def test_options_that_cannot_be_right(nextcloud: Any) -> None:
    with pytest.raises(Failure, match="concurrency"):
        nextcloud.task("directory_info", concurrency=0)
