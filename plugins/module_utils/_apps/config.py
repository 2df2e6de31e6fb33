# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Configuration of an app."""

from __future__ import annotations

import json
import re
from typing import Any, Mapping, NamedTuple

from ansible.module_utils.parsing.convert_bool import BOOLEANS_FALSE
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._apps import key_values
from ansible_collections.community.nextcloud.plugins.module_utils._apps.config_read import read_value
from ansible_collections.community.nextcloud.plugins.module_utils._apps.key_values import Values
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import invalid
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import MASK, Plan, State, Step
from ansible_collections.community.nextcloud.plugins.module_utils._engine.resource import Resource

# The server keeps these to itself, in every app and in core.
_PROTECTED = re.compile("installed_version|enabled|types")
_PROTECTED_IN_CORE = re.compile("encryption_enabled|(public|remote)_.*", re.DOTALL)

# How a key that the server has given a type stores the words of a switch.
_SWITCH = {**dict.fromkeys(("1", "yes", "true", "on"), "1"), **dict.fromkeys(("0", "no", "false", "off"), "0")}


def argument_spec() -> dict[str, Any]:
    """The option spec of module `app_config`, beside the connection."""
    return {**key_values.argument_spec(secret=True), "sensitive": {"type": "bool", "default": False}}


class Declared(NamedTuple):
    app: str
    values: Values
    sensitive: bool = False
    state: str = "present"


def parse(options: Mapping[str, Any]) -> Declared:
    """What the options declare; Failure (invalid) names the option that cannot be right."""
    app, values = key_values.parse(options)
    for key in values:
        if _PROTECTED.fullmatch(key) or app == "core" and _PROTECTED_IN_CORE.fullmatch(key):
            option = "key" if options.get("values") is None else "values"
            raise invalid(option, f"{key} of {app} is protected by the server and must not be set or removed")
    return Declared(app, values, bool(options.get("sensitive")), options.get("state") or "present")


def public(options: Mapping[str, Any]) -> frozenset[str]:
    """Values are held for secrets unless it is known that they are none. The options are as given, and may be anything."""
    known = str(options.get("sensitive") or False).lower() in BOOLEANS_FALSE
    return frozenset(("value", "values")) if known else frozenset()


def read(client: Client, declared: Declared) -> tuple[Values, None]:
    """What the server holds under each declared key, None where there is no such key."""
    return {key: read_value(client, declared.app, key) for key in declared.values}, None


def plan(declared: Declared, current: Values, facts: None = None) -> Plan:
    """The calls from the current values to the declared ones; what is the same keeps the server's spelling."""
    after = {key: current[key] if _same(value, current[key]) else value for key, value in declared.values.items()}
    steps = tuple(_step(declared, key, value) for key, value in after.items() if value != current[key])
    if not steps:
        unchanged = _state(declared, after, declared.state)
        return Plan((), unchanged, unchanged)
    state = "absent" if all(value is None for value in current.values()) else "present"
    return Plan(steps, _state(declared, current, state), _state(declared, after, declared.state))


def _same(declared: str | None, current: str | None) -> bool:
    """Whether writing `declared` would change nothing, as far as it can be known.

    A key with a type reads back 1 where it was sent yes, and JSON in a spelling of the server's own. The API does not
    tell a key's type. So a word for 1 is taken for the same as a 1 that is held, and no other spelling for another.
    """
    if declared is None or current is None:
        return declared is current
    if declared == current or _SWITCH.get(declared.lower()) == current:
        return True
    one, other = _json(declared), _json(current)
    return one is not None and one == other


def _json(text: str) -> str | None:
    """A list or map in one spelling for each content, None for any other text. An empty map is an empty list."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return json.dumps(content or [], sort_keys=True) if isinstance(content, (dict, list)) else None


def _step(declared: Declared, key: str, value: str | None) -> Step:
    if value is None:
        return Step(operations.DELETE_APP_CONFIG(declared.app, key), f"remove {key}")
    return Step(operations.SET_APP_CONFIG(declared.app, key), f"set {key}", {"value": value})


def _state(declared: Declared, values: Values, state: str) -> State:
    shown = {key: MASK if declared.sensitive and value is not None else value for key, value in values.items()}
    return {"app": declared.app, "values": shown, "state": state}


RESOURCE = Resource("app_config", argument_spec, parse, read, plan, public=public)
