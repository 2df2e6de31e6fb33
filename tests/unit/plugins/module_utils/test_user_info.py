# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module `user_info` against the mock server: who is found, what is told of them, and how many requests that takes."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from refusals import refused

PASSWORD = "Zk3-qweR!plo9"
AS_LEAD = {"username": "lead", "password": PASSWORD}
AS_PLAIN = {"username": "plain", "password": PASSWORD}


@pytest.fixture(autouse=True)
def people(nextcloud: Any) -> None:
    state = nextcloud.state
    state.add_group("design", "Design & Print")
    state.add_group("a+b")
    state.add_account("Jane", groups=["design", "a+b"], subadmin=["a+b"], email="jane@example.org", locale="de_DE")
    state.add_account("john", groups=["design"], display_name="John Roe", enabled=False, phone="+4971125242890")
    state.add_account("lead", PASSWORD, groups=["design"], subadmin=["design"])
    state.add_account("plain", PASSWORD)
    state.add_account("ldap", backend="LDAP")


def ids(nextcloud: Any, **options: Any) -> list[str]:
    return [item["userid"] for item in nextcloud.task("user_info", **options)["users"]]


def test_one_account_is_one_request(nextcloud: Any) -> None:
    result = nextcloud.task("user_info", check=True, userid="jane")
    assert result["changed"] is False
    [jane] = result["users"]
    assert jane["userid"] == jane["user"]["userid"] == "Jane"
    assert (jane["backend"], jane["last_login"], jane["quota_used"], jane["read_only"]) == ("Database", None, 0, [])
    assert jane["user"]["groups"] == {"set": ["a+b", "design"]}
    assert nextcloud.journal.requests == 1
    assert nextcloud.journal.writes() == []


def test_every_account_can_be_given_to_the_module_user(nextcloud: Any) -> None:
    users = nextcloud.task("user_info")["users"]
    assert [item["userid"] for item in users] == ["Jane", "admin", "john", "ldap", "lead", "plain"]
    for item in users:
        assert nextcloud.task("user", **item["user"])["changed"] is False


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"userid": "ghost"}, []),
        ({"userids": ["john", "JANE", "ghost", "jane"]}, ["Jane", "john"]),
        ({"userids": []}, []),
        ({"search": "Roe"}, ["john"]),
        ({"search": "jane@"}, ["Jane"]),
        ({"group": "design"}, ["Jane", "john", "lead"]),
        ({"group": "design", "search": "j"}, ["Jane", "john"]),
        ({"group": "a+b"}, ["Jane"]),
        ({"group": "nope"}, []),
        ({"enabled": False}, ["john"]),
        ({"enabled": False, "search": "Jane"}, []),
        ({"enabled": True}, ["Jane", "admin", "ldap", "lead", "plain"]),
        ({"recent": True}, ["admin"]),
        ({"phone_numbers": []}, None),
        ({"phone_numbers": ["0711 25242890", "+1 202 555 0100"], "phone_region": "de"}, ["john"]),
        ({"phone_numbers": ["+1 202 555 0100"], "phone_region": "DE"}, []),
    ],
)
@pytest.mark.parametrize("details", [True, False])
def test_filters(nextcloud: Any, options: dict[str, Any], found: list[str] | None, details: bool) -> None:
    if found is None:
        options, found = {**options, "phone_region": "DE"}, []
    users = nextcloud.task("user_info", details=details, **options)["users"]
    assert [item["userid"] for item in users] == found
    assert [item for item in users if ("user" in item) is not details] == []


def test_several_accounts_need_one_sign_in(nextcloud: Any) -> None:
    nextcloud.task("user_info", userids=["jane", "john", "lead"])
    assert (nextcloud.journal.requests, nextcloud.server.sign_ins) == (3, 1)


def test_who_signed_in_last_comes_first(nextcloud: Any) -> None:
    for userid, when in (("Jane", 500), ("john", 900), ("lead", 700)):
        nextcloud.state.account(userid).last_login = when
    users = nextcloud.task("user_info", recent=True)["users"]
    assert [(item["userid"], item["last_login"]) for item in users[1:]] == [("john", 900), ("lead", 700), ("Jane", 500)]
    assert users[0]["userid"] == "admin"
    nextcloud.journal.clear()
    assert ids(nextcloud, recent=True, limit=2) == ["admin", "john"]
    assert [entry.query for entry in nextcloud.journal] == ["limit=2&offset=0"]


