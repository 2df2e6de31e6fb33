# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Apps of a server: which of them are enabled."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._apps.info import listed
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import Plan, State, Step
from ansible_collections.community.nextcloud.plugins.module_utils._engine.resource import Resource
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import parse_value


def argument_spec() -> dict[str, Any]:
    """The option spec of module `app`, beside the connection."""
    return {
        "app": {"type": "str", "required": True},
        "state": {"type": "str", "choices": ["enabled", "disabled"], "default": "enabled"},
    }


class Declared(NamedTuple):
    app: str
    state: str = "enabled"


def parse(options: Mapping[str, Any]) -> Declared:
    """What the options declare; Failure (invalid) names the option that cannot be right."""
    app = parse_value("app", kinds.APPID, options["app"])
    return Declared(app, options.get("state") or "enabled")


def read(client: Client, declared: Declared) -> tuple[str | None, bool]:
    """(enabled or disabled, None where the server does not have the app; whether it is always enabled)."""
    if declared.app not in listed(client, "enabled"):
        return ("disabled" if declared.app in listed(client, "disabled") else None), False
    return "enabled", declared.state == "disabled" and _is_fixed(client, declared.app)


def _is_fixed(client: Client, app: str) -> bool:
    """Whether an enabled app cannot be disabled. An app whose files are gone is not listed either, but it can be."""
    if app in listed(client, None):
        return False
    return client.find(operations.GET_APP, app) is not None


def plan(declared: Declared, current: str | None, fixed: bool = False) -> Plan:
    """The call from the app's state to the declared one. Failure where there is none."""
    after = _state(declared, declared.state)
    if current == declared.state:
        return Plan((), after, after)
    if declared.state == "enabled":
        warning = f"app: {declared.app} is not installed; enabling it makes the server download it from the app store."
        step = Step(operations.ENABLE_APP(declared.app), f"enable app {declared.app}")
        return Plan((step,), _state(declared, current), after, () if current else (warning,))
    if current is None:
        raise Failure(
            "not_found",
            f"app: {declared.app} is not installed, so it cannot be disabled. Use the id of an installed app.",
        )
    if fixed:
        raise Failure("conflict", f"app: {declared.app} is required by the server and cannot be disabled.")
    step = Step(operations.DISABLE_APP(declared.app), f"disable app {declared.app}")
    return Plan((step,), _state(declared, current), after)


def _state(declared: Declared, state: str | None) -> State | None:
    return {"app": declared.app, "state": state} if state else None


RESOURCE = Resource("app", argument_spec, parse, read, plan)
