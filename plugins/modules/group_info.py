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
  - Reads one group, several groups, or all groups that match. Without a filter, reads all groups.
  - Requires an administrator or a sub-admin. A group that does not exist is not in the list.
  - A sub-admin sees the ids of all groups, and the details only of the groups that they manage. Details of other groups,
    and members and sub-admins that the server does not show to them, are null.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes.info_module
  - community.nextcloud.attributes
options:
  groupid:
    description:
      - Id of one group. Case matters.
      - O(groupid), O(groupids) and O(search) are mutually exclusive.
    type: str
  groupids:
    description: Ids of several groups.
    type: list
    elements: str
  search:
    description: Text that the id or the display name contains. Case does not matter.
    type: str
  details:
    description: Whether to read display names and member counts too. Ids alone cost the server almost nothing.
    type: bool
    default: true
  members:
    description: Whether to read the members of each group. This takes one more request for each group.
    type: bool
    default: false
  subadmins:
    description:
      - Whether to read the sub-admins of each group. This takes one more request for each group and requires an
        administrator. Anyone else gets null.
    type: bool
    default: false
seealso:
  - module: community.nextcloud.group
  - module: community.nextcloud.group_member
  - module: community.nextcloud.user_info
"""

EXAMPLES = r"""
- name: Read one group with its members and sub-admins
  community.nextcloud.group_info:
    groupid: design
    members: true
    subadmins: true
  register: design

- name: Add its members to another group
  community.nextcloud.group_member:
    groupid: board
    users: "{{ design.groups[0].users }}"

- name: Read all groups
  community.nextcloud.group_info:
  register: found

- name: Delete the empty groups of former interns
  community.nextcloud.group:
    groupid: "{{ item }}"
    state: absent
  loop: "{{ found.groups | selectattr('user_count', 'eq', 0) | map(attribute='groupid') | select('match', 'interns-') }}"

- name: Read only the ids of the groups that match
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
      description: Display name.
      type: str
      returned: with O(details)
      sample: Design & Print
    user_count:
      description: Number of members, or null if the group's backend cannot count them.
      type: int
      returned: with O(details)
      sample: 12
    disabled_count:
      description: Number of disabled members, or null if the group's backend cannot count them.
      type: int
      returned: with O(details)
      sample: 1
    can_add:
      description:
        - Whether the group's backend lets members be added. If it does not, as with LDAP, the server accepts such requests
          and ignores them.
      type: bool
      returned: with O(details)
      version_added: 0.3.0
      sample: true
    can_remove:
      description: Whether the group's backend lets members be removed.
      type: bool
      returned: with O(details)
      version_added: 0.3.0
      sample: true
    users:
      description: Ids of the members, or null if the signed-in account is not allowed to see them.
      type: list
      elements: str
      returned: with O(members)
      sample: [jane.doe, john.roe]
    subadmins:
      description: Ids of the accounts that can manage the members, or null if the signed-in account is no administrator. Also
        null for a group such as V(..), whose sub-admins the API cannot address.
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
    effect: none
"""

from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module
from ansible_collections.community.nextcloud.plugins.module_utils._groups.info import RESOURCE


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
