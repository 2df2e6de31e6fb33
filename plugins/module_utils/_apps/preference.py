# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Preferences of the signed-in account. A server takes them and never gives them back."""

from __future__ import annotations

import json
from contextlib import nullcontext
from typing import Any, ContextManager, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._apps import key_values, ledger
from ansible_collections.community.nextcloud.plugins.module_utils._apps.key_values import Values
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import invalid
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import Plan, Step
from ansible_collections.community.nextcloud.plugins.module_utils._engine.resource import Resource

# The server fails instead of refusing it where it is something else.
_JSON = {("core", "apporder")}

# Of each key, whether the declared value was the last to be asserted; None where none was.
Known = dict[str, "bool | None"]


def argument_spec() -> dict[str, Any]:
    """The option spec of module `preference`, beside the connection."""
    return {**key_values.argument_spec(), "ledger": {"type": "path"}}


class Declared(NamedTuple):
    app: str
    values: Values
    state: str = "present"
    ledger: str | None = None


def parse(options: Mapping[str, Any]) -> Declared:
    """What the options declare; Failure (invalid) names the option that cannot be right."""
    app, values = key_values.parse(options)
    for key, value in values.items():
        if (app, key) in _JSON and value is not None and not _is_json(value):
            option = "value" if options.get("values") is None else f"values.{key}"
            raise invalid(option, f"the value of {app}/{key} must be valid JSON")
    path = options.get("ledger")
    if path and path == options.get("session_file"):
        raise invalid("ledger", "must not be the same file as session_file")
    if path:
        ledger.check(path)
    return Declared(app, values, options.get("state") or "present", path)


def read(client: Client, declared: Declared) -> tuple[Known, None]:
    """What the ledger knows; the server is not asked."""
    if declared.ledger is None:
        return dict.fromkeys(declared.values), None
    return ledger.compare(declared.ledger, client.signs_in_as, declared.app, declared.values), None


def around(client: Client, declared: Declared) -> ContextManager[None]:
    if declared.ledger is None:
        return nullcontext()
    return ledger.recording(declared.ledger, client.signs_in_as, declared.app, declared.values)


def plan(declared: Declared, current: Known, facts: None = None) -> Plan:
    """One call for all keys, in every run. It counts as a change where it is not known to repeat the last one."""
    after = {"app": declared.app, "values": dict(declared.values), "state": declared.state}
    if not declared.values:
        return Plan((), after, after)
    if declared.ledger is not None and all(current.values()):
        return Plan((_step(declared),), after, after, asserts=True)
    current_values = {key: value if current[key] else None for key, value in declared.values.items()}
    return Plan((_step(declared),), {"app": declared.app, "values": current_values}, after)


def _step(declared: Declared) -> Step:
    app, keys = declared.app, list(declared.values)
    title = f"{'key' if len(keys) == 1 else 'keys'} {', '.join(keys)} of app {app}"
    if declared.state == "absent":
        if len(keys) == 1:
            return Step(operations.DELETE_PREFERENCE(app, keys[0]), f"remove {title}", unreadable=True)
        return Step(
            operations.DELETE_PREFERENCES(app), f"remove {title}", query={"configKeys[]": keys}, unreadable=True
        )
    if len(keys) == 1:
        body = {"configValue": declared.values[keys[0]]}
        return Step(operations.SET_PREFERENCE(app, keys[0]), f"set {title}", body, unreadable=True)
    return Step(operations.SET_PREFERENCES(app), f"set {title}", {"configs": declared.values}, unreadable=True)


def _is_json(text: str) -> bool:
    def refuse(word: str) -> None:
        raise ValueError(word)  # NaN and its like, which only Python reads

    try:
        json.loads(text, parse_constant=refuse)
    except (ValueError, RecursionError):
        return False
    return True


RESOURCE = Resource("preference", argument_spec, parse, read, plan, around=around)
