#!/usr/bin/python
# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: user
short_description: Manage accounts of a Nextcloud server
version_added: 0.1.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Creates, changes, disables and deletes accounts of a Nextcloud server, with their groups and sub-admin rights.
  - Only what is declared is managed. An option that is not set leaves the account's value alone.
  - Values are compared as the server stores them. C(5 GiB) and C(5 GB) are the same quota, and e-mail addresses, phone
    numbers, handles and account ids are compared in the server's spelling.
  - A new account and all of its groups, sub-admin rights, quota, language and manager are one call, which no rate limit
    of the server touches. Each further field is one of the 50 edits that the server takes in 10 minutes.
  - On Nextcloud 34 and later several fields of an account are set in one call.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes
attributes:
  idempotent:
    support: partial
    details:
      - The server does not give back O(first_day_of_week), so declaring it always counts as a change, unless it is
        listed in O(only_on_create).
      - O(update_password=always) always counts as a change.
options:
  userid:
    description:
      - Id of the account. Upper and lower case mean the same account; a new one gets the spelling given here.
      - 1 to 64 characters out of C(a-z A-Z 0-9), space and C(_.@-'), not dots only, no blank at an end.
    type: str
    required: true
  state:
    description:
      - Whether the account exists. Deleting an account deletes its files too, for good.
      - The account that the task signs in with, and the last administrator, are never deleted.
    type: str
    choices: [present, absent]
    default: present
  enabled:
    description:
      - Whether the account may sign in. A disabled account keeps its files.
      - The account that the task signs in with, and the last administrator, are never disabled.
    type: bool
  user_password:
    description:
      - Password of the account. O(password) is the connection's.
      - A new account needs this or O(email), to which the server then sends an invitation.
    type: str
  update_password:
    description:
      - When to set O(user_password) on an account that exists.
      - V(on_create) leaves it alone.
      - V(always) sets it in every run, which always counts as a change.
      - V(when_changed) signs in as the account to see whether it is the password already. This counts as a sign-in of
        that account, and a password that differs counts as a failed sign-in. The server shuts an address out after ten
        of those, so do not use it for many accounts at once. A disabled account is left alone, with a warning. An
        account with two-factor authentication cannot sign in this way, so its password would always count as changed.
    type: str
    choices: [on_create, always, when_changed]
    default: on_create
  display_name:
    description: Name that people see. 1 to 64 characters.
    type: str
  email:
    description: Primary e-mail address, stored in lower case. Empty clears it.
    type: str
  additional_emails:
    description: Further e-mail addresses.
    type: dict
    suboptions: &lists
      add:
        description: What must be in the list. What else is there stays.
        type: list
        elements: str
      remove:
        description: What must not be in the list.
        type: list
        elements: str
      set:
        description: The whole list. It excludes C(add) and C(remove). An empty list clears it.
        type: list
        elements: str
  quota:
    description:
      - Room for the account's files. V(none), V(default), a number of bytes, or a size such as V(5 GB) or V(1.5 TiB).
      - Units are of 1024, whatever they are called. The server keeps one decimal of the largest unit that fits.
      - V(default) follows the server's default quota. The server does not tell it from a quota of the same size, so an
        account with that size already counts as unchanged. Only an administrator can compare it.
    type: str
  language:
    description: Language code as installed on the server, for example V(de) or V(pt_BR). Case matters.
    type: str
  locale:
    description: Locale, for example V(de_DE).
    type: str
  timezone:
    description: IANA name of the time zone, for example V(Europe/Berlin).
    type: str
  first_day_of_week:
    description:
      - First day of the week, from V(0) for Sunday to V(6) for Saturday.
      - The server does not give it back, so it is set in every run, which always counts as a change. List it in
        O(only_on_create) to set it for new accounts only.
    type: int
  manager:
    description: Id of the account of the person's manager. The server does not check that it exists. Empty clears it.
    type: str
  notify_email:
    description:
      - Address for notifications. It must be an address of the account that the person has verified. Empty clears it.
    type: str
  phone:
    description:
      - Phone number with its country code, stored as the server does, for example V(+4971125242890). Empty clears it.
    type: str
  address:
    description: Postal address. Empty clears it, as for the texts that follow.
    type: str
  website:
    description: Address of a web site, with V(https://) or V(http://).
    type: str
  twitter:
    description: Name on Twitter/X, with or without V(@).
    type: str
  bluesky:
    description: Handle on Bluesky, with or without a leading V(@).
    type: str
  fediverse:
    description: Handle in the Fediverse, for example V(jane@mastodon.example).
    type: str
  organisation:
    description: Organisation.
    type: str
  role:
    description: Role or job title.
    type: str
  headline:
    description: Headline of the profile.
    type: str
  biography:
    description: Text about the person.
    type: str
  pronouns:
    description: Pronouns.
    type: str
  profile_enabled:
    description: Whether the account has a profile page.
    type: bool
  groups:
    description:
      - Groups of the account, by id. They must exist; M(community.nextcloud.group) creates them.
      - The account that the task signs in with, and the last administrator, are never taken out of the group C(admin).
    type: dict
    suboptions: *lists
  subadmin_of:
    description: Groups whose members the account may manage, by id. The group C(admin) has no sub-admins.
    type: dict
    suboptions: *lists
  only_on_create:
    description:
      - Options that are set when the account is created and left alone from then on, because the person may change them.
    type: list
    elements: str
    choices:
      - display_name
      - email
      - quota
      - language
      - locale
      - timezone
      - first_day_of_week
      - manager
      - phone
      - address
      - website
      - twitter
      - bluesky
      - fediverse
      - organisation
      - role
      - headline
      - biography
      - pronouns
      - profile_enabled
      - notify_email
      - groups
      - subadmin_of
      - additional_emails
  on_readonly:
    description:
      - What to do about a declared field that the account's backend (for example LDAP) does not let be set.
      - V(fail) fails, V(warn) leaves the field and warns, V(skip) leaves it.
    type: str
    choices: [fail, warn, skip]
    default: fail
seealso:
  - module: community.nextcloud.group
  - module: community.nextcloud.group_member
"""

EXAMPLES = r"""
- name: An account with everything it needs on the first day
  community.nextcloud.user:
    userid: jane.doe
    user_password: "{{ initial_password }}"
    display_name: Jane Doe
    email: jane.doe@example.org
    language: en
    quota: 10 GB
    groups:
      add: [staff, design]

- name: The lead of a group, whose own choice of language is kept
  community.nextcloud.user:
    userid: jane.doe
    language: de
    only_on_create: [language]
    subadmin_of:
      set: [design]

- name: Somebody leaves; the files stay
  community.nextcloud.user:
    userid: jane.doe
    enabled: false
    groups:
      set: []

- name: The account and its files go
  community.nextcloud.user:
    userid: jane.doe
    state: absent
"""

RETURN = r"""
user:
  description:
    - The account after the task, in the options of this module, so that it can be fed back in.
    - For a new account the fields that were declared; else all fields that the server gives back. Never a password.
  returned: success
  type: dict
  sample:
    userid: jane.doe
    state: present
    enabled: true
    display_name: Jane Doe
    email: jane.doe@example.org
    language: en
    quota: 10 GB
    groups:
      set: [design, staff]
rate_limit:
  description: What of the task counts against the server's rate limit.
  returned: when there is such a call
  type: dict
  contains:
    calls:
      description: Number of calls that the server limits.
      type: int
      sample: 3
    seconds:
      description: Seconds that these calls take at least.
      type: int
      sample: 0
failure:
  description: Why the task failed, for use in C(rescue).
  returned: failure
  type: dict
  contains:
    operation:
      description: Id of the operation in the API's specification, or null if nothing was sent.
      type: str
      sample: users-add-user
    http_status:
      description: HTTP status of the answer, or null if there was none.
      type: int
      sample: 400
    ocs_code:
      description: The API's own status code, or null if there was none.
      type: int
      sample: 107
    category:
      description:
        - V(authentication) means that the server refused the credentials.
        - V(permission) means that the signed-in account is not allowed to do this.
        - V(confirmation) means that the server requires a sign-in with a password, not with an app password.
        - V(not_found) means that the account, group or app does not exist, or is hidden from the signed-in account.
        - V(invalid) means that the module or the server refused a value.
        - V(conflict) means that something with this id exists already, or that the module never does this, such as deleting
          the last administrator.
        - V(read_only) means that the account's backend or the server does not allow the field to be set.
        - V(rate_limited) means that the server's rate limit is reached, and lasts longer than O(rate_limit_wait).
        - V(locked_out) means that the server refuses this address after too many failed sign-ins.
        - V(unavailable) means that the server did not answer or is in maintenance mode.
        - V(protocol) means that the answer did not come from a Nextcloud server.
        - V(partial) means that part of the task is done, and the rest was refused.
      type: str
      sample: invalid
"""

from ansible_collections.community.nextcloud.plugins.module_utils._accounts.user import RESOURCE
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
