#!/usr/bin/python
# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: device_wipe
short_description: Wipe the devices of an account of a Nextcloud server
version_added: 0.1.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Marks all devices of an account for remote wipe, for example when somebody leaves or loses a device.
  - A Nextcloud client that supports remote wipe deletes the account's files from its device at its next connection to
    the server, and is signed out. Files on the server are kept.
  - This cannot be undone.
  - If it is not known whether the devices were marked, because the server's answer was lost, the task fails with C(effect)
    set to V(unknown) in RV(failure). Run it again in this case.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes
attributes:
  idempotent:
    support: none
    details: [This is an action, so each run counts as a change.]
  diff_mode:
    support: none
    details: [The server does not report any state that the action changes.]
options:
  userid:
    description:
      - Id of the account. Case does not matter.
      - The signed-in account is refused.
      - In check mode, an account that does not exist causes a warning, because an earlier task might create it.
    type: str
    required: true
seealso:
  - module: community.nextcloud.user
    description: Its option O(community.nextcloud.user#module:enabled) prevents the account from signing in again.
"""

EXAMPLES = r"""
- name: Wipe the devices after a laptop was lost
  community.nextcloud.device_wipe:
    userid: jane.doe
"""

RETURN = r"""
device_wipe:
  description: The account whose devices were marked.
  returned: success
  type: dict
  sample:
    userid: jane.doe
failure:
  description: Why the task failed, as described in RV(community.nextcloud.user#module:failure).
  returned: failure
  type: dict
  sample:
    operation: users-wipe-user-devices
    http_status: 403
    ocs_code: 403
    category: permission
    effect: none
"""

from ansible_collections.community.nextcloud.plugins.module_utils._accounts.device_wipe import RESOURCE
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
