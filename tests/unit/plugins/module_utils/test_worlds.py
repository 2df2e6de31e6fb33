# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""In each world of the integration targets: what was read of a whole server changes nothing when it is declared."""

from __future__ import annotations

import json
from typing import Any

import pytest
from integration.worlds import WORLDS, World

EVERYTHING = {"users": "delete", "groups": True, "memberships": True}


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
def test_a_directory_fed_back_with_all_purges_changes_nothing(connect: Any, world: World) -> None:
    nextcloud = connect(**world.settings)
    world.furnish(nextcloud.state)
    world.appoint(nextcloud.state, "ansible-test-")
    account = nextcloud.state.account(world.signs_in)
    options = {
        "url": "http://nextcloud.test" + nextcloud.server.base_path,
        "username": account.userid,
        "password": account.password,
        "headers": json.loads(world.environment.get("NEXTCLOUD_HEADERS", "null")),
    }
    found = nextcloud.task("directory_info", **options)["directory"]
    assert len(found["users"]) >= 1
    result = nextcloud.task("directory", **found, **options, purge=EVERYTHING, max_removals="100%")
    assert (result["changed"], nextcloud.journal.writes()) == (False, [])
