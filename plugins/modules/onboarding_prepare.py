#!/usr/bin/python
# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: onboarding_prepare
short_description: Note what new people are owed before their accounts are created
version_added: 0.3.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Reads which accounts exist. For all other people, it generates passwords and notes in a file that they are owed a
    password or a welcome email.
  - So neither is lost if the play is interrupted after it has created the accounts.
    M(community.nextcloud.onboarding_complete) sends the emails, also those of an earlier play.
  - This module is a step of the role C(community.nextcloud.user_onboarding).
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes
attributes:
  idempotent:
    support: partial
    details: [Each run notes the people who have no account, so it counts as a change until they have one.]
  diff_mode:
    support: none
    details: [The files may contain passwords.]
options:
  users:
    description: The people, whether they have an account or not.
    type: list
    elements: dict
    required: true
    suboptions:
      userid:
        description: Id of the account. Case does not matter.
        type: str
        required: true
      generate_password:
        description:
          - Whether to generate a password if there is no account. Requires O(passwords_file).
          - A password that is already in the file is kept.
        type: bool
        default: false
      welcome_email:
        description:
          - Whether the person is owed a welcome email if there is no account. Requires O(passwords_file) or
            O(pending_file).
        type: bool
        default: false
  passwords_file:
    description:
      - File with passwords by the id of the account, in lower case (JSON, mode 0600). Its directory must exist.
      - What people are owed is in a file of the same name plus C(.pending).
      - Mutually exclusive with O(pending_file).
    type: path
  pending_file:
    description:
      - File with what people are owed (JSON, mode 0600). Its directory must exist. The file is deleted when nothing is owed.
      - The file can be shared by any number of servers and plays. Plays that use it at the same time wait for each other
        while one of them reads or writes it, or sends one email. The lock is a file of the same name plus C(.lock).
      - The file is stored on the host that runs the module. It contains no passwords.
    type: path
  sign_ins:
    description: Whether to read who has never signed in. This takes one request for each account that exists.
    type: bool
    default: false
seealso:
  - module: community.nextcloud.onboarding_complete
  - module: community.nextcloud.directory
"""

EXAMPLES = r"""
- name: Note that Joan gets a password and a welcome email if she has no account
  community.nextcloud.onboarding_prepare:
    users:
      - userid: joan.poe
        generate_password: true
        welcome_email: true
    passwords_file: ~/new-passwords.json
"""

RETURN = r"""
users:
  description: The people, in the order of O(users).
  returned: success
  type: list
  elements: dict
  contains:
    exists:
      description: Whether there is an account.
      type: bool
      sample: false
    noted:
      description: Whether this task has noted what the person is owed.
      type: bool
      sample: true
    interrupted:
      description:
        - Whether the account exists, and an earlier play that was interrupted has created it. It had noted the person
          while there was no account.
      type: bool
      sample: false
    never_signed_in:
      description: Whether there is an account to which nobody has ever signed in. Null without O(sign_ins).
      type: bool
      sample: null
failure:
  description: Why the task failed, as described in RV(community.nextcloud.user#module:failure).
  returned: failure
  type: dict
  sample:
    operation: users-get-users
    http_status: 403
    ocs_code: 403
    category: permission
    effect: none
"""

from ansible_collections.community.nextcloud.plugins.module_utils._accounts.onboarding_prepare import RESOURCE
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
