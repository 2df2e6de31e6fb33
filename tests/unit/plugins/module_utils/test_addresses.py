# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Addresses as people have them: brought to the server's base with a warning, or nothing is believed of what answers."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._api import connection
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure

BASE = "http://nextcloud.test"
TASKS: list[tuple[str, dict[str, Any]]] = [
    ("group", {"groupid": "new"}),
    ("group", {"groupid": "design", "state": "absent"}),
    ("user", {"userid": "new", "email": "new@example.org"}),
    ("user", {"userid": "jane", "state": "absent"}),
    ("user", {"userid": "jane", "enabled": False}),
    ("group_member", {"groupid": "design", "users": ["admin"]}),
    ("subadmin", {"userid": "jane", "groups": ["design"]}),
    ("preference", {"app": "theming", "key": "shortcuts_disabled", "value": "yes"}),
    ("app_config", {"app": "files", "key": "default_quota", "value": "3 GB"}),
    ("app", {"app": "dashboard", "state": "disabled"}),
    ("welcome_email", {"userid": "jane"}),
    ("device_wipe", {"userid": "jane"}),
    ("directory", {"users": [{"userid": "new", "email": "new@example.org"}]}),
    ("rate_limit_exemption", {"network": "192.0.2.0/24"}),
]
READERS: list[tuple[str, dict[str, Any]]] = [
    ("user_info", {}),
    ("user_info", {"userid": "jane"}),
    ("group_info", {}),
    ("group_info", {"groupid": "design", "members": True}),
    ("app_info", {"app": "dashboard"}),
    ("app_config_info", {"app": "files"}),
    ("server_info", {}),
    ("directory_info", {}),
]


@pytest.fixture
def people(nextcloud: Any) -> Any:
    nextcloud.state.add_group("design")
    nextcloud.state.add_account("jane", "Zk3-qweR!plo9", groups=["design"], email="jane@example.org")
    nextcloud.journal.clear()
    return nextcloud


@pytest.mark.parametrize(
    "below",
    [
        "/ocs/v1.php/cloud",
        "/ocs/v2.php",
        "/ocs/v2.php/cloud/users",
        "/ocs",
        "/index.php",
        "/index.php/",
        "/index.php/login",
        "/index.php/apps/files/",
        "/login",
        "/apps/files/files",
        "/settings/users",
        "/settings/admin/overview",
    ],
)
def test_an_address_of_a_page_is_brought_to_the_servers_own(people: Any, below: str) -> None:
    result = people.task("group", groupid="new", url=BASE + below)
    assert result["changed"] is True
    assert people.state.directory.group("new") is not None
    warned = below.rstrip("/") != "/index.php"
    assert [BASE in warning and "url" in warning for warning in result["warnings"]] == [True] * warned


@pytest.mark.parametrize("path", ["/nextcloud", "/apps-of-ours/cloud", "/a/ocsy", "/settings.old"])
def test_a_path_that_merely_looks_alike_is_kept(path: str) -> None:
    assert connection.base_of(BASE + path) == BASE + path


@pytest.mark.parametrize(("module", "options"), [*TASKS, *READERS], ids=lambda value: str(value)[:40])
@pytest.mark.parametrize("path", ["/ocs/v1.php/cloud", "/ocs/v2.php", "/nowhere"])
def test_nothing_is_believed_of_a_wrong_address(
    people: Any, monkeypatch: pytest.MonkeyPatch, module: str, options: dict[str, Any], path: str
) -> None:
    # A gateway may lead to such a path without anybody seeing it in url.
    monkeypatch.setattr(connection, "base_of", lambda url: url)
    with pytest.raises(Failure, match="There is no Nextcloud API|trusted_domains") as caught:
        people.task(module, url=BASE + path, **options)
    assert (caught.value.category, caught.value.changed) == ("protocol", False)
    assert people.state.directory.account("jane") is not None
