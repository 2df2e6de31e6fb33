#!/usr/bin/python
# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: server_info
short_description: Read the version and capabilities of a Nextcloud server, and the rights of the signed-in account
version_added: 0.1.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Reads the server's version, capabilities and enabled apps, the signed-in account and its rights, whether the server
    accepts writes that require a confirmed password, as far as it is known, and its rate limits.
  - Any account can use this module. Values it may not see are null.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes.info_module
  - community.nextcloud.attributes
options: {}
seealso:
  - module: community.nextcloud.rate_limit_exemption
"""

EXAMPLES = r"""
- name: Read the server before changing anything
  community.nextcloud.server_info:
  register: found

- name: Stop if the server would refuse writes
  ansible.builtin.assert:
    that:
      - found.server.signed_in.is_admin
      - found.server.writes_confirmed is not false
    fail_msg: "{{ found.server.password_confirmation.reason }}"
"""

RETURN = r"""
server:
  description: The server and the signed-in account.
  returned: success
  type: dict
  contains:
    version:
      description: Version of the server.
      type: dict
      returned: always
      sample:
        major: 32
        minor: 0
        micro: 1
        string: 32.0.1
        edition: ""
    capabilities:
      description: Capabilities of the server and its apps, as the server reports them.
      type: dict
      returned: always
      sample:
        bruteforce:
          delay: 0
          allow-listed: false
    signed_in:
      description: The signed-in account and its rights.
      type: dict
      returned: always
      contains:
        userid:
          description: Id of the account. It can differ from O(username).
          type: str
          sample: admin
        display_name:
          description: Display name.
          type: str
          sample: admin
        is_admin:
          description: Whether the account is an administrator.
          type: bool
          sample: true
        subadmin_of:
          description: Groups whose members the account can manage, by id.
          type: list
          elements: str
          sample: []
        backend:
          description: Backend of the account, for example V(Database) or V(LDAP).
          type: str
          sample: Database
    enabled_apps:
      description: Ids of the enabled apps, sorted. Null if the account is neither an administrator nor a sub-admin.
      type: list
      elements: str
      returned: always
      sample: [activity, dashboard]
    writes_confirmed:
      description:
        - Whether the server accepts writes that require a confirmed password, as most writes do. An app password confirms
          them on some servers, whatever their version.
        - Null until the server has answered such a write that a task of the same run of Ansible has sent with the same
          credentials, and from the same host. The module writes nothing to find it out, and check mode writes nothing.
      type: bool
      returned: always
      version_added: 0.3.0
      sample: true
    password_confirmation:
      description: What RV(server.writes_confirmed) means for a play.
      type: dict
      returned: always
      contains:
        accepted:
          description: The same as RV(server.writes_confirmed).
          type: bool
          sample: true
        reason:
          description: The reason, and what you can do about it.
          type: str
          sample: The server has accepted a write with these credentials.
    rate_limits:
      description: The server's limits for the operations that this collection uses.
      type: dict
      returned: always
      contains:
        exempt:
          description:
            - Whether the address of this host is exempt from the limits at the moment. Null if the signed-in account
              may not see that.
          type: bool
          sample: false
        limits:
          description:
            - For each limited operation, the number of requests that each account can send in a number of seconds.
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
    effect: none
"""

from ansible_collections.community.nextcloud.plugins.module_utils._apps.server_info import RESOURCE
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
