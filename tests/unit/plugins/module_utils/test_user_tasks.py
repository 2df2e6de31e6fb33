# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks of module `user` against the mock server: prediction, result, what the server holds, and no second change."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure

PASSWORD = "Zk3-qweR!plo9"

EVERYTHING: dict[str, Any] = {
    "userid": "Jane.Doe",
    "user_password": PASSWORD,
    "display_name": "Jane Doe",
    "email": "Jane@Example.org",
    "additional_emails": {"add": ["j.doe@example.org"]},
    "quota": "5 GiB",
    "language": "de",
    "locale": "de_DE",
    "timezone": "Europe/Berlin",
    "manager": "boss",
    "phone": "+49 (0)711 252428-90",
    "address": "Some Street 1\nCity",
    "website": "https://example.org/jane",
    "twitter": "@jane_doe",
    "bluesky": "jane.bsky.social",
    "fediverse": "@jane@mastodon.example",
    "organisation": "Org & Co <b>",
    "role": "Lead",
    "headline": "Head",
    "biography": "Bio\nline",
    "pronouns": "she/her",
    "profile_enabled": False,
    "groups": {"add": ["design", "R&D / Lab"]},
    "subadmin_of": {"set": ["design"]},
    "enabled": False,
}


@pytest.fixture(autouse=True)
def groups(nextcloud: Any) -> None:
    for groupid in ("design", "staff", "R&D / Lab", "a+b"):
        nextcloud.state.add_group(groupid)


def without(*names: str, **more: Any) -> dict[str, Any]:
    return {**{name: value for name, value in EVERYTHING.items() if name not in names}, **more}


def test_an_account_with_everything(nextcloud: Any) -> None:
    result = nextcloud.settled("user", **EVERYTHING)
    held = nextcloud.account("Jane.Doe")
    assert held["displayname"] == "Jane Doe"
    assert held["email"] == "jane@example.org"
    assert held["additional_mail"] == ["j.doe@example.org"]
    assert held["quota"]["quota"] == 5 * 1024**3
    assert held["phone"] == "+4971125242890"
    assert held["twitter"] == "jane_doe"
    assert held["profile_enabled"] == "0"
    assert sorted(held["groups"]) == ["R&D / Lab", "design"]
    assert held["subadmin"] == ["design"]
    assert held["enabled"] is False
    assert result["user"]["quota"] == "5 GB"
    assert result["user"]["groups"] == {"set": ["R&D / Lab", "design"]}
    assert result["rate_limit"]["calls"] == 15
    assert PASSWORD not in repr(result)


def test_a_result_can_be_fed_back_in(nextcloud: Any) -> None:
    nextcloud.task("user", **EVERYTHING)
    full = nextcloud.task("user", userid="jane.doe")["user"]
    assert nextcloud.task("user", **full)["changed"] is False
    created = nextcloud.task("user", **EVERYTHING)["user"]
    assert nextcloud.task("user", **created)["changed"] is False


def test_a_result_without_a_locale_can_be_fed_back_in(nextcloud: Any) -> None:
    nextcloud.state.add_account("jane")
    full = nextcloud.task("user", userid="jane")["user"]
    assert full["locale"] is None
    assert nextcloud.task("user", **full)["changed"] is False


@pytest.mark.parametrize(
    "option",
    sorted(set(EVERYTHING) - {"userid", "user_password", "enabled", "manager"}),
)
def test_every_field_is_cleared_or_changed_and_stays_so(nextcloud: Any, option: str) -> None:
    nextcloud.task("user", **EVERYTHING)
    nextcloud.clock.advance(3600)
    changed = {
        "display_name": "Janet",
        "quota": "none",
        "language": "fr",
        "locale": "fr_FR",
        "timezone": "UTC",
        "profile_enabled": True,
        "groups": {"set": ["a+b"]},
        "subadmin_of": {"add": ["a+b"], "remove": ["design"]},
        "additional_emails": {"set": []},
    }.get(option, "")
    result = nextcloud.settled("user", userid="jane.doe", **{option: changed})
    assert result["changed"] is True
    assert result["diff"]["before"][option] != result["diff"]["after"][option]


