# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The configuration of apps."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._apps.config_read import read_value
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import invalid
from ansible_collections.community.nextcloud.plugins.module_utils._engine.resource import Reader
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import parse_value


def argument_spec() -> dict[str, Any]:
    """The option spec of module `app_config_info`, beside the connection."""
    return {
        "app": {"type": "str"},
        "key": {"type": "str", "no_log": False},
        "values": {"type": "bool", "default": True},
    }


class Query(NamedTuple):
    """One key of an app, else all keys of an app, else the apps."""

    app: str | None = None
    key: str | None = None
    values: bool = True


def parse(options: Mapping[str, Any]) -> Query:
    """What the options ask for; Failure (invalid) names the option that cannot be right."""
    app, key = options["app"], options["key"]
    if app is None and key is not None:
        raise invalid("key", "requires app")
    return Query(
        None if app is None else parse_value("app", kinds.APPID, app),
        None if key is None else parse_value("key", kinds.CONFIG_KEY, key),
        options["values"],
    )


def read(client: Client, query: Query) -> list[dict[str, Any]]:
    """[{app}], sorted, or of one app [{app, keys}] or [{app, values}]; a key that is not there is in neither.

    A value is None where the server names the key, but its API cannot reach it.
    """
    if query.app is None:
        return [{"app": app} for app in sorted(map(str, client.call(operations.GET_CONFIGURED_APPS())["data"]))]
    if query.key is not None and query.values:
        keys = [query.key]
    else:
        keys = sorted(str(key) for key in client.call(operations.GET_APP_CONFIG_KEYS(query.app))["data"])
        keys = [key for key in keys if query.key in (None, key)]
    if not query.values:
        return [{"app": query.app, "keys": keys}]
    values = {key: read_value(client, query.app, key) if _reachable(key) else None for key in keys}
    if query.key is not None:
        values = {key: value for key, value in values.items() if value is not None}
    return [{"app": query.app, "values": values}]


def _reachable(key: str) -> bool:
    """A command on the server may have set a key that the API does not find, such as one with a slash."""
    try:
        kinds.CONFIG_KEY.parse(key)
    except ValueError:
        return False
    return True


RESOURCE = Reader("app_config", argument_spec, parse, read)
