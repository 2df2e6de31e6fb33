# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: onboarding_welcome
short_description: People who get a welcome mail
version_added: 0.2.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Returns the ids of people whose account was created with an address and a password. To others the server has sent an
    invitation.
  - A step of the role C(community.nextcloud.user_onboarding), which is what to use.
positional: _input, result, passwords
options:
  _input:
    description: The people, each with options of M(community.nextcloud.user).
    type: list
    elements: dict
    required: true
  result:
    description: What M(community.nextcloud.directory) has returned for these people. Empty where it did not run.
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

- name: Show who gets a welcome mail
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
