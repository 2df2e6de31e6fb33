# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: offboarding_report
short_description: Report a run of the role user_offboarding
version_added: 0.2.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Returns the report of a run as data and as text, and the new content of O(ledger).
  - This filter is a step of the role C(community.nextcloud.user_offboarding). Use the role instead.
positional: _input, ledger, settings
options:
  _input:
    description: The plan, as P(community.nextcloud.offboarding_plan#filter) returns it.
    type: dict
    required: true
  ledger:
    description: People who left before, by id, with the dates C(left) and, if the account was deleted, C(deleted).
    type: dict
    required: true
  settings:
    description: The same as for P(community.nextcloud.offboarding_plan#filter).
    type: dict
    required: true
  disabled:
    description: Registered result of the loop over C(disable) of the plan. Empty if it did not run.
    type: dict
    default: {}
  wiped:
    description: Registered result of the loop over C(wipe) of the plan.
    type: dict
    default: {}
  deleted:
    description: Registered result of the loop over C(delete) of the plan.
    type: dict
    default: {}
  managers:
    description: Registered result of the loop over C(managers) of the plan.
    type: dict
    default: {}
  check:
    description: Whether this is check mode. The text then describes what would be done.
    type: bool
    default: false
seealso:
  - plugin: community.nextcloud.offboarding_plan
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Report a run that had nothing to do
  vars:
    plan: {disable: [], leaving: [], wipe: [], delete: [], managers: [], people: []}
    settings: {date: "2026-11-24", delete_after_days: 30, wipe_devices: true, allow_administrators: false, missing: fail}
  ansible.builtin.debug:
    msg: "{{ (plan | community.nextcloud.offboarding_report({}, settings)).lines }}"
"""

RETURN = r"""
_value:
  description: Result of the run.
  type: dict
  contains:
    ledger:
      description: O(ledger) with the people who have left or were deleted in this run.
      type: dict
    report:
      description: The accounts, as described in the README of the role.
      type: list
      elements: dict
    lines:
      description: The same as text, with one line for each account.
      type: list
      elements: str
      sample: ["jane.doe (Jane Doe): disabled, devices wiped, removed from staff; left 2026-11-24; manager: boss"]
"""

from typing import Any, Callable, Mapping

from ansible.errors import AnsibleFilterError
from ansible_collections.community.nextcloud.plugins.plugin_utils._people.offboarding_report import (
    Loops,
    lines,
    outcome,
)
from ansible_collections.community.nextcloud.plugins.plugin_utils._people.offboarding_variables import parse_settings

Registered = Mapping[str, Any]


def offboarding_report(
    plan: Mapping[str, Any],
    ledger: Mapping[str, Mapping[str, str]],
    settings: Mapping[str, Any],
    disabled: Registered | None = None,
    wiped: Registered | None = None,
    deleted: Registered | None = None,
    managers: Registered | None = None,
    check: bool = False,
) -> dict[str, Any]:
    loops = Loops(*((registered or {}).get("results", []) for registered in (disabled, wiped, deleted, managers)))
    try:
        found = outcome(plan, ledger, loops, parse_settings(settings))
    except ValueError as error:
        raise AnsibleFilterError(f"offboarding_report: {error}") from None
    return {**found, "lines": lines(found["report"], check)}


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"offboarding_report": offboarding_report}
