#!/usr/bin/python
# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: subadmin
short_description: Manage which groups of a Nextcloud server an account is sub-admin of
version_added: 0.1.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Lets an account manage the members of groups, takes that right away, or makes a list of groups the only ones.
  - Only an administrator may read and change this. No rate limit of the server touches these calls.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes
options:
  userid:
    description:
      - Id of the account. Upper and lower case mean the same account.
      - In check mode an account that does not exist is a warning, because an earlier task may be what creates it. With
        O(state=absent) there is nothing to do for it.
    type: str
    required: true
  groups:
    description:
      - Ids of the groups. They must exist; M(community.nextcloud.group) creates them.
      - The group C(admin) has no sub-admins. To be one of the administrators is a matter of
        M(community.nextcloud.group_member).
      - An empty list with O(state=exact) takes all rights away.
    type: list
    elements: str
    required: true
  state:
    description:
      - V(present) gives the right for the groups, V(absent) takes it away, V(exact) makes them the only groups.
    type: str
    choices: [present, absent, exact]
    default: present
seealso:
  - module: community.nextcloud.user
    description: Its option O(community.nextcloud.user#module:subadmin_of) does the same, beside the rest of an account.
  - module: community.nextcloud.group_member
"""

EXAMPLES = r"""
- name: Two groups to manage
  community.nextcloud.subadmin:
    userid: jane.doe
    groups: [design, staff]

- name: One less
  community.nextcloud.subadmin:
    userid: jane.doe
    groups: [staff]
    state: absent

- name: These and no others
  community.nextcloud.subadmin:
    userid: john.roe
    groups: [design]
    state: exact
"""

RETURN = r"""
subadmin:
  description: The account's groups after the task. With O(state=exact) beside it, it can be fed back in.
  returned: success
  type: dict
  sample:
    userid: jane.doe
    groups: [design, staff]
failure:
  description: Why the task failed, as described in RV(community.nextcloud.user#module:failure).
  returned: failure
  type: dict
  sample:
    operation: users-add-sub-admin
    http_status: 400
    ocs_code: 102
    category: not_found
"""

from ansible_collections.community.nextcloud.plugins.module_utils._accounts.subadmin import RESOURCE
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
