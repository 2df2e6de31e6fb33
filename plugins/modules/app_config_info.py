#!/usr/bin/python
# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: app_config_info
short_description: Read the configuration of apps of a Nextcloud server
version_added: 0.1.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Without O(app), lists the apps that have a configuration. With O(app), reads the keys and values of that app.
  - Requires an administrator.
  - The server does not tell whether an app exists. An unknown app has no keys.
  - Some values are secrets of their app. If you read such an app, set C(no_log) for the task, or set O(values=false).
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes.info_module
  - community.nextcloud.attributes
options:
  app:
    description: Id of the app. V(core) is the server itself.
    type: str
  key:
    description: One key of the app; requires O(app). Keys with C(/) are refused, because the API cannot address them.
    type: str
  values:
    description: Whether to read the values too. This takes one request for each key.
    type: bool
    default: true
seealso:
  - module: community.nextcloud.app_config
  - plugin: community.nextcloud.app_config
    plugin_type: lookup
"""

EXAMPLES = r"""
- name: Read one value
  community.nextcloud.app_config_info:
    app: files
    key: default_quota
  register: found

- name: Show the value, or another text if the key does not exist
  ansible.builtin.debug:
    msg: "{{ found.app_config[0]['values'].default_quota | default('not set') }}"

- name: Read the keys of an app
  community.nextcloud.app_config_info:
    app: core
    values: false

- name: List the apps that have a configuration
  community.nextcloud.app_config_info:
"""

RETURN = r"""
app_config:
  description:
    - The requested app, or all apps that have a configuration, sorted. C(app) is the id of each.
    - With O(app) and O(values), C(values) is a dictionary of all keys and their values, as the server holds them. Keys
      that do not exist are not included. A value can be empty. It is null for a key that the API cannot address.
    - With O(app) and O(values=false), C(keys) is the sorted list of keys.
    - In templates, write C(['values']) and C(['keys']), because C(.values) and C(.keys) are methods of dictionaries.
  returned: success
  type: list
  elements: dict
  sample:
    - app: files
      values:
        default_quota: 5 GB
failure:
  description: Why the task failed, as described in RV(community.nextcloud.user#module:failure).
  returned: failure
  type: dict
  sample:
    operation: app_config-get-keys
    http_status: 403
    ocs_code: 403
    category: permission
    effect: none
"""

from ansible_collections.community.nextcloud.plugins.module_utils._apps.config_info import RESOURCE
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
