#!/usr/bin/python
# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: offboarding_prepare
short_description: Plan whom to offboard, and remember it on the server before anything is done
version_added: 0.3.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Returns the accounts to offboard and, after their grace period, the accounts to delete. Accounts that are offboarded now
    are stored on the server before that, in the configuration of the app C(ansible_offboarding). So nobody is forgotten if
    the play is interrupted.
  - Requires an administrator.
  - Each account has a key of its own, so plays on several controllers do not overwrite each other's entries. The single value
    of earlier releases (key C(ledger)) is converted.
  - This module does not change accounts. It is a step of the role C(community.nextcloud.user_offboarding). Use the role
    instead.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes
attributes:
  idempotent:
    support: full
  diff_mode:
    support: none
    details: [The entries on the server are encoded.]
options:
  userids:
    description: Ids of the accounts of people who leave. The server decides whether case matters.
    type: list
    elements: str
    default: []
  date:
    description: Date to use as today, as C(YYYY-MM-DD).
    type: str
    required: true
  delete_after_days:
    description: Number of days after which an offboarded account is deleted. If not set, no account is deleted.
    type: int
  allow_administrators:
    description: Whether administrators can be offboarded. The signed-in account is always refused.
    type: bool
    default: false
  missing:
    description: Whether an account that does not exist and was never offboarded is refused.
    type: str
    choices: [fail, skip]
    default: fail
seealso:
  - plugin: community.nextcloud.offboarding_plan
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Remember that Jane leaves, and find accounts that are due for deletion
  community.nextcloud.offboarding_prepare:
    userids: [jane.doe]
    date: "2026-11-24"
    delete_after_days: 30
"""

RETURN = r"""
offboarding:
  description:
    - What to do. Ids are encoded, because Ansible masks text that contains a secret of the task, such as the id C(admin) with
      the password C(admin). The filter P(community.nextcloud.offboarding_plan#filter) decodes them.
  returned: success
  type: dict
  contains:
    refused:
      description:
        - Accounts that must not be offboarded. If there are any, the task has changed nothing.
        - C(position) is the position in O(userids). C(reason) is V(own) for the signed-in account, V(privileged) for an
          administrator, or V(missing).
      type: list
      elements: dict
      sample: []
    people:
      description: Accounts of O(userids), then other accounts that are due, or that an interrupted play has left.
      type: list
      elements: dict
      contains:
        position:
          description: Position in O(userids), without repetitions. Null for other accounts.
          type: int
        id:
          description: Id of the account in base64, as the server spells it.
          type: str
        digest:
          description: A digest of the id.
          type: str
        action:
          description:
            - V(leave) if the account is to be offboarded, V(keep) if it has been, V(delete) if it is due for deletion,
              V(unfinished) if it is not in O(userids) and an interrupted play had begun to offboard it, V(gone) if it
              was offboarded and does not exist any more, or V(missing).
          type: str
        key:
          description: Key of the entry in the configuration of the app. Null if there is none.
          type: str
        left:
          description: Date when the account was or is offboarded.
          type: str
        delete_from:
          description: First day on which the account is deleted. Null for never.
          type: str
        enabled:
          description: Whether the account was enabled. Null if it does not exist.
          type: bool
        display_name:
          description: Display name.
          type: str
        groups:
          description: Groups of the account.
          type: list
          elements: str
        subadmin_of:
          description: Groups that the account is sub-admin of.
          type: list
          elements: str
        manager:
          description: Id of the manager. Null if there is none.
          type: str
        manager_name:
          description: Display name of the manager. Null if it is not known.
          type: str
failure:
  description: Why the task failed, as described in RV(community.nextcloud.user#module:failure).
  returned: failure
  type: dict
  sample:
    operation: users-get-current-user
    http_status: 401
    ocs_code: 997
    category: authentication
    effect: none
"""

from ansible_collections.community.nextcloud.plugins.module_utils._apps.offboarding_prepare import RESOURCE
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
