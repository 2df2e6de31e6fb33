#!/usr/bin/python
# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: app
short_description: Enable and disable apps of a Nextcloud server
version_added: 0.1.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Enables an app of a Nextcloud server for all accounts, or disables it. Requires an administrator.
  - Use M(community.nextcloud.app_config) to configure an app.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes
options:
  app:
    description:
      - Id of the app, for example V(admin_audit). It consists of lower-case letters, digits, C(_) and C(-).
      - Enabling an app that is not installed makes the server download it from the app store. The task warns about
        this, in check mode too, and fails if the app store does not have the app.
    type: str
    required: true
  state:
    description:
      - Whether the app is enabled.
      - A disabled app keeps its configuration and its data. V(disabled) fails for apps that the server requires, and
        for apps that are not installed.
    type: str
    choices: [enabled, disabled]
    default: enabled
seealso:
  - module: community.nextcloud.app_info
  - module: community.nextcloud.app_config
"""

EXAMPLES = r"""
- name: Enable the audit log
  community.nextcloud.app:
    app: admin_audit

- name: Disable the usage survey
  community.nextcloud.app:
    app: survey_client
    state: disabled
"""

RETURN = r"""
app:
  description: The app after the task, as options of this module.
  returned: success
  type: dict
  sample:
    app: admin_audit
    state: enabled
failure:
  description: Why the task failed, as described in RV(community.nextcloud.user#module:failure).
  returned: failure
  type: dict
  sample:
    operation: apps-enable
    http_status: 404
    ocs_code: 998
    category: not_found
    effect: none
"""

from ansible_collections.community.nextcloud.plugins.module_utils._apps.app import RESOURCE
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
