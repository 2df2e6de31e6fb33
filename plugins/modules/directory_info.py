#!/usr/bin/python
# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: directory_info
short_description: Read all groups and accounts of a Nextcloud server
version_added: 0.2.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Returns groups and accounts as options of M(community.nextcloud.directory). Using the result there without changes
    does not change anything.
  - The result does not contain passwords or other values that a server does not return. Values that the server holds
    but the module would refuse, such as a website without C(https://), are left out.
  - A sub-admin gets the accounts in the groups that they manage, and the ids of all groups. The display names of other
    groups are left out.
  - Long runs report their progress on standard error every few seconds.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes.info_module
  - community.nextcloud.attributes
options:
  groups:
    description: Shell patterns for the ids of the groups to read. An empty list reads no groups.
    type: list
    elements: str
    default: ["*"]
  users:
    description: Shell patterns for the ids of the accounts to read. Case does not matter.
    type: list
    elements: str
    default: ["*"]
  exclude:
    description: Shell patterns for ids of groups and accounts to leave out.
    type: list
    elements: str
    default: []
  concurrency:
    description: Maximum number of concurrent requests.
    type: int
    default: 4
  min_accounts:
    description:
      - Fails before anything is returned if the server lists fewer accounts. A server whose backend (such as LDAP) gives only
        a part of its accounts lists that part without an error.
    type: int
    default: 0
    version_added: 0.3.0
seealso:
  - module: community.nextcloud.directory
  - module: community.nextcloud.user_info
  - module: community.nextcloud.group_info
"""

EXAMPLES = r"""
- name: Read all groups and accounts, except the administrator and service accounts
  community.nextcloud.directory_info:
    exclude: [admin, "svc-*"]
  register: found

- name: Save the result to a file
  ansible.builtin.copy:
    content: "{{ found.directory | to_nice_yaml }}"
    dest: "{{ lookup('env', 'HOME') }}/directory.yml"
    mode: "0600"

- name: Read everything, but not a part that a backend gives instead
  community.nextcloud.directory_info:
    min_accounts: 1

- name: Restore it later
  community.nextcloud.directory:
    groups: "{{ found.directory.groups }}"
    users: "{{ found.directory.users }}"
"""

RETURN = r"""
directory:
  description: The groups and the accounts, each sorted by id.
  returned: success
  type: dict
  contains:
    groups:
      description: The groups, as options of M(community.nextcloud.directory). Memberships are listed with the accounts.
      type: list
      elements: dict
      sample:
        - groupid: design
          display_name: Design & Print
          state: present
    users:
      description: The accounts, as options of M(community.nextcloud.directory).
      type: list
      elements: dict
      sample:
        - userid: jane.doe
          state: present
          enabled: true
          display_name: Jane Doe
          email: jane.doe@example.org
          quota: 5 GB
          groups:
            set: [design]
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

from ansible_collections.community.nextcloud.plugins.module_utils._directory.info import RESOURCE
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
