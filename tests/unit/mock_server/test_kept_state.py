# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The file in which a server keeps its state, so that it may be killed at any time."""

from __future__ import annotations

import pytest
import requests
from mock_server import MockServer, Settings
from mock_server.__main__ import main, server_from
from mock_server.testing import ServerProcess


def test_what_was_answered_survives_a_kill(tmp_path):
    kept = str(tmp_path / "state.json")
    with ServerProcess(STATE_FILE=kept) as server:
        assert server("POST", "/cloud/groups", json={"groupid": "g"}).status_code == 200
        new = {"userid": "u", "password": "Zk3-qweR!plo9", "groups": ["g"], "quota": "5 GB"}
        assert server("POST", "/cloud/users", json=new).status_code == 200
        edit = {"key": "role", "value": "Lead"}
        assert [server("PUT", "/cloud/users/u", json=edit).status_code for unused in range(50)] == [200] * 50
        before = server("GET", "/cloud/users/u").json()
        server.kill()
    with ServerProcess(STATE_FILE=kept) as server:
        assert server("GET", "/cloud/users/u").json() == before
        assert server("PUT", "/cloud/users/u", json=edit).status_code == 429


def test_faults_over_the_admin_port_of_a_process(tmp_path):
    with ServerProcess(ADMIN_PORT="0") as server:
        [admin_url] = server.admin_url
        requests.post(admin_url + "/faults", json={"kind": "bad_gateway"}, timeout=30)
        assert [server("GET", "/cloud/groups").status_code for unused in range(2)] == [502, 200]


def test_the_file_is_whole_at_any_time_and_for_its_owner_only(tmp_path, mock_with_clock):
    kept = tmp_path / "state.json"
    server = mock_with_clock(state_file=str(kept))
    client = server.client()
    assert not kept.exists()
    client("POST", "/cloud/groups", json={"groupid": "g"})
    assert kept.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["state.json"]
    again = MockServer(Settings(state_file=str(kept)))
    assert [group.groupid for group in again.state.directory.groups()] == ["admin", "g"]


@pytest.mark.parametrize("content", ["", "{}", '{"form": 0}', '{"form": 1}', "[]"])
def test_a_file_that_holds_no_state_is_refused_and_left(tmp_path, capsys, content):
    kept = tmp_path / "state.json"
    kept.write_text(content)
    assert main({"STATE_FILE": str(kept)}) == 2
    assert "state" in capsys.readouterr().err
    assert kept.read_text() == content


def test_many_accounts_at_the_start_unless_a_state_was_kept(tmp_path, mock_with_clock):
    kept = str(tmp_path / "state.json")
    server = server_from({"ACCOUNTS": "250", "STATE_FILE": kept})
    assert len(server.state.directory.accounts()) == 251
    assert [len(group.members) for group in server.state.directory.groups()] == [1, 100, 100, 50]
    server.state.delete(server.state.account("u00001"))
    server.save()
    assert len(server_from({"ACCOUNTS": "250", "STATE_FILE": kept}).state.directory.accounts()) == 250
