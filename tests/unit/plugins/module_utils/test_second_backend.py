# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A server whose accounts come partly from LDAP: what can be done with them, and what is refused before it is sent."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure

PASSWORD = "Zk3-qweR!plo9"
PURGES = {"users": "delete", "groups": True, "memberships": True}


@pytest.fixture(params=["on", "passwords"], name="ldap")
def _ldap(connect: Any, request: Any) -> Any:
    nextcloud = connect(ldap=request.param)
    nextcloud.state.add_group("local")
    return nextcloud


def refused(nextcloud: Any, module: str, **options: Any) -> Failure:
    """The failure of a task, which check mode predicts, and which nothing is done before."""
    for check in (True, False):
        nextcloud.journal.clear()
        with pytest.raises(Failure) as caught:
            nextcloud.task(module, check=check, **options)
        assert nextcloud.journal.writes() == []
    return caught.value


def second_backend(nextcloud: Any) -> Any:
    return nextcloud.state.directory.second_backend


def test_membership_of_local_groups(ldap: Any) -> None:
    assert ldap.settled("user", userid="mueller", groups={"add": ["local"]})["changed"]
    assert ldap.settled("group_member", groupid="local", users=[], state="exact")["changed"]


@pytest.mark.parametrize(
    ("module", "options"),
    [
        ("user", {"userid": "admin", "groups": {"add": ["ldap-eng"]}}),
        ("user", {"userid": "admin", "groups": {"set": ["admin", "ldap-eng"]}}),
        ("user", {"userid": "ldap01", "groups": {"remove": ["ldap-eng"]}}),
        ("user", {"userid": "new", "user_password": PASSWORD, "groups": {"set": ["ldap-eng", "local"]}}),
        ("group_member", {"groupid": "ldap-eng", "users": ["mueller"]}),
        ("group_member", {"groupid": "ldap-eng", "users": ["ldap01"], "state": "absent"}),
        ("group_member", {"groupid": "ldap-eng", "users": ["mueller"], "state": "exact"}),
        ("group", {"groupid": "ldap-eng", "display_name": "Engineers"}),
        ("group", {"groupid": "ldap-eng", "state": "absent"}),
    ],
)
def test_what_its_groups_do_not_allow_is_refused(ldap: Any, module: str, options: dict[str, Any]) -> None:
    assert refused(ldap, module, **options).category == "read_only"


@pytest.mark.parametrize(("on_readonly", "warned"), [("warn", True), ("skip", False)])
def test_what_its_groups_do_not_allow_is_passed_over(ldap: Any, on_readonly: str, warned: bool) -> None:
    options = {"userid": "new", "user_password": PASSWORD, "groups": {"set": ["ldap-eng", "local"]}}
    result = ldap.predicted("user", **options, on_readonly=on_readonly)
    assert result["user"]["groups"] == {"set": ["local"]}
    assert any("ldap-eng" in warning for warning in result["warnings"]) is warned
    assert ldap.task("user", **options, on_readonly=on_readonly)["changed"] is False


def test_whole_lists_leave_its_memberships_alone(ldap: Any) -> None:
    result = ldap.settled("user", userid="ldap01", groups={"set": ["local"]})
    assert result["user"]["groups"] == {"set": ["ldap-eng", "ldap-staff", "local"]}
    assert ldap.settled("group_member", groupid="design", users=["ldap21"], state="exact")["changed"] is False
    directory = {
        "groups": [{"groupid": "design", "users": {"set": ["ldap21"]}}, {"groupid": "ldap-eng"}, {"groupid": "local"}],
        "users": [{"userid": "ldap01"}],
        "purge": PURGES,
    }
    result = ldap.settled("directory", **directory, max_removals="1")
    assert ldap.account("ldap01")["groups"] == ["ldap-staff", "ldap-eng"]
    assert ldap.account("ldap22")["groups"] == ["ldap-staff", "design"]


@pytest.mark.parametrize("purge", ["disable", "delete"])
def test_a_purge_leaves_its_accounts_alone(ldap: Any, purge: str) -> None:
    ldap.state.add_account("old", PASSWORD)
    ldap.state.directory.second_backend.vanish("ldap40")
    result = ldap.settled("directory", users=[{"userid": "ldap01"}], purge={"users": purge}, max_removals="100%")
    assert [user["userid"] for user in result["users"] if user["action"] != "none"] == ["old"]
    assert all(account.enabled for account in second_backend(ldap).accounts.values())


def test_a_purge_of_a_backend_that_is_named(ldap: Any) -> None:
    options = {"users": [{"userid": "ldap01"}], "purge": {"users": "disable"}, "max_removals": "100%"}
    result = ldap.settled("directory", **options, removable_backends=["LDAP"])
    assert result["summary"]["users"]["disabled"] == 59


def test_its_accounts_are_deleted_only_where_the_backend_is_named(ldap: Any) -> None:
    second_backend(ldap).set_condition("filter matches nobody")
    failure = refused(ldap, "user", userid="ldap47", state="absent")
    assert (failure.category, "LDAP" in failure.message) == ("conflict", True)
    assert "LDAP" in refused(ldap, "directory", users=[{"userid": "ldap47", "state": "absent"}]).message
    assert ldap.settled("user", userid="ldap47", state="absent", removable_backends=["LDAP"])["changed"]


