# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The private names of ansible-core that code on the controller uses, and what differs from version to version.

Those that a shipped module uses are in `module_utils/_engine/ansible_internals.py`. What Ansible documents for those who
write plugins, such as the methods of an inventory plugin, is used where it is needed.
"""

from __future__ import annotations

import inspect
import json
from contextlib import contextmanager
from typing import Any, Iterator

from ansible.module_utils import basic
from ansible.module_utils.common import json as encoding
from ansible.module_utils.common import warnings
from ansible.parsing.dataloader import DataLoader
from ansible.playbook.task import Task
from ansible.plugins.action import ActionBase
from ansible.plugins.connection import ConnectionBase
from ansible.plugins.lookup import LookupBase
from ansible.utils.unsafe_proxy import wrap_var
from ansible.vars import clean

# The form of JSON that modules are spoken to in.
_PROFILE = "legacy"


def task_of(action: ActionBase) -> Task:
    return action._task


def connection_of(action: ActionBase) -> ConnectionBase:
    return action._connection


def identity(task: Task) -> str:
    """The same for all items of a loop, and another for every other task of the run."""
    return str(task._uuid)


def templated(plugin: ActionBase | LookupBase, value: Any) -> Any:
    """The value with the templates in it resolved, by the variables of the plugin's task. Raises AnsibleError."""
    return plugin._templar.template(value)


def loader_of(lookup: LookupBase) -> DataLoader:
    """The loader of the run, which has its vault passwords."""
    return lookup._loader


def environment_of(action: ActionBase) -> dict[str, Any]:
    """What `environment` of the task, its block and its play make together. Raises AnsibleError."""
    environment: dict[str, Any] = {}
    action._compute_environment_string(environment)
    return environment


@contextmanager
def more_environment(task: Task, variables: dict[str, str]) -> Iterator[None]:
    """Inside it, a module that the task ships finds these in its environment too."""
    before = task.environment
    task.environment = [*(before or []), variables]
    try:
        yield
    finally:
        task.environment = before


def options_for_module(action: ActionBase, task_vars: dict[str, Any]) -> bytes:
    """The options of the task, and those that Ansible itself gives to every module, such as the check mode.

    TypeError: there are some that cannot be encoded.
    """
    options = dict(action._task.args)
    action._update_module_args(action._task.action, options, task_vars)
    return json.dumps({"ANSIBLE_MODULE_ARGS": options}, **_encoder()).encode()


@contextmanager
def given_to_module(options: bytes) -> Iterator[None]:
    """Inside it, AnsibleModule finds these options, as a module in a process of its own does."""
    basic._ANSIBLE_ARGS = options
    basic._ANSIBLE_PROFILE = _PROFILE
    # Up to ansible-core 2.18 a module's warnings are kept until its process ends; this one has others to run.
    warnings._global_warnings.clear()
    warnings._global_deprecations.clear()
    try:
        yield
    finally:
        basic._ANSIBLE_ARGS = None


def _encoder() -> dict[str, Any]:
    if hasattr(encoding, "get_module_encoder"):
        return {"cls": encoding.get_module_encoder(_PROFILE, encoding.Direction.CONTROLLER_TO_MODULE)}
    return {"cls": encoding.AnsibleJSONEncoder, "vault_to_text": True}  # ansible-core 2.18


def load_encodings() -> None:
    """What is loaded now, before workers are forked, is not loaded in each of them."""
    if hasattr(encoding, "get_module_encoder"):
        for direction in encoding.Direction:
            encoding.get_module_encoder(_PROFILE, direction)


def result_from(action: ActionBase, printed: str) -> dict[str, Any]:
    """What Ansible makes of the text that a module has printed."""
    returned = {"stdout": printed, "stderr": "", "rc": 0}
    if len(inspect.signature(action._parse_returned_data).parameters) == 1:  # ansible-core 2.18
        parsed = wrap_var(action._parse_returned_data(returned))
    else:
        parsed = action._parse_returned_data(returned, _PROFILE)
    result: dict[str, Any]
    if isinstance(parsed, dict):
        clean.remove_internal_keys(parsed)
        result = parsed
    else:  # from ansible-core 2.22 on
        parsed.remove_internal_keys()
        result = parsed.as_result_dict(for_round_trip=True)
    return result
