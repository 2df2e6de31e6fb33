# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The engine: one run of one task. It knows neither modules nor action plugins; either leads to it."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client, Sessions, connected
from ansible_collections.community.nextcloud.plugins.module_utils._api.connection import Connection
from ansible_collections.community.nextcloud.plugins.module_utils._api.session import Session
from ansible_collections.community.nextcloud.plugins.module_utils._common.clock import Clock
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._common.progress import Progress
from ansible_collections.community.nextcloud.plugins.module_utils._engine.resource import Mode, Reader, Resource


class Context(NamedTuple):
    """What a task is run in.

    sessions: gives the session for a connection: one that ends with the task, or one that others use too.
    progress: where a long task says how far it is, for somebody who watches it; None where nobody does.
    """

    clock: Clock = Clock()
    sessions: Sessions = Session
    progress: Progress | None = None


def run(resource: Resource | Reader, options: Mapping[str, Any], mode: Mode, context: Context) -> dict[str, Any]:
    """The result of a task with these options, those of the connection among them. Raises Failure."""
    connection = Connection.from_options(options.get)
    declared = resource.parse(options)
    with connected(connection, *context) as client:
        try:
            result = resource.task(client, declared, mode)
        except Failure as failure:
            more = {**failure.more, **_beside(client)}
            warnings = [*connection.warnings, *failure.more.get("warnings", ())]
            more |= {"warnings": warnings} if warnings else {}
            raise failure.but(more=more) from failure
        return {**result, **_beside(client), "warnings": [*connection.warnings, *result["warnings"]]}


def _beside(client: Client) -> dict[str, Any]:
    """What every task returns of its sign-ins, where there is something to know."""
    return {"failed_sign_ins": client.failed_sign_ins} if client.failed_sign_ins else {}
