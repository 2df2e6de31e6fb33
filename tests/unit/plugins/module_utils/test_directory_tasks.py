# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks of module `directory`: what they ask of a server and what they leave on it."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure

PASSWORD = "Zk3-qweR!plo9"


def people(count: int, **more: Any) -> list[dict[str, Any]]:
    return [{"userid": f"u{number:03}", "email": f"u{number:03}@example.org", **more} for number in range(count)]


def ids(nextcloud: Any) -> set[str]:
    return {account.userid for account in nextcloud.state.directory.accounts()}


def members(nextcloud: Any, groupid: str) -> set[str]:
    return set(nextcloud.state.directory.group(groupid).members)


def test_an_organisation_from_nothing(nextcloud: Any) -> None:
    result = nextcloud.settled(
        "directory",
        groups=[
            {"groupid": "design", "display_name": "Design & Print", "subadmins": {"set": ["jane"]}},
            {"groupid": "staff", "users": {"add": ["admin", "JOHN"]}},
        ],
        defaults={"quota": "5 GB", "language": "de", "groups": {"add": ["design"]}, "only_on_create": ["language"]},
        users=[
            {"userid": "jane", "email": "jane@example.org", "display_name": "Jane", "manager": "john"},
            {"userid": "john", "user_password": PASSWORD, "quota": "none", "role": "Lead"},
        ],
    )
    jane, john = nextcloud.account("jane"), nextcloud.account("john")
    assert jane["subadmin"] == ["design"]
    assert jane["groups"] == ["design"]
    assert jane["language"] == "de"
    assert sorted(john["groups"]) == ["design", "staff"]
    assert john["role"] == "Lead"
    assert members(nextcloud, "staff") == {"admin", "john"}
    assert result["summary"]["users"]["created"] == 2
    assert result["summary"]["groups"]["created"] == 2
    assert [item["userid"] for item in result["users"]] == ["jane", "john", "admin"]
    assert result["users"][2] == {"userid": "admin", "result": "done", "action": "changed", "fields": ["groups"]}
    assert PASSWORD not in repr(result)


def test_creations_are_packed_into_one_call_each(nextcloud: Any) -> None:
    nextcloud.task(
        "directory",
        groups=[{"groupid": "staff", "subadmins": {"add": ["u000"]}}],
        users=people(20, quota="1 GB", language="de", display_name="P", groups={"add": ["staff"]}),
    )
    assert [entry.method for entry in nextcloud.journal.writes()] == ["POST"] * 21
    assert nextcloud.server.sign_ins == 1


@pytest.mark.parametrize(
    ("declared", "held", "requests"), [(3, 400, 2 + 3), (400, 400, 2 + 8 + 1), (60, 60, 2 + 2 + 1)]
)
def test_it_reads_by_the_cheaper_way(nextcloud: Any, declared: int, held: int, requests: int) -> None:
    for person in people(held - 1):
        nextcloud.state.add_account(**person)
    nextcloud.journal.clear()
    result = nextcloud.task("directory", users=people(declared - 1) + [{"userid": "admin"}])
    assert result["changed"] is False
    assert nextcloud.journal.requests == requests
    assert nextcloud.server.sign_ins == 1


def test_accounts_are_compared_as_by_the_single_module(nextcloud: Any) -> None:
    account = {
        "userid": "jane",
        "email": " Jane@Example.org",
        "quota": "5 GiB",
        "phone": "+49 (0)711 252428-90",
        "twitter": "@jane",
        "additional_emails": {"set": ["j.doe@example.org"]},
    }
    nextcloud.task("user", **account)
    assert nextcloud.task("directory", users=[account])["changed"] is False


def test_the_default_quota_is_compared(nextcloud: Any) -> None:
    nextcloud.task("user", userid="jane", email="j@example.org", quota="default")
    assert nextcloud.task("directory", users=[{"userid": "jane", "quota": "default"}])["changed"] is False


def test_a_password_is_set_where_it_differs(nextcloud: Any) -> None:
    for userid in ("jane", "john"):
        nextcloud.state.add_account(userid, "another-Zk3-password" if userid == "john" else PASSWORD)
    result = nextcloud.predicted(
        "directory",
        defaults={"update_password": "when_changed"},
        users=[{"userid": userid, "user_password": PASSWORD} for userid in ("jane", "john")],
    )
    assert [item["result"] for item in result["users"]] == ["unchanged", "done"]
    assert nextcloud.state.account("john").password == PASSWORD


def compared(count: int) -> dict[str, Any]:
    """Options by which the passwords of so many people are compared, all of which have another one."""
    return {
        "defaults": {"update_password": "when_changed"},
        "users": [{"userid": person["userid"], "user_password": PASSWORD} for person in people(count)],
    }


