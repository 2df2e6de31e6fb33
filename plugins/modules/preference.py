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
  - Sets and removes preferences of the signed-in account. It cannot manage preferences of other accounts.
  - A server accepts only preferences that their app allows accounts to set, and does not return any of them.
  - Therefore each run sends the declared preferences. The file O(ledger) remembers what was sent before, and decides
    whether a run counts as a change. Without it, each run counts as a change.
  - Several values are sent in one request; the server applies all of them or none.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes
attributes:
  diff_mode:
    support: partial
    details:
      - The server does not return previous values. The diff shows null for a value that is not known.
  idempotent:
    support: partial
    details:
      - Only with O(ledger). Without it, each run counts as a change, because the server does not return preferences.
options:
  app:
    description:
      - Id of the app, or V(core) for the server itself.
    type: str
    required: true
  key:
    description:
      - Key of one preference; requires O(value). Mutually exclusive with O(values), which sets several preferences of
        an app.
      - 1 to 64 characters without C(/), which the API cannot address.
    type: str
  value:
    description:
      - Value of O(key). The server stores text, so numbers are converted to digits, and YAML booleans to C(yes) or
        C(no). To send a value unchanged, put it in quotes. Lists and dictionaries are refused; convert them to text
        with P(ansible.builtin.to_json#filter).
      - The app decides which values it accepts. C(apporder) of V(core) must be valid JSON.
      - Ignored with O(state=absent).
    type: raw
  values:
    description:
      - Dictionary of several keys and their values, as in O(key) and O(value). Mutually exclusive with both.
      - With O(state=absent) only the keys are used, and the values can be V(null).
    type: dict
  state:
    description:
      - V(present) sets the values, V(absent) removes the keys.
      - Both count as a change, unless O(ledger) shows that the same was sent last time.
    type: str
    choices: [present, absent]
    default: present
  ledger:
    description:
      - File that remembers which preferences were sent last. It is created if it does not exist, and can be shared by
        any number of servers, accounts and tasks. Its directory must exist.
      - The file does not show changes that were made elsewhere, for example by the person in the browser. The next run
        overwrites such a change, but does not count it.
      - The file is stored on the host that runs the module. Without it, or if it is lost, a run counts as a change. The
        same applies if O(url), O(username) or O(token) is a different one for the same account.
      - The file contains salted hashes of server, account, key and value, but no clear text. A value with few
        possibilities, such as C(yes) and C(no), can still be guessed by anyone who can read the file. So it is created
        with mode V(0600), and refused if other users can read it.
      - The file is locked during a task, so tasks that share it wait for each other. The lock is a file of the same
        name plus C(.lock).
    type: path
seealso:
  - module: community.nextcloud.app_config
"""

EXAMPLES = r"""
- name: Set a colour, which counts as a change only once
  community.nextcloud.preference:
    app: theming
    key: primary_color
    value: "#00679e"
    ledger: ~/nextcloud-preferences.json

- name: Set several preferences in one request
  community.nextcloud.preference:
    app: theming
    values:
      shortcuts_disabled: true
      force_enable_blur_filter: false
    ledger: ~/nextcloud-preferences.json

- name: Set the order of apps
  community.nextcloud.preference:
    app: core
    key: apporder
    value: "{{ {'files': {'order': 1}} | to_json }}"
    ledger: ~/nextcloud-preferences.json

- name: Return to the default
  community.nextcloud.preference:
    app: theming
    key: primary_color
    state: absent
    ledger: ~/nextcloud-preferences.json
"""

RETURN = r"""
preference:
  description: The preferences that were sent, as options of this module.
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
    effect: none
"""

from ansible_collections.community.nextcloud.plugins.module_utils._apps.preference import RESOURCE
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
