# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What a server is, who is signed in, and what it lets them do."""

from __future__ import annotations

from typing import Any, Mapping

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import guards
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.answers import CONFIRM
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._apps.exemption import applies_to_rate_limits
from ansible_collections.community.nextcloud.plugins.module_utils._engine.resource import Reader

# By whether the server takes writes that want the password confirmed.
_CONFIRMATION = {
    None: "Only the answer to a write shows it. The password of the account confirms writes. Whether an app password does"
    " depends on the server, and its version does not tell.",
    True: "The server has accepted a write with these credentials.",
    False: CONFIRM,
}
_VERSION = ("major", "minor", "micro", "string", "edition")


def argument_spec() -> dict[str, Any]:
    """The option spec of module `server_info`, beside the connection: there is nothing to choose."""
    return {}


def parse(options: Mapping[str, Any]) -> None:
    """There is nothing to choose."""


def read(client: Client, query: None) -> dict[str, Any]:
    """What the signed-in account may see; null for what it may not."""
    account = client.signed_in_account()
    answer = client.call(operations.CAPABILITIES())
    version, capabilities = answer["version"], answer["capabilities"]
    groups = [str(groupid) for groupid in account["groups"]]
    subadmin_of = sorted(str(groupid) for groupid in account["subadmin"])
    is_admin = guards.ADMIN_GROUP in groups
    return {
        "version": {name: version[name] for name in _VERSION},
        "capabilities": capabilities,
        "signed_in": {
            "userid": str(account["id"]),
            "display_name": str(account["displayname"]),
            "is_admin": is_admin,
            "subadmin_of": subadmin_of,
            "backend": account["backend"],
        },
        "enabled_apps": _enabled_apps(client) if is_admin or subadmin_of else None,
        "writes_confirmed": client.writes_confirmed,
        "password_confirmation": {
            "accepted": client.writes_confirmed,
            "reason": _CONFIRMATION[client.writes_confirmed],
        },
        "rate_limits": {
            "exempt": is_exempt(client, capabilities, is_admin),
            "limits": rate_limits(int(version["major"])),
        },
    }


def _enabled_apps(client: Client) -> list[str]:
    return sorted(str(app) for app in client.call(operations.GET_ENABLED_APPS())["apps"])


def rate_limits(major: int) -> list[dict[str, Any]]:
    """[{operation, calls, seconds}]: what a server of this version limits for each signed-in account."""
    limits = {
        operation.id: operation.limit
        for operation in vars(operations).values()
        if isinstance(operation, operations.Operation) and operation.limit
    }
    if major < operations.PATCH_SINCE:
        del limits[operations.PATCH_USER.id]
    return [
        {"operation": name, "calls": limit.calls, "seconds": limit.seconds} for name, limit in sorted(limits.items())
    ]


def is_exempt(client: Client, capabilities: Mapping[str, Any], is_admin: bool) -> bool | None:
    """Whether the rate limits are lifted for the address that the server sees; None where that cannot be read."""
    allow_listed = (capabilities.get("bruteforce") or {}).get("allow-listed")
    if not allow_listed:
        return None if allow_listed is None else False
    if not is_admin:
        return None
    return applies_to_rate_limits(client)


RESOURCE = Reader("server", argument_spec, parse, read)
