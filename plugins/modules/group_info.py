#!/usr/bin/python
# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: group_info
short_description: Read groups of a Nextcloud server
version_added: 0.1.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Reads one group, some, or all that match. Without a filter, all groups.
  - For administrators and sub-admins. A group that does not exist is not in the list.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes.info_module
  - community.nextcloud.attributes
options:
  groupid:
    description:
      - One group. Upper and lower case mean different groups.
      - Of O(groupid), O(groupids) and O(search) at most one is accepted.
    type: str
  groupids:
    description: These groups.
    type: list
    elements: str
  search:
    description: Groups that have this in their id or name. Case makes no difference.
    type: str
  details:
    description: Whether to read names and numbers of members too. Ids alone cost a server nearly nothing.
    type: bool
    default: true
  members:
    description: Whether to ask for each group who is in it. One more request for each group.
    type: bool
    default: false
  subadmins:
    description: Whether to ask for each group who leads it. One more request for each group. Administrators only.
    type: bool
    default: false
seealso:
  - module: community.nextcloud.group
  - module: community.nextcloud.group_member
  - module: community.nextcloud.user_info
"""

EXAMPLES = r"""
- name: One group, with its members and who leads it
  community.nextcloud.group_info:
    groupid: design
    members: true
    subadmins: true
  register: design

- name: Put the same people into another group
  community.nextcloud.group_member:
    groupid: board
    users: "{{ design.groups[0].users }}"

- name: All groups
  community.nextcloud.group_info:
  register: found

- name: Remove the empty groups of former interns
  community.nextcloud.group:
    groupid: "{{ item }}"
    state: absent
  loop: "{{ found.groups | selectattr('user_count', 'eq', 0) | map(attribute='groupid') | select('match', 'interns-') }}"

- name: The ids of the groups that match
  community.nextcloud.group_info:
    search: design
    details: false
"""

RETURN = r"""
groups:
  description: The groups, sorted by id.
  returned: success
  type: list
  elements: dict
  contains:
    groupid:
      description: Id of the group.
      type: str
      returned: always
      sample: design
    display_name:
      description: Name that people see.
      type: str
      returned: with O(details)
      sample: Design & Print
    user_count:
      description: Number of members, or null where the group's backend cannot count them.
      type: int
      returned: with O(details)
      sample: 12
    disabled_count:
      description: Number of members that are disabled, or null as above.
      type: int
      returned: with O(details)
      sample: 1
    users:
      description: Ids of the members, or null for a sub-admin who does not lead the group.
      type: list
      elements: str
      returned: with O(members)
      sample: [jane.doe, john.roe]
    subadmins:
      description: Ids of the accounts that may manage the members.
      type: list
      elements: str
      returned: with O(subadmins)
      sample: [jane.doe]
failure:
  description: Why the task failed, as described in RV(community.nextcloud.user#module:failure).
  returned: failure
  type: dict
  sample:
    operation: groups-get-groups-details
    http_status: 403
    ocs_code: 403
    category: permission
"""

from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module
from ansible_collections.community.nextcloud.plugins.module_utils._groups.info import RESOURCE


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
