# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Which apps a server has, and which of them are enabled."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.answers import records
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._engine.resource import Reader
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import parse_value

STATES = ("enabled", "disabled")
# What of an app's description every app has, and in the same form.
DESCRIBED = ("name", "version", "licence", "summary")


def argument_spec() -> dict[str, Any]:
    """The option spec of module `app_info`, beside the connection."""
    return {
        "app": {"type": "str"},
        "state": {"type": "str", "choices": [*STATES, "all"], "default": "all"},
    }


class Query(NamedTuple):
    """Which apps: one, or all that are in one of the states."""

    app: str | None = None
    states: tuple[str, ...] = STATES


def parse(options: Mapping[str, Any]) -> Query:
    """What the options ask for; Failure (invalid) names the option that cannot be right."""
    app = None if options["app"] is None else parse_value("app", kinds.APPID, options["app"])
    return Query(app, STATES if options["state"] == "all" else (options["state"],))


def read(client: Client, query: Query) -> list[dict[str, Any]]:
    """The apps, sorted by id."""
    if query.app is None:
        apps = {app: state for state in query.states for app in listed(client, state)}
        return [{"app": app, "state": state} for app, state in sorted(apps.items())]
    described = client.find(operations.GET_APP, query.app)
    if described is None:
        return []
    # The description does not say whether the app is enabled.
    state = "enabled" if query.app in listed(client, "enabled") else "disabled"
    if state not in query.states:
        return []
    return [{"app": query.app, "state": state, **{name: described.get(name) for name in DESCRIBED}}]


def listed(client: Client, state: str | None) -> list[str]:
    """The ids of the apps in a state; without one, those of all apps but the ones that cannot be disabled."""
    return [str(app) for app in records(client.call(operations.GET_APPS(), query={"filter": state})["apps"])]


RESOURCE = Reader("apps", argument_spec, parse, read)
