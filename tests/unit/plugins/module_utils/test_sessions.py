# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sessions: one sign-in a task, and a file that keeps it for the next."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure


def test_a_session_signs_in_once(nextcloud: Any) -> None:
    with nextcloud.client() as client:
        for unused in range(5):
            client.call(operations.CURRENT_USER())
    assert nextcloud.server.sign_ins == 1


def test_a_session_is_renewed_before_writes_want_a_fresh_one(nextcloud: Any) -> None:
    with nextcloud.client() as client:
        client.call(operations.CURRENT_USER())
        nextcloud.clock.advance(31 * 60)
        client.call(operations.ADD_GROUP(), body={"groupid": "design"})
    assert nextcloud.server.sign_ins == 2


# A session that is too old for a write, and a client that does not know


def let_age(nextcloud: Any) -> None:
    """From now on the server takes all sessions for older than it lets one write."""
    for session in nextcloud.state.sign_ins.sessions.values():
        session.since -= 3600


def test_a_write_that_is_refused_for_an_old_session_is_sent_again_in_a_new_one(nextcloud: Any) -> None:
    with nextcloud.client() as client:
        client.call(operations.CURRENT_USER())
        let_age(nextcloud)
        for groupid in ("design", "staff"):
            client.call(operations.ADD_GROUP(), body={"groupid": groupid})
    # The server looks at no password where it is shown a cookie that it knows.
    assert nextcloud.server.sign_ins == 2
    assert [entry.status for entry in nextcloud.journal.writes()] == [403, 200, 200]


def test_an_old_session_of_a_file_is_renewed_once(nextcloud: Any, tmp_path: Path) -> None:
    kept = str(tmp_path / "session")
    nextcloud.task("group", groupid="one", session_file=kept)
    let_age(nextcloud)
    for groupid in ("two", "three"):
        assert nextcloud.task("group", groupid=groupid, session_file=kept)["changed"] is True
    assert nextcloud.server.sign_ins == 2


def test_a_lack_of_rights_costs_one_more_sign_in(nextcloud: Any, tmp_path: Path) -> None:
    nextcloud.state.add_account("jane", "jane")
    kept = str(tmp_path / "session")
    with nextcloud.client(username="jane", password="jane", session_file=kept) as client:
        client.call(operations.CURRENT_USER())
        for unused in range(3):
            with pytest.raises(Failure, match="not allowed"):
                client.call(operations.ADD_GROUP(), body={"groupid": "design"})
    again = nextcloud.client(username="jane", password="jane", session_file=kept)
    with again as client, pytest.raises(Failure, match="not allowed"):
        client.call(operations.ADD_GROUP(), body={"groupid": "design"})
    assert nextcloud.server.sign_ins == 2
    assert [entry.status for entry in nextcloud.journal.writes()] == [403] * (2 + 2 + 1)


def test_a_write_that_signs_in_is_not_sent_again(nextcloud: Any) -> None:
    nextcloud.state.add_account("jane", "jane")
    with nextcloud.client(username="jane", password="jane") as client, pytest.raises(Failure, match="not allowed"):
        client.call(operations.ADD_GROUP(), body={"groupid": "design"})
    assert len(nextcloud.journal.writes()) == 1


def test_an_app_password_is_never_too_old(connect: Any) -> None:
    nextcloud = connect(version=34)
    nextcloud.state.sign_ins.app_passwords["app-password"] = "admin"
    with nextcloud.client(token="app-password", username=None, password=None) as client:
        client.call(operations.CURRENT_USER())
        with pytest.raises(Failure) as caught:
            client.call(operations.ADD_GROUP(), body={"groupid": "design"})
    assert caught.value.category == "confirmation"
    assert len(nextcloud.journal.writes()) == 1


def test_a_refusal_that_the_operation_explains_is_not_for_the_session(nextcloud: Any) -> None:
    with nextcloud.client() as client:
        client.call(operations.CURRENT_USER())
        with pytest.raises(Failure) as caught:
            client.call(operations.SET_APP_CONFIG("files", "enabled"), body={"value": "no"})
    assert caught.value.http_status == 403
    assert nextcloud.server.sign_ins == 1


# A session in a file