def test_none_of_many_who_signed_in_is_missed(nextcloud: Any) -> None:
    for number in range(150):
        nextcloud.state.add_account(f"u{number}", last_login=1000 + number)
    assert len(nextcloud.task("user_info", recent=True)["users"]) == 151


@pytest.mark.parametrize("count", [0, 1, 199, 200, 201, 1000])
def test_all_accounts_page_by_page(nextcloud: Any, count: int) -> None:
    for number in range(count):
        nextcloud.state.add_account(f"u{number:04}")
    nextcloud.journal.clear()
    found = ids(nextcloud)
    assert len(found) == len(set(found)) == count + 6
    # The pages, and at most four at once beyond the last one.
    assert nextcloud.journal.requests <= (count + 6) // 200 + 1 + 4
    assert nextcloud.server.sign_ins == 1


def test_ids_of_a_group_are_one_request(nextcloud: Any) -> None:
    assert ids(nextcloud, group="design", details=False) == ["Jane", "john", "lead"]
    assert nextcloud.journal.requests == 1
    assert ids(nextcloud, group="design", details=False, limit=1) == ["Jane"]


def test_a_list_asks_nothing_of_single_accounts(nextcloud: Any) -> None:
    for details in (True, False):
        nextcloud.journal.clear()
        assert len(ids(nextcloud, details=details)) == 6
        assert nextcloud.journal.requests == 2


def test_ids_that_are_numbers(nextcloud: Any) -> None:
    for userid in ("0", "1", "2"):
        nextcloud.state.add_account(userid, groups=["numbers"])
    for details in (True, False):
        assert ids(nextcloud, details=details)[:3] == ["0", "1", "2"]
        assert ids(nextcloud, details=details, group="numbers") == ["0", "1", "2"]


def test_an_account_in_two_groups_of_a_sub_admin_is_listed_once(nextcloud: Any) -> None:
    nextcloud.state.group("a+b").subadmins["lead"] = None
    for details in (True, False):
        assert ids(nextcloud, **AS_LEAD, details=details) == ["Jane", "john", "lead"]


@pytest.mark.parametrize("limit", [1, 2, 5, 300])
def test_a_limit(nextcloud: Any, limit: int) -> None:
    for number in range(300):
        nextcloud.state.add_account(f"u{number}")
    assert len(ids(nextcloud, limit=limit)) == limit
    assert len(ids(nextcloud, limit=limit, details=False)) == limit
    assert len(ids(nextcloud, limit=limit, enabled=True)) == limit


def test_phone_numbers(nextcloud: Any) -> None:
    nextcloud.state.add_account("with@sign", phone="+12025550123")
    numbers = ["0711 25242890", "+49 711 25242890", "+1 202 555 0123", "+1 202 555 0199"]
    users = nextcloud.task("user_info", phone_numbers=numbers, phone_region="DE")["users"]
    assert [(item["userid"], item["phone_numbers"]) for item in users] == [
        ("john", numbers[:2]),
        ("with@sign", [numbers[2]]),
    ]
    assert users[0]["user"]["display_name"] == "John Roe"
    # The search reads, though it is a POST; numbers without an answer are asked for again, since two may be the same.
    assert [entry.path.rpartition("/")[2] for entry in nextcloud.journal.writes()] == ["by-phone"] * 3
    assert nextcloud.journal.requests == 5
    nextcloud.journal.clear()
    assert ids(nextcloud, phone_numbers=numbers, phone_region="DE", details=False) == ["john", "with@sign"]
    assert nextcloud.journal.requests == 3


def test_whose_number_it_is_shows_where_the_rest_is_hidden(nextcloud: Any) -> None:
    [john] = nextcloud.task("user_info", **AS_PLAIN, phone_numbers=["0711 25242890"], phone_region="DE")["users"]
    assert (john["userid"], john["user"], john["backend"], john["last_login"]) == ("john", None, None, None)


def test_a_region_that_the_server_does_not_know(nextcloud: Any) -> None:
    with refused("phone_region", "XX") as caught:
        nextcloud.task("user_info", phone_numbers=["1"], phone_region="XX")
    assert caught.value.category == "invalid"


