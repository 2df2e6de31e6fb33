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
  - A missing key is different from a key with an empty value.
  - All keys and values are checked before the first of them is sent.
  - Requires an administrator. The server does not rate-limit these requests.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes
options:
  app:
    description:
      - Id of the app, or V(core) for the server itself. A server accepts configuration for any id, even if there is no
        such app.
    type: str
    required: true
  key:
    description:
      - Key of one value; requires O(value). Mutually exclusive with O(values), which sets several values of an app.
      - 1 to 64 characters without C(/), which the API cannot address.
      - The server protects the keys C(enabled), C(installed_version) and C(types) of every app. In V(core) it also
        protects C(encryption_enabled) and the keys that start with C(public_) or C(remote_). The module refuses all of
        these before it sends anything.
    type: str
  value:
    description:
      - Value of O(key). The server stores text, so numbers are converted to digits, and YAML booleans to C(yes) or
        C(no). To send a value unchanged, put it in quotes. Lists and dictionaries are refused; convert them to text
        with P(ansible.builtin.to_json#filter).
      - An empty string is a value. V(null) is refused.
      - Values are compared as the server stores them. Some keys have a type, and a boolean key is stored as C(1) or
        C(0), whether C(yes), C(true), C(on) or C(1), or one of their opposites, was sent. So if the server holds C(1),
        each of these words counts as equal, and likewise for C(0). JSON lists and dictionaries are compared by their
        content.
      - The API does not tell which keys have a type. So for a key without a type, a declared C(yes) does not replace
        C(1), and C(no) does not replace C(0). All other differences are written, such as C(1) instead of C(yes). If an
        app requires the word, remove the key once.
      - Ignored with O(state=absent).
    type: raw
  values:
    description:
      - Dictionary of several keys and their values, as in O(key) and O(value). Mutually exclusive with both.
      - With O(state=absent) only the keys are used, and the values can be V(null).
    type: dict
  state:
    description:
      - Whether the keys exist.
    type: str
    choices: [present, absent]
    default: present
  sensitive:
    description:
      - Whether the values are secrets. Secret values, including the previous ones, are hidden in results, diffs and
        logs.
      - Ansible also hides these characters elsewhere in the output, even if the value is as short as C(1) or C(yes).
    type: bool
    default: false
seealso:
  - module: community.nextcloud.app_config_info
  - module: community.nextcloud.preference
"""

EXAMPLES = r"""
- name: Set the default quota
  community.nextcloud.app_config:
    app: files
    key: default_quota
    value: 5 GB

- name: Let shares expire
  community.nextcloud.app_config:
    app: core
    values:
      shareapi_default_expire_date: true
      shareapi_expire_after_n_days: 14

- name: Set a secret value
  community.nextcloud.app_config:
    app: spreed
    key: signaling_secret
    value: "{{ signaling_secret }}"
    sensitive: true

- name: Set a list, which must be sent as text
  community.nextcloud.app_config:
    app: core
    key: shareapi_exclude_groups_list
    value: "{{ ['interns', 'guests'] | to_json }}"

- name: Return to the default
  community.nextcloud.app_config:
    app: files
    key: default_quota
    state: absent
"""

RETURN = r"""
app_config:
  description:
    - The keys after the task, as options of this module.
    - A value that did not change is shown as the server holds it, a changed value as it was declared.
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
    effect: none
"""

from ansible_collections.community.nextcloud.plugins.module_utils._apps.config import RESOURCE
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