def test_a_user_task_that_changes_nothing_is_one_request_with_one_sign_in(nextcloud: Any) -> None:
    nextcloud.task("user", **EVERYTHING)
    nextcloud.journal.clear()
    signed_in = nextcloud.server.sign_ins
    assert nextcloud.task("user", **EVERYTHING)["changed"] is False
    assert nextcloud.journal.requests == 1
    assert nextcloud.server.sign_ins - signed_in == 1


def test_a_creation_that_fits_is_one_write_that_no_limit_touches(nextcloud: Any) -> None:
    for number in range(60):
        nextcloud.task(
            "user",
            userid=f"u{number}",
            email=f"u{number}@example.org",
            display_name="U",
            quota="1 GB",
            language="de",
            groups={"add": ["staff"]},
            subadmin_of={"add": ["design"]},
            manager="boss",
        )
    assert len(nextcloud.journal.writes()) == 60
    assert {entry.status for entry in nextcloud.journal} == {200, 404}


def test_a_task_of_many_calls_signs_in_once(nextcloud: Any) -> None:
    nextcloud.task("user", **EVERYTHING)
    assert nextcloud.journal.requests > 10
    assert nextcloud.server.sign_ins == 1


def test_deleting(nextcloud: Any) -> None:
    nextcloud.task("user", **EVERYTHING)
    result = nextcloud.settled("user", userid="JANE.doe", state="absent")
    assert result["user"] == {"userid": "Jane.Doe", "state": "absent"}
    assert nextcloud.state.directory.account("jane.doe") is None


@pytest.mark.parametrize(
    "options",
    [
        {"userid": "admin", "state": "absent"},
        {"userid": "ADMIN", "enabled": False},
        {"userid": "admin", "groups": {"set": []}},
    ],
)
def test_the_signed_in_account_keeps_its_rights(nextcloud: Any, options: dict[str, Any]) -> None:
    for check in (True, False):
        with pytest.raises(Failure, match="signed-in account"):
            nextcloud.task("user", check=check, **options)
    assert nextcloud.journal.writes() == []


def test_the_last_enabled_administrator_keeps_their_rights(nextcloud: Any) -> None:
    nextcloud.state.add_account("boss", PASSWORD, groups=["admin"])
    nextcloud.state.account("admin").enabled = True
    # Signed in as one administrator, everybody else may go.
    nextcloud.settled("user", userid="boss", enabled=False)
    nextcloud.settled("user", userid="boss", state="absent")


def test_a_sub_admin_creates_in_their_group(nextcloud: Any) -> None:
    nextcloud.state.add_account("lead", PASSWORD, groups=["design"], subadmin=["design"])
    as_lead = {"username": "lead", "password": PASSWORD}
    nextcloud.settled("user", **as_lead, userid="new", user_password=PASSWORD, groups={"add": ["design"]})
    with pytest.raises(Failure) as caught:
        nextcloud.task("user", **as_lead, userid="other", user_password=PASSWORD, groups={"add": ["staff"]})
    assert caught.value.category == "permission"
    assert nextcloud.state.directory.account("other") is None


def test_a_refused_creation_leaves_nothing_where_the_server_leaves_nothing(nextcloud: Any) -> None:
    with pytest.raises(Failure, match="^create the account: .*Group nope does not exist") as caught:
        nextcloud.task("user", userid="jane", user_password=PASSWORD, groups={"add": ["nope"]})
    assert caught.value.as_result() == {
        "msg": caught.value.message,
        "changed": False,
        "failure": {"operation": "users-add-user", "http_status": 400, "ocs_code": 104, "category": "not_found"}
        | {"effect": "none"},
    }
    assert nextcloud.state.directory.account("jane") is None


@pytest.mark.parametrize("retries", [0, 3])
def test_a_refused_creation_that_left_the_account_behind_is_completed_and_told(nextcloud: Any, retries: int) -> None:
    nextcloud.state.add_account("boss", PASSWORD)
    with pytest.raises(Failure, match="set language: .* The rest is done: create the account, ") as caught:
        nextcloud.task(
            "user",
            userid="jane",
            user_password=PASSWORD,
            email="jane@example.org",
            language="xx",
            manager="boss",
            phone="+49 711 1234567",
            only_on_create=["phone"],
            retries=retries,
        )
    assert caught.value.category == "partial"
    assert caught.value.changed is True
    held = nextcloud.account("jane")
    # What came after the refused field, what fits into no creation, and what is set on creation only.
    assert (held["manager"], held["phone"], held["email"]) == ("boss", "+497111234567", "jane@example.org")


