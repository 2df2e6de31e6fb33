# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""A module that is shipped: it cannot see what the run knows of its credentials, so its action reads and notes it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import Any, Callable, Iterator, Mapping

from ansible.module_utils.parsing.convert_bool import boolean
from ansible.playbook.task import Task
from ansible.plugins.action import ActionBase
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.answers import Answer, failure_of
from ansible_collections.community.nextcloud.plugins.module_utils._api.connection import OPTIONS, Connection
from ansible_collections.community.nextcloud.plugins.module_utils._api.memory import (
    CONFIRMED_VARIABLE,
    FAILURES_VARIABLE,
    Known,
    Memory,
)
from ansible_collections.community.nextcloud.plugins.module_utils._api.session import LET_IN
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.plugin_utils import _ansible_internals, _run_memory
from ansible_collections.community.nextcloud.plugins.plugin_utils._action import account_options, progress_display

Result = dict[str, Any]
# Files of the host that the module runs on; here they may not exist.
_FILES = ("ca_path", "client_cert", "client_key")
# The only module that says whether writes were confirmed.
_TELLS = "server_info"
# What these change may be in files, or needs no confirmation.
UNCONFIRMED = frozenset(("onboarding_complete", "onboarding_prepare", "preference", "rate_limit_exemption"))
_CONVERTED: Mapping[str, Callable[[Any], Any]] = {"bool": boolean, "float": float, "int": int, "str": str}


def run(action: ActionBase, module: str, task_vars: Mapping[str, Any], ship: Callable[[], Result]) -> Result:
    """The result of the module, which `ship` runs; it is not run with credentials that the server has refused."""
    host = str(task_vars.get("inventory_hostname"))
    environment = _ansible_internals.environment_of(action)
    connection = _connection(action, environment)
    with progress_display.of_shipped(action, module, host):
        if not connection:
            return ship()
        task = _ansible_internals.task_of(action)
        memory = _run_memory.of_connection(
            connection,
            {name: str(value) for name, value in environment.items()},
            "" if _is_local(action) else task.delegate_to or host,
            tries_again=bool(task.retries or task.until),
        )
        with _told_of_writes(task, module, memory):
            result = _remembered(task, memory, ship)
        confirmed = None if task.check_mode or task.async_val else _confirmed(module, result)
        if confirmed is not None:
            memory.remember_writes(confirmed)
    if result.get("changed"):
        _run_memory.forget(connection.url, account_options.by(module, task.args))
    return result


def _remembered(task: Task, memory: Memory, ship: Callable[[], Result]) -> Result:
    # What becomes of a module that goes on without its task is not known here.
    with memory.turn(lambda known: bool(known.refusal or known.accepted or task.async_val)) as known:
        if known.refusal:
            return _refused(known.refusal)
        with _told_of_failures(task, memory):
            result = ship()
        memory.failures.add(result.get("failed_sign_ins") or 0)
        learned = None if task.async_val else _learned(result)
        if learned and (learned.refusal or not known.accepted):
            memory.remember(learned)
    return result


@contextmanager
def _told_of_failures(task: Task, memory: Memory) -> Iterator[None]:
    """Inside it, a module that compares passwords by signing in finds how many sign-ins have failed before."""
    if not account_options.compares(task.args):
        yield
        return
    with memory.failures.counted() as before, _ansible_internals.more_environment(
        task, {FAILURES_VARIABLE: str(before)}
    ):
        yield


@contextmanager
def _told_of_writes(task: Task, module: str, memory: Memory) -> Iterator[None]:
    """Inside it, the module that says whether writes were confirmed finds what is known of it."""
    confirmed = memory.writes_confirmed() if module == _TELLS else None
    if confirmed is None:
        yield
        return
    with _ansible_internals.more_environment(task, {CONFIRMED_VARIABLE: str(confirmed).lower()}):
        yield


def _is_local(action: ActionBase) -> bool:
    return bool(_ansible_internals.connection_of(action).transport == "local")


def _connection(action: ActionBase, environment: Mapping[str, Any]) -> Connection | None:
    """As the module will have it; None where that is not known here, or the module will refuse it."""
    options = _ansible_internals.task_of(action).args
    # The environment that the module finds on another host is not known.
    variables = {**(os.environ if _is_local(action) else {}), **environment}

    def option(name: str) -> Any:
        spec = OPTIONS[name]
        value = None if spec["type"] == "path" else options.get(name)
        if value is None:
            value = variables.get(spec.get("env", ""))
        return spec.get("default") if value is None else _CONVERTED.get(spec["type"], _as_it_is)(value)

    try:
        connection = Connection.from_options(option)
    except (Failure, TypeError, ValueError):
        return None
    files: dict[str, Any] = {name: _expanded(options[name]) for name in _FILES if options.get(name)}
    return connection._replace(**files)


def _expanded(path: Any) -> str:
    return os.path.expandvars(os.path.expanduser(str(path)))


def _as_it_is(value: Any) -> Any:
    return value


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
    if not isinstance(failure, dict):
        return None
    status, code = failure.get("http_status"), failure.get("ocs_code")
    # Something in front of the server may have refused them; it is not asked again either.
    if failure.get("category") == "authentication" or status == 401:
        body = {"ocs": {"meta": {"statuscode": code}, "data": []}} if code else None
        return Known(refusal=Answer(int(status or 401), {}, body))
    return Known(accepted=True) if code and status in LET_IN else None


def _confirmed(module: str, result: Result) -> bool | None:
    """Whether the result says that the server takes writes that want the password confirmed."""
    failure = result.get("failure")
    if isinstance(failure, dict) and failure.get("category") == "confirmation":
        return False
    is_done = result.get("changed") and not result.get("failed")
    return True if is_done and module not in UNCONFIRMED else None
