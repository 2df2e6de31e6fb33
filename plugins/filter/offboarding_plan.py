# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: offboarding_plan
short_description: Plan a run of the role user_offboarding
version_added: 0.3.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Returns the accounts to disable, to wipe and to delete, or the reason to refuse the run.
  - This filter is a step of the role C(community.nextcloud.user_offboarding). Use the role instead.
positional: _input, userids, wipe_devices
options:
  _input:
    description: RV(community.nextcloud.offboarding_prepare#module:offboarding) of the module's result.
    type: dict
    required: true
  userids:
    description:
      - Ids of people who leave, as for the module, as a list or as text with commas between them.
    type: raw
    required: true
  wipe_devices:
    description: Whether to wipe the devices of accounts that leave now.
    type: bool
    default: true
seealso:
  - module: community.nextcloud.offboarding_prepare
  - plugin: community.nextcloud.offboarding_report
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Find out what would be done
  community.nextcloud.offboarding_prepare:
    userids: [jane.doe]
    date: "2026-11-24"
  check_mode: true
  register: prepared

- name: Show it
  ansible.builtin.debug:
    msg: "{{ prepared.offboarding | community.nextcloud.offboarding_plan(['jane.doe']) }}"
"""

RETURN = r"""
_value:
  description: The plan. Ids are as the server spells them.
  type: dict
  contains:
    refused:
      description: Why the run is refused. Empty if it is not.
      type: str
      sample: "administrators: jane.doe"
    disable:
      description: Accounts to disable and to remove from their groups.
      type: list
      elements: str
    wipe:
      description: Accounts whose devices are wiped.
      type: list
      elements: str
    delete:
      description: Accounts to delete, because their grace period has ended.
      type: list
      elements: str
    people:
      description: The accounts of the report, as they were before the run.
      type: list
      elements: dict
"""

from typing import Any, Callable, Mapping

from ansible.errors import AnsibleFilterError
from ansible.module_utils.parsing.convert_bool import boolean
from ansible_collections.community.nextcloud.plugins.plugin_utils._people.offboarding import plan


def offboarding_plan(prepared: Mapping[str, Any], userids: Any, wipe_devices: Any = True) -> dict[str, Any]:
    try:
        return plan(prepared, userids, boolean(wipe_devices))
    except ValueError as error:
        raise AnsibleFilterError(
            f"offboarding_plan: the result cannot be read: {error}. Ansible masks text that contains a secret of the"
            " connection; sign in with another secret, such as an app password."
        ) from None


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"offboarding_plan": offboarding_plan}
