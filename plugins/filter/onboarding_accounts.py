# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: onboarding_accounts
short_description: Add generated passwords to accounts
version_added: 0.3.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Returns the accounts as options of M(community.nextcloud.directory).
  - This filter is a step of the role C(community.nextcloud.user_onboarding). Use the role instead.
positional: _input, passwords
options:
  _input:
    description: The people, as options of M(community.nextcloud.user).
    type: list
    elements: dict
    required: true
  passwords:
    description: Passwords by the id of the account, in lower case.
    type: dict
    required: true
seealso:
  - plugin: community.nextcloud.onboarding_passwords
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Create an account with a password
  community.nextcloud.directory:
    users: "{{ [{'userid': 'joan.poe'}] | community.nextcloud.onboarding_accounts({'joan.poe': initial_password}) }}"
"""

RETURN = r"""
_value:
  description: The people in the same order, with C(user_password) if there is a password for them.
  type: list
  elements: dict
"""

from typing import Any, Callable, Mapping, Sequence

from ansible_collections.community.nextcloud.plugins.plugin_utils._people.onboarding import accounts


def onboarding_accounts(people: Sequence[Mapping[str, Any]], passwords: Mapping[str, str]) -> list[dict[str, Any]]:
    return accounts(people, passwords)


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"onboarding_accounts": onboarding_accounts}
