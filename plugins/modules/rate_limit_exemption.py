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
  - Manages the list of addresses and networks that a Nextcloud server exempts from its brute-force protection, and
    whether this list also lifts the server's rate limits.
  - A server accepts 50 edits of accounts in 10 minutes from each signed-in account. Requests from an exempt address are
    not limited.
  - Requires an administrator and the app C(bruteforcesettings) on the server, which is enabled by default.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.attributes
options:
  network:
    description:
      - An IPv4 or IPv6 address, or a network in CIDR notation such as V(192.0.2.0/24) or V(2001:db8::/32).
      - This must be the address that the server sees. If the server is behind a proxy, it sees the client's address
        only if it trusts the proxy.
      - Different notations of a network are the same entry of the list. A network that is part of a larger one in the
        list is a separate entry.
    type: str
    required: true
  state:
    description:
      - Whether the network is in the list. V(absent) removes all entries of this network, and no others.
    type: str
    choices: [present, absent]
    default: present
  apply_to_rate_limit:
    description:
      - Whether the list also lifts the rate limits. This is one setting of the server for all networks in the list.
      - The default is V(true) with O(state=present). With O(state=absent) the setting is left alone by default, because
        other networks may depend on it.
      - V(false) with O(state=present) exempts the network only from the brute-force protection.
    type: bool
notes:
  - An exempt network can try any number of passwords. Exempt only addresses that you control, and only as long as
    necessary.
  - A change of O(apply_to_rate_limit) takes up to 3 seconds to take effect. A task that reaches the limit before that
    waits as long as its O(rate_limit_wait) allows.
seealso:
  - module: community.nextcloud.app
"""

EXAMPLES = r"""
- name: Exempt the controller while it changes many accounts
  community.nextcloud.rate_limit_exemption:
    network: 192.0.2.10

- name: Remove the exemption of the controller and keep all others
  community.nextcloud.rate_limit_exemption:
    network: 192.0.2.10
    state: absent

- name: Apply the rate limits to all networks again
  community.nextcloud.rate_limit_exemption:
    network: 192.0.2.10
    state: absent
    apply_to_rate_limit: false

- name: Exempt an office network from the brute-force protection only
  community.nextcloud.rate_limit_exemption:
    network: 2001:db8:7::/48
    apply_to_rate_limit: false
"""

RETURN = r"""
rate_limit_exemption:
  description:
    - The exemption after the task, as options of this module.
    - The network is in its shortest form. C(apply_to_rate_limit) is not included if the setting was left alone.
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
    effect: none
"""

from ansible_collections.community.nextcloud.plugins.module_utils._apps.exemption import RESOURCE
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import run_module


def main() -> None:
    run_module(RESOURCE)


if __name__ == "__main__":
    main()
