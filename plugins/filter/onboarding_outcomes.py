# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: onboarding_outcomes
short_description: List what came of the accounts of people who join
version_added: 0.3.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Returns the people as O(community.nextcloud.onboarding_complete#module:users) of
    M(community.nextcloud.onboarding_complete).
  - Results belong to people by their position, because Ansible masks an id that contains the password of the connection.
  - This filter is a step of the role C(community.nextcloud.user_onboarding). Use the role instead.
positional: _input, owed, prepared, result
options:
  _input:
    description: The people, as options of M(community.nextcloud.user).
    type: list
    elements: dict
    required: true
  owed:
    description: What P(community.nextcloud.onboarding_owed#filter) returned for them.
    type: list
    elements: dict
    required: true
  prepared:
    description: Result of M(community.nextcloud.onboarding_prepare) for them.
    type: dict
    required: true
  result:
    description: Result of M(community.nextcloud.directory) for them. Empty if it did not run.
    type: dict
    required: true
seealso:
  - module: community.nextcloud.onboarding_complete
"""

EXAMPLES = r"""
- name: Show what came of an account
  vars:
    people: [{userid: jane.doe}]
    owed: "{{ people | community.nextcloud.onboarding_owed(false, false, true) }}"
    prepared: {users: [{exists: true, noted: false}]}
    result: {users: [{action: none, result: unchanged}]}
  ansible.builtin.debug:
    msg: "{{ people | community.nextcloud.onboarding_outcomes(owed, prepared, result) }}"
"""

RETURN = r"""
_value:
  description: The people in the same order.
  type: list
  elements: dict
  sample:
    - userid: jane.doe
      outcome: ready
      noted: false
      welcome_email: false
"""

from typing import Any, Callable, Mapping, Sequence

from ansible_collections.community.nextcloud.plugins.plugin_utils._people.onboarding import outcomes


def onboarding_outcomes(
    people: Sequence[Mapping[str, Any]],
    owed: Sequence[Mapping[str, Any]],
    prepared: Mapping[str, Any],
    result: Mapping[str, Any],
) -> list[dict[str, Any]]:
    return outcomes(people, owed, prepared, result)


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"onboarding_outcomes": onboarding_outcomes}
