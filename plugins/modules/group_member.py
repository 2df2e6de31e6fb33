#!/usr/bin/python
# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: group_member
short_description: Manage the members of a group of a Nextcloud server
version_added: 0.1.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Adds accounts to a group, removes them, or makes a list of accounts the only members of the group.
  - The server does not rate-limit these requests.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes
options:
  groupid:
    description:
      - Id of the group. The group must exist; M(community.nextcloud.group) creates it.
      - In check mode, a group that does not exist causes a warning, because an earlier task might create it.
    type: str
    required: true
  users:
    description:
      - Ids of the accounts. Case does not matter, except for accounts of a backend that distinguishes it, such as LDAP.
      - The signed-in account and the last administrator are never removed from the group C(admin).
    type: list
    elements: str
    required: true
  state:
    description:
      - V(present) adds the accounts, V(absent) removes them, and V(exact) makes them the only members.
    type: str
    choices: [present, absent, exact]
    default: present
  on_readonly:
    description:
      - What to do about a declared member that the group's backend (for example LDAP) does not allow to be added or removed.
      - V(fail) fails, V(warn) skips the member with a warning, and V(skip) skips it silently.
      - V(exact) never removes members that cannot be removed.
    type: str
    choices: [fail, warn, skip]
    default: fail
    version_added: 0.3.0
seealso:
  - module: community.nextcloud.group
  - module: community.nextcloud.user
"""

EXAMPLES = r"""
- name: Add two accounts
  community.nextcloud.group_member:
    groupid: design
    users: [jane.doe, john.roe]

- name: Remove one of them
  community.nextcloud.group_member:
    groupid: design
    users: [john.roe]
    state: absent

- name: Set the complete list of members
  community.nextcloud.group_member:
    groupid: board
    users: [jane.doe]
    state: exact

- name: Add an account to a group that may come from LDAP
  community.nextcloud.group_member:
    groupid: staff
    users: [jane.doe]
    on_readonly: warn
"""

RETURN = r"""
group_member:
  description: All members of the group after the task. Add O(state=exact) to use it as options of this module.
  returned: success
  type: dict
  sample:
    groupid: design
    users: [jane.doe, john.roe]
failure:
  description: Why the task failed, as described in RV(community.nextcloud.user#module:failure).
  returned: failure
  type: dict
  sample:
    operation: users-add-to-group
    http_status: 400
    ocs_code: 103
    category: not_found
    effect: none
"""

from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module
from ansible_collections.community.nextcloud.plugins.module_utils._groups.member import RESOURCE


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