def test_password_by_sign_in(nextcloud: Any) -> None:
    nextcloud.task("user", userid="jane", user_password=PASSWORD)
    when_changed = {"userid": "jane", "update_password": "when_changed"}
    assert nextcloud.settled("user", **when_changed, user_password=PASSWORD)["changed"] is False
    result = nextcloud.settled("user", **when_changed, user_password=PASSWORD + "2")
    assert result["changed"] is True
    assert result["diff"]["after"]["user_password"] == "********"
    assert nextcloud.settled("user", userid="jane", user_password="another-one-9!x")["changed"] is False


def test_a_password_the_server_refuses(nextcloud: Any) -> None:
    with pytest.raises(Failure, match="at least 10 characters") as caught:
        nextcloud.task("user", userid="jane", user_password="short")
    assert caught.value.category == "invalid"
    assert caught.value.changed is False


@pytest.mark.parametrize(("on_readonly", "warned"), [("warn", True), ("skip", False)])
def test_an_account_of_a_read_only_backend(nextcloud: Any, on_readonly: str, warned: bool) -> None:
    nextcloud.state.add_account("ldap", PASSWORD, backend="LDAP")
    with pytest.raises(Failure, match="on_readonly") as caught:
        nextcloud.task("user", userid="ldap", display_name="New", role="Lead")
    assert caught.value.category == "read_only"
    assert nextcloud.journal.writes() == []
    result = nextcloud.predicted("user", userid="ldap", display_name="New", role="Lead", on_readonly=on_readonly)
    assert result["user"]["role"] == "Lead"
    assert result["user"]["display_name"] != "New"
    assert bool(result["warnings"]) is warned


@pytest.mark.parametrize("default", ["5 GB", "5GB", "10 MB", "5368709120", "none"])
def test_a_default_quota_of_a_size(nextcloud: Any, default: str) -> None:
    nextcloud.task("app_config", app="files", key="default_quota", value=default)
    nextcloud.state.add_account("jane", PASSWORD, quota="1 GB")
    assert nextcloud.settled("user", userid="jane", quota="default")["changed"] is True


# A server takes the two last for 5 bytes and for nothing.
@pytest.mark.parametrize("default", ["5,5 GB", "much", "5 GiB", "5 GB "])
def test_a_default_quota_that_is_no_size(nextcloud: Any, default: str) -> None:
    nextcloud.task("app_config", app="files", key="default_quota", value=default)
    nextcloud.state.add_account("jane", PASSWORD)
    with pytest.raises(Failure, match=f"^quota: .* default quota is {default!r}"):
        nextcloud.task("user", userid="jane", quota="default")


@pytest.mark.parametrize(
    ("config", "stands_for"),
    [
        ({}, 1024**3),
        ({"quota_preset": "2 GB, 5 GB"}, 2 * 1024**3),
        ({"quota_preset": " ,none, default, 3 GB "}, 3 * 1024**3),
        ({"quota_preset": "default"}, -3),
        ({"default_quota": "4 GB"}, 4 * 1024**3),
        ({"default_quota": ""}, -3),
    ],
)
@pytest.mark.parametrize("held", ["none", "1 MB"])
def test_the_default_quota_where_unlimited_ones_are_forbidden(
    nextcloud: Any, config: dict[str, str], stands_for: int, held: str
) -> None:
    nextcloud.state.add_account("jane", PASSWORD, quota=held)
    nextcloud.task("app_config", app="files", values={"allow_unlimited_quota": "0", **config})
    assert nextcloud.settled("user", userid="jane", quota="default")["changed"] is (stands_for != -3 or held != "none")
    assert nextcloud.account("jane")["quota"]["quota"] == stands_for
    users = [{"userid": "jane", "quota": "default"}]
    assert nextcloud.task("directory", users=users)["changed"] is False


def test_the_first_quota_that_is_offered_is_no_size(nextcloud: Any) -> None:
    nextcloud.state.add_account("jane", PASSWORD)
    nextcloud.task("app_config", app="files", values={"allow_unlimited_quota": "0", "quota_preset": "much, 5 GB"})
    with pytest.raises(Failure, match="^quota: .*'much' .*quota_preset"):
        nextcloud.task("user", userid="jane", quota="default")


