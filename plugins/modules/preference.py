#!/usr/bin/python
# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: preference
short_description: Manage preferences of the signed-in account of a Nextcloud server
version_added: 0.1.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Sets and removes preferences of the account that the task signs in with, and of no other.
  - A server takes only preferences that their app lets accounts set, and gives none of them back.
  - So every run asserts what is declared. Whether that counts as a change is decided by what was asserted before, which
    O(ledger) keeps. Without it every run counts as a change.
  - Several values go in one call, of which the server carries out all or nothing.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes
attributes:
  diff_mode:
    support: partial
    details:
      - The server does not tell what was set before. A value that is not known stands as null in the diff.
  idempotent:
    support: partial
    details:
      - Only with O(ledger). Without it every run counts as a change, because the server does not tell what is set.
options:
  app:
    description:
      - Id of the app, or V(core) for the server itself.
    type: str
    required: true
  key:
    description:
      - Key of one preference, together with O(value). For several preferences of an app use O(values), which excludes
        both.
      - 1 to 64 characters, without C(/), which the API cannot address.
    type: str
  value:
    description:
      - Value of O(key). The server stores text, so a number is written as its digits, and a YAML boolean as C(yes) or
        C(no). Put a value in quotes to have it sent as it stands. A list or a map is refused; use the filter
        P(ansible.builtin.to_json#filter) to make text of it.
      - An app decides which values it takes. C(apporder) of V(core) is text in JSON.
      - With O(state=absent) it is not needed and not looked at.
    type: raw
  values:
    description:
      - Several keys of the app with their values, each as in O(key) and O(value).
      - With O(state=absent) the keys count, and the values may be V(null).
    type: dict
  state:
    description:
      - V(present) asserts the values, V(absent) asserts that the keys are not there.
      - Either counts as a change where O(ledger) does not say that just this was the last to be asserted.
    type: str
    choices: [present, absent]
    default: present
  ledger:
    description:
      - File that keeps what was last asserted. It is made if it is not there, and may serve any number of servers,
        accounts and tasks. Its folder must exist.
      - It says nothing of what was changed elsewhere, for example by the person in the browser. Such a change is undone
        by the next run, which does not count it.
      - The file belongs to the host that runs the module. Without it, or after it is lost, a run counts as a change.
        So does one under another address, O(username) or O(token) for the same account.
      - It holds salted hashes of server, account, key and value, and nothing in clear. That keeps a value from being
        read, but one out of a few, such as C(yes) and C(no), is found by trying. So the file is created with mode
        V(0600), and refused where others can read it.
      - It is locked for the length of a task, so tasks that share it wait for each other. Beside it lies a file whose
        name ends in C(.lock).
    type: path
seealso:
  - module: community.nextcloud.app_config
"""

EXAMPLES = r"""
- name: A colour, asserted in every run and counted once
  community.nextcloud.preference:
    app: theming
    key: primary_color
    value: "#00679e"
    ledger: ~/nextcloud-preferences.json

- name: Several preferences in one call
  community.nextcloud.preference:
    app: theming
    values:
      shortcuts_disabled: true
      force_enable_blur_filter: false
    ledger: ~/nextcloud-preferences.json

- name: Apps in an order
  community.nextcloud.preference:
    app: core
    key: apporder
    value: "{{ {'files': {'order': 1}} | to_json }}"
    ledger: ~/nextcloud-preferences.json

- name: Back to the default
  community.nextcloud.preference:
    app: theming
    key: primary_color
    state: absent
    ledger: ~/nextcloud-preferences.json
"""

RETURN = r"""
preference:
  description: What was asserted, in the options of this module, so that it can be fed back in.
  returned: success
  type: dict
  sample:
    app: theming
    values:
      shortcuts_disabled: "yes"
      force_enable_blur_filter: "no"
    state: present
failure:
  description: Why the task failed, as described in RV(community.nextcloud.user#module:failure).
  returned: failure
  type: dict
  sample:
    operation: preferences-set-preference
    http_status: 400
    ocs_code: 400
    category: invalid
"""

from ansible_collections.community.nextcloud.plugins.module_utils._apps.preference import RESOURCE
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
