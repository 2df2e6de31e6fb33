#!/usr/bin/python
# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: welcome_email
short_description: Resend the welcome email of a Nextcloud server
version_added: 0.1.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Sends the welcome email for new accounts to an account again, for example if the first one was lost.
  - The email is sent to the account's primary address. The server does not confirm delivery.
  - If it is not known whether the server has sent the email, because its answer was lost, the task fails with C(effect) set
    to V(unknown) in RV(failure), and does not send a second email.
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
      - Id of the account. Case does not matter. The account must have an e-mail address.
      - In check mode, an account that does not exist or has no address causes a warning, because an earlier task might
        create the account or set the address.
    type: str
    required: true
seealso:
  - module: community.nextcloud.user
    description: Its option O(community.nextcloud.user#module:email) sets the address.
"""

EXAMPLES = r"""
- name: Resend the welcome email
  community.nextcloud.welcome_email:
    userid: jane.doe
"""

RETURN = r"""
welcome_email:
  description: The account that the email was sent to.
  returned: success
  type: dict
  sample:
    userid: jane.doe
failure:
  description: Why the task failed, as described in RV(community.nextcloud.user#module:failure).
  returned: failure
  type: dict
  sample:
    operation: users-resend-welcome-message
    http_status: 403
    ocs_code: 403
    category: permission
    effect: none
"""

from ansible_collections.community.nextcloud.plugins.module_utils._accounts.welcome_email import RESOURCE
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
