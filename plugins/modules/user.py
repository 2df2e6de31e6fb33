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
  - Only declared options are managed. If an option is not set, the account's value is left alone.
  - Values are compared as the server stores them. For example, C(5 GiB) and C(5 GB) are the same quota. E-mail
    addresses, phone numbers, handles and account ids are compared in the server's spelling.
  - An empty string clears a value. It is refused for O(display_name), O(quota), O(language), O(locale) and O(timezone),
    which cannot be cleared.
  - A new account with its groups, sub-admin rights, quota, language and manager is created by one request, which the
    server does not rate-limit. Each further field counts as one of the 50 edits that the server accepts in 10 minutes.
  - Nextcloud 34 and later accept several fields of an account in one request, which has a rate limit of its own.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes
attributes:
  idempotent:
    support: partial
    details:
      - The server does not return O(first_day_of_week). Setting it always counts as a change, unless it is listed in
        O(only_on_create).
      - O(update_password=always) always counts as a change.
options:
  userid:
    description:
      - Id of the account. Case does not matter, except for accounts of a backend such as LDAP. A new account gets the
        spelling given here.
      - For a new account 1 to 64 characters from C(a-z A-Z 0-9), space and C(_.@-'), not only dots, no leading or trailing
        space. An existing account of another backend can have any id without C(/).
    type: str
    required: true
  state:
    description:
      - Whether the account exists. Deleting an account permanently deletes its files.
      - The signed-in account and the last administrator are never deleted.
    type: str
    choices: [present, absent]
    default: present
  enabled:
    description:
      - Whether the account can sign in. A disabled account keeps its files.
      - The signed-in account and the last administrator are never disabled.
    type: bool
  user_password:
    description:
      - Password of the account. For the password of the connection, see O(password).
      - A new account requires this option or O(email), to which the server then sends an invitation.
    type: str
  update_password:
    description:
      - When to set O(user_password) of an existing account.
      - V(on_create) sets the password only when the account is created.
      - V(always) sets the password in each run, which always counts as a change.
      - V(when_changed) signs in as the account to find out whether the password is the same already. This counts as a
        sign-in of that account, and a different password counts as a failed sign-in. The password of a disabled account is
        left alone, with a warning. An account with two-factor authentication cannot sign in this way, so setting its
        password always counts as a change.
      - A server locks an address out after ten failed sign-ins. A task that would compare so many passwords that more than
        nine sign-ins could fail in a run of Ansible is refused before it compares the first one.
    type: str
    choices: [on_create, always, when_changed]
    default: on_create
  display_name:
    description: Display name. 1 to 64 characters.
    type: str
  email:
    description:
      - Primary e-mail address, stored in lower case.
      - For an account of LDAP, the server sets it back to that of LDAP later, so setting it is a change in each run.
    type: str
  additional_emails:
    description: Further e-mail addresses.
    type: dict
    suboptions: &lists
      add:
        description: Items to add; existing items are kept.
        type: list
        elements: str
      remove:
        description: Items to remove; other items are kept.
        type: list
        elements: str
      set:
        description: The complete list. Mutually exclusive with C(add) and C(remove). An empty list removes all items.
        type: list
        elements: str
  quota:
    description:
      - Storage quota of the account. V(none), V(default), a number of bytes, or a size such as V(5 GB) or V(1.5 TiB).
      - All units are multiples of 1024. The server keeps one decimal of the largest unit that fits.
      - V(default) follows the server's default quota. The server does not distinguish it from an explicit quota of the
        same size, so an account with that quota counts as unchanged. Only an administrator can read the default quota.
        A server that forbids unlimited quotas and has no default quota uses the first size that it offers.
    type: str
  language:
    description: Code of a language that is installed on the server, for example V(de) or V(pt_BR). Case matters.
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
      - The server does not return this value, so it is set in each run, which always counts as a change. List it in
        O(only_on_create) to set it only when the account is created.
    type: int
  manager:
    description: Id of the account of the person's manager. The server does not check that it exists.
    type: str
  notify_email:
    description:
      - Address for notifications. It must be one of the account's addresses, verified by the person.
    type: str
  phone:
    description:
      - Phone number with its country code. The server stores it in a form such as V(+4971125242890).
    type: str
  address:
    description: Postal address.
    type: str
  website:
    description: Address of a web site. It must start with V(https://) or V(http://).
    type: str
  twitter:
    description: Name on Twitter/X, with or without a leading V(@).
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
    description: Biography.
    type: str
  pronouns:
    description: Pronouns.
    type: str
  profile_enabled:
    description: Whether the account has a profile page.
    type: bool
  groups:
    description:
      - Groups of the account, by id. The groups must exist; M(community.nextcloud.group) creates them.
      - The signed-in account and the last administrator are never removed from the group C(admin).
    type: dict
    suboptions: *lists
  subadmin_of:
    description: Groups whose members the account can manage, by id. The group C(admin) cannot have sub-admins.
    type: dict
    suboptions: *lists
  only_on_create:
    description:
      - Options that are set only when the account is created. Use it for values that people can change themselves.
      - Until the first sign-in to the account, later runs also set those of these options that are still empty, because the
        run that created the account may have been interrupted. This does not apply to O(groups), O(subadmin_of) and
        O(first_day_of_week).
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
      - What to do about a declared field that the account's backend (for example LDAP) does not allow to be set.
      - V(fail) fails, V(warn) skips the field with a warning, and V(skip) skips it silently.
    type: str
    choices: [fail, warn, skip]
    default: fail
  removable_backends:
    description:
      - Backends whose accounts can be deleted. V(Database) stands for the server's own accounts.
      - A server deletes an account of another backend, such as V(LDAP), with its files if the backend merely does not find
        the account at the moment.
    type: list
    elements: str
    default: [Database]
    version_added: 0.3.0
seealso:
  - module: community.nextcloud.directory
  - module: community.nextcloud.group
  - module: community.nextcloud.group_member
"""

EXAMPLES = r"""
- name: Create an account with everything it needs on the first day
  community.nextcloud.user:
    userid: jane.doe
    user_password: "{{ initial_password }}"
    display_name: Jane Doe
    email: jane.doe@example.org
    language: en
    quota: 10 GB
    groups:
      add: [staff, design]

- name: Make the account sub-admin of a group, and set the language only if the account is new
  community.nextcloud.user:
    userid: jane.doe
    language: de
    only_on_create: [language]
    subadmin_of:
      set: [design]

- name: Disable the account and keep its files
  community.nextcloud.user:
    userid: jane.doe
    enabled: false
    groups:
      set: []

- name: Delete the account and its files
  community.nextcloud.user:
    userid: jane.doe
    state: absent
"""

RETURN = r"""
user:
  description:
    - The account after the task, as options of this module.
    - For a new account, the declared options; otherwise all options that the server returns. Never a password.
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
failed_sign_ins:
  description:
    - How many sign-ins have failed because O(update_password=when_changed) found a different password. They count against
      the server's brute-force protection.
  returned: when there are any
  type: int
  version_added: 0.3.0
  sample: 1
rate_limit:
  description: The requests of the task that count against the server's rate limit.
  returned: when there are any
  type: dict
  contains:
    calls:
      description: Number of rate-limited requests.
      type: int
      sample: 3
    seconds:
      description: Minimum number of seconds that these requests take.
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
        - V(conflict) means that something with this id exists already, or that the module never does this, such as
          deleting the last administrator.
        - V(read_only) means that the account's backend or the server does not allow the field to be set.
        - V(rate_limited) means that the server's rate limit is reached, and lasts longer than O(rate_limit_wait).
        - V(locked_out) means that the server refuses this address after too many failed sign-ins.
        - V(unavailable) means that the server did not answer or is in maintenance mode.
        - V(protocol) means that the answer did not come from a Nextcloud server.
        - V(partial) means that part of the task is done, and the rest was refused.
      type: str
      sample: invalid
    effect:
      description:
        - V(none) means that the call that failed changed nothing.
        - V(unknown) means that it may or may not have been carried out, because its answer was lost or damaged. The task
          then counts as changed.
      type: str
      version_added: 0.3.0
      sample: none
"""

from ansible_collections.community.nextcloud.plugins.module_utils._accounts.user import RESOURCE
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
