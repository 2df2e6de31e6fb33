# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: onboarding_owed
short_description: List what people who join are owed
version_added: 0.3.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Returns the people as O(community.nextcloud.onboarding_prepare#module:users) of M(community.nextcloud.onboarding_prepare).
  - People with an address and a password, given or generated, are owed a welcome email. The server invites the others.
  - This filter is a step of the role C(community.nextcloud.user_onboarding). Use the role instead.
positional: _input, generate, in_file, welcome
options:
  _input:
    description: The people, as options of M(community.nextcloud.user).
    type: list
    elements: dict
    required: true
  generate:
    description: Whether people without a password get a generated one.
    type: bool
    required: true
  in_file:
    description: Whether the generated passwords go to a file.
    type: bool
    required: true
  welcome:
    description: Whether welcome emails are sent.
    type: bool
    required: true
seealso:
  - module: community.nextcloud.onboarding_prepare
  - plugin: community.nextcloud.onboarding_outcomes
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Show what people are owed
  vars:
    people: [{userid: jane.doe, email: jane.doe@example.org}]
  ansible.builtin.debug:
    msg: "{{ people | community.nextcloud.onboarding_owed(true, true, true) }}"
"""

RETURN = r"""
_value:
  description: The people in the same order.
  type: list
  elements: dict
  sample:
    - userid: jane.doe
      generate_password: true
      welcome_email: true
"""

from typing import Any, Callable, Mapping, Sequence

from ansible_collections.community.nextcloud.plugins.plugin_utils._people.onboarding import owed


def onboarding_owed(
    people: Sequence[Mapping[str, Any]], generate: bool, in_file: bool, welcome: bool
) -> list[dict[str, Any]]:
    return owed(people, generate, in_file, welcome)


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"onboarding_owed": onboarding_owed}
