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
  - Without O(app), lists the apps that have a configuration. With it, reads the app's keys and values. Administrators
    only.
  - The server does not say whether an app exists; one that is unknown has no keys.
  - Some values are secrets of their app. Set C(no_log) on a task that reads such an app, or set O(values=false).
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes.info_module
  - community.nextcloud.attributes
options:
  app:
    description: Id of the app. V(core) is the server itself.
    type: str
  key:
    description: One key of the app. A key with C(/) cannot be read by the API, so it is refused.
    type: str
  values:
    description: Whether to read the values too. One request for each key.
    type: bool
    default: true
"""

EXAMPLES = r"""
- name: One value, with another for the case that there is no such key
  community.nextcloud.app_config_info:
    app: files
    key: default_quota
  register: found

- name: Show it
  ansible.builtin.debug:
    msg: "{{ found.app_config[0]['values'].default_quota | default('not set') }}"

- name: The keys of an app
  community.nextcloud.app_config_info:
    app: core
    values: false

- name: The apps that have a configuration
  community.nextcloud.app_config_info:
"""

RETURN = r"""
app_config:
  description:
    - The app that was asked for, or all apps that have a configuration, sorted. Each has its id as C(app).
    - With O(app) and O(values), C(values) is the value of each key, as the server holds it. A key that is not there is
      missing; a value may be empty. It is null where the server names a key that its API cannot read.
    - With O(app) and O(values=false), C(keys) is the list of the keys, sorted.
    - In a template these must be written as C(['values']) and C(['keys']), because C(.values) means something else there.
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
"""

from ansible_collections.community.nextcloud.plugins.module_utils._apps.config_info import RESOURCE
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
