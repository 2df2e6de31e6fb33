# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a server says of itself: its status, its version, and what it can do."""

from __future__ import annotations

from ..state.model import Account, Record
from ..state.server_state import State


def status(state: State) -> Record:
    return {
        "installed": True,
        "maintenance": state.maintenance,
        "needsDbUpgrade": False,
        "version": ".".join(map(str, state.version)),
        "versionstring": ".".join(map(str, state.version[:3])),
        "edition": "",
        "productname": "Nextcloud",
        "extendedSupport": False,
    }


def capabilities(state: State, actor: Account | None, address: str) -> Record:
    """Everyone learns the version; only who has signed in learns what the server can do."""
    major, minor, micro = state.version[:3]
    known: Record = {
        "bruteforce": {"delay": 0, "allow-listed": state.allow_list.holds(address)},
        "theming": {"name": "Nextcloud", "productName": "Nextcloud", "url": "https://nextcloud.com"},
    }
    if actor is not None:
        known.update(
            {
                "core": {
                    "pollinterval": 60,
                    "webdav-root": "remote.php/webdav",
                    "mod-rewrite-working": True,
                    "user": {"language": actor.language, "locale": actor.locale, "timezone": actor.timezone},
                },
                "password_policy": {"minLength": 10, "enforceNonCommonPassword": True},
                "provisioning_api": {
                    "version": "1.22.0",
                    "AccountPropertyScopesVersion": 2,
                    "AccountPropertyScopesFederatedEnabled": True,
                    "AccountPropertyScopesPublishedEnabled": False,
                },
            }
        )
    version = {
        "major": major,
        "minor": minor,
        "micro": micro,
        "string": "%d.%d.%d" % (major, minor, micro),
        "edition": "",
        "extendedSupport": False,
    }
    return {"version": version, "capabilities": known}
