# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Where a task runs: in the process of Ansible's own worker, or as a module that is shipped."""

from __future__ import annotations

import os
import sys
from typing import Any, Mapping

from ansible import constants
from ansible.errors import AnsibleActionFail
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase
from ansible.plugins.action.normal import ActionModule as ShippingAction
from ansible_collections.community.nextcloud.plugins.module_utils._api.connection import OPTIONS
from ansible_collections.community.nextcloud.plugins.module_utils._api.session import REQUESTS_IMPORT_ERROR
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._engine.resource import Reader, Resource
from ansible_collections.community.nextcloud.plugins.module_utils._values.lists import refuse_plain_lists
from ansible_collections.community.nextcloud.plugins.plugin_utils import _ansible_internals, _run_memory
from ansible_collections.community.nextcloud.plugins.plugin_utils._action import in_process, shipped

SWITCH = "NEXTCLOUD_IN_PROCESS"
VARIABLE = "nextcloud_in_process"
# These are looked up in the environment at the time of a call. All others may have a meaning for a process that starts.
TAKEN_UP = _run_memory.WAY | {option["env"] for option in OPTIONS.values() if "env" in option}


class DispatchingAction(ShippingAction):
    """The action of all modules: each has a subclass of its own, because Ansible's strategies load an action only under
    the name of its module. A task that cannot run in this process is shipped, as by Ansible's own action.
    """

    module: str
    resource: Resource | Reader

    def __init_subclass__(cls) -> None:
        # The subclass is in a file that is named like the module; a play may have another name for it.
        cls.module = cls.__module__.rpartition(".")[2]
        # Ansible loads an action before it starts a process for each task: what is loaded here is not loaded in each.
        cls.resource = in_process.resource_of(cls.module)

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """The result of the task, the same wherever it runs."""
        variables = task_vars or {}
        try:
            refuse_plain_lists(self.resource.argument_spec(), _ansible_internals.task_of(self).args)
        except Failure as failure:
            return {"failed": True, **failure.as_result()}
        environment = environment_in_process(self, variables)
        if environment is not None:
            return in_process.run(self, self.module, self.resource, variables, environment)
        return shipped.run(self, self.module, variables, lambda: ShippingAction.run(self, tmp, task_vars))


def environment_in_process(action: ActionBase, task_vars: Mapping[str, Any]) -> dict[str, str] | None:
    """The variables that `environment` adds for a task that is to run in this process; None for one to be shipped."""
    task, connection = _ansible_internals.task_of(action), _ansible_internals.connection_of(action)
    if REQUESTS_IMPORT_ERROR or task.async_val or connection.transport != "local" or connection.become:
        return None
    # As for all else that belongs to the connection, the variables of the host count that the task is delegated to.
    variables = task_vars["ansible_delegated_vars"][task.delegate_to] if task.delegate_to else task_vars
    if not _is_wanted(action, variables) or not _is_own_python(action, variables):
        return None
    environment = _ansible_internals.environment_of(action)
    if not TAKEN_UP.issuperset(environment):
        return None
    return {name: str(value) for name, value in environment.items()}


def _is_wanted(action: ActionBase, variables: Mapping[str, Any]) -> bool:
    value = variables.get(VARIABLE)
    value = os.environ.get(SWITCH) if value is None else _ansible_internals.templated(action, value)
    try:
        return bool(boolean(True if value in (None, "") else value))
    except TypeError:
        raise AnsibleActionFail(f"{VARIABLE} (or {SWITCH}): must be a boolean") from None


def _is_own_python(action: ActionBase, variables: Mapping[str, Any]) -> bool:
    """Whether the task asks for the Python that Ansible runs in, or for none: another may have other packages."""
    configured = constants.config.get_config_value("INTERPRETER_PYTHON", variables=variables)
    wanted = _ansible_internals.templated(action, configured)
    if not wanted or str(wanted).startswith("auto"):
        return True
    return _identity(str(wanted)) == _identity(sys.executable)


def _identity(executable: str) -> tuple[str, str]:
    """Two names of one program are one Python if they lie in one folder: what is installed depends on that too."""
    return os.path.realpath(executable), os.path.realpath(os.path.dirname(executable))
