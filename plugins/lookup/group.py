# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: group
short_description: Look up groups of a Nextcloud server
version_added: 0.1.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Returns groups with their names and members.
  - All terms of one lookup are read with one sign-in. Several lookups share a sign-in if O(session_file) is set.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.connection.plugin
options:
  _terms:
    description: Ids of groups. Upper and lower case make a difference.
    type: list
    elements: str
    required: true
  members:
    description: Whether to read who is in the groups. One more request for each group.
    type: bool
    default: true
  default:
    description:
      - What to return for a group that does not exist, or is hidden from the signed-in account. Null is accepted.
      - If not given, such a group is an error, with which the lookup's C(errors) deals.
    type: raw
seealso:
  - module: community.nextcloud.group
  - module: community.nextcloud.group_info
"""

EXAMPLES = r"""
- name: Show who is in a group
  ansible.builtin.debug:
    msg: "{{ lookup('community.nextcloud.group', 'design').users }}"

- name: Let everybody of one group be in another, too
  community.nextcloud.group_member:
    groupid: staff
    users: "{{ lookup('community.nextcloud.group', 'design').users }}"

- name: Show the names of groups
  ansible.builtin.debug:
    msg: "{{ query('community.nextcloud.group', 'design', 'board', members=false) | map(attribute='display_name') }}"

- name: Fill a group only if it is there
  community.nextcloud.group_member:
    groupid: board
    users: [jane.doe]
  when: lookup('community.nextcloud.group', 'board', members=false, default=none) is not none
"""

RETURN = r"""
_raw:
  description:
    - The groups, in the order of the terms.
    - C(users) are the ids of the members, with O(members). It is null where the signed-in account may not see them.
    - C(user_count) and C(disabled_count) are numbers of accounts, or null where a backend cannot count.
  type: list
  elements: dict
  sample:
    - groupid: design
      display_name: Design & Print
      user_count: 2
      disabled_count: 0
      users: [jane.doe, john.roe]
"""

from typing import Any, Mapping

from ansible.plugins.lookup import LookupBase
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._groups.info import Query
from ansible_collections.community.nextcloud.plugins.module_utils._groups.info import read as read_groups
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import parse_value
from ansible_collections.community.nextcloud.plugins.plugin_utils._lookup import look_up


def _parse(term: str) -> str:
    return parse_value("_terms", kinds.GROUPID, term)


class LookupModule(LookupBase):
    """The lookup."""

    def run(self, terms: list[Any], variables: Mapping[str, Any] | None = None, **kwargs: Any) -> list[Any]:
        """Groups by their ids."""

        def read(client: Client, groupid: str) -> dict[str, Any] | None:
            query = Query(groupids=(groupid,), members=self.get_option("members"))
            found = read_groups(client, query)
            return found[0] if found else None

        return look_up(self, terms, variables, kwargs, _parse, read)
