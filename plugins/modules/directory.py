#!/usr/bin/python
# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: directory
short_description: Manage all groups and accounts of a Nextcloud server in one task
version_added: 0.2.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Brings the groups and accounts of a whole organisation into the declared state. It compares and changes them as
    M(community.nextcloud.group), M(community.nextcloud.user), M(community.nextcloud.group_member) and
    M(community.nextcloud.subadmin) do, but with one sign-in, few requests, and several requests at the same time.
  - Everything is read, compared and checked before the first write. All errors in the input are listed together, with
    their positions.
  - A sub-admin can use it for the groups that they manage. What only an administrator can do, such as creating a group, is
    reported before anything is changed.
  - An account that is declared and that no list of the server contains is looked up by its id before it is created.
  - Groups are changed first, then accounts, memberships and sub-admin rights. Additions come before removals. Edits, of
    which the server accepts 50 in 10 minutes, come last, so that nothing else waits for them.
  - If a task fails or is interrupted, run it again to finish it.
  - Long runs report their progress on standard error every few seconds.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes
attributes:
  idempotent:
    support: partial
    details:
      - With the same exceptions as M(community.nextcloud.user).
options:
  defaults:
    description:
      - Options for all of O(users) that do not set them.
      - An account with a list of its own, such as C(groups), has only that list. It is not merged with the one here.
    type: dict
    suboptions: &account
      enabled:
        description: Whether the account can sign in.
        type: bool
      update_password:
        description:
          - When to set O(users[].user_password) of an existing account; V(on_create) if not set. See
            O(community.nextcloud.user#module:update_password).
        type: str
        choices: [on_create, always, when_changed]
      display_name:
        description: See O(community.nextcloud.user#module:display_name).
        type: str
      email:
        description: See O(community.nextcloud.user#module:email).
        type: str
      quota:
        description: See O(community.nextcloud.user#module:quota).
        type: str
      language:
        description: See O(community.nextcloud.user#module:language).
        type: str
      locale:
        description: See O(community.nextcloud.user#module:locale).
        type: str
      timezone:
        description: See O(community.nextcloud.user#module:timezone).
        type: str
      first_day_of_week:
        description: See O(community.nextcloud.user#module:first_day_of_week).
        type: int
      manager:
        description: Id of the account of the person's manager. It must exist or be declared in O(users).
        type: str
      phone:
        description: See O(community.nextcloud.user#module:phone).
        type: str
      address:
        description: See O(community.nextcloud.user#module:address).
        type: str
      website:
        description: See O(community.nextcloud.user#module:website).
        type: str
      twitter:
        description: See O(community.nextcloud.user#module:twitter).
        type: str
      bluesky:
        description: See O(community.nextcloud.user#module:bluesky).
        type: str
      fediverse:
        description: See O(community.nextcloud.user#module:fediverse).
        type: str
      organisation:
        description: See O(community.nextcloud.user#module:organisation).
        type: str
      role:
        description: See O(community.nextcloud.user#module:role).
        type: str
      headline:
        description: See O(community.nextcloud.user#module:headline).
        type: str
      biography:
        description: See O(community.nextcloud.user#module:biography).
        type: str
      pronouns:
        description: See O(community.nextcloud.user#module:pronouns).
        type: str
      profile_enabled:
        description: See O(community.nextcloud.user#module:profile_enabled).
        type: bool
      notify_email:
        description: See O(community.nextcloud.user#module:notify_email).
        type: str
      groups:
        description: Groups of the account, by id. They must exist or be declared in O(groups).
        type: dict
        suboptions: &lists
          add:
            description: Items to add; existing items are kept.
            type: list
            elements: str
          remove:
            description: Items to remove.
            type: list
            elements: str
          set:
            description: The complete list. Mutually exclusive with C(add) and C(remove). An empty list clears it.
            type: list
            elements: str
      subadmin_of:
        description: Groups whose members the account can manage, by id.
        type: dict
        suboptions: *lists
      additional_emails:
        description: Further e-mail addresses.
        type: dict
        suboptions: *lists
      only_on_create:
        description: Options that are set only when the account is created.
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
        description: What to do about a field that the account's backend does not allow to be set; V(fail) if not set.
        type: str
        choices: [fail, warn, skip]
  users:
    description:
      - Accounts to manage, with the options of M(community.nextcloud.user).
    type: list
    elements: dict
    suboptions:
      userid:
        description: Id of the account. Case does not matter.
        type: str
        required: true
      state:
        description:
          - Whether the account exists; V(present) if not set. Deleting an account permanently deletes its files.
        type: str
        choices: [present, absent]
      user_password:
        description: Password of the account. See O(community.nextcloud.user#module:user_password).
        type: str
      <<: *account
  groups:
    description:
      - Groups to manage.
      - The members of a group and the groups of an account must not contradict each other.
    type: list
    elements: dict
    suboptions:
      groupid:
        description: Id of the group. Case matters.
        type: str
        required: true
      display_name:
        description: See O(community.nextcloud.group#module:display_name).
        type: str
      state:
        description: Whether the group exists; V(present) if not set.
        type: str
        choices: [present, absent]
      users:
        description: Members of the group, by id. They must exist or be declared in O(users).
        type: dict
        suboptions: *lists
      subadmins:
        description: Accounts that can manage the members of the group, by id.
        type: dict
        suboptions: *lists
  purge:
    description:
      - What to do about accounts, groups and memberships that exist on the server but are not declared.
      - The signed-in account, accounts of backends that O(removable_backends) does not name, memberships of groups whose
        backend does not let them be changed, the group C(admin) with its members, and everything that matches O(protected)
        are never purged.
      - O(max_removals) limits how much is removed.
    type: dict
    suboptions:
      users:
        description:
          - What to do about accounts that are not declared. An account in the list of a group counts as declared.
          - V(delete) also permanently deletes their files.
        type: str
        choices: [nothing, disable, delete]
        default: nothing
      groups:
        description:
          - Whether to delete groups that are not declared. A group in the list of an account counts as declared.
        type: bool
        default: false
      memberships:
        description:
          - Whether to remove declared accounts from groups that are not declared for them, to revoke their sub-admin
            rights that are not declared, and to remove other accounts from declared groups.
          - An account with O(users[].groups) in O(users[].only_on_create) keeps its groups.
        type: bool
        default: false
  protected:
    description:
      - Ids of accounts and groups that are never removed, as shell patterns such as V(svc-*).
      - O(purge) leaves them alone. Declaring one of them as absent is an error.
    type: list
    elements: str
  max_removals:
    description:
      - Maximum number of removals in one run, as a number or as a percentage of what exists, such as V(5%).
      - The limit applies separately to accounts that are deleted or are disabled by O(purge), to groups that are
        deleted, and to memberships and sub-admin rights that are removed with O(purge.memberships).
      - If a run would remove more, the task fails before the first write.
    type: str
    default: "0"
  concurrency:
    description: Maximum number of concurrent requests.
    type: int
    default: 4
  on_error:
    description:
      - What to do if a group or an account cannot be brought into the declared state.
      - V(stop) ends the task. V(continue) continues with the others, and fails at the end.
      - The task always ends if the server is not available, refuses the sign-in, or limits the rate for longer than
        O(rate_limit_wait).
    type: str
    choices: [stop, continue]
    default: stop
  diff_limit:
    description: Maximum number of changed groups and accounts to show in a diff.
    type: int
    default: 100
  min_accounts:
    description:
      - Fails before anything is changed if the server lists fewer accounts. A server whose backend (such as LDAP) gives only
        a part of its accounts lists that part without an error.
    type: int
    default: 0
    version_added: 0.3.0
  removable_backends:
    description:
      - Backends whose accounts can be deleted, or disabled and deleted with O(purge.users). V(Database) stands for the
        server's own accounts.
      - A server deletes an account of another backend, such as V(LDAP), with its files if the backend merely does not find
        the account at the moment.
    type: list
    elements: str
    default: [Database]
    version_added: 0.3.0
seealso:
  - module: community.nextcloud.directory_info
  - module: community.nextcloud.user
  - module: community.nextcloud.group
  - module: community.nextcloud.rate_limit_exemption
  - plugin: community.nextcloud.roster
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Manage two teams and their accounts
  community.nextcloud.directory:
    groups:
      - groupid: design
        display_name: Design & Print
        subadmins:
          set: [jane.doe]
      - groupid: staff
    defaults:
      quota: 5 GB
      language: en
      groups:
        add: [staff]
      only_on_create: [language]
    users:
      - userid: jane.doe
        display_name: Jane Doe
        email: jane.doe@example.org
        groups:
          add: [staff, design]
      - userid: john.roe
        display_name: John Roe
        email: john.roe@example.org
        manager: jane.doe

- name: Disable accounts that are not declared, up to 5 percent of all accounts
  community.nextcloud.directory:
    users:
      - userid: jane.doe
      - userid: john.roe
    purge:
      users: disable
    protected: [admin, "svc-*"]
    max_removals: 5%

- name: Continue after failures, and show what failed
  block:
    - name: Manage the accounts that are declared in a file
      community.nextcloud.directory:
        users: "{{ (lookup('ansible.builtin.file', 'accounts.json') | from_json).users }}"
        on_error: continue
      register: accounts
  rescue:
    - name: Show the accounts that failed
      ansible.builtin.debug:
        msg: "{{ ansible_failed_result.users | default([]) | selectattr('result', 'eq', 'failed') }}"
"""

RETURN = r"""
users:
  description:
    - The result for each declared account, in the order of the input, then for other accounts that are listed in groups
      or removed by O(purge).
    - Also returned on failure, unless the input was refused as a whole.
  returned: success
  type: list
  elements: dict
  contains:
    userid:
      description: Id of the account, as the server spells it.
      type: str
      sample: jane.doe
    result:
      description: One of C(done), C(unchanged), C(failed), C(not_tried).
      type: str
      sample: done
    action:
      description: One of C(created), C(changed), C(disabled), C(deleted), C(none).
      type: str
      sample: changed
    fields:
      description: Options that changed.
      type: list
      elements: str
      sample: [groups, quota]
    msg:
      description: Why it failed.
      returned: if it failed
      type: str
    failure:
      description: The same as RV(failure), for this account.
      returned: if it failed
      type: dict
groups:
  description:
    - The same for each declared group, then for groups that are removed by O(purge). Memberships count with the
      accounts.
  returned: success
  type: list
  elements: dict
  sample:
    - groupid: design
      result: unchanged
      action: none
      fields: []
failed_sign_ins:
  description: See RV(community.nextcloud.user#module:failed_sign_ins).
  returned: when there are any
  type: int
  version_added: 0.3.0
  sample: 1
summary:
  description: Numbers of C(groups) and C(users) that were created, changed and so on.
  returned: success
  type: dict
  sample:
    groups: {created: 1, changed: 0, disabled: 0, deleted: 0, unchanged: 1, failed: 0, not_tried: 0}
    users: {created: 2, changed: 0, disabled: 0, deleted: 0, unchanged: 0, failed: 0, not_tried: 0}
rate_limit:
  description: The requests of the task that count against the server's rate limit.
  returned: when there are any
  type: dict
  contains:
    calls:
      description: Number of rate-limited requests.
      type: int
      sample: 120
    seconds:
      description: Minimum number of seconds that these requests take; 0 if this address is exempt from the limit.
      type: int
      sample: 1200
problems:
  description: All errors in the input, with their positions.
  returned: when the input was refused
  type: list
  elements: str
  sample:
    - "users[3] (jane): manager: account boss does not exist and is not declared"
failure:
  description: Why the task failed, as described in RV(community.nextcloud.user#module:failure).
  returned: failure
  type: dict
  sample:
    operation: users-add-user
    http_status: 400
    ocs_code: 101
    category: partial
    effect: none
"""

from ansible_collections.community.nextcloud.plugins.module_utils._directory.directory import RESOURCE
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
