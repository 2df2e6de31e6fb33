# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The accounts to which a task may have given another password or another state, so that what was known no longer holds."""

from __future__ import annotations

from typing import Any, Mapping

_DECIDE = ("user_password", "enabled", "state")


def by(module: str, options: Mapping[str, Any]) -> list[str]:
    """Their ids, of a task of the module with these options, as they were given."""
    if module == "user":
        return _decided([options], {})
    if module == "directory":
        return _decided(options.get("users"), options.get("defaults"))
    return []


def compares(options: Mapping[str, Any]) -> bool:
    """Whether a task with these options, as they were given, may compare passwords by signing in."""
    users = options.get("users")
    among = (options, options.get("defaults"), *(users if isinstance(users, list) else ()))
    return any(isinstance(user, Mapping) and user.get("update_password") == "when_changed" for user in among)


def _decided(users: Any, defaults: Any) -> list[str]:
    """Options of a module are checked by the module: here they may be anything."""
    common = defaults if isinstance(defaults, Mapping) else {}
    return [
        str(user["userid"])
        for user in (users if isinstance(users, list) else ())
        if isinstance(user, Mapping) and "userid" in user and any(name in user or name in common for name in _DECIDE)
    ]
