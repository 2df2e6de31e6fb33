# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a server holds already is accepted, though the collection would not create it: ids and values of other backends."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._apps import offboarding_ledger as ledger
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure

PASSWORD = "Zk3-qweR!plo9"
IDS = ["josé", "a+b", "corp\\jdoe", "cn=jane", "doe, jane", "x" * 100, "100%", "a?b#c", "ゆき"]
PURGES = {"users": "delete", "groups": True, "memberships": True}


@pytest.fixture(params=IDS)
def userid(nextcloud: Any, request: Any) -> str:
    nextcloud.state.add_group("staff")
    nextcloud.state.add_account(request.param, PASSWORD, backend="LDAP", email="jane@example.org")
    return str(request.param)


def test_an_account_is_read_and_changed_under_its_id(nextcloud: Any, userid: str) -> None:
    [found] = nextcloud.task("user_info", userid=userid)["users"]
    assert found["userid"] == userid
    assert nextcloud.settled("user", userid=userid, role="Lead", groups={"add": ["staff"]})["changed"]
    assert nextcloud.account(userid)["role"] == "Lead"
    nextcloud.settled("group_member", groupid="staff", users=[userid], state="absent")
    nextcloud.settled("group_member", groupid="staff", users=[userid], state="exact")
    nextcloud.settled("subadmin", userid=userid, groups=["staff"])
    assert nextcloud.account(userid)["subadmin"] == ["staff"]
    assert nextcloud.task("welcome_email", userid=userid)["changed"]
    assert nextcloud.task("device_wipe", userid=userid)["changed"]
    nextcloud.settled("user", userid=userid, enabled=False)


def test_it_is_offboarded(nextcloud: Any, userid: str) -> None:
    prepared = nextcloud.predicted("offboarding_prepare", userids=[userid], date="2026-11-24")["offboarding"]
    [person] = prepared["people"]
    assert prepared["refused"] == []
    assert (ledger.decode(person["id"], ledger.key_of("left", "", userid)), person["action"]) == (userid, "leave")


def test_it_goes_through_a_whole_directory(nextcloud: Any, userid: str) -> None:
    found = nextcloud.task("directory_info")["directory"]
    assert userid in [user["userid"] for user in found["users"]]
    assert nextcloud.settled("directory", **found, purge=PURGES)["changed"] is False
    declared = [{"userid": userid, "role": "Lead"}]
    groups = [{"groupid": "staff", "users": {"set": [userid]}}]
    assert nextcloud.settled("directory", users=declared, groups=groups)["changed"]


@pytest.mark.parametrize("userid", ["josé", "a+b", "x" * 65])
def test_it_is_not_created(nextcloud: Any, userid: str) -> None:
    for module, options in (
        ("user", {"userid": userid, "user_password": PASSWORD}),
        ("directory", {"users": [{"userid": userid, "user_password": PASSWORD}]}),
    ):
        with pytest.raises(Failure, match="64 characters from a-z") as caught:
            nextcloud.task(module, **options)
        assert caught.value.category == "invalid"
    assert nextcloud.journal.writes() == []


@pytest.mark.parametrize(
    ("option", "held", "other"),
    [("email", "root@localhost", "jane@localhost"), ("manager", "corp\\jdoe", "corp\\boss")],
)
def test_a_value_that_it_holds_is_as_declared(nextcloud: Any, option: str, held: str, other: str) -> None:
    nextcloud.state.add_account("jane", PASSWORD, **{option: held})
    assert nextcloud.task("user", userid="jane", **{option: held})["changed"] is False
    found = nextcloud.task("directory_info")["directory"]
    [jane] = [user for user in found["users"] if user["userid"] == "jane"]
    assert jane[option] == held
    assert nextcloud.settled("directory", **found, purge=PURGES)["changed"] is False
    for module, options in (
        ("user", {"userid": "jane", option: other}),
        ("user", {"userid": "new", "user_password": PASSWORD, option: held}),
        ("directory", {"users": [{"userid": "jane", option: other}]}),
    ):
        with pytest.raises(Failure, match=f"{option}: ") as caught:
            nextcloud.task(module, **options)
        assert caught.value.category == "invalid"
    assert nextcloud.journal.writes() == []


def test_further_addresses_that_it_holds_stay(nextcloud: Any) -> None:
    nextcloud.state.add_account("jane", PASSWORD, additional_mail=["jane@localhost"])
    assert nextcloud.task("user", userid="jane", additional_emails={"set": ["jane@localhost"]})["changed"] is False
    with pytest.raises(Failure, match="additional_emails"):
        nextcloud.task("user", userid="jane", additional_emails={"add": ["john@localhost"]})
    nextcloud.settled("user", userid="jane", additional_emails={"remove": ["jane@localhost"]})


def test_the_name_0_is_refused_where_an_account_does_not_have_it(nextcloud: Any) -> None:
    """A server takes it for no name at all, and does not store it."""
    nextcloud.state.add_account("jane", PASSWORD, display_name="0", backend="LDAP")
    nextcloud.state.add_account("john", PASSWORD)
    assert nextcloud.task("user", userid="jane", display_name="0")["changed"] is False
    found = nextcloud.task("directory_info")["directory"]
    assert nextcloud.settled("directory", **found, purge=PURGES)["changed"] is False
    for module, options in (
        ("user", {"userid": "john", "display_name": " 0 "}),
        ("user", {"userid": "new", "user_password": PASSWORD, "display_name": "0"}),
        ("directory", {"users": [{"userid": "john", "display_name": "0"}]}),
    ):
        with pytest.raises(Failure, match="display_name: .*another name") as caught:
            nextcloud.task(module, **options)
        assert caught.value.category == "invalid"
    assert nextcloud.journal.writes() == []
    assert nextcloud.task("group", groupid="zero", display_name="0")["changed"] is True
