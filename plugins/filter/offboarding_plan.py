# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: offboarding_plan
short_description: Plan a run of the role user_offboarding
version_added: 0.2.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Returns the accounts to disable, to wipe and to delete, or the reason to refuse the run.
  - This filter is a step of the role C(community.nextcloud.user_offboarding). Use the role instead.
positional: _input, ledger, read, signed_in, settings
options:
  _input:
    description: Ids of people who leave, as a list or as text with commas between them.
    type: raw
    required: true
  ledger:
    description: People who left before, by id, with the dates C(left) and, if the account was deleted, C(deleted).
    type: dict
    required: true
  read:
    description:
      - A result of M(community.nextcloud.user_info) for each id of P(community.nextcloud.offboarding_affected#filter), in
        the same order.
    type: list
    elements: dict
    required: true
  signed_in:
    description: Id of the signed-in account.
    type: string
    required: true
  settings:
    description:
      - The variables C(date), C(delete_after_days), C(wipe_devices), C(allow_administrators) and C(missing) of the role,
        without the prefix.
    type: dict
    required: true
seealso:
  - plugin: community.nextcloud.offboarding_affected
    plugin_type: filter
  - plugin: community.nextcloud.offboarding_report
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Read an account
  community.nextcloud.user_info:
    userid: jane.doe
  register: jane

- name: Show what would be done
  vars:
    settings: {date: "2026-11-24", delete_after_days: 30, wipe_devices: true, allow_administrators: false, missing: fail}
  ansible.builtin.debug:
    msg: "{{ ['jane.doe'] | community.nextcloud.offboarding_plan({}, [jane], 'admin', settings) }}"
"""

RETURN = r"""
_value:
  description: The plan. All ids are in lower case.
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
    leaving:
      description: Accounts in C(disable) that leave now, and did not leave before.
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
    managers:
      description: Managers whose names the report shows.
      type: list
      elements: str
    people:
      description: The accounts of the report, as they were before the run.
      type: list
      elements: dict
"""

from typing import Any, Callable, Mapping, Sequence

from ansible.errors import AnsibleFilterError
from ansible_collections.community.nextcloud.plugins.plugin_utils._people.offboarding import plan
from ansible_collections.community.nextcloud.plugins.plugin_utils._people.offboarding_variables import (
    parse_settings,
    parse_userids,
)


def offboarding_plan(
    userids: Any,
    ledger: Mapping[str, Mapping[str, str]],
    read: Sequence[Mapping[str, Any]],
    signed_in: str,
    settings: Mapping[str, Any],
) -> dict[str, Any]:
    try:
        return plan(parse_userids(userids), ledger, read, signed_in, parse_settings(settings))
    except ValueError as error:
        raise AnsibleFilterError(f"offboarding_plan: {error}") from None


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"offboarding_plan": offboarding_plan}
