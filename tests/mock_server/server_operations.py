# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operations on apps, app configuration and preferences, and what a server says of itself."""

from __future__ import annotations

import typing as t

from . import preferences
from .call import Call
from .errors import BadField
from .model import Account, Record
from .state import State


def list_apps(call: Call) -> t.Any:
    return {"apps": call.state.apps.listed(call.params.optional_text("filter"))}


def show_app(call: Call) -> t.Any:
    return call.state.apps.info(call.ids["app"])


def enable_app(call: Call) -> t.Any:
    call.state.apps.enable(call.ids["app"])
    return []


def disable_app(call: Call) -> t.Any:
    call.state.apps.disable(call.ids["app"])
    return []


def enabled_apps(call: Call) -> t.Any:
    return {"apps": call.state.apps.enabled()}


def configured_apps(call: Call) -> t.Any:
    return {"data": call.state.apps.configured()}


def config_keys(call: Call) -> t.Any:
    return {"data": call.state.apps.keys(call.ids["app"])}


def config_value(call: Call) -> t.Any:
    default = call.params.text("defaultValue", "")
    return {"data": call.state.apps.value(call.ids["app"], call.ids["key"], default)}


def set_config_value(call: Call) -> t.Any:
    call.state.apps.set_value(call.ids["app"], call.ids["key"], call.params.text("value"))
    return []


def delete_config_value(call: Call) -> t.Any:
    call.state.apps.delete_value(call.ids["app"], call.ids["key"])
    return []


def set_preference(call: Call) -> t.Any:
    wanted = {call.ids["key"]: call.params.text("configValue")}
    preferences.set_all(call.actor, call.ids["app"], wanted, call.state.apps.enabled())
    return []


def set_preferences(call: Call) -> t.Any:
    wanted = call.params.mapping("configs")
    if not all(isinstance(value, str) for value in wanted.values()):
        raise BadField()
    preferences.set_all(call.actor, call.ids["app"], wanted, call.state.apps.enabled())
    return []


def delete_preference(call: Call) -> t.Any:
    preferences.delete_all(call.actor, call.ids["app"], [call.ids["key"]])
    return []


def delete_preferences(call: Call) -> t.Any:
    preferences.delete_all(call.actor, call.ids["app"], call.params.texts("configKeys", required=True))
    return []


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
