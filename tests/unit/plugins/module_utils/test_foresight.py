# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What check mode says of a run that would be refused, and what a run leaves for the next one."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure

PASSWORD = "Zk3-qweR!plo9"
NEW = {"userid": "new", "email": "new@example.org"}


@pytest.fixture
def staffed(nextcloud: Any) -> Any:
    nextcloud.state.add_group("design")
    nextcloud.state.add_group("staff")
    nextcloud.state.add_account("jane", PASSWORD, groups=["design"], email="jane@example.org")
    nextcloud.state.add_account("lead", PASSWORD, groups=["staff"], subadmin=["staff"])
    nextcloud.journal.clear()
    return nextcloud


@pytest.mark.parametrize(
    ("module", "options", "named"),
    [
        ("user", {"userid": "jane", "groups": {"add": ["design", "nope"]}}, ["groups: group nope does"]),
        ("user", {"userid": "jane", "groups": {"set": ["b", "a"]}}, ["groups: groups a, b do"]),
        ("user", {"userid": "jane", "subadmin_of": {"add": ["nope"]}}, ["subadmin_of: group nope does"]),
        ("user", {**NEW, "groups": {"add": ["staff", "nope"]}}, ["groups: group nope does"]),
        ("user", {**NEW, "groups": {"add": ["staff"]}}, []),
        ("user", {"userid": "jane", "groups": {"add": ["design"]}}, []),
        ("subadmin", {"userid": "jane", "groups": ["nope", "design"]}, ["groups: group nope does"]),
        ("subadmin", {"userid": "jane", "groups": ["design"]}, []),
        ("subadmin", {"userid": "ghost", "groups": ["design"]}, ["userid: account ghost does"]),
        ("group_member", {"groupid": "design", "users": ["ghost", "admin"]}, ["users: account ghost does"]),
        ("group_member", {"groupid": "design", "users": ["JANE", "Admin"]}, []),
        ("group_member", {"groupid": "nope", "users": ["jane"]}, ["groupid: group nope does"]),
        (
            "directory",
            {"users": [{"userid": "jane", "groups": {"add": ["nope"]}}], "groups": []},
            ["users[0] (jane): groups:"],
        ),
    ],
)
def test_check_mode_warns_of_what_an_earlier_task_may_create(
    staffed: Any, module: str, options: dict[str, Any], named: list[str]
) -> None:
    warnings = staffed.task(module, check=True, **options)["warnings"]
    assert len(warnings) == len(named)
    assert all(text in warning for text, warning in zip(named, warnings, strict=True))
    assert staffed.journal.writes() == []


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("website", "HTTPS://example.org"),
        ("website", "Http://example.org"),
        ("timezone", "europe/berlin"),
        ("timezone", "utc"),
        ("timezone", "Europe/berlin"),
    ],
)
@pytest.mark.parametrize("check", [True, False])
def test_values_that_the_server_refuses_are_refused_before_any_request(
    staffed: Any, option: str, value: str, check: bool
) -> None:
    with pytest.raises(Failure, match=f"^{option}: ") as caught:
        staffed.task("user", check=check, userid="jane", **{option: value})
    assert caught.value.category == "invalid"
    assert staffed.journal.requests == 0


# What the signed-in account may not see


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize(
    "options",
    [{"state": "absent"}, {"email": "j@example.org"}, {"enabled": False}, {"user_password": PASSWORD}],
)
def test_an_account_that_is_hidden_is_neither_absent_nor_created(
    staffed: Any, check: bool, options: dict[str, Any]
) -> None:
    with pytest.raises(Failure, match="^userid: account jane exists, but") as caught:
        staffed.task("user", check=check, username="lead", password=PASSWORD, userid="jane", **options)
    assert (caught.value.category, caught.value.changed) == ("permission", False)
    assert staffed.journal.writes() == []


def test_an_account_that_does_not_exist_is_absent_for_a_sub_admin_too(staffed: Any) -> None:
    result = staffed.task("user", username="lead", password=PASSWORD, userid="ghost", state="absent")
    assert result["changed"] is False


# What is set on creation only

PERSON = {"userid": "jane", "email": "jane@example.org", "locale": "de_DE", "timezone": "Europe/Berlin"} | {
    "phone": "+49 711 25242890",
    "additional_emails": {"set": ["j@example.org"]},
    "only_on_create": ["locale", "timezone", "phone", "additional_emails"],
}


@pytest.mark.parametrize("module", ["user", "directory"])
@pytest.mark.parametrize("lost", ["locale", "timezone", "phone", "additional_mail"])
def test_values_for_the_creation_are_not_lost_where_the_run_ends_before_they_are_set(
    nextcloud: Any, module: str, lost: str
) -> None:
    options = PERSON if module == "user" else {"users": [PERSON]}
    # The run ends after the creation, for all that it could still do.
    nextcloud.server.fail("maintenance", "PUT", times=1000)
    with pytest.raises(Failure) as caught:
        nextcloud.task(module, retries=0, **options)
    assert {"locale": "set locale", "timezone": "set timezone", "phone": "set phone"}.get(
        lost, "add e-mail address j@example.org"
    ) in caught.value.message
    nextcloud.server.faults.clear()
    assert nextcloud.task(module, **options)["changed"] is True
    assert nextcloud.account("jane")[lost] not in ("", [], None)
    assert nextcloud.task(module, **options)["changed"] is False


@pytest.mark.parametrize("module", ["user", "directory"])
def test_what_somebody_has_set_or_emptied_meanwhile_stays(nextcloud: Any, module: str) -> None:
    options = PERSON if module == "user" else {"users": [PERSON]}
    nextcloud.state.add_account("jane", PASSWORD, email="jane@example.org", locale="fr_FR", phone="+4971125242891")
    nextcloud.task(module, **options)
    record = nextcloud.account("jane")
    assert (record["locale"], record["phone"], record["timezone"]) == ("fr_FR", "+4971125242891", "Europe/Berlin")
    # Whoever has signed in may have emptied a field.
    nextcloud.task("user", userid="jane", phone="")
    with nextcloud.client(username="jane", password=PASSWORD) as client:
        client.signed_in_account()
    assert nextcloud.task(module, **options)["changed"] is False
    assert nextcloud.account("jane")["phone"] == ""
