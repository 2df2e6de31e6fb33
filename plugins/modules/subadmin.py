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
  - Grants an account the right to manage the members of groups, revokes it, or makes a list of groups the only ones.
  - Requires an administrator. The server does not rate-limit these requests.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes
options:
  userid:
    description:
      - Id of the account. Case does not matter.
      - In check mode, an account that does not exist causes a warning, because an earlier task might create it. With
        O(state=absent) it is not an error that the account does not exist.
    type: str
    required: true
  groups:
    description:
      - Ids of the groups. The groups must exist; M(community.nextcloud.group) creates them.
      - The group C(admin) cannot have sub-admins. Use M(community.nextcloud.group_member) to make somebody an
        administrator.
      - An empty list with O(state=exact) revokes all rights.
    type: list
    elements: str
    required: true
  state:
    description:
      - V(present) grants the right for the groups, V(absent) revokes it, and V(exact) makes them the only groups.
    type: str
    choices: [present, absent, exact]
    default: present
seealso:
  - module: community.nextcloud.user
    description: Its option O(community.nextcloud.user#module:subadmin_of) does the same, together with other options.
  - module: community.nextcloud.group_member
"""

EXAMPLES = r"""
- name: Let an account manage two groups
  community.nextcloud.subadmin:
    userid: jane.doe
    groups: [design, staff]

- name: Revoke the right for one of them
  community.nextcloud.subadmin:
    userid: jane.doe
    groups: [staff]
    state: absent

- name: Set the complete list of groups
  community.nextcloud.subadmin:
    userid: john.roe
    groups: [design]
    state: exact
"""

RETURN = r"""
subadmin:
  description: All groups of the account after the task. Add O(state=exact) to use it as options of this module.
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
    effect: none
"""

from ansible_collections.community.nextcloud.plugins.module_utils._accounts.subadmin import RESOURCE
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