def test_another_spelling_is_refused(ldap: Any) -> None:
    for module, options in (
        ("user", {"userid": "MUELLER", "user_password": PASSWORD}),
        ("directory", {"users": [{"userid": "MUELLER", "user_password": PASSWORD}]}),
        ("directory", {"groups": [{"groupid": "local", "users": {"add": ["Mueller"]}}]}),
    ):
        assert "must be mueller" in refused(ldap, module, **options).message
    ldap.state.add_account("Jane", PASSWORD)
    assert ldap.settled("user", userid="jane", role="Lead")["user"]["userid"] == "Jane"


@pytest.mark.parametrize(("on_readonly", "warned"), [("warn", True), ("skip", False)])
def test_members_that_its_groups_do_not_take_or_let_go_are_passed_over(
    ldap: Any, on_readonly: str, warned: bool
) -> None:
    for options in (
        {"users": ["mueller"]},
        {"users": ["ldap01"], "state": "absent"},
        {"users": ["mueller", "ldap01"], "state": "exact"},
    ):
        result = ldap.settled("group_member", groupid="ldap-eng", **options, on_readonly=on_readonly)
        assert (result["changed"], len(result["group_member"]["users"])) == (False, 10)
        assert any("ldap-eng" in warning for warning in result["warnings"]) is warned


@pytest.mark.parametrize("has_been_read", [True, False])
def test_with_a_twin_there_the_wrong_one_is_never_picked(ldap: Any, has_been_read: bool) -> None:
    if has_been_read:
        assert ldap.account("UPPER")["backend"] == "LDAP"
    ldap.state.add_account("upper", PASSWORD)
    for module, options in (
        ("user", {"userid": "UPPER", "role": "x"}),
        ("user", {"userid": "Upper", "role": "x"}),
        ("user", {"userid": "UPPER", "state": "absent", "removable_backends": ["Database", "LDAP"]}),
        ("directory", {"users": [{"userid": "UPPER", "role": "x"}]}),
        ("directory", {"users": [{"userid": "UPPER", "role": "x"}], "purge": PURGES, "max_removals": "100%"}),
        ("directory", {"groups": [{"groupid": "local", "users": {"add": ["UPPER"]}}]}),
        ("group_member", {"groupid": "local", "users": ["UPPER"]}),
        ("subadmin", {"userid": "UPPER", "groups": ["local"]}),
        ("device_wipe", {"userid": "UPPER"}),
        ("welcome_email", {"userid": "Upper"}),
    ):
        message = refused(ldap, module, **options).message
        assert "UPPER and upper" in message or "upper and UPPER" in message
    found = ldap.task("directory_info")["directory"]
    assert ldap.settled("directory", **found, purge=PURGES)["changed"] is False
    assert ldap.settled("user", userid="upper", role="Twin")["user"]["role"] == "Twin"
    assert ldap.settled("directory", users=[{"userid": "upper", "headline": "Twin"}])["changed"]
    assert ldap.settled("user", userid="upper", state="absent")["changed"]
    assert ldap.account("UPPER")["backend"] == "LDAP"
    assert ldap.account("UPPER")["role"] == ""


def test_a_twin_is_not_offboarded_for_the_other(ldap: Any) -> None:
    ldap.state.add_account("upper", PASSWORD)
    for userid in ("UPPER", "upper", "Upper"):
        ldap.journal.clear()
        prepared = ldap.task("offboarding_prepare", userids=["mueller", userid], date="2026-12-24")["offboarding"]
        assert [(found["position"], found["reason"]) for found in prepared["refused"]] == [(1, "twins")]
        assert ldap.journal.writes() == []


def test_of_its_groups_none_is_left_by_offboarding(ldap: Any) -> None:
    ldap.settled("group_member", groupid="local", users=["mueller"])
    [person] = ldap.task("offboarding_prepare", userids=["mueller"], date="2026-12-24")["offboarding"]["people"]
    assert person["groups"] == ["local"]
    assert ldap.task("offboarding_prepare", userids=["MUELLER"], date="2026-12-24")["offboarding"]["refused"] == [
        {"position": 0, "reason": "missing"}
    ]


def test_a_twin_in_a_group_is_not_taken_for_the_other(ldap: Any) -> None:
    assert ldap.account("UPPER")["backend"] == "LDAP"
    ldap.state.add_account("upper", PASSWORD)
    found = ldap.task("user_info", userids=["UPPER", "upper"])["users"]
    assert [(account["userid"], account["backend"]) for account in found] == [("UPPER", "LDAP"), ("upper", "Database")]
    ldap.state.group("local").members["UPPER"] = None
    assert "upper and UPPER" in refused(ldap, "group_member", groupid="local", users=["upper"]).message
    # Whoever else comes or goes, neither of the two leaves.
    ldap.state.group("local").members["upper"] = None
    result = ldap.settled("group_member", groupid="local", users=["mueller"])
    assert result["group_member"]["users"] == ["UPPER", "mueller", "upper"]


