# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The sessions that the items of a loop share."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import connected
from ansible_collections.community.nextcloud.plugins.module_utils._api.connection import OPTIONS, Connection
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.plugin_utils._action import account_options
from ansible_collections.community.nextcloud.plugins.plugin_utils._action.sessions import SharedSessions, of_task

PASSWORD = "Zk3-qweR!plo9"


@pytest.fixture
def item(nextcloud: Any) -> Any:
    """One item of a loop: reads, and writes where it is told to; further arguments are options of the connection."""
    defaults = {name: option.get("default") for name, option in OPTIONS.items()}

    def run(sessions: SharedSessions, environment: Any = (), write: bool = False, **options: Any) -> None:
        given = {**defaults, "url": "http://nextcloud.test", "username": "admin", "password": "admin"}
        given |= {"share_session": False, **options}  # with other tasks, that is
        connection = Connection.from_options(given.get)
        session = partial(sessions.session, dict(environment))
        with connected(connection, nextcloud.context.clock, session) as client:
            client.call(operations.CURRENT_USER())
            if write:
                client.call(operations.ENABLE_USER("jane"))

    nextcloud.state.add_account("jane", PASSWORD)
    return run


def test_items_with_the_same_connection_sign_in_once(nextcloud: Any, item: Any) -> None:
    sessions = SharedSessions()
    for unused in range(5):
        item(sessions)
    assert nextcloud.server.sign_ins == 1
    assert nextcloud.journal.requests == 5


def test_another_account_has_a_session_of_its_own(nextcloud: Any, item: Any) -> None:
    sessions = SharedSessions()
    for unused in range(3):
        item(sessions)
        item(sessions, username="jane", password=PASSWORD)
    assert nextcloud.server.sign_ins == 2
    assert [entry.account for entry in nextcloud.journal] == ["admin", "jane"] * 3


def test_another_environment_has_a_session_of_its_own(nextcloud: Any, item: Any) -> None:
    sessions = SharedSessions()
    for unused in range(3):
        item(sessions)
        item(sessions, {"https_proxy": "http://proxy.example.org"})
    assert nextcloud.server.sign_ins == 2


def test_an_old_session_is_renewed_once(nextcloud: Any, item: Any) -> None:
    sessions = SharedSessions()
    item(sessions)
    nextcloud.clock.advance(26 * 60)
    for unused in range(3):
        item(sessions, write=True)
    assert nextcloud.server.sign_ins == 2


def test_a_session_that_the_server_has_lost_is_signed_in_once(nextcloud: Any, item: Any) -> None:
    sessions = SharedSessions()
    item(sessions)
    nextcloud.state.sign_ins.end_sessions(nextcloud.state.account("admin"))
    for unused in range(3):
        item(sessions, write=True)
    assert nextcloud.server.sign_ins == 2


def test_a_refused_password_is_sent_once(nextcloud: Any, item: Any) -> None:
    sessions = SharedSessions()
    for unused in range(20):
        with pytest.raises(Failure, match="refused the sign-in"):
            item(sessions, password="wrong")
    assert nextcloud.journal.requests == 1
    item(sessions)


def test_a_refused_password_may_be_tried_again_where_that_is_asked_for(nextcloud: Any, item: Any) -> None:
    sessions = SharedSessions()
    for unused in range(2):
        item(sessions)
        with pytest.raises(Failure):
            item(sessions, username="jane", password="later")
        sessions.try_again()
    nextcloud.state.account("jane").password = "later"
    item(sessions, username="jane", password="later")
    assert nextcloud.server.sign_ins == 1 + 2 + 1


def test_only_so_many_are_kept(nextcloud: Any, item: Any) -> None:
    sessions = SharedSessions(most=2)
    for userid in ("a", "b", "c"):
        nextcloud.state.add_account(userid, PASSWORD)
    for userid in ("a", "b", "a", "c", "a", "b"):
        item(sessions, username=userid, password=PASSWORD)
    # The one that has been used longest ago goes first: that of b.
    assert nextcloud.server.sign_ins == 4


def test_another_task_has_sessions_of_its_own() -> None:
    first = of_task(("task", "host"))
    assert of_task(("task", "host")) is first
    assert of_task(("task", "other host")) is not first
    assert of_task(("other task", "host")) is not of_task(("task", "host"))


def test_an_account_that_has_another_password_is_tried_again(nextcloud: Any, item: Any) -> None:
    sessions = SharedSessions()
    with pytest.raises(Failure):
        item(sessions, username="jane", password="later")
    nextcloud.state.account("jane").password = "later"
    sessions.forget(["Jane"])
    item(sessions, username="jane", password="later")


@pytest.mark.parametrize(
    ("module", "options", "userids"),
    [
        ("user", {"userid": "jane", "user_password": "x"}, ["jane"]),
        ("user", {"userid": "jane", "enabled": True}, ["jane"]),
        ("user", {"userid": 7, "state": "absent"}, ["7"]),
        ("user", {"userid": "jane", "quota": "5 GB"}, []),
        ("group", {"groupid": "jane", "state": "absent"}, []),
        ("directory", {"users": [{"userid": "jane", "user_password": "x"}, {"userid": "john"}]}, ["jane"]),
        ("directory", {"users": [{"userid": "jane"}], "defaults": {"enabled": True}}, ["jane"]),
        ("directory", {"users": "jane", "defaults": "x"}, []),
        ("directory", {"users": ["jane", {"user_password": "x"}]}, []),
        ("directory", {"groups": []}, []),
    ],
)
def test_accounts_whose_sign_in_a_task_may_have_changed(
    module: str, options: dict[str, Any], userids: list[str]
) -> None:
    assert account_options.by(module, options) == userids
