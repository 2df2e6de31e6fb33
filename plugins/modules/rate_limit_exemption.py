#!/usr/bin/python
# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: rate_limit_exemption
short_description: Exempt networks from the rate limits of a Nextcloud server
version_added: 0.1.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Puts an address or a network on the list of those that a Nextcloud server exempts from its brute-force protection,
    takes it off, and says whether that list lifts the server's rate limits too.
  - A server takes 50 edits of accounts in 10 minutes from each signed-in account. From an exempt address it takes more.
  - Only an administrator may. The server's app C(bruteforcesettings) must be enabled, as it is at first.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes
options:
  network:
    description:
      - An IPv4 or IPv6 address, or a network in CIDR form such as V(192.0.2.0/24) or V(2001:db8::/32).
      - It is the address that the server sees. Behind a proxy that is the caller's only if the server trusts the proxy.
      - Entries of the list are the same if they mean the same network, however they are written. A network that lies
        in a larger one of the list is an entry of its own.
    type: str
    required: true
  state:
    description:
      - Whether the network is on the list. V(absent) takes off all entries of this network, and no other network.
    type: str
    choices: [present, absent]
    default: present
  apply_to_rate_limit:
    description:
      - Whether the list lifts the rate limits too. It is one setting of the server, for all networks of the list.
      - If not set, it is V(true) with O(state=present), and left as it is with O(state=absent), because other networks
        may rely on it.
      - V(false) with O(state=present) exempts the network from brute-force protection alone.
    type: bool
notes:
  - An exempt network may try passwords as often as it likes. Exempt single addresses that you control, and only for as
    long as you need it.
  - It takes up to 3 seconds until the server has noticed a change of O(apply_to_rate_limit). A task that meets the
    limit until then waits as long as its O(rate_limit_wait) allows.
seealso:
  - module: community.nextcloud.app
"""

EXAMPLES = r"""
- name: The controller, while it changes many accounts
  community.nextcloud.rate_limit_exemption:
    network: 192.0.2.10

- name: The controller no more; others that are exempt stay so
  community.nextcloud.rate_limit_exemption:
    network: 192.0.2.10
    state: absent

- name: Nobody any more from the rate limits
  community.nextcloud.rate_limit_exemption:
    network: 192.0.2.10
    state: absent
    apply_to_rate_limit: false

- name: An office whose people all sign in from one network, without more edits for it
  community.nextcloud.rate_limit_exemption:
    network: 2001:db8:7::/48
    apply_to_rate_limit: false
"""

RETURN = r"""
rate_limit_exemption:
  description:
    - The exemption after the task, in the options of this module, so that it can be fed back in.
    - The network is in its shortest form. C(apply_to_rate_limit) is missing where it was left as it is.
  returned: success
  type: dict
  sample:
    network: 192.0.2.10
    state: present
    apply_to_rate_limit: true
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

from ansible_collections.community.nextcloud.plugins.module_utils._apps.exemption import RESOURCE
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
