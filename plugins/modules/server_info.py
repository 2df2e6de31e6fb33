#!/usr/bin/python
# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: server_info
short_description: Read what a Nextcloud server is and what it lets the signed-in account do
version_added: 0.1.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Reads the server's version and capabilities, who is signed in and as what, which apps are enabled, whether writes
    that need a confirmed password will be accepted, and which rate limits apply.
  - Every account may ask. What it may not see is null.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes.info_module
  - community.nextcloud.attributes
options: {}
"""

EXAMPLES = r"""
- name: Look at the server before anything is changed
  community.nextcloud.server_info:
  register: found

- name: Stop where writes would be refused
  ansible.builtin.assert:
    that:
      - found.server.signed_in.is_admin
      - found.server.password_confirmation.accepted is not false
    fail_msg: "{{ found.server.password_confirmation.reason }}"
"""

RETURN = r"""
server:
  description: What was found.
  returned: success
  type: dict
  contains:
    version:
      description: The server's version.
      type: dict
      returned: always
      sample:
        major: 32
        minor: 0
        micro: 1
        string: 32.0.1
        edition: ""
    capabilities:
      description: What the server and its apps can do, as they say it themselves.
      type: dict
      returned: always
      sample:
        bruteforce:
          delay: 0
          allow-listed: false
    signed_in:
      description: The account that the task signs in with, and as what.
      type: dict
      returned: always
      contains:
        userid:
          description: Id of the account. It may differ from the name that was given to sign in.
          type: str
          sample: admin
        display_name:
          description: Name that people see.
          type: str
          sample: admin
        is_admin:
          description: Whether the account is an administrator.
          type: bool
          sample: true
        subadmin_of:
          description: Groups whose members the account may manage, by id.
          type: list
          elements: str
          sample: []
        backend:
          description: Where the account comes from, for example V(Database) or V(LDAP).
          type: str
          sample: Database
    enabled_apps:
      description: Ids of the enabled apps, sorted. Null for an account that is neither administrator nor sub-admin.
      type: list
      elements: str
      returned: always
      sample: [activity, dashboard]
    password_confirmation:
      description: Whether the server will accept writes that need a confirmed password. Most writes do.
      type: dict
      returned: always
      contains:
        accepted:
          description: True, false, or null where it cannot be told without a write.
          type: bool
          sample: true
        reason:
          description: Why, and what to do about it.
          type: str
          sample: Before Nextcloud 34 a password and an app password both do.
    rate_limits:
      description: The server's limits of the operations that this collection calls.
      type: dict
      returned: always
      contains:
        exempt:
          description:
            - Whether the limits are lifted for the address of this host, as it was when asked. Null where the signed-in
              account may not see that.
          type: bool
          sample: false
        limits:
          description: For each limited operation of the API, how many calls each account may make in how many seconds.
          type: list
          elements: dict
          sample:
            - operation: users-edit-user
              calls: 50
              seconds: 600
failure:
  description: Why the task failed, as described in RV(community.nextcloud.user#module:failure).
  returned: failure
  type: dict
  sample:
    operation: users-get-current-user
    http_status: 403
    ocs_code: 403
    category: permission
"""

from ansible_collections.community.nextcloud.plugins.module_utils._apps.server_info import RESOURCE
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
