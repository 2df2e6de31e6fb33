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
  - Adds accounts to a group and takes them out, or makes a list of accounts the group's only members.
  - No rate limit of the server touches these calls.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes
options:
  groupid:
    description:
      - Id of the group. It must exist; M(community.nextcloud.group) creates it.
      - In check mode a group that does not exist is a warning, because an earlier task may be what creates it.
    type: str
    required: true
  users:
    description:
      - Ids of the accounts. Upper and lower case mean the same account.
      - The account that the task signs in with, and the last administrator, are never taken out of the group C(admin).
    type: list
    elements: str
    required: true
  state:
    description:
      - V(present) adds the accounts, V(absent) takes them out, V(exact) makes them the only members.
    type: str
    choices: [present, absent, exact]
    default: present
seealso:
  - module: community.nextcloud.group
  - module: community.nextcloud.user
"""

EXAMPLES = r"""
- name: Two people join
  community.nextcloud.group_member:
    groupid: design
    users: [jane.doe, john.roe]

- name: One leaves
  community.nextcloud.group_member:
    groupid: design
    users: [john.roe]
    state: absent

- name: These and nobody else
  community.nextcloud.group_member:
    groupid: board
    users: [jane.doe]
    state: exact
"""

RETURN = r"""
group_member:
  description: The group's members after the task. With O(state=exact) beside it, it can be fed back in.
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
"""

from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module
from ansible_collections.community.nextcloud.plugins.module_utils._groups.member import RESOURCE


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