@pytest.mark.parametrize("module", ["user", "directory"])
def test_an_account_that_is_new_in_it_is_there(ldap: Any, module: str) -> None:
    second_backend(ldap).unmapped.add("ldap40")
    declared = {"userid": "ldap40", "role": "Lead", "email": "new@example.org", "user_password": PASSWORD}
    assert ldap.settled(module, **(declared if module == "user" else {"users": [declared]}))["changed"]
    assert ldap.account("ldap40")["role"] == "Lead"
    assert ldap.state.welcomed == []


def test_an_account_that_is_new_in_it_is_found(ldap: Any) -> None:
    second_backend(ldap).unmapped.update(("ldap40", "ldap41"))
    found = ldap.task("user_info", userids=["ldap40", "nobody", "LDAP41"])["users"]
    assert [account["userid"] for account in found] == ["ldap40"]


@pytest.mark.parametrize("module", ["user", "directory"])
def test_an_account_that_no_list_holds_is_there(ldap: Any, module: str) -> None:
    second_backend(ldap).vanish("ldap40")
    declared = {"userid": "ldap40", "email": "new@example.org", "user_password": PASSWORD}
    options = declared if module == "user" else {"users": [declared]}
    result = ldap.settled(module, **options)
    assert ldap.account("ldap40")["email"] == "new@example.org"
    if module == "directory":
        assert result["users"][0]["action"] == "changed"
    assert ldap.state.welcomed == []


def test_a_partial_list_is_refused(ldap: Any) -> None:
    second_backend(ldap).set_condition("size limit")
    options = {"users": [{"userid": "admin"}], "purge": {"users": "delete"}, "max_removals": "100%"}
    assert "min_accounts" in refused(ldap, "directory", **options, min_accounts=50).message
    assert "min_accounts" in refused(ldap, "directory_info", min_accounts=50).message
    # Those that are declared are found singly, and are not counted.
    options["users"] = [{"userid": f"ldap{number:02}"} for number in range(1, 54)]
    assert "min_accounts" in refused(ldap, "directory", **options, min_accounts=50).message
    second_backend(ldap).set_condition("up")
    assert len(ldap.task("directory_info", min_accounts=50)["directory"]["users"]) == 61


def test_a_directory_fed_back_with_all_purges_changes_nothing(ldap: Any) -> None:
    found = ldap.task("directory_info")["directory"]
    assert ldap.settled("directory", **found, purge=PURGES)["changed"] is False


def test_a_directory_of_a_group_administrator_fed_back_changes_nothing(ldap: Any) -> None:
    ldap.state.add_account("lead", PASSWORD, groups=["local"], subadmin=["local", "ldap-eng"])
    ldap.state.group("local").members["ldap11"] = None
    lead = {"username": "lead", "password": PASSWORD}
    found = ldap.task("directory_info", **lead)["directory"]
    assert len(found["users"]) == 12
    assert ldap.settled("directory", **lead, **found, purge=PURGES)["changed"] is False
    # An account that is created in a group of LDAP alone is in no group: nobody but an administrator would see it.
    for module, options in (
        ("user", {"userid": "new", "user_password": PASSWORD, "groups": {"set": ["ldap-eng"]}}),
        ("group_member", {"groupid": "ldap-eng", "users": ["ldap11"]}),
    ):
        assert refused(ldap, module, **lead, **options).category == "read_only"
    assert ldap.settled("user", **lead, userid="ldap01", role="Lead", groups={"add": ["local"]})["changed"]


def test_a_large_server(connect: Any) -> None:
    server = connect(ldap="on")
    server.state.add_group("local")
    for number in range(2000):
        server.state.add_account(f"local{number:04}", groups=["local"] if number < 3 else [])
    # A membership is read from its group, whatever the number of accounts.
    assert server.task("group_member", groupid="ldap-eng", users=["ldap01"])["changed"] is False
    assert [entry.path for entry in server.journal] == ["/ocs/v2.php/cloud/groups/ldap-eng/users"]
    assert server.settled("group_member", groupid="local", users=["ldap01"])["changed"]
    group = {"groupid": "local", "users": {"set": ["ldap01", "local0000"]}}
    assert server.settled("directory", groups=[group])["changed"]
    assert server.settled("user", userid="ldap02", groups={"set": ["local"]})["changed"]
    assert not [entry for entry in server.journal if entry.path.endswith("/users/details")]

    found = server.task("directory_info", min_accounts=2061)["directory"]
    assert server.task("directory", **found, purge=PURGES)["changed"] is False


def test_what_cannot_be_set_is_told(ldap: Any) -> None:
    [found] = ldap.task("user_info", userid="mueller")["users"]
    assert (found["backend"], "display_name" in found["read_only"]) == ("LDAP", True)


def test_while_it_is_down_nothing_is_written(ldap: Any) -> None:
    second_backend(ldap).set_condition("down")
    for module, options in (
        ("user", {"userid": "admin", "role": "x"}),
        ("directory", {"users": [{"userid": "admin"}], "purge": PURGES, "max_removals": "100%"}),
    ):
        assert refused(ldap, module, **options).category == "protocol"
