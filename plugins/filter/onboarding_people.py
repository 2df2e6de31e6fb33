# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: onboarding_people
short_description: Merge people from a file and from variables
version_added: 0.3.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Returns the accounts and groups of a file, followed by those of variables. The options of a group that is in both are
    merged.
  - This filter is a step of the role C(community.nextcloud.user_onboarding). Use the role instead.
positional: _input, users, groups
options:
  _input:
    description: Content of the file, with C(users) and C(groups). Both are optional.
    type: dict
    required: true
  users:
    description: Further accounts, as options of M(community.nextcloud.user).
    type: list
    elements: dict
    required: true
  groups:
    description: Further groups, as options of M(community.nextcloud.group).
    type: list
    elements: dict
    required: true
seealso:
  - plugin: community.nextcloud.roster
    plugin_type: filter
  - plugin: community.nextcloud.onboarding_passwords
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Show the people who join
  vars:
    file: {users: [{userid: jane.doe}], groups: [{groupid: design}]}
    more_users: [{userid: john.roe}]
    more_groups: [{groupid: design, display_name: Design & Print}]
  ansible.builtin.debug:
    msg: "{{ file | community.nextcloud.onboarding_people(more_users, more_groups) }}"
"""

RETURN = r"""
_value:
  description: The accounts and the groups.
  type: dict
  contains:
    users:
      description: The accounts of the file, followed by the others.
      type: list
      elements: dict
      sample:
        - userid: jane.doe
        - userid: john.roe
    groups:
      description: Each group once.
      type: list
      elements: dict
      sample:
        - groupid: design
          display_name: Design & Print
"""

from typing import Any, Callable, Mapping, Sequence

from ansible_collections.community.nextcloud.plugins.plugin_utils._people.onboarding import declared


def onboarding_people(
    file: Mapping[str, Any], users: Sequence[Mapping[str, Any]], groups: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    return declared(file, users, groups)


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"onboarding_people": onboarding_people}
