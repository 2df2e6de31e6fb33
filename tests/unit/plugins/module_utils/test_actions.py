# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules that act and manage no state: `device_wipe` and `welcome_email`, against the mock server."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from refusals import refused

PASSWORD = "Zk3-qweR!plo9"
ACTIONS = ["device_wipe", "welcome_email"]


def done(nextcloud: Any, module: str) -> list[str]:
    return {"device_wipe": nextcloud.state.wiped, "welcome_email": nextcloud.state.welcomed}[module]


@pytest.fixture
def jane(nextcloud: Any) -> Any:
    nextcloud.state.add_account("jane", PASSWORD, email="jane@example.org")
    return nextcloud


@pytest.mark.parametrize("module", ACTIONS)
def test_every_run_acts_once_and_check_mode_not_at_all(jane: Any, module: str) -> None:
    result = jane.predicted(module, userid="Jane")
    assert done(jane, module) == ["jane"]
    assert result["changed"] is True
    assert result[module] == {"userid": "Jane"}
    assert result["diff"]["before"] == result["diff"]["after"]
    assert jane.task(module, userid="jane")["changed"] is True
    assert done(jane, module) == ["jane", "jane"]


@pytest.mark.parametrize("module", ACTIONS)
def test_an_account_that_is_not_there(nextcloud: Any, module: str) -> None:
    assert "account ghost does not exist" in nextcloud.task(module, check=True, userid="ghost")["warnings"][0]
    with pytest.raises(Failure, match="^userid: account ghost does not exist") as caught:
        nextcloud.task(module, userid="ghost")
    assert caught.value.category == "not_found"
    assert nextcloud.journal.writes() == []


@pytest.mark.parametrize("module", ACTIONS)
@pytest.mark.parametrize("userid", ["", "a/b", "..", " jane"])
def test_an_id_that_cannot_be_right_is_refused_before_any_request(nextcloud: Any, module: str, userid: str) -> None:
    with refused("userid"):
        nextcloud.task(module, userid=userid)
    assert nextcloud.journal.requests == 0


@pytest.mark.parametrize("module", ACTIONS)
def test_a_sub_admin_may_act_on_members_of_the_own_groups_alone(jane: Any, module: str) -> None:
    jane.state.add_account("lead", PASSWORD, groups=["design"], subadmin=["design"])
    jane.state.add_account("john", PASSWORD, groups=["design"], email="john@example.org")
    jane.task(module, userid="john", username="lead", password=PASSWORD)
    with pytest.raises(Failure, match="hidden from the signed-in|may not see or change"):
        jane.task(module, userid="jane", username="lead", password=PASSWORD)
    assert done(jane, module) == ["john"]


@pytest.mark.parametrize("check", [True, False])
def test_the_signed_in_account_is_not_wiped(nextcloud: Any, check: bool) -> None:
    with pytest.raises(Failure, match="signed-in account") as caught:
        nextcloud.task("device_wipe", check=check, userid="ADMIN")
    assert caught.value.category == "conflict"
    assert nextcloud.journal.writes() == []


@pytest.mark.parametrize("module", ACTIONS)
def test_an_action_that_the_server_has_not_taken_is_tried_again(jane: Any, module: str) -> None:
    jane.server.fail("maintenance", "POST")
    assert jane.task(module, userid="jane")["changed"] is True
    assert done(jane, module) == ["jane"]


@pytest.mark.parametrize("module", ACTIONS)
@pytest.mark.parametrize("kind", ["refused_connection", "lost_answer", "unavailable", "server_error", "login_page"])
@pytest.mark.parametrize("retries", [0, 3])
def test_an_action_that_may_have_been_carried_out_is_not_sent_again(
    jane: Any, module: str, kind: str, retries: int
) -> None:
    jane.server.fail(kind, "POST")
    with pytest.raises(Failure, match="Whether the call was carried out is not known") as caught:
        jane.task(module, userid="jane", retries=retries)
    assert (caught.value.effect, caught.value.changed) == ("unknown", True)
    assert len(done(jane, module)) == (kind == "lost_answer")


def test_a_welcome_needs_an_address(nextcloud: Any) -> None:
    nextcloud.state.add_account("jane", PASSWORD)
    # An earlier task of the same play may be what gives the account its address.
    prediction = nextcloud.task("welcome_email", check=True, userid="jane")
    assert "no e-mail address" in prediction["warnings"][0]
    with pytest.raises(Failure, match="^userid: account jane has no e-mail address.* option email") as caught:
        nextcloud.task("welcome_email", userid="jane")
    assert caught.value.category == "conflict"
    assert nextcloud.journal.writes() == []


@pytest.mark.parametrize(
    ("kind", "came"),
    [
        ("server_error", ["HTTP 500", "an HTML page of 126 bytes", "Internal server error"]),
        ("failed_call", ["HTTP 500", "Its log says why"]),
        ("unavailable", ["HTTP 503", "an HTML page of"]),
        ("truncated_json", ["HTTP 200", "JSON", "ends early", "41 bytes"]),
        ("login_page", ["HTTP 200", "an HTML page of", "Sign in", "Check url"]),
    ],
)
@pytest.mark.parametrize(("module", "path"), [("welcome_email", "/welcome"), ("device_wipe", "/wipe")])
def test_an_answer_that_leaves_the_effect_open_is_named(
    jane: Any, module: str, path: str, kind: str, came: list[str]
) -> None:
    jane.server.fail(kind, "POST", path, carried_out=True)
    with pytest.raises(Failure) as caught:
        jane.task(module, userid="jane")
    assert [words for words in came if words not in caught.value.message] == []
    assert "Whether the call was carried out is not known" in caught.value.message
    assert (caught.value.changed, caught.value.effect) == (True, "unknown")
    assert done(jane, module) == ["jane"]
