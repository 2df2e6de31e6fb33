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
  - Reads one account, several accounts, or all accounts that match a filter. Without a filter, reads all accounts that
    are visible to the signed-in account.
  - An administrator can read all accounts, a sub-admin the members of their groups, and any other account only itself,
    by O(userid).
  - Accounts that do not exist, or are hidden from the signed-in account, are not in the list.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes.info_module
  - community.nextcloud.attributes
options:
  userid:
    description:
      - Id of one account. Case does not matter.
      - O(userid), O(userids), O(group), O(enabled), O(recent) and O(phone_numbers) are mutually exclusive.
    type: str
  userids:
    description: Ids of several accounts. This takes one request for each account, with one sign-in for all.
    type: list
    elements: str
  search:
    description:
      - Text that the id, display name or e-mail address contains. Case does not matter.
      - Can be combined with O(group), O(enabled) or O(recent).
    type: str
  group:
    description: Id of a group whose members to read.
    type: str
  enabled:
    description: V(true) reads the enabled accounts, V(false) the disabled ones.
    type: bool
  recent:
    description:
      - Whether to read the accounts that have ever signed in, starting with the most recent sign-in. Requires an
        administrator.
    type: bool
    default: false
  phone_numbers:
    description:
      - Read the accounts with one of these phone numbers. Put numbers that start with V(+) in quotes.
      - If the details of an account are hidden from the signed-in account, only its id is returned.
    type: list
    elements: str
  phone_region:
    description:
      - Two-letter code of the country of numbers without a country code, such as V(DE). Required with O(phone_numbers).
    type: str
  limit:
    description:
      - Maximum number of accounts to return, in the server's order. Mutually exclusive with O(userid), O(userids) and
        O(phone_numbers).
    type: int
  details:
    description:
      - Whether to read more than the ids. Ids alone cost the server almost nothing, details some milliseconds for each
        account.
    type: bool
    default: true
  editable_fields:
    description:
      - Whether to read which fields of each account can be edited. This takes one more request for each account.
    type: bool
    default: false
  group_details:
    description:
      - Whether to read the display names of the groups of each account. This takes two more requests for each account.
    type: bool
    default: false
seealso:
  - module: community.nextcloud.user
  - module: community.nextcloud.group_info
"""

EXAMPLES = r"""
- name: Read one account
  community.nextcloud.user_info:
    userid: jane.doe
  register: jane

- name: Create an account with the same language and groups
  community.nextcloud.user:
    userid: joan.poe
    user_password: "{{ initial_password }}"
    language: "{{ jane.users[0].user.language }}"
    groups: "{{ jane.users[0].user.groups }}"

- name: Read all accounts
  community.nextcloud.user_info:
  register: everybody

- name: Disable the accounts that have never signed in
  community.nextcloud.user:
    userid: "{{ item }}"
    enabled: false
  loop: "{{ everybody.users | selectattr('last_login', 'none') | map(attribute='userid') }}"

- name: Read the ids of the members of a group
  community.nextcloud.user_info:
    group: design
    details: false

- name: Find the account with a phone number, and read which of its fields can be edited
  community.nextcloud.user_info:
    phone_numbers: ["0711 25242890"]
    phone_region: DE
    editable_fields: true

- name: Read the five accounts with the most recent sign-ins
  community.nextcloud.user_info:
    recent: true
    limit: 5
"""

RETURN = r"""
users:
  description: The accounts, sorted by id. With O(recent), the most recent sign-in comes first.
  returned: success
  type: list
  elements: dict
  contains:
    userid:
      description: Id of the account, as the server spells it.
      type: str
      returned: always
      sample: jane.doe
    user:
      description:
        - The account as options of M(community.nextcloud.user). A locale, language or time zone that was never set is
          null.
        - Null if the server returns only the id.
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
      description: Backend of the account, for example V(Database) or V(LDAP).
      type: str
      returned: with O(details)
      sample: Database
    last_login:
      description: Time of the last sign-in in seconds since the epoch, or null if the account has never signed in.
      type: int
      returned: with O(details)
      sample: 1795432903
    quota_used:
      description: Bytes used of the quota, or null if they are not known.
      type: int
      returned: with O(details)
      sample: 20174294
    read_only:
      description:
        - Options of M(community.nextcloud.user) that the account's backend does not allow to be set.
        - Values that a backend such as LDAP sets back later, for example the email address, are not listed, because the
          server does not tell which these are.
      type: list
      elements: str
      returned: with O(details)
      sample: [display_name, user_password]
    editable_fields:
      description:
        - Options of M(community.nextcloud.user) that are part of the profile and can be edited, also by the person.
          Null if they are not known.
      type: list
      elements: str
      returned: with O(editable_fields)
      sample: [display_name, email, phone]
    group_details:
      description: The account's groups with their display names, or null if they are not known.
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
          description:
            - Groups whose members the account can manage. Null if they are not known, as for a sub-admin who reads another
              account.
          type: list
          elements: dict
          sample: []
    phone_numbers:
      description: Those of the requested numbers that belong to the account.
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
    effect: none
"""

from ansible_collections.community.nextcloud.plugins.module_utils._accounts.info import RESOURCE
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
