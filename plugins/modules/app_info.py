#!/usr/bin/python
# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: app_info
short_description: Read which apps a Nextcloud server has
version_added: 0.1.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Lists the apps of a Nextcloud server, or describes one of them. Requires an administrator.
  - An app that is not installed is not in the list.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes.info_module
  - community.nextcloud.attributes
options:
  app:
    description: Id of one app to describe.
    type: str
  state:
    description: Return only enabled apps, only disabled apps, or all apps.
    type: str
    choices: [enabled, disabled, all]
    default: all
seealso:
  - module: community.nextcloud.app
"""

EXAMPLES = r"""
- name: List the enabled apps
  community.nextcloud.app_info:
    state: enabled
  register: enabled

- name: Describe one app
  community.nextcloud.app_info:
    app: dashboard
  register: dashboard

- name: Fail if the app is missing or disabled
  ansible.builtin.assert:
    that: dashboard.apps | selectattr('state', 'eq', 'enabled') | length == 1
"""

RETURN = r"""
apps:
  description: The apps, sorted by id.
  returned: success
  type: list
  elements: dict
  contains:
    app:
      description: Id of the app.
      type: str
      returned: always
      sample: dashboard
    state:
      description: V(enabled) or V(disabled).
      type: str
      returned: always
      sample: enabled
    name:
      description: Display name, in the language of the signed-in account.
      type: str
      returned: with O(app)
      sample: Dashboard
    version:
      description: Version of the app.
      type: str
      returned: with O(app)
      sample: 7.12.0
    licence:
      description: Licence of the app.
      type: str
      returned: with O(app)
      sample: agpl
    summary:
      description: Short description of the app.
      type: str
      returned: with O(app)
      sample: Dashboard app
failure:
  description: Why the task failed, as described in RV(community.nextcloud.user#module:failure).
  returned: failure
  type: dict
  sample:
    operation: apps-get-apps
    http_status: 403
    ocs_code: 403
    category: permission
    effect: none
"""

from ansible_collections.community.nextcloud.plugins.module_utils._apps.info import RESOURCE
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
