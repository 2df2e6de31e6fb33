#!/usr/bin/python
# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: onboarding_complete
short_description: Send the welcome emails that new people are owed
version_added: 0.3.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Sends the welcome emails that M(community.nextcloud.onboarding_prepare) has noted in a file, and strikes them out. An
    email that an earlier play owes, because it was interrupted, is sent too, once its account exists.
  - Each email is noted as being sent before the request. If a play is interrupted in the meantime, the email may have been
    sent. It is not sent again; the next task warns of it.
  - This module is a step of the role C(community.nextcloud.user_onboarding).
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes
attributes:
  diff_mode:
    support: none
    details: [The server does not report any state that an email changes.]
options:
  users:
    description: The people, as in M(community.nextcloud.onboarding_prepare).
    type: list
    elements: dict
    required: true
    suboptions:
      userid:
        description: Id of the account. Case does not matter.
        type: str
        required: true
      outcome:
        description:
          - What came of the account. V(ready) if it existed before, or this play has created it. The person gets what is
            owed.
          - V(taken) if somebody else has created it after M(community.nextcloud.onboarding_prepare) had run. This play then
            owes nothing, and a password that it has generated is deleted from the file.
          - V(unfinished) if creating or changing it failed or was not tried. If there is no account, the result is that of
            V(taken). Otherwise, it is left to a later play.
          - V(unknown) if the account may have been created, or may still be. It is left to a later play.
        type: str
        choices: [ready, taken, unfinished, unknown]
        default: ready
      noted:
        description: The value RV(community.nextcloud.onboarding_prepare#module:users[].noted) for this person.
        type: bool
        default: false
      welcome_email:
        description: The value of the same option in M(community.nextcloud.onboarding_prepare).
        type: bool
        default: false
  passwords_file:
    description: As in M(community.nextcloud.onboarding_prepare). Mutually exclusive with O(pending_file).
    type: path
  pending_file:
    description: As in M(community.nextcloud.onboarding_prepare). One of this and O(passwords_file) is required.
    type: path
  send:
    description: Whether to send emails. V(false) leaves them owed.
    type: bool
    default: true
seealso:
  - module: community.nextcloud.onboarding_prepare
  - module: community.nextcloud.welcome_email
"""

EXAMPLES = r"""
- name: Note that Joan gets a welcome email if she has no account
  community.nextcloud.onboarding_prepare:
    users:
      - userid: joan.poe
        welcome_email: true
    pending_file: ~/pending.json
  register: prepared

- name: Create the account
  community.nextcloud.user:
    userid: joan.poe
    user_password: "{{ initial_password }}"
    email: joan.poe@example.org

- name: Send the welcome email
  community.nextcloud.onboarding_complete:
    users:
      - userid: joan.poe
        noted: "{{ prepared.users[0].noted }}"
        welcome_email: true
    pending_file: ~/pending.json
"""

RETURN = r"""
users:
  description: The people, in the order of O(users).
  returned: always
  type: list
  elements: dict
  contains:
    welcome_email:
      description:
        - V(sent), V(failed), or V(none) if no email was due.
        - V(unknown) if this task, or an earlier one that was interrupted, does not know whether the server has sent it.
      type: str
      sample: sent
    msg:
      description: Why the email failed.
      type: str
      returned: if it failed in this task
    failure:
      description: As described in RV(community.nextcloud.user#module:failure).
      type: dict
      returned: if it failed in this task
others:
  description: Other people who were owed an email by an earlier play, with their C(userid) and the same keys.
  returned: always
  type: list
  elements: dict
  sample: []
owed:
  description: How many emails are still owed on this server.
  returned: always
  type: int
  sample: 0
failure:
  description: Why the task failed, as described in RV(community.nextcloud.user#module:failure).
  returned: failure
  type: dict
  sample:
    operation: users-resend-welcome-message
    http_status: 403
    ocs_code: 403
    category: permission
    effect: none
"""

from ansible_collections.community.nextcloud.plugins.module_utils._accounts.onboarding_complete import RESOURCE
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
