# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: offboarding_report
short_description: Report a run of the role user_offboarding
version_added: 0.3.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Returns the report of a run as data and as text, and what the server is to remember from now on.
  - This filter is a step of the role C(community.nextcloud.user_offboarding). Use the role instead.
positional: _input
options:
  _input:
    description: The plan, as P(community.nextcloud.offboarding_plan#filter) returns it.
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
    plan: {disable: [], wipe: [], delete: [], people: []}
  ansible.builtin.debug:
    msg: "{{ (plan | community.nextcloud.offboarding_report).lines }}"
"""

RETURN = r"""
_value:
  description: Result of the run.
  type: dict
  contains:
    remember:
      description: Keys and values to set in the configuration of the app C(ansible_offboarding).
      type: dict
    forget:
      description: Keys to remove there after that, with null values.
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

from ansible_collections.community.nextcloud.plugins.plugin_utils._people.offboarding_report import (
    Loops,
    lines,
    outcome,
)

Registered = Mapping[str, Any]


def offboarding_report(
    plan: Mapping[str, Any],
    disabled: Registered | None = None,
    wiped: Registered | None = None,
    deleted: Registered | None = None,
    check: bool = False,
) -> dict[str, Any]:
    loops = Loops(*((registered or {}).get("results", []) for registered in (disabled, wiped, deleted)))
    found = outcome(plan, loops)
    return {**found, "lines": lines(found["report"], check)}


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"offboarding_report": offboarding_report}
