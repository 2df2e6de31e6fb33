# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The demonstration on a server that is killed between its halves and started again: nothing is lost."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from demo import LEAVER, play
from mock_server.testing import ServerProcess


def test_killing_the_server_between_two_halves_of_a_demo_loses_nothing(tmp_path: Path) -> None:
    state_file = str(tmp_path / "state.json")
    with ServerProcess(STATE_FILE=state_file) as server:
        port = str(urlsplit(server.url).port)
        connection = {"NEXTCLOUD_URL": server.url, "NEXTCLOUD_USERNAME": "admin", "NEXTCLOUD_PASSWORD": "admin"}
        assert play("onboard", connection) > 0
        before = server("GET", "/cloud/users/details").json()["ocs"]["data"]
        server.kill()
    with ServerProcess(STATE_FILE=state_file, PORT=port) as server:
        after = server("GET", "/cloud/users/details").json()["ocs"]["data"]
        assert after["users"].keys() == before["users"].keys()
        assert play("onboard", connection) == 0
        assert play("offboard", connection, "-e", f"userid={LEAVER}") > 0
        assert server("GET", f"/cloud/users/{LEAVER}").json()["ocs"]["data"]["enabled"] is False
