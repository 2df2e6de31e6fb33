#!/usr/bin/python
# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: app_config
short_description: Manage the configuration of an app of a Nextcloud server
version_added: 0.1.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Sets and removes keys in the configuration of an app. Keys that are not named are left alone.
  - A key that is missing is told from one with an empty value.
  - All keys and values are checked before the first of them is sent.
  - It takes an administrator. No rate limit of the server touches these calls.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes
options:
  app:
    description:
      - Id of the app, or V(core) for the server itself. A server keeps configuration for any id, also where there is no
        such app.
    type: str
    required: true
  key:
    description:
      - Key of one value, together with O(value). For several values of an app use O(values), which excludes both.
      - 1 to 64 characters, without C(/), which the API cannot address.
      - The keys C(enabled), C(installed_version) and C(types) of every app, and in V(core) the keys
        C(encryption_enabled) and those that begin with C(public_) or C(remote_), are protected by the server, and are
        refused before anything is sent.
    type: str
  value:
    description:
      - Value of O(key). The server stores text, so a number is written as its digits, and a YAML boolean as C(yes) or
        C(no). Put a value in quotes to have it sent as it stands. A list or a map is refused; use the filter
        P(ansible.builtin.to_json#filter) to make text of it.
      - An empty text is a value. V(null) is refused.
      - Values are compared as the server stores them. It has given a type to some keys, and stores a switch as C(1) or
        C(0) there, whether it is sent C(yes), C(true), C(on) or C(1), or the opposites. So where the server holds C(1),
        each of these words is the same as what is held, and likewise for C(0). Lists and maps in JSON are compared by
        what they hold.
      - The API does not tell which keys have a type. Under a key without one, a declared C(yes) is therefore not
        written over a C(1), nor C(no) over a C(0). Every other difference is written, such as C(1) over C(yes). Where
        an app insists on the word, remove the key once.
      - With O(state=absent) it is not needed and not looked at.
    type: raw
  values:
    description:
      - Several keys of the app with their values, each as in O(key) and O(value).
      - With O(state=absent) the keys count, and the values may be V(null).
    type: dict
  state:
    description:
      - Whether the keys are there.
    type: str
    choices: [present, absent]
    default: present
  sensitive:
    description:
      - Whether the values are secrets. They are then kept out of the result, the diff and the logs, the value that was
        there before included.
      - A value that is as short as C(1) or C(yes) is also blanked out wherever else these letters stand in the output.
    type: bool
    default: false
seealso:
  - module: community.nextcloud.preference
"""

EXAMPLES = r"""
- name: Storage of accounts that have no quota of their own
  community.nextcloud.app_config:
    app: files
    key: default_quota
    value: 5 GB

- name: How long shares last
  community.nextcloud.app_config:
    app: core
    values:
      shareapi_default_expire_date: true
      shareapi_expire_after_n_days: 14

- name: A value that nobody else needs to see
  community.nextcloud.app_config:
    app: spreed
    key: signaling_secret
    value: "{{ signaling_secret }}"
    sensitive: true

- name: A value that is text made of a list
  community.nextcloud.app_config:
    app: core
    key: shareapi_exclude_groups_list
    value: "{{ ['interns', 'guests'] | to_json }}"

- name: Back to the default
  community.nextcloud.app_config:
    app: files
    key: default_quota
    state: absent
"""

RETURN = r"""
app_config:
  description:
    - The keys after the task, in the options of this module, so that it can be fed back in.
    - A value that was the same before is shown as the server holds it, one that was set as it was declared.
  returned: success
  type: dict
  sample:
    app: core
    values:
      shareapi_default_expire_date: "1"
      shareapi_expire_after_n_days: "14"
    state: present
failure:
  description: Why the task failed, as described in RV(community.nextcloud.user#module:failure).
  returned: failure
  type: dict
  sample:
    operation: app_config-set-value
    http_status: 403
    ocs_code: 403
    category: permission
"""

from ansible_collections.community.nextcloud.plugins.module_utils._apps.config import RESOURCE
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