def test_fields_that_may_be_edited(nextcloud: Any) -> None:
    users = nextcloud.task("user_info", userids=["admin", "jane", "ldap"], editable_fields=True)["users"]
    editable = {item["userid"]: item["editable_fields"] for item in users}
    assert {"display_name", "email", "additional_emails", "profile_enabled"} < set(editable["Jane"])
    assert set(editable["Jane"]) - set(editable["ldap"]) == {"display_name"}
    assert editable["admin"] == editable["Jane"]
    asked = [entry.path.partition("/cloud/")[2] for entry in nextcloud.journal if "fields" in entry.path]
    assert asked == ["user/fields/Jane", "user/fields", "user/fields/ldap"]
    # Each account, its fields, and who is signed in.
    assert nextcloud.journal.requests == 3 + 3 + 1


def test_an_account_of_a_read_only_backend(nextcloud: Any) -> None:
    [ldap] = nextcloud.task("user_info", userid="ldap")["users"]
    assert (ldap["backend"], ldap["read_only"]) == ("LDAP", ["display_name", "user_password"])


def test_groups_with_their_names(nextcloud: Any) -> None:
    [jane] = nextcloud.task("user_info", userid="jane", group_details=True)["users"]
    assert jane["group_details"] == {
        "groups": [
            {"groupid": "a+b", "display_name": "a+b"},
            {"groupid": "design", "display_name": "Design & Print"},
        ],
        "subadmin_of": [{"groupid": "a+b", "display_name": "a+b"}],
    }
    assert nextcloud.journal.requests == 3


def test_what_a_sub_admin_does_not_manage_is_null(nextcloud: Any) -> None:
    nextcloud.state.group("design").members["admin"] = None
    users = nextcloud.task("user_info", **AS_LEAD, editable_fields=True, group_details=True)["users"]
    told = {item["userid"]: item for item in users}
    assert (told["admin"]["editable_fields"], told["admin"]["group_details"]) == (None, None)
    assert told["lead"]["group_details"]["subadmin_of"][0]["groupid"] == "design"
    assert "email" in told["john"]["editable_fields"]
    # The server tells the groups of others, and not which of them they manage.
    assert told["john"]["group_details"]["groups"][0]["display_name"] == "Design & Print"
    assert told["john"]["group_details"]["subadmin_of"] is None


def test_an_account_sees_itself_and_nobody_else(nextcloud: Any) -> None:
    assert ids(nextcloud, **AS_PLAIN, userids=["plain", "jane"], editable_fields=True, group_details=True) == ["plain"]
    for options in ({}, {"details": False}, {"recent": True}, {"enabled": False}):
        with pytest.raises(Failure) as caught:
            nextcloud.task("user_info", **AS_PLAIN, **options)
        assert caught.value.category == "permission"


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"userid": "jane", "group": "design"}, ("userid", "userid and group")),
        ({"userids": [], "enabled": False}, ("userids", "userids and enabled")),
        ({"recent": True, "enabled": True}, ("enabled", "enabled and recent")),
        ({"group": "a", "phone_numbers": ["1"], "phone_region": "DE"}, ("group",)),
        ({"userid": "jane", "search": "j"}, ("search",)),
        ({"userids": ["jane"], "limit": 1}, ("limit",)),
        ({"userid": ""}, ("userid",)),
        ({"userids": ["jane", "a/b"]}, ("userids",)),
        ({"group": ""}, ("group",)),
        ({"group": "x" * 65}, ("group",)),
        ({"search": " "}, ("search",)),
        ({"limit": 0}, ("limit",)),
        ({"limit": -1}, ("limit",)),
        ({"phone_numbers": ["1"]}, ("phone_region",)),
        ({"phone_numbers": ["1"], "phone_region": "DEU"}, ("phone_region",)),
        ({"phone_numbers": ["none"], "phone_region": "DE"}, ("phone_numbers",)),
        ({"phone_region": "DE"}, ("phone_region",)),
    ],
)
def test_what_cannot_be_right_fails_before_any_request(
    nextcloud: Any, options: dict[str, Any], named: tuple[str, ...]
) -> None:
    with refused(*named):
        nextcloud.task("user_info", **options)
    assert nextcloud.journal.requests == 0
