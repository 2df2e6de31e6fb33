# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""A module run in the process that Ansible's worker is: as it would run on its own, but with a session that is shared.

The options go in and the result comes out as they do for a module that is shipped: encoded as JSON, handled by
AnsibleModule on one side and by the base of all actions on the other.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import json
import os
from functools import partial
from importlib import import_module
from typing import Any, Iterator, Mapping

from ansible.errors import AnsibleActionFail
from ansible.module_utils import basic
from ansible.module_utils.common import json as encoding
from ansible.module_utils.common import warnings
from ansible.plugins.action import ActionBase
from ansible.utils.unsafe_proxy import wrap_var
from ansible.vars import clean
from ansible_collections.community.nextcloud.plugins.module_utils._common.progress import Progress
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module
from ansible_collections.community.nextcloud.plugins.module_utils._engine.run import Context
from ansible_collections.community.nextcloud.plugins.plugin_utils._action import progress_display, sessions

_MODULES = "ansible_collections.community.nextcloud.plugins.modules"
# The form of JSON that modules are spoken to in.
_PROFILE = "legacy"


def run(action: ActionBase, module: str, task_vars: dict[str, Any], environment: Mapping[str, str]) -> dict[str, Any]:
    """The result of the module with the options of the action's task. environment: variables that are set meanwhile."""
    task = action._task
    options = dict(task.args)
    action._update_module_args(task.action, options, task_vars)
    host = str(task_vars.get("inventory_hostname"))
    shared = sessions.of_task((task._uuid, host))
    if task.retries or task.until:
        shared.forget_refused()
    action._display.vvv(f"{task.action} runs in this process, because the task runs on the controller.")
    progress = Progress()
    context = Context(sessions=partial(shared.session, environment), progress=progress)
    with _environment(environment), progress_display.shown(action, host, progress.line):
        printed = _printed(module, _encoded(task.action, options), context)
    return _as_result(action, printed)


def _encoded(name: str, options: dict[str, Any]) -> bytes:
    try:
        return json.dumps({"ANSIBLE_MODULE_ARGS": options}, **_encoder()).encode()
    except TypeError:
        raise AnsibleActionFail(f"The options of {name} cannot be passed on: text, numbers and booleans are.") from None


def _encoder() -> dict[str, Any]:
    if hasattr(encoding, "get_module_encoder"):
        return {"cls": encoding.get_module_encoder(_PROFILE, encoding.Direction.CONTROLLER_TO_MODULE)}
    return {"cls": encoding.AnsibleJSONEncoder, "vault_to_text": True}  # ansible-core 2.18


def _printed(module: str, options: bytes, context: Context) -> str:
    """What the module prints."""
    resource = import_module(f"{_MODULES}.{module}").RESOURCE
    basic._ANSIBLE_ARGS, basic._ANSIBLE_PROFILE = options, _PROFILE
    # Up to ansible-core 2.18 a module's warnings are kept until its process ends; this one has others to run.
    warnings._global_warnings.clear()
    warnings._global_deprecations.clear()
    # Nobody reads a module's standard error either. In a worker of ansible-core 2.18 a thread that wrote to Ansible's, such
    # as for a warning of a library, would wait forever for a lock of the main thread.
    with contextlib.redirect_stdout(io.StringIO()) as output, contextlib.redirect_stderr(io.StringIO()):
        try:
            run_module(resource, context)
        except SystemExit:
            pass
        finally:
            basic._ANSIBLE_ARGS = None
    return output.getvalue()


def _as_result(action: ActionBase, printed: str) -> dict[str, Any]:
    """What Ansible makes of what a module has printed."""
    returned = {"stdout": printed, "stderr": "", "rc": 0}
    if len(inspect.signature(action._parse_returned_data).parameters) == 1:  # ansible-core 2.18
        result = action._parse_returned_data(returned)
        clean.remove_internal_keys(result)
        return wrap_var(result)
    parsed = action._parse_returned_data(returned, _PROFILE)
    if isinstance(parsed, dict):
        clean.remove_internal_keys(parsed)
        return parsed
    parsed.remove_internal_keys()  # from ansible-core 2.22 on
    return parsed.as_result_dict(for_round_trip=True)


@contextlib.contextmanager
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
