# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The private names of ansible-core that a module uses, and what differs from version to version.

Those of code that stays on the controller are in `plugin_utils/_ansible_internals.py`.
"""

from __future__ import annotations

from typing import Any, Iterable

from ansible.module_utils import basic

try:
    from ansible.module_utils.secrets import mask_secrets, register_secrets
except ImportError:  # before ansible-core 2.22
    mask_secrets = register_secrets = None


def unchecked_options() -> dict[str, Any]:
    """The options as they were given, before there is an AnsibleModule that checks and masks them."""
    return basic._load_params() or {}


def is_diff_wanted(module: basic.AnsibleModule) -> bool:
    return bool(module._diff)


def module_that_hides(secrets: Iterable[str], **keywords: Any) -> basic.AnsibleModule:
    """A module that masks these, beside the secret options, in all that it puts out and logs, from its first line on."""
    hidden = tuple(secrets)

    class Module(basic.AnsibleModule):
        def _load_params(self) -> None:
            super()._load_params()
            self.no_log_values.update(hidden)
            if register_secrets:  # not before: a module lets the controller know only of those that it has met itself
                register_secrets(hidden)

        def _return_formatted(self, kwargs: dict[str, Any]) -> None:
            if mask_secrets:  # Ansible masks what it shows, and not what it writes to a cache of facts
                kwargs["invocation"] = {"module_args": _masked(self.params)}
            super()._return_formatted(kwargs)

    return Module(**keywords)


def _masked(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _masked(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_masked(item) for item in value]
    return mask_secrets(value) if isinstance(value, str) else value
