# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: onboarding_welcome
short_description: List the people who get a welcome email
version_added: 0.2.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Returns the ids of people whose accounts were created with an address and a password. The server has sent an invitation
    to the others.
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
    description: Generated passwords by the id of the account, in lower case.
    type: dict
    required: true
seealso:
  - plugin: community.nextcloud.onboarding_report
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Create an account
  vars:
    people: [{userid: joan.poe, email: joan.poe@example.org, user_password: "{{ initial_password }}"}]
  community.nextcloud.directory:
    users: "{{ people }}"
  register: created

- name: Show the people who get a welcome email
  vars:
    people: [{userid: joan.poe, email: joan.poe@example.org, user_password: "{{ initial_password }}"}]
  ansible.builtin.debug:
    msg: "{{ people | community.nextcloud.onboarding_welcome(created, {}) }}"
"""

RETURN = r"""
_value:
  description: Ids of accounts, as declared.
  type: list
  elements: str
  sample: [joan.poe]
"""

from typing import Any, Callable, Mapping, Sequence

from ansible_collections.community.nextcloud.plugins.plugin_utils._people.onboarding_report import to_welcome


def onboarding_welcome(
    people: Sequence[Mapping[str, Any]], result: Mapping[str, Any], passwords: Mapping[str, str]
) -> list[str]:
    return to_welcome(people, result.get("users", []), passwords)


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"onboarding_welcome": onboarding_welcome}