def test_comparing_passwords_locks_nobody_out(nextcloud: Any) -> None:
    for person in people(9):
        nextcloud.state.add_account(person["userid"], "another-Zk3-password")
    result = nextcloud.task("directory", **compared(9))
    assert [item["result"] for item in result["users"]] == ["done"] * 9
    assert result["failed_sign_ins"] == 9
    assert nextcloud.task("directory", **compared(9))["changed"] is False


@pytest.mark.parametrize("check", [True, False])
def test_more_passwords_than_may_be_compared_are_refused_before_the_first(nextcloud: Any, check: bool) -> None:
    for person in people(15):
        nextcloud.state.add_account(person["userid"], "another-Zk3-password")
    with pytest.raises(Failure, match="^update_password: when_changed must compare 15 passwords") as caught:
        nextcloud.task("directory", check=check, **compared(15))
    assert caught.value.category == "invalid"
    assert nextcloud.server.sign_ins == 1
    assert nextcloud.journal.writes() == []


def test_accounts_that_do_not_exist_yet_are_not_compared(nextcloud: Any) -> None:
    assert nextcloud.task("directory", **compared(15))["changed"] is True
    assert nextcloud.server.sign_ins == 1


def test_several_fields_are_one_call_where_the_server_takes_that(connect: Any) -> None:
    nextcloud = connect(version=34)
    for person in people(3):
        nextcloud.state.add_account(**person)
    result = nextcloud.settled("directory", users=people(3, display_name="P", quota="1 GB"))
    assert result["rate_limit"] == {"calls": 3, "seconds": 0}


def test_the_rate_limit_is_foretold(nextcloud: Any) -> None:
    for person in people(120):
        nextcloud.state.add_account(**person)
    foretold = nextcloud.task("directory", check=True, users=people(120, role="Clerk"))
    assert foretold["rate_limit"] == {"calls": 120, "seconds": 1200}
    assert "community.nextcloud.rate_limit_exemption" in foretold["warnings"][0]
    nextcloud.task("rate_limit_exemption", network="127.0.0.1", apply_to_rate_limit=True)
    foretold = nextcloud.task("directory", check=True, users=people(120, role="Clerk"))
    assert foretold["rate_limit"] == {"calls": 120, "seconds": 0}
    assert foretold["warnings"] == []


def test_all_else_is_done_before_the_edits_that_wait(nextcloud: Any) -> None:
    for person in people(60):
        nextcloud.state.add_account(**person)
    nextcloud.state.add_group("staff")
    began = nextcloud.clock.now()
    nextcloud.task("directory", users=people(61, role="Clerk", groups={"add": ["staff"]}))
    assert nextcloud.clock.now() - began >= 600
    kinds = [entry.method for entry in nextcloud.journal.writes()]
    assert "PUT" not in kinds[:61] and set(kinds[61:]) == {"PUT"}
    assert all(nextcloud.account(person["userid"])["role"] == "Clerk" for person in people(61))


def test_what_a_short_wait_leaves_is_told_and_done_by_the_next_run(nextcloud: Any) -> None:
    for person in people(60):
        nextcloud.state.add_account(**person)
    with pytest.raises(Failure) as caught:
        nextcloud.task("directory", users=people(60, role="Clerk"), rate_limit_wait=0, on_error="continue")
    result = caught.value.as_result()
    assert result["failure"]["category"] == "rate_limited"
    assert result["changed"] is True
    assert result["summary"]["users"]["changed"] == 50
    assert "community.nextcloud.rate_limit_exemption" in result["msg"]
    nextcloud.clock.advance(601)
    assert nextcloud.task("directory", users=people(60, role="Clerk"))["summary"]["users"]["changed"] == 10


# What is removed


@pytest.fixture
def staffed(nextcloud: Any) -> Any:
    for groupid in ("staff", "old", "svc"):
        nextcloud.state.add_group(groupid)
    for userid in ("jane", "john", "svc-backup", "gone"):
        nextcloud.state.add_account(userid, groups=["staff", "old"], email=f"{userid}@example.org")
    return nextcloud


KEPT: dict[str, Any] = {"users": [{"userid": "jane"}, {"userid": "JOHN"}], "protected": ["SVC-*", "svc"]}


def test_nothing_is_removed_unless_so_many_are_allowed(staffed: Any) -> None:
    with pytest.raises(
        Failure, match=r"max_removals: 1 of 5 accounts would be removed \(gone\), but only 0 are allowed"
    ):
        staffed.task("directory", purge={"users": "delete"}, **KEPT)
    assert staffed.journal.writes() == []


