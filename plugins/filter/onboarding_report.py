# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: onboarding_report
short_description: Report a run of the role user_onboarding
version_added: 0.3.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Returns the report of a run as data and as text. It contains no passwords.
  - This filter is a step of the role C(community.nextcloud.user_onboarding). Use the role instead.
positional: _input, result, passwords
options:
  _input:
    description: The people, as options of M(community.nextcloud.user).
    type: list
    elements: dict
    required: true
  result:
    description: Result of M(community.nextcloud.directory) for these people. Empty if it did not run.
    type: dict
    required: true
  passwords:
    description: Generated passwords by the id of the account, in lower case, including those of earlier runs.
    type: dict
    required: true
  prepared:
    description: Result of M(community.nextcloud.onboarding_prepare) for these people. Empty if it did not run.
    type: dict
    default: {}
    version_added: 0.3.0
  completed:
    description: Result of M(community.nextcloud.onboarding_complete) for these people. Empty if it did not run.
    type: dict
    default: {}
    version_added: 0.3.0
  check:
    description: Whether this is check mode. The text then describes what would be done.
    type: bool
    default: false
seealso:
  - plugin: community.nextcloud.onboarding_outcomes
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Change an account
  community.nextcloud.directory:
    users: [{userid: jane.doe, quota: 5 GB}]
  register: changed

- name: Report
  ansible.builtin.debug:
    msg: "{{ ([{'userid': 'jane.doe'}] | community.nextcloud.onboarding_report(changed, {})).lines }}"
"""

RETURN = r"""
_value:
  description: Result of the run.
  type: dict
  contains:
    report:
      description: The accounts in the declared order, as described in the README of the role.
      type: list
      elements: dict
    lines:
      description: The same as text, with one line for each changed account.
      type: list
      elements: str
      sample: ["jane.doe: changed: quota", 0 accounts did not change]
    changed:
      description: Whether the report has anything to tell of an account, apart from its being as declared.
      type: bool
      sample: true
      version_added: 0.3.0
"""

from typing import Any, Callable, Mapping, Sequence

from ansible_collections.community.nextcloud.plugins.plugin_utils._people.onboarding_report import (
    Results,
    is_changed,
    lines,
    report,
)


def onboarding_report(
    people: Sequence[Mapping[str, Any]],
    result: Mapping[str, Any],
    passwords: Mapping[str, str],
    prepared: Mapping[str, Any] | None = None,
    completed: Mapping[str, Any] | None = None,
    check: bool = False,
) -> dict[str, Any]:
    entries = report(people, Results(result, prepared or {}, completed or {}), passwords)
    return {
        "report": entries,
        "lines": lines(entries, completed or {}, check),
        "changed": is_changed(entries),
    }


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"onboarding_report": onboarding_report}
