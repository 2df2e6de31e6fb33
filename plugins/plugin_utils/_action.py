# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The door for all modules of the collection where a task would run on the controller anyway: in Ansible's own process.

Each module has an action of its name, which is this one: a redirect in `meta/runtime.yml` would say that the modules are
elsewhere, and their documentation with them. What cannot run here is shipped, as by Ansible's own action.
"""

from __future__ import annotations

from typing import Any

from ansible.plugins.action.normal import ActionModule as ShippingAction
from ansible_collections.community.nextcloud.plugins.plugin_utils import _door, _in_process, _watch


class ActionModule(ShippingAction):
    """The action."""

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """The result of the task, the same through either door."""
        variables = task_vars or {}
        environment = _door.environment_in_process(self, variables)
        if environment is None:
            with _watch.shipped(self, str(variables.get("inventory_hostname"))):
                return super().run(tmp, task_vars)
        return _in_process.run(self, variables, environment)