@pytest.mark.parametrize("allowed", ["1", "20%"])
def test_a_purge_deletes_what_nothing_declares(staffed: Any, allowed: str) -> None:
    result = staffed.settled("directory", purge={"users": "delete"}, max_removals=allowed, **KEPT)
    assert ids(staffed) == {"admin", "jane", "john", "svc-backup"}
    assert result["users"][2]["userid"] == "gone"
    assert result["users"][2]["action"] == "deleted"
    assert result["diff"]["after"] == {"users": {"gone": {"state": "absent"}}}


def test_a_purge_disables(staffed: Any) -> None:
    staffed.settled("directory", purge={"users": "disable"}, max_removals="1", **KEPT)
    assert staffed.account("gone")["enabled"] is False
    assert staffed.account("svc-backup")["enabled"] is True


def test_a_purge_leaves_accounts_of_other_backends(staffed: Any) -> None:
    staffed.state.account("gone").backend = "LDAP"
    result = staffed.task("directory", purge={"users": "delete"}, **KEPT)
    assert result["changed"] is False


def test_a_purge_of_groups(staffed: Any) -> None:
    declared = {"groups": [{"groupid": "staff"}], "purge": {"groups": True}, "max_removals": "1", **KEPT}
    staffed.settled("directory", **declared)
    assert {group.groupid for group in staffed.state.directory.find_groups("", None, 0)} == {"admin", "staff", "svc"}


def test_a_purge_of_memberships(staffed: Any) -> None:
    declared = {
        "groups": [{"groupid": "staff"}, {"groupid": "old"}],
        "users": [{"userid": "jane", "groups": {"add": ["staff"]}}, {"userid": "john"}, {"userid": "admin"}],
        "purge": {"memberships": True},
        "protected": ["svc-*"],
    }
    with pytest.raises(Failure, match="max_removals: 5 of "):
        staffed.task("directory", **declared)
    staffed.settled("directory", max_removals="5", **declared)
    assert members(staffed, "staff") == {"jane", "svc-backup"}
    assert members(staffed, "old") == {"svc-backup"}
    assert members(staffed, "admin") == {"admin"}


def test_a_whole_list_of_members(staffed: Any) -> None:
    result = staffed.settled("directory", groups=[{"groupid": "staff", "users": {"set": ["jane", "admin"]}}])
    assert members(staffed, "staff") == {"admin", "jane"}
    assert sorted(item["userid"] for item in result["users"]) == ["admin", "gone", "jane", "john", "svc-backup"]


def test_a_group_holds_for_an_account_whose_own_groups_are_only_for_its_creation(staffed: Any) -> None:
    jane = {"userid": "jane", "groups": {"set": ["svc"]}, "only_on_create": ["groups"]}
    staffed.settled("directory", groups=[{"groupid": "svc", "users": {"add": ["jane"]}}], users=[jane])
    assert set(staffed.account("jane")["groups"]) == {"staff", "old", "svc"}


@pytest.mark.parametrize(
    "options",
    [
        {"users": [{"userid": "admin", "state": "absent"}]},
        {"users": [{"userid": "admin", "enabled": False}]},
        {"groups": [{"groupid": "admin", "users": {"set": ["jane"]}}]},
        {"groups": [{"groupid": "admin", "state": "absent"}]},
    ],
)
def test_it_does_not_lock_itself_out(staffed: Any, options: dict[str, Any]) -> None:
    with pytest.raises(Failure, match="Refused to"):
        staffed.task("directory", max_removals="100%", **options)
    assert staffed.journal.writes() == []


def test_a_purge_never_touches_the_account_that_it_signs_in_with(staffed: Any) -> None:
    staffed.task("directory", purge={"users": "delete"}, max_removals="100%")
    assert ids(staffed) == {"admin"}


# What goes wrong


def test_all_that_is_wrong_with_the_input_is_listed_together(staffed: Any) -> None:
    with pytest.raises(Failure) as caught:
        staffed.task(
            "directory",
            groups=[{"groupid": "staff", "users": {"set": ["jane"]}}, {"groupid": "x", "state": "absent"}],
            users=[
                {"userid": "jane", "quota": "5,5 GB", "email": "x"},
                {"userid": "john", "groups": {"add": ["staff", "nowhere", "x"]}, "manager": "nobody"},
                {"userid": "John"},
                {"userid": "new"},
                {"userid": "svc-backup", "state": "absent"},
            ],
            protected=["svc-*"],
        )
    result = caught.value.as_result()
    assert result["failure"]["category"] == "invalid"
    told = [
        "users[0] (jane): email: 'x' is invalid: must be an address with a domain",
        "quota: '5,5 GB' is invalid",
        "users[2] (John): is already declared in users[1] (john)",
        "users[1] (john): groups: contradicts groups[0] (staff)",
        "users[1] (john): groups: groups[1] (x) is declared absent",
        "users[1] (john): groups: group nowhere does not exist",
        "users[1] (john): manager: account nobody does not exist",
        "users[3] (new): user_password: one of the following is required to create account new",
        "users[4] (svc-backup): is declared absent, but matches protected",
    ]
    for text in told:
        assert any(text in problem for problem in result["problems"]), text
        assert text in result["msg"]
    assert staffed.journal.writes() == []


