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
  - Returns groups and accounts in just the form that M(community.nextcloud.directory) takes. Given back to it, they change
    nothing.
  - Passwords and whatever else a server does not give back are not in it. A value that a server holds and the module
    would refuse, such as an address without a domain, is left out.
  - What takes longer than 10 seconds tells how far it is, on the standard error of C(ansible-playbook).
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes.info_module
  - community.nextcloud.attributes
options:
  groups:
    description: Shell patterns of the ids of groups to read. An empty list leaves groups out.
    type: list
    elements: str
    default: ["*"]
  users:
    description: Shell patterns of the ids of accounts to read. Upper and lower case make no difference.
    type: list
    elements: str
    default: ["*"]
  exclude:
    description: Shell patterns of ids of groups and accounts that are left out.
    type: list
    elements: str
    default: []
  concurrency:
    description: How many requests are under way at once.
    type: int
    default: 4
seealso:
  - module: community.nextcloud.directory
  - module: community.nextcloud.user_info
  - module: community.nextcloud.group_info
"""

EXAMPLES = r"""
- name: Read a server
  community.nextcloud.directory_info:
    exclude: [admin, "svc-*"]
  register: found

- name: Keep what was read as a file to declare from
  ansible.builtin.copy:
    content: "{{ found.directory | to_nice_yaml }}"
    dest: "{{ lookup('env', 'HOME') }}/directory.yml"
    mode: "0600"

- name: Bring it back later
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
      description: The groups, with options of M(community.nextcloud.directory). Members stand with the accounts.
      type: list
      elements: dict
      sample:
        - groupid: design
          display_name: Design & Print
          state: present
    users:
      description: The accounts, with options of M(community.nextcloud.directory).
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
"""

from ansible_collections.community.nextcloud.plugins.module_utils._directory.info import RESOURCE
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
