# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: onboarding_problems
short_description: List what is wrong with the variables of the role user_onboarding
version_added: 0.3.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Returns messages that name the variable, the item and the option. They contain no passwords.
  - All other options are checked by M(community.nextcloud.directory).
  - This filter is a step of the role C(community.nextcloud.user_onboarding). Use the role instead.
positional: _input, users, groups, defaults
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
  defaults:
    description: Options for all accounts that do not set them.
    type: dict
    required: true
seealso:
  - plugin: community.nextcloud.onboarding_people
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Show what is wrong
  ansible.builtin.debug:
    msg: "{{ {} | community.nextcloud.onboarding_problems([{'userid': 'jane.doe', 'groups': ['design']}], [], {}) }}"
"""

RETURN = r"""
_value:
  description: Messages. Empty if nothing is wrong.
  type: list
  elements: str
  sample: ["user_onboarding_users[0]: must have a userid"]
"""

from typing import Any, Callable

from ansible_collections.community.nextcloud.plugins.plugin_utils._people.onboarding_variables import problems


def onboarding_problems(file: Any, users: Any, groups: Any, defaults: Any) -> list[str]:
    return problems(file, users, groups, defaults)


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"onboarding_problems": onboarding_problems}