def test_what_an_earlier_task_may_bring_about_is_a_warning_in_check_mode(nextcloud: Any) -> None:
    options = {"users": [{"userid": "jane", "email": "j@example.org", "groups": {"add": ["staff"]}}]}
    predicted = nextcloud.task("directory", check=True, **options)
    assert "group staff does not exist" in predicted["warnings"][0]
    with pytest.raises(Failure, match="group staff does not exist"):
        nextcloud.task("directory", **options)
    assert ids(nextcloud) == {"admin"}


def failing(nextcloud: Any, on_error: str) -> dict[str, Any]:
    """The result of a task that creates three accounts, of which the server refuses the second."""
    declared = [{"userid": f"u{number}", "user_password": "short" if number == 1 else PASSWORD} for number in range(3)]
    with pytest.raises(Failure) as caught:
        nextcloud.task("directory", users=declared, concurrency=1, on_error=on_error)
    return caught.value.as_result()


def test_the_first_failure_stops(nextcloud: Any) -> None:
    result = failing(nextcloud, "stop")
    assert [item["result"] for item in result["users"]] == ["done", "failed", "not_tried"]
    assert ids(nextcloud) == {"admin", "u0"}
    assert result["failure"]["category"] == "partial"
    assert result["changed"] is True


def test_or_the_others_go_on(nextcloud: Any) -> None:
    result = failing(nextcloud, "continue")
    assert [item["result"] for item in result["users"]] == ["done", "failed", "done"]
    assert ids(nextcloud) == {"admin", "u0", "u2"}
    failed = result["users"][1]
    assert failed["failure"]["category"] == "invalid"
    assert failed["failure"]["operation"] == "users-add-user"
    assert result["msg"].startswith("1 of 3 groups and accounts to change failed:\nusers[1] (u1): create the account:")
    assert result["summary"]["users"]["failed"] == 1


def test_a_server_that_goes_away_ends_it_in_any_case(nextcloud: Any) -> None:
    nextcloud.server.fail("unavailable", "POST", "/cloud/users", times=1000)
    with pytest.raises(Failure) as caught:
        nextcloud.task("directory", users=people(9), concurrency=1, on_error="continue", retries=1)
    result = caught.value.as_result()
    assert result["failure"]["category"] == "unavailable"
    assert result["summary"]["users"]["not_tried"] == 8
    assert result["changed"] is False


def test_an_answer_that_is_lost_is_looked_up(nextcloud: Any) -> None:
    nextcloud.server.fail("lost_answer", "POST", "/cloud/users", times=2)
    nextcloud.task("directory", users=people(5))
    assert ids(nextcloud) == {"admin", *(person["userid"] for person in people(5))}


def test_a_broken_off_run_is_finished_by_the_next(nextcloud: Any) -> None:
    declared = {"groups": [{"groupid": "staff"}], "users": people(10, groups={"add": ["staff"]}, role="Clerk")}
    nextcloud.server.fail("refused_connection", "PUT", times=1000)
    with pytest.raises(Failure):
        nextcloud.task("directory", retries=0, **declared)
    nextcloud.server.faults.clear()
    nextcloud.settled("directory", **declared)
    assert len(members(nextcloud, "staff")) == 10


def test_a_diff_shows_what_changes_and_not_more_of_it_than_is_asked_for(nextcloud: Any) -> None:
    for person in people(5):
        nextcloud.state.add_account(**person, display_name="P")
    result = nextcloud.predicted("directory", users=people(5, display_name="Q"), diff_limit=2)
    assert result["diff"]["before"] == {"users": {"u000": {"display_name": "P"}, "u001": {"display_name": "P"}}}
    assert result["diff"]["after"]["users"]["u001"] == {"display_name": "Q"}
    assert result["diff"]["after"]["not_shown"] == "3 more (diff_limit is 2)"


@pytest.mark.parametrize(
    "options", [{"concurrency": 0}, {"max_removals": "few"}, {"max_removals": "101%"}, {"diff_limit": -1}]
)
def test_options_that_cannot_be_right(nextcloud: Any, options: dict[str, Any]) -> None:
    with pytest.raises(Failure, match=next(iter(options))):
        nextcloud.task("directory", **options)
    assert nextcloud.journal.requests == 0
