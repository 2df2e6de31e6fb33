# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""A module that is shipped: it cannot see what the run knows of its credentials, so its action reads and notes it."""

from __future__ import annotations

import os
from typing import Any, Callable, Mapping

from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.answers import Answer, failure_of
from ansible_collections.community.nextcloud.plugins.module_utils._api.connection import OPTIONS, Connection
from ansible_collections.community.nextcloud.plugins.module_utils._api.memory import Known
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.plugin_utils import _ansible_internals, _run_memory
from ansible_collections.community.nextcloud.plugins.plugin_utils._action import changed_accounts, progress_display

Result = dict[str, Any]
# The others matter to the host that the module runs on, and may mean nothing here.
_DECISIVE = ("url", "username", "password", "token", "share_session", "validate_certs")
_FILES = ("ca_path", "client_cert", "client_key")


def run(action: ActionBase, module: str, task_vars: Mapping[str, Any], ship: Callable[[], Result]) -> Result:
    """The result of the module, which `ship` runs; it is not run with credentials that the server has refused."""
    host = str(task_vars.get("inventory_hostname"))
    environment = _ansible_internals.environment_of(action)
    connection = _connection(action, environment)
    with progress_display.of_shipped(action, module, host):
        if not connection:
            return ship()
        return _remembered(action, module, connection, environment, ship, host)


def _remembered(
    action: ActionBase,
    module: str,
    connection: Connection,
    environment: Mapping[str, Any],
    ship: Callable[[], Result],
    host: str,
) -> Result:
    task = _ansible_internals.task_of(action)
    memory = _run_memory.of_connection(
        connection,
        {name: str(value) for name, value in environment.items()},
        "" if _is_local(action) else task.delegate_to or host,
        tries_again=bool(task.retries or task.until),
    )
    # What becomes of a module that goes on without its task is not known here.
    with memory.turn(lambda known: bool(known.refusal or known.accepted or task.async_val)) as known:
        if known.refusal:
            return _refused(known.refusal)
        result = ship()
        learned = None if task.async_val else _learned(result)
        if learned and (learned.refusal or not known.accepted):
            memory.remember(learned)
    if result.get("changed"):
        _run_memory.forget(connection.url, changed_accounts.by(module, task.args))
    return result


def _is_local(action: ActionBase) -> bool:
    return bool(_ansible_internals.connection_of(action).transport == "local")


def _connection(action: ActionBase, environment: Mapping[str, Any]) -> Connection | None:
    """As the module will have it; None where that is not known here, or the module will refuse it."""
    options = _ansible_internals.task_of(action).args
    # The environment that the module finds on another host is not known.
    variables = {**(os.environ if _is_local(action) else {}), **environment}

    def option(name: str) -> Any:
        spec = OPTIONS[name]
        value = options.get(name) if name in _DECISIVE else None
        if value is None:
            value = variables.get(spec["env"], spec.get("default")) if "env" in spec else spec.get("default")
        if value is None:
            return None
        return boolean(value) if spec["type"] == "bool" else value if "default" in spec else str(value)

    try:
        connection = Connection.from_options(option)
    except (Failure, TypeError):
        return None
    ca_path, client_cert, client_key = (str(options[name]) if options.get(name) else None for name in _FILES)
    return connection._replace(ca_path=ca_path, client_cert=client_cert, client_key=client_key)


def _refused(answer: Answer) -> Result:
    """The failure of the module, which is not sent; it has the form of what a module returns."""
    failure = failure_of(operations.CURRENT_USER, answer)
    if failure is None:
        raise AssertionError("unreachable: a refusal is a failure")
    return {"failed": True, **failure.but(operation=None).as_result()}


def _learned(result: Result) -> Known | None:
    """What a result says of the credentials."""
    if not result.get("failed"):
        return Known(accepted=True)
    failure = result.get("failure")
    if not isinstance(failure, dict) or failure.get("category") != "authentication":
        return None
    code = failure.get("ocs_code")
    body = {"ocs": {"meta": {"statuscode": code}, "data": []}} if code else None
    return Known(refusal=Answer(int(failure.get("http_status") or 401), {}, body))