def test_an_address_that_moves_between_primary_and_further_ones(nextcloud: Any) -> None:
    nextcloud.task("user", userid="jane", email="a@example.org", additional_emails={"set": ["b@example.org"]})
    nextcloud.clock.advance(600)
    nextcloud.settled("user", userid="jane", email="b@example.org", additional_emails={"set": ["a@example.org"]})
    held = nextcloud.account("jane")
    assert (held["email"], held["additional_mail"]) == ("b@example.org", ["a@example.org"])


@pytest.mark.parametrize("version", [32, 34])
def test_the_password_that_a_task_signs_in_with_is_changed_last(connect: Any, version: int) -> None:
    nextcloud = connect(version=version)
    result = nextcloud.task(
        "user",
        userid="admin",
        user_password=PASSWORD,
        update_password="always",
        display_name="Root",
        language="de",
        phone="+49 711 25242890",
    )
    assert result["changed"] is True
    assert nextcloud.task("user", password=PASSWORD, userid="admin", display_name="Root")["changed"] is False
    assert {entry.status for entry in nextcloud.journal} == {200}


@pytest.mark.parametrize(
    "phone", ["+49 0711 25242890", "+44 (0)20 7946 0018", "+39 (0)6 12345678", "+1 (202) 555-0143"]
)
def test_a_phone_number_is_the_servers(nextcloud: Any, phone: str) -> None:
    nextcloud.state.add_account("jane", PASSWORD)
    nextcloud.settled("user", userid="jane", phone=phone)


def test_the_default_quota(nextcloud: Any) -> None:
    nextcloud.state.add_account("jane", PASSWORD, quota="1 GB")
    nextcloud.settled("user", userid="jane", quota="default")
    nextcloud.journal.clear()
    nextcloud.task("user", userid="jane", quota="default")
    assert nextcloud.journal.requests == 3


def test_numeric_ids(nextcloud: Any) -> None:
    result = nextcloud.settled("user", userid="0", email="zero@example.org", groups={"add": ["staff"]})
    assert result["user"]["userid"] == "0"


@pytest.mark.parametrize("version", [32, 34])
def test_several_fields_of_an_account(connect: Any, version: int) -> None:
    nextcloud = connect(version=version)
    nextcloud.state.add_account("jane", PASSWORD)
    result = nextcloud.settled(
        "user", userid="jane", display_name="Jane", language="de", quota="1 GB", manager="admin", role="Lead"
    )
    assert result["rate_limit"]["calls"] == (2 if version == 34 else 5)
    held = nextcloud.account("jane")
    assert (held["displayname"], held["language"], held["manager"], held["role"]) == ("Jane", "de", "admin", "Lead")


def test_single_edits_where_several_fields_in_one_call_are_not_let_through(connect: Any) -> None:
    nextcloud = connect(version=34)
    nextcloud.state.add_account("jane", PASSWORD)
    nextcloud.server.fail("refused_verb", "PATCH")
    result = nextcloud.task("user", userid="jane", display_name="Jane", language="de", role="Lead")
    assert result["changed"] is True
    assert [entry.method for entry in nextcloud.journal.writes()] == ["PATCH", "PUT", "PUT", "PUT"]
    held = nextcloud.account("jane")
    assert (held["displayname"], held["language"], held["role"]) == ("Jane", "de", "Lead")


def test_a_refused_field_among_several_leaves_them_all(connect: Any) -> None:
    nextcloud = connect(version=34)
    nextcloud.state.add_account("jane", PASSWORD)
    with pytest.raises(Failure, match="language: ") as caught:
        nextcloud.task("user", userid="jane", display_name="Jane", language="xx")
    assert caught.value.category == "invalid"
    assert caught.value.changed is False
    assert nextcloud.account("jane")["displayname"] == "jane"


def test_an_app_password_before_34(connect: Any) -> None:
    nextcloud = connect(version=32, app_passwords={"app-token": "admin"})
    token = {"username": None, "password": None, "token": "app-token"}
    nextcloud.settled("user", **token, userid="jane", email="jane@example.org")
    assert nextcloud.server.sign_ins == 0
