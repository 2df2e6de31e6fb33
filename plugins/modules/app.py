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
  - Enables an app of a Nextcloud server for all accounts, or disables it. Only an administrator may.
  - What an app is set to is a matter of M(community.nextcloud.app_config).
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes
options:
  app:
    description:
      - Id of the app, for example V(admin_audit). Lower-case letters, digits, C(_) and C(-).
      - An app that the server does not have yet is enabled all the same, which means that the server fetches it from
        its app store. The task warns of that, in check mode too, and fails where there is no such app.
    type: str
    required: true
  state:
    description:
      - Whether the app is enabled.
      - A disabled app keeps its configuration and its data. Apps that the server cannot do without stay enabled, so
        V(disabled) fails for them, as it does for an app that the server does not have.
    type: str
    choices: [enabled, disabled]
    default: enabled
seealso:
  - module: community.nextcloud.app_info
  - module: community.nextcloud.app_config
"""

EXAMPLES = r"""
- name: Keep a log of who does what
  community.nextcloud.app:
    app: admin_audit

- name: No survey about this server
  community.nextcloud.app:
    app: survey_client
    state: disabled
"""

RETURN = r"""
app:
  description: The app after the task, in the options of this module, so that it can be fed back in.
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
"""

from ansible_collections.community.nextcloud.plugins.module_utils._apps.app import RESOURCE
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