def test_a_kept_session_needs_no_sign_in(nextcloud: Any, tmp_path: Path) -> None:
    kept = tmp_path / "session"
    nextcloud.task("user", userid="jane", email="jane@example.org", session_file=str(kept))
    nextcloud.journal.clear()
    nextcloud.task("user", userid="jane", email="jane@example.org", session_file=str(kept))
    assert nextcloud.journal.requests == 1
    assert nextcloud.server.sign_ins == 1
    assert stat.S_IMODE(os.stat(kept).st_mode) == 0o600


def test_a_kept_session_is_renewed_when_it_is_old(nextcloud: Any, tmp_path: Path) -> None:
    kept = str(tmp_path / "session")
    nextcloud.task("group", groupid="one", session_file=kept)
    nextcloud.clock.advance(26 * 60)
    nextcloud.task("group", groupid="two", session_file=kept)
    assert nextcloud.server.sign_ins == 2
    nextcloud.task("group", groupid="three", session_file=kept)
    assert nextcloud.server.sign_ins == 2


def test_a_kept_session_is_of_no_use_for_another_password(nextcloud: Any, tmp_path: Path) -> None:
    kept = str(tmp_path / "session")
    nextcloud.task("group", groupid="design", session_file=kept)
    for options in ({"password": "wrong"}, {"username": "other"}):
        with pytest.raises(Failure) as caught:
            nextcloud.task("group", groupid="design", session_file=kept, **options)
        assert caught.value.category == "authentication"
    signed_in = nextcloud.server.sign_ins
    nextcloud.task("group", groupid="design", session_file=kept)
    assert nextcloud.server.sign_ins == signed_in


def test_a_session_that_the_server_has_ended_is_replaced(nextcloud: Any, tmp_path: Path) -> None:
    kept = str(tmp_path / "session")
    nextcloud.task("group", groupid="design", session_file=kept)
    nextcloud.state.sign_ins.end_sessions(nextcloud.state.account("admin"))
    assert nextcloud.task("group", groupid="design", session_file=kept)["changed"] is False
    assert nextcloud.server.sign_ins == 2


def test_a_kept_session_that_the_server_has_lost_is_signed_in_once(nextcloud: Any, tmp_path: Path) -> None:
    kept = str(tmp_path / "session")
    nextcloud.task("user", userid="jane", email="jane@example.org", session_file=kept)
    nextcloud.state.sign_ins.end_sessions(nextcloud.state.account("admin"))
    nextcloud.clock.advance(20 * 60)
    nextcloud.task("user", userid="jane", role="Lead", headline="Head", session_file=kept)
    assert nextcloud.server.sign_ins == 2
    # The new session is as old as its own sign-in.
    nextcloud.clock.advance(20 * 60)
    nextcloud.task("user", userid="jane", role="Boss", session_file=kept)
    assert nextcloud.server.sign_ins == 2


def test_a_session_file_holds_no_password(nextcloud: Any, tmp_path: Path) -> None:
    kept = tmp_path / "session"
    nextcloud.state.add_account("root", "canary-Password-1", groups=["admin"])
    nextcloud.task("group", groupid="a", username="root", password="canary-Password-1", session_file=str(kept))
    assert "canary" not in kept.read_text()
    assert len(json.loads(kept.read_text())["sessions"]) == 1
    assert [path.name for path in tmp_path.iterdir() if "canary" in path.read_text()] == []


@pytest.mark.parametrize(
    "content",
    ["", "[]", '{"sessions": {}}', "not json", '{"salt": 1, "sessions": {}}', '{"salt": "00", "sessions": []}'],
)
def test_a_file_that_holds_no_sessions_is_refused(nextcloud: Any, tmp_path: Path, content: str) -> None:
    path = tmp_path / "precious"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(Failure, match="^session_file: "):
        nextcloud.task("group", groupid="design", session_file=str(path))
    assert path.read_text() == content
    assert nextcloud.journal.requests == 0


def test_a_session_file_that_others_can_read_is_refused(nextcloud: Any, tmp_path: Path) -> None:
    path = tmp_path / "session"
    nextcloud.task("group", groupid="design", session_file=str(path))
    path.chmod(0o640)
    with pytest.raises(Failure, match="0600"):
        nextcloud.task("group", groupid="design", session_file=str(path))


def test_a_session_file_in_a_folder_that_is_not_there_is_refused_before_any_request(
    nextcloud: Any, tmp_path: Path
) -> None:
    with pytest.raises(Failure, match="^session_file: "):
        nextcloud.task("group", groupid="design", session_file=str(tmp_path / "nowhere" / "session"))
    assert nextcloud.journal.requests == 0
