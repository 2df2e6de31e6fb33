# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: onboarding_passwords
short_description: Generate passwords for people who join
version_added: 0.3.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Returns passwords for the people who have neither an account nor a password.
  - Each call generates other passwords. Keep the result with C(set_fact) and C(no_log).
  - This filter is a step of the role C(community.nextcloud.user_onboarding). Use the role instead.
positional: _input, prepared
options:
  _input:
    description: The people, as options of M(community.nextcloud.user).
    type: list
    elements: dict
    required: true
  prepared:
    description: Result of M(community.nextcloud.onboarding_prepare) for these people.
    type: dict
    required: true
  kept:
    description: Passwords that were generated before, by the id of the account in lower case. They are not replaced.
    type: dict
    default: {}
  result:
    description:
      - Result of M(community.nextcloud.directory) for these people. People whose accounts somebody else has created in the
        meantime are left out, because they have other passwords.
    type: dict
    default: {}
    version_added: 0.3.0
seealso:
  - plugin: community.nextcloud.onboarding_accounts
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Read which people have an account
  community.nextcloud.onboarding_prepare:
    users: [{userid: jane.doe}, {userid: joan.poe}]
  register: prepared

- name: Generate passwords
  ansible.builtin.set_fact:
    passwords: "{{ [{'userid': 'jane.doe'}, {'userid': 'joan.poe'}] | community.nextcloud.onboarding_passwords(prepared) }}"
  no_log: true
"""

RETURN = r"""
_value:
  description: Passwords by the id of the account, in lower case. Each has the form C(abcdefg-ABCDEFG-123456).
  type: dict
"""

from typing import Any, Callable, Mapping, Sequence

from ansible_collections.community.nextcloud.plugins.plugin_utils._people.onboarding import passwords


def onboarding_passwords(
    people: Sequence[Mapping[str, Any]],
    prepared: Mapping[str, Any],
    kept: Mapping[str, str] | None = None,
    result: Mapping[str, Any] | None = None,
) -> dict[str, str]:
    return passwords(people, prepared, kept or {}, result or {})


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"onboarding_passwords": onboarding_passwords}
