#!/usr/bin/python
# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: user_info
short_description: Read accounts of a Nextcloud server
version_added: 0.1.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Reads one account, some, or all that match a filter. Without a filter, all accounts that the signed-in account may
    see.
  - An administrator sees all accounts, a sub-admin the members of their groups, anybody else their own account by
    O(userid).
  - What does not exist, or is hidden from the signed-in account, is not in the list.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes.info_module
  - community.nextcloud.attributes
options:
  userid:
    description:
      - One account. Upper and lower case mean the same.
      - Of O(userid), O(userids), O(group), O(enabled), O(recent) and O(phone_numbers) at most one is accepted.
    type: str
  userids:
    description: These accounts. One request each, with one sign-in for all.
    type: list
    elements: str
  search:
    description:
      - Accounts that have this in their id, display name or e-mail address. Case makes no difference.
      - Accepted alone, or beside O(group), O(enabled) or O(recent).
    type: str
  group:
    description: Members of this group, by its id.
    type: str
  enabled:
    description: V(false) for the accounts that are disabled, V(true) for those that are not.
    type: bool
  recent:
    description: Accounts that have ever signed in, the last one first. Administrators only.
    type: bool
    default: false
  phone_numbers:
    description:
      - Accounts with one of these phone numbers. Put numbers that begin with V(+) in quotes.
      - An account that is found but whose details are hidden from the signed-in account is listed with its id.
    type: list
    elements: str
  phone_region:
    description: Country of the numbers that have no country code, by its two letters. Needed for O(phone_numbers).
    type: str
  limit:
    description:
      - At most so many accounts, the first in the server's own order. Not beside O(userid), O(userids) and
        O(phone_numbers).
    type: int
  details:
    description:
      - Whether to read more than the ids. Ids alone cost a server nearly nothing, details some milliseconds for each
        account.
    type: bool
    default: true
  editable_fields:
    description: Whether to ask for each account which fields may be edited. One more request for each account.
    type: bool
    default: false
  group_details:
    description: Whether to ask for each account for the names of its groups. Two more requests for each account.
    type: bool
    default: false
seealso:
  - module: community.nextcloud.user
  - module: community.nextcloud.group_info
"""

EXAMPLES = r"""
- name: One account
  community.nextcloud.user_info:
    userid: jane.doe
  register: jane

- name: Take over her language and groups
  community.nextcloud.user:
    userid: joan.poe
    user_password: "{{ initial_password }}"
    language: "{{ jane.users[0].user.language }}"
    groups: "{{ jane.users[0].user.groups }}"

- name: All accounts
  community.nextcloud.user_info:
  register: everybody

- name: Disable who has never signed in
  community.nextcloud.user:
    userid: "{{ item }}"
    enabled: false
  loop: "{{ everybody.users | selectattr('last_login', 'none') | map(attribute='userid') }}"

- name: The ids of the members of a group
  community.nextcloud.user_info:
    group: design
    details: false

- name: Whose number is this, and what may be edited of the account
  community.nextcloud.user_info:
    phone_numbers: ["0711 25242890"]
    phone_region: DE
    editable_fields: true

- name: The five accounts that signed in last
  community.nextcloud.user_info:
    recent: true
    limit: 5
"""

RETURN = r"""
users:
  description: The accounts, sorted by id. With O(recent), the last signed-in first.
  returned: success
  type: list
  elements: dict
  contains:
    userid:
      description: Id of the account, in its own spelling.
      type: str
      returned: always
      sample: jane.doe
    user:
      description:
        - The account in the options of M(community.nextcloud.user), so that it can be given to that module as it is. A
          locale, language or time zone that was never set is null.
        - Null where the server gives no more than the id.
      type: dict
      returned: with O(details)
      sample:
        userid: jane.doe
        state: present
        enabled: true
        display_name: Jane Doe
        email: jane.doe@example.org
        quota: 10 GB
        language: en
        groups:
          set: [design, staff]
    backend:
      description: Where the account comes from, for example V(Database) or V(LDAP).
      type: str
      returned: with O(details)
      sample: Database
    last_login:
      description: Time of the last sign-in in seconds since the epoch, or null where there was none.
      type: int
      returned: with O(details)
      sample: 1795432903
    quota_used:
      description: Bytes used of the quota, or null where the server does not say.
      type: int
      returned: with O(details)
      sample: 20174294
    read_only:
      description: Options of M(community.nextcloud.user) that the account's backend does not let be set.
      type: list
      elements: str
      returned: with O(details)
      sample: [display_name, user_password]
    editable_fields:
      description:
        - Options of M(community.nextcloud.user) that belong to the profile and may be edited, by the person too. Null
          where the server does not say.
      type: list
      elements: str
      returned: with O(editable_fields)
      sample: [display_name, email, phone]
    group_details:
      description: The account's groups with their names, or null where the server does not say.
      type: dict
      returned: with O(group_details)
      contains:
        groups:
          description: Groups of the account.
          type: list
          elements: dict
          sample:
            - groupid: design
              display_name: Design & Print
        subadmin_of:
          description: Groups whose members the account may manage.
          type: list
          elements: dict
          sample: []
    phone_numbers:
      description: Which of the numbers asked for are the account's.
      type: list
      elements: str
      returned: with O(phone_numbers)
      sample: ["0711 25242890"]
failure:
  description: Why the task failed, as described in RV(community.nextcloud.user#module:failure).
  returned: failure
  type: dict
  sample:
    operation: users-get-users-details
    http_status: 403
    ocs_code: 403
    category: permission
"""

from ansible_collections.community.nextcloud.plugins.module_utils._accounts.info import RESOURCE
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
