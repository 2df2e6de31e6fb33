#!/usr/bin/python
# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: group
short_description: Manage groups of a Nextcloud server
version_added: 0.1.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Creates, renames and deletes groups of a Nextcloud server.
  - Requires an administrator. A sub-admin can use it for groups that are as declared already, and gets an error before
    anything is changed otherwise.
  - Groups of a backend such as LDAP cannot be renamed or deleted.
  - Use M(community.nextcloud.group_member) or M(community.nextcloud.user) to manage members.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes
options:
  groupid:
    description:
      - Id of the group. Case matters.
      - 1 to 64 characters, without line breaks and other control characters. The id V(0) is refused, and an id of spaces only.
    type: str
    required: true
  display_name:
    description:
      - Display name. The default for a new group is its id.
    type: str
  state:
    description:
      - Whether the group exists. Deleting a group does not delete its members. The group C(admin) is never deleted.
    type: str
    choices: [present, absent]
    default: present
seealso:
  - module: community.nextcloud.group_member
  - module: community.nextcloud.user
"""

EXAMPLES = r"""
- name: Create a group with a display name
  community.nextcloud.group:
    groupid: design
    display_name: Design & Print

- name: Delete a group that is no longer needed
  community.nextcloud.group:
    groupid: interns-2025
    state: absent
"""

RETURN = r"""
group:
  description: The group after the task, as options of this module.
  returned: success
  type: dict
  sample:
    groupid: design
    display_name: Design & Print
    state: present
failure:
  description: Why the task failed, as described in RV(community.nextcloud.user#module:failure).
  returned: failure
  type: dict
  sample:
    operation: groups-add-group
    http_status: 403
    ocs_code: 403
    category: permission
    effect: none
"""

from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module
from ansible_collections.community.nextcloud.plugins.module_utils._groups.group import RESOURCE


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
