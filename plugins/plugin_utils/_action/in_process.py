# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""A module run in the process that Ansible's worker is: as it would run on its own, but with a session that is shared.

The options go in and the result comes out as they do for a module that is shipped: encoded as JSON, handled by
AnsibleModule on one side and by the base of all actions on the other.
"""

from __future__ import annotations

import io
import os
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from functools import partial
from importlib import import_module
from typing import Any, Iterator, Mapping

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase
from ansible.utils.display import Display
from ansible_collections.community.nextcloud.plugins.module_utils._common.progress import Progress
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module
from ansible_collections.community.nextcloud.plugins.module_utils._engine.resource import Reader, Resource
from ansible_collections.community.nextcloud.plugins.module_utils._engine.run import Context
from ansible_collections.community.nextcloud.plugins.plugin_utils import _ansible_internals
from ansible_collections.community.nextcloud.plugins.plugin_utils._action import (
    account_options,
    progress_display,
    sessions,
)

_MODULES = "ansible_collections.community.nextcloud.plugins.modules"


_ansible_internals.load_encodings()


def resource_of(module: str) -> Resource | Reader:
    """What a module of the collection manages or reads."""
    found: Resource | Reader = import_module(f"{_MODULES}.{module}").RESOURCE
    return found


def run(
    action: ActionBase,
    module: str,
    resource: Resource | Reader,
    task_vars: dict[str, Any],
    environment: Mapping[str, str],
) -> dict[str, Any]:
    """The result of the module with the options of the action's task. environment: variables that are set meanwhile."""
    task = _ansible_internals.task_of(action)
    options = _encoded(action, task_vars)
    host = str(task_vars.get("inventory_hostname"))
    shared = sessions.of_task((_ansible_internals.identity(task), host))
    if task.retries or task.until:
        shared.try_again()
    Display().vvv(f"{task.action} runs in this process, because the task runs on the controller.")
    progress = Progress()
    context = Context(sessions=partial(shared.session, environment), progress=progress)
    with _environment(environment), progress_display.shown(host, progress.line):
        printed = _printed(resource, options, context)
    result = _ansible_internals.result_from(action, printed)
    if result.get("changed"):
        shared.forget(account_options.by(module, task.args))
    return result


def _encoded(action: ActionBase, task_vars: dict[str, Any]) -> bytes:
    try:
        return _ansible_internals.options_for_module(action, task_vars)
    except TypeError:
        name = _ansible_internals.task_of(action).action
        raise AnsibleActionFail(f"The options of {name} must be text, numbers and booleans.") from None


def _printed(resource: Resource | Reader, options: bytes, context: Context) -> str:
    """What the module prints."""
    # Nobody reads a module's standard error either. In a worker of ansible-core 2.18 a thread that wrote to Ansible's, such
    # as for a warning of a library, would wait forever for a lock of the main thread.
    with (
        _ansible_internals.given_to_module(options),
        redirect_stdout(io.StringIO()) as output,
        redirect_stderr(io.StringIO()),
        suppress(SystemExit),
    ):
        run_module(resource, context)
    return output.getvalue()


@contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        for name in variables:
            if name in before:
                os.environ[name] = before[name]
            else:
                del os.environ[name]
