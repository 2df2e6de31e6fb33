# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: user
short_description: Look up accounts of a Nextcloud server
version_added: 0.1.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Returns accounts as options of M(community.nextcloud.user).
  - One lookup reads all of its terms. Lookups and tasks of a run share a sign-in, see O(share_session).
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.connection.plugin
options:
  _terms:
    description: Ids of accounts. Case does not matter.
    type: list
    elements: str
    required: true
  default:
    description:
      - Value to return for an account that does not exist, or is hidden from the signed-in account. This can be null.
      - If not set, such an account is an error, which the lookup's option C(errors) handles.
    type: raw
seealso:
  - module: community.nextcloud.user
  - module: community.nextcloud.user_info
"""

EXAMPLES = r"""
- name: Show the e-mail address of an account
  ansible.builtin.debug:
    msg: "{{ lookup('community.nextcloud.user', 'jane.doe').email }}"

- name: Give an account the same groups as another
  community.nextcloud.user:
    userid: john.roe
    groups: "{{ lookup('community.nextcloud.user', 'jane.doe').groups }}"

- name: Show the display names of several accounts, some of which may not exist
  ansible.builtin.debug:
    msg: "{{ query('community.nextcloud.user', 'jane.doe', 'nobody', default={'display_name': 'unknown'})
      | map(attribute='display_name') }}"

- name: Fail if the account exists already
  ansible.builtin.assert:
    that: lookup('community.nextcloud.user', 'joan.poe', default=none) is none
"""

RETURN = r"""
_raw:
  description:
    - The accounts, in the order of the terms. A list such as C(groups) is in C(groups.set).
    - Values that a server does not return, such as the password, are not included.
  type: list
  elements: dict
  sample:
    - userid: jane.doe
      state: present
      enabled: true
      display_name: Jane Doe
      email: jane.doe@example.org
      groups:
        set: [design, staff]
"""

from typing import Any, Mapping

from ansible.plugins.lookup import LookupBase
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.info import read as read_accounts
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.listing import Query
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import parse_value
from ansible_collections.community.nextcloud.plugins.plugin_utils._lookup import look_up


def _parse(term: str) -> Query:
    return Query(userids=(parse_value("_terms", kinds.USERID, term),))


def _read(client: Client, query: Query) -> dict[str, Any] | None:
    found = read_accounts(client, query)
    return found[0]["user"] if found else None


class LookupModule(LookupBase):
    """The lookup."""

    def run(self, terms: list[Any], variables: Mapping[str, Any] | None = None, **kwargs: Any) -> list[Any]:
        """Accounts by their ids."""
        return look_up(self, terms, variables, kwargs, _parse, _read)
