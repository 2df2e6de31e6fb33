# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What tasks make of what is peculiar to Nextcloud 34: edits of several fields in one call, and app passwords.

The facts themselves are in tests/contract/answers/version_34.yml.
"""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._apps import server_info
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure

PASSWORD = "Zk3-qweR!plo9"
TOKEN = {"username": None, "password": None, "token": "app-token"}


@pytest.fixture
def new(connect: Any) -> Any:
    nextcloud = connect(version=34, app_passwords={"app-token": "admin", "lead-token": "lead"})
    nextcloud.state.add_account(
        "jane",
        PASSWORD,
        display_name="Jane",
        email="jane@example.org",
        manager="admin",
        groups=["admin", "staff"],
        subadmin=["staff"],
    )
    nextcloud.state.add_account("lead", PASSWORD, groups=["team"], subadmin=["team"])
    nextcloud.state.add_account("member", PASSWORD, groups=["team"])
    return nextcloud


def writes(nextcloud: Any) -> list[tuple[str, Any]]:
    """The bodies of the edits, by their method."""
    return [(entry.method, entry.body) for entry in nextcloud.journal.writes()]


# Values that are set one by one, because several fields in one call would come out otherwise: {option: value}, the calls.
LANGUAGE_AND_NAME = {"display_name": "J", "language": "de"}
TOGETHER = ("PATCH", {"displayName": "J", "language": "de"})
ALONE = [
    pytest.param(
        {"manager": "0"}, [TOGETHER, ("PUT", {"key": "manager", "value": "0"})], id="a manager 0 would be nobody"
    ),
    pytest.param({"manager": ""}, [("PATCH", {**TOGETHER[1], "manager": ""})], id="no manager is none in both"),
    pytest.param({"email": ""}, [("PATCH", {**TOGETHER[1], "email": ""})], id="no address is none in both"),
    pytest.param(
        {"email": " J.Roe+x@Example.org"},
        [("PATCH", {**TOGETHER[1], "email": "j.roe+x@example.org"})],
        id="a plain address is the same in both",
    ),
    pytest.param({"quota": "5 GiB"}, [("PATCH", {**TOGETHER[1], "quota": "5 GB"})], id="a binary unit is not 5 bytes"),
    pytest.param({"quota": " 5 GB "}, [("PATCH", {**TOGETHER[1], "quota": "5 GB"})], id="spaces around a quota"),
    pytest.param(
        {"groups": {"set": ["team"]}, "subadmin_of": {"set": []}},
        [("POST", {"groupid": "team"}), ("DELETE", {}), ("DELETE", {}), ("DELETE", {}), TOGETHER],
        id="groups and sub-admin rights are single calls",
    ),
    pytest.param(
        {"user_password": "An0ther-secret!", "update_password": "always"},
        [TOGETHER, ("PUT", {"key": "password", "value": "********"})],
        id="a password is its own call",
    ),
]


@pytest.mark.parametrize(("options", "calls"), ALONE)
def test_what_goes_together(new: Any, options: dict[str, Any], calls: list[Any]) -> None:
    new.state.add_account("second", PASSWORD, groups=["admin"])
    new.task("user", userid="jane", **LANGUAGE_AND_NAME, **options)
    assert writes(new) == calls
    new.journal.clear()
    new.task("user", userid="jane", **LANGUAGE_AND_NAME, **{**options, "update_password": "on_create"})
    assert writes(new) == []


REFUSED_BEFORE = [
    ("display_name", ""),
    ("display_name", "   "),
    ("display_name", "x" * 65),
    ("quota", "-1"),
    ("quota", "-3"),
    ("quota", "-5 GB"),
    ("quota", ""),
    ("quota", "5 XB"),
    ("language", ""),
    ("email", "user@localhost"),
    ("email", "a@b@c.org"),
]


@pytest.mark.parametrize(("option", "value"), REFUSED_BEFORE)
def test_what_would_be_an_error_of_the_server_or_mean_something_else_is_not_sent(
    new: Any, option: str, value: str
) -> None:
    with pytest.raises(Failure) as caught:
        new.task("user", userid="jane", manager="", **{**LANGUAGE_AND_NAME, option: value})
    assert (caught.value.category, caught.value.operation) == ("invalid", None)
    assert caught.value.message.startswith(f"{option}: ")
    assert writes(new) == []


def test_an_address_that_only_an_edit_of_several_fields_takes_is_refused_as_before(new: Any) -> None:
    with pytest.raises(Failure) as caught:
        new.task("user", userid="jane", email="ü@example.org", **LANGUAGE_AND_NAME)
    assert [method for method, unused in writes(new)] == ["PATCH", "PUT"]
    assert caught.value.category == "partial"
    assert "set email: " in caught.value.message
    held = new.account("jane")
    assert (held["email"], held["displayname"], held["language"]) == ("jane@example.org", "J", "de")


def test_the_longest_display_name(new: Any) -> None:
    new.settled("user", userid="jane", display_name="é" * 64, language="de")


def test_nothing_is_sent_if_nothing_differs(new: Any) -> None:
    assert new.task("user", userid="jane", display_name="Jane", email="jane@example.org")["changed"] is False
    assert new.journal.requests == 1


def test_all_refused_fields_are_one_failure_that_names_the_options(new: Any) -> None:
    new.state.apps.set_value("files", "max_quota", "1024")
    with pytest.raises(Failure) as caught:
        new.task("user", userid="jane", display_name="J", quota="5 GB", language="xx", role="Lead")
    failure = caught.value
    assert (failure.http_status, failure.effect) == (422, "none")
    assert "language: Invalid language" in failure.message
    assert "quota: Invalid quota" in failure.message
    assert [method for method, unused in writes(new)] == ["PATCH", "PUT"]
    held = new.account("jane")
    assert (held["displayname"], held["role"]) == ("Jane", "Lead")


def test_a_refused_display_name_is_called_by_its_option(new: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The backend of the account changes after it was read."""
    answered = new.server.__call__

    def server(environ: Any, start_response: Any) -> Any:
        if environ["REQUEST_METHOD"] == "PATCH":
            new.state.account("jane").backend = "LDAP"
        return answered(environ, start_response)

    monkeypatch.setattr(new.adapter, "_mock_server", server)
    with pytest.raises(Failure, match=r"refuses display_name: .* Nothing was changed"):
        new.task("user", userid="jane", **LANGUAGE_AND_NAME)
    assert new.account("jane")["language"] == "en"
    new.state.account("jane").backend = "Database"
    # Only the call for a single field says that it cannot be set at all.
    result = new.task("user", userid="jane", **LANGUAGE_AND_NAME, on_readonly="warn")
    assert "display_name" in result["warnings"][0]
    assert (new.account("jane")["displayname"], new.account("jane")["language"]) == ("Jane", "de")


