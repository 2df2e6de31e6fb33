# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module `server_info` against the mock server: for every kind of account, and for every kind of sign-in."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure

PASSWORD = "Zk3-qweR!plo9"
TOKEN = {"username": None, "password": None, "token": "app-token"}
FLAG = ("bruteforcesettings", "apply_allowlist_to_ratelimit")


def server(nextcloud: Any, **options: Any) -> dict[str, Any]:
    return nextcloud.task("server_info", **options)["server"]


def test_what_the_server_is_and_who_is_signed_in(nextcloud: Any) -> None:
    found = server(nextcloud, check=True)
    assert found["version"] == {"major": 32, "minor": 0, "micro": 1, "string": "32.0.1", "edition": ""}
    assert found["capabilities"]["provisioning_api"]["version"] == "1.22.0"
    assert found["signed_in"] == {
        "userid": "admin",
        "display_name": "admin",
        "is_admin": True,
        "subadmin_of": [],
        "backend": "Database",
    }
    assert "dashboard" in found["enabled_apps"]
    assert nextcloud.journal.writes() == []
    assert (nextcloud.journal.requests, nextcloud.server.sign_ins) == (3, 1)


def test_a_sub_admin(nextcloud: Any) -> None:
    nextcloud.state.add_account("lead", PASSWORD, subadmin=["design", "a+b"])
    found = server(nextcloud, username="LEAD", password=PASSWORD)
    assert (found["signed_in"]["userid"], found["signed_in"]["is_admin"]) == ("lead", False)
    assert found["signed_in"]["subadmin_of"] == ["a+b", "design"]
    assert "dashboard" in found["enabled_apps"]


def test_an_account_without_rights_gets_null_and_no_failure(nextcloud: Any) -> None:
    nextcloud.state.add_account("plain", PASSWORD)
    nextcloud.state.allow_list.add("127.0.0.0", 8)
    found = server(nextcloud, username="plain", password=PASSWORD)
    assert (found["signed_in"]["is_admin"], found["signed_in"]["subadmin_of"]) == (False, [])
    assert (found["enabled_apps"], found["rate_limits"]["exempt"]) == (None, None)
    assert {entry.status for entry in nextcloud.journal} == {200}


@pytest.mark.parametrize("version", [32, 34])
def test_what_is_said_of_limits_is_what_the_server_does(connect: Any, version: int) -> None:
    nextcloud = connect(version=version)
    limits = {limit["operation"]: limit for limit in server(nextcloud)["rate_limits"]["limits"]}
    assert ("users-edit-user-multi-field" in limits) is (version == 34)
    assert limits["users-edit-user"] == {"operation": "users-edit-user", "calls": 50, "seconds": 600}
    assert limits["users-edit-user-multi-value"] == {
        "operation": "users-edit-user-multi-value",
        "calls": 5,
        "seconds": 60,
    }


@pytest.mark.parametrize(
    ("network", "flag", "exempt"),
    [
        (None, None, False),
        (None, "1", False),
        (("127.0.0.0", 8), None, False),
        (("127.0.0.0", 8), "0", False),
        (("127.0.0.0", 8), "1", True),
        (("10.0.0.0", 8), "1", False),
    ],
)
def test_whether_this_host_is_exempt(
    nextcloud: Any, network: tuple[str, int] | None, flag: str | None, exempt: bool
) -> None:
    if network:
        nextcloud.state.allow_list.add(*network)
    if flag:
        nextcloud.state.apps.set_value(*FLAG, flag)
    nextcloud.state.add_account("jane")
    assert server(nextcloud)["rate_limits"]["exempt"] is exempt
    # And so it is: the 51st edit of a window passes, or it does not.
    for number in range(50):
        nextcloud.task("user", userid="jane", role=str(number), rate_limit_wait=0)
    try:
        nextcloud.task("user", userid="jane", role="last", rate_limit_wait=0)
    except Failure as failure:
        assert failure.category == "rate_limited"
    assert (nextcloud.account("jane")["role"] == "last") is exempt
