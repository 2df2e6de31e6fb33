#!/usr/bin/python
# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: welcome_email
short_description: Send the welcome mail of a Nextcloud server again
version_added: 0.1.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Sends an account the mail that a Nextcloud server sends to new accounts, for example after the first one got lost.
  - It goes to the account's primary address. That it arrives, the server does not say.
  - Where the server gives no answer, the task fails with the category V(unavailable) and does not send a second mail.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes
attributes:
  idempotent:
    support: none
    details: [It is an action, so every run counts as a change.]
  diff_mode:
    support: none
    details: [The server does not tell of any state that the action changes.]
options:
  userid:
    description:
      - Id of the account. Upper and lower case mean the same account. It needs an e-mail address.
      - In check mode an account that does not exist, or has no address, is a warning, because an earlier task may be what
        creates it or sets one.
    type: str
    required: true
seealso:
  - module: community.nextcloud.user
    description: Its option O(community.nextcloud.user#module:email) sets the address.
"""

EXAMPLES = r"""
- name: Once more
  community.nextcloud.welcome_email:
    userid: jane.doe
"""

RETURN = r"""
welcome_email:
  description: Who got the mail.
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
"""

from ansible_collections.community.nextcloud.plugins.module_utils._accounts.welcome_email import RESOURCE
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