def test_a_directory_names_the_options_too(new: Any) -> None:
    with pytest.raises(Failure) as caught:
        new.task("directory", users=[{"userid": "jane", "display_name": "J", "language": "xx"}])
    item = caught.value.more["users"][0]
    assert (item["result"], item["failure"]["category"]) == ("failed", "invalid")
    assert "language: Invalid language" in item["msg"]


def half_applied(new: Any, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """The server sets the display name of an edit of several fields, and fails over the quota."""
    answered = new.server.__call__
    left = [times]

    def server(environ: Any, start_response: Any) -> Any:
        if environ["REQUEST_METHOD"] == "PATCH":
            new.state.account("jane").display_name = "J"
        if environ["REQUEST_METHOD"] in ("PATCH", "PUT") and left[0]:
            left[0] -= 1
            new.server.fail("failed_call", environ["REQUEST_METHOD"])
        return answered(environ, start_response)

    monkeypatch.setattr(new.adapter, "_mock_server", server)


def test_after_an_error_of_the_server_the_rest_is_set_singly(new: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    half_applied(new, monkeypatch, times=1)
    result = new.task("user", userid="jane", display_name="J", quota="5 GB", language="de")
    assert result["changed"] is True
    methods = [entry.method for entry in new.journal if "/users/jane" in entry.path]
    assert methods == ["GET", "PATCH", "GET", "PUT", "PUT"]
    assert [body["key"] for method, body in writes(new) if method == "PUT"] == ["quota", "language"]


def test_what_an_error_of_the_server_has_left_is_told(new: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    half_applied(new, monkeypatch, times=100)
    with pytest.raises(Failure) as caught:
        new.task("user", userid="jane", display_name="J", quota="5 GB", language="de", retries=1)
    failure = caught.value
    assert (failure.http_status, failure.changed, failure.effect) == (500, True, "none")
    assert failure.message.startswith("set quota: ")
    assert "Done before: set display_name. Left to do: set quota, set language." in failure.message


def test_a_forced_language_is_told(connect: Any) -> None:
    nextcloud = connect(version=34, forced_language="en")
    nextcloud.state.add_account("jane", PASSWORD)
    result = nextcloud.task("user", userid="jane", **LANGUAGE_AND_NAME)
    assert [warning.partition(":")[0] for warning in result["warnings"]] == ["language"]
    # The answer to the edit has told it.
    assert [entry.method for entry in nextcloud.journal if "/users/jane" in entry.path] == ["GET", "PATCH"]


# What is known of version 34, in one row each: who declares what of which account on what server, what comes of it
# (`changed`, or the category of the failure), by which writes and their answers.
ADMIN: dict[str, Any] = {}
LEAD = {"username": "lead", "password": PASSWORD}
MEMBER = {"username": "member", "password": PASSWORD}
DELEGATE = {"username": "deleg", "password": PASSWORD}
BOTH = {"display_name": "J", "language": "de"}
OK, REFUSED, FORBIDDEN, MISSING = ("PATCH", 200), ("PATCH", 422), ("PATCH", 403), ("PATCH", 404)
SET, NOT_SET = ("PUT", 200), ("PUT", 400)
NO_QUOTA_IS_FORBIDDEN = {"allow_unlimited_quota": "0"}
FACTS = [
    ("the answer is the whole record", {}, {}, ADMIN, "jane", BOTH, "changed", [OK]),
    ("an id in another case", {}, {}, ADMIN, "JANE", BOTH, "changed", [OK]),
    ("one field is a PUT", {}, {}, ADMIN, "jane", {"language": "de"}, "changed", [SET]),
    ("PUT has other fields too", {}, {}, ADMIN, "jane", {**BOTH, "role": "Clerk"}, "changed", [OK, SET]),
    ("a refused value is 422", {}, {}, ADMIN, "jane", {**BOTH, "language": "xx"}, "invalid", [REFUSED]),
    (
        "a weak password comes alone",
        {},
        {},
        ADMIN,
        "jane",
        {**BOTH, "user_password": "short", "update_password": "always"},
        "partial",
        [OK, NOT_SET],
    ),
    ("no address", {}, {}, ADMIN, "jane", {**BOTH, "email": ""}, "changed", [OK]),
    ("no manager", {}, {}, ADMIN, "jane", {**BOTH, "manager": ""}, "changed", [OK]),
    ("a manager 0 is cleared by PATCH", {}, {}, ADMIN, "jane", {**BOTH, "manager": "0"}, "changed", [OK, SET]),
    ("an unknown manager is accepted", {}, {}, ADMIN, "jane", {**BOTH, "manager": "nobody"}, "changed", [OK]),
    ("addresses lose capitals", {}, {}, ADMIN, "jane", {**BOTH, "email": " A@Example.org"}, "changed", [OK]),
    ("more than max_quota", {}, {"max_quota": "1024"}, ADMIN, "jane", {**BOTH, "quota": "1 GB"}, "invalid", [REFUSED]),
    ("none is not above max_quota", {}, {"max_quota": "1"}, ADMIN, "jane", {**BOTH, "quota": "none"}, "changed", [OK]),
    (
        "none where it is forbidden",
        {},
        NO_QUOTA_IS_FORBIDDEN,
        ADMIN,
        "jane",
        {**BOTH, "quota": "none"},
        "invalid",
        [REFUSED],
    ),
    (
        "default where none is forbidden",
        {},
        NO_QUOTA_IS_FORBIDDEN,
        ADMIN,
        "jane",
        {**BOTH, "quota": "default"},
        "changed",
        [OK],
    ),
    ("a forced language, for administrators", {"forced_language": "en"}, {}, ADMIN, "jane", BOTH, "changed", [OK]),
    ("a forced language, for others", {"forced_language": "en"}, {}, LEAD, "member", BOTH, "invalid", [REFUSED]),
    (
        "a forced language is left out",
        {"forced_language": "en"},
        {},
        LEAD,
        "member",
        {**BOTH, "on_readonly": "skip"},
        "changed",
        [REFUSED, SET, NOT_SET],
    ),
    ("a name that is locked", {"names_locked": True}, {}, LEAD, "lead", BOTH, "invalid", [REFUSED]),
    (
        "a name that is locked is left out",
        {"names_locked": True},
        {},
        LEAD,
        "lead",
        {**BOTH, "on_readonly": "skip"},
        "changed",
        [REFUSED, NOT_SET, SET],
    ),
    ("a delegate and a member", {"delegates": ("deleg",)}, {}, DELEGATE, "member", BOTH, "changed", [OK]),
    ("a sub-admin and a member", {}, {}, LEAD, "member", {**BOTH, "quota": "1 GB"}, "changed", [OK]),
    ("a sub-admin and its own name", {}, {}, LEAD, "lead", BOTH, "changed", [OK]),
    ("a sub-admin and its own quota", {}, {}, LEAD, "lead", {**BOTH, "quota": "1 GB"}, "invalid", [REFUSED]),
    ("an ordinary account and itself", {}, {}, MEMBER, "member", BOTH, "changed", [FORBIDDEN, FORBIDDEN, SET, SET]),
]


@pytest.mark.parametrize(
    ("settings", "config", "signed_in", "userid", "options", "outcome", "calls"),
    [pytest.param(*row, id=name) for name, *row in FACTS],
)
def test_a_fact_of_version_34(
    connect: Any,
    settings: dict[str, Any],
    config: dict[str, str],
    signed_in: dict[str, Any],
    userid: str,
    options: dict[str, Any],
    outcome: str,
    calls: list[tuple[str, int]],
) -> None:
    nextcloud = connect(version=34, **settings)
    nextcloud.state.add_account("jane", PASSWORD, quota="5 MB", manager="admin", email="j@example.org")
    nextcloud.state.add_account("lead", PASSWORD, groups=["team"], subadmin=["team"])
    nextcloud.state.add_account("member", PASSWORD, groups=["team"])
    nextcloud.state.add_account("deleg", PASSWORD)
    for key, value in config.items():
        nextcloud.state.apps.set_value("files", key, value)
    try:
        result = nextcloud.task("user", **signed_in, userid=userid, **options)
        assert (result["changed"], outcome) == (True, "changed")
    except Failure as failure:
        assert failure.category == outcome
    assert [(entry.method, entry.status) for entry in nextcloud.journal.writes()] == calls
    # Nothing is read again but what an answer left open.
    last = max(number for number, entry in enumerate(nextcloud.journal) if entry.method != "GET")
    assert nextcloud.journal.requests == last + 1


def test_an_account_that_is_deleted_in_the_meantime(new: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    answered = new.server.__call__

    def server(environ: Any, start_response: Any) -> Any:
        if environ["REQUEST_METHOD"] == "PATCH":
            new.state.delete(new.state.account("jane"))
        return answered(environ, start_response)

    monkeypatch.setattr(new.adapter, "_mock_server", server)
    with pytest.raises(Failure) as caught:
        new.task("user", userid="jane", **LANGUAGE_AND_NAME)
    assert (caught.value.category, caught.value.changed) == ("not_found", False)
    assert [(entry.method, entry.status) for entry in new.journal.writes()] == [MISSING]


# Who


def test_a_sub_admin_edits_a_member(new: Any) -> None:
    new.settled("user", username="lead", password=PASSWORD, userid="member", **LANGUAGE_AND_NAME, manager="lead")


def test_what_a_sub_admin_cannot_set_of_itself_can_be_left_out(new: Any) -> None:
    mine = {"username": "lead", "password": PASSWORD, "userid": "lead", "quota": "5 GB", "display_name": "Lead"}
    with pytest.raises(Failure, match="quota"):
        new.task("user", **mine)
    assert new.account("lead")["displayname"] == "lead"
    new.task("user", **mine, on_readonly="skip")
    assert new.account("lead")["displayname"] == "Lead"


@pytest.mark.parametrize("caller", ["lead", "member"])
def test_a_lack_of_rights_is_no_lack_of_confirmation(new: Any, caller: str) -> None:
    with pytest.raises(Failure) as caught:
        new.task("user", username=caller, password=PASSWORD, userid="jane", **LANGUAGE_AND_NAME)
    assert caught.value.category == "permission"


# Limits


def test_edits_of_one_field_and_of_several_are_limited_apart(new: Any) -> None:
    people = [f"p{number}" for number in range(50)]
    for userid in people:
        new.state.add_account(userid, PASSWORD)
    users = [{"userid": userid, **LANGUAGE_AND_NAME, "role": "Clerk"} for userid in people]
    start = new.clock.now()
    result = new.settled("directory", users=users, concurrency=1, rate_limit_wait=0)
    assert result["rate_limit"] == {"calls": 100, "seconds": 0}
    assert new.clock.now() == start
    with pytest.raises(Failure, match="50 of these calls in 600 seconds") as caught:
        new.task("user", userid="jane", **LANGUAGE_AND_NAME, rate_limit_wait=0)
    assert caught.value.category == "rate_limited"


def test_two_limits_are_waited_for_at_the_same_time(new: Any) -> None:
    people = [f"p{number}" for number in range(60)]
    for userid in people:
        new.state.add_account(userid, PASSWORD)
    users = [{"userid": userid, **LANGUAGE_AND_NAME, "role": "Clerk"} for userid in people]
    start = new.clock.now()
    result = new.task("directory", users=users, rate_limit_wait=700)
    assert result["rate_limit"] == {"calls": 120, "seconds": 600}
    assert 600 <= new.clock.now() - start < 700


# The confirmation of the password


@pytest.mark.parametrize("settings", [{"version": 32}, {"version": 34}])
@pytest.mark.parametrize("accepted", [True, False])
def test_whether_an_app_password_confirms_is_what_the_server_answers(
    connect: Any, settings: dict[str, Any], accepted: bool
) -> None:
    nextcloud = connect(**settings, app_passwords={"app-token": "admin"}, app_passwords_confirm=accepted)
    nextcloud.state.add_account("jane", PASSWORD)
    assert nextcloud.task("server_info", **TOKEN)["server"]["writes_confirmed"] is None
    with nextcloud.client(**TOKEN) as client:
        assert server_info.read(client, None)["writes_confirmed"] is None
        client.write(operations.SET_PREFERENCE("theming", "shortcuts_disabled"), {"configValue": "yes"})
        assert server_info.read(client, None)["writes_confirmed"] is None
        try:
            client.write(operations.DISABLE_USER("jane"))
        except Failure as failure:
            assert failure.category == "confirmation"
        told = server_info.read(client, None)
        assert told["writes_confirmed"] is told["password_confirmation"]["accepted"] is accepted


def test_a_refused_value_has_been_confirmed(new: Any) -> None:
    with new.client() as client:
        with pytest.raises(Failure):
            client.write(operations.EDIT_USER("jane"), {"key": "language", "value": "xx"})
        assert client.writes_confirmed is True


@pytest.mark.parametrize(("token", "userid"), [("app-token", "jane"), ("lead-token", "member")])
def test_the_first_write_with_an_app_password_says_what_to_do(new: Any, token: str, userid: str) -> None:
    with pytest.raises(Failure) as caught:
        new.task("user", **{**TOKEN, "token": token}, userid=userid, **LANGUAGE_AND_NAME, enabled=False)
    failure = caught.value
    assert (failure.category, failure.changed) == ("confirmation", False)
    assert "Set username and password" in failure.message
    assert "allowed_no_password_confirmation_ranges" in failure.message
    assert len(new.journal.writes()) == 1


def test_a_directory_ends_at_the_first_of_them(new: Any) -> None:
    users = [{"userid": userid, "enabled": False} for userid in ("jane", "lead", "member")]
    with pytest.raises(Failure) as caught:
        new.task("directory", **TOKEN, users=users, concurrency=1)
    assert (caught.value.category, caught.value.changed) == ("confirmation", False)
    assert len(new.journal.writes()) == 1
