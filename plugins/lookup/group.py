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
  - Returns groups with their display names and members.
  - One lookup reads all of its terms. Lookups and tasks of a run share a sign-in, see O(share_session).
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.connection.plugin
options:
  _terms:
    description: Ids of groups. Case matters.
    type: list
    elements: str
    required: true
  members:
    description: Whether to read the members of the groups. This takes one more request for each group.
    type: bool
    default: true
  default:
    description:
      - Value to return for a group that does not exist, or is hidden from the signed-in account. This can be null.
      - If not set, such a group is an error, which the lookup's option C(errors) handles.
    type: raw
seealso:
  - module: community.nextcloud.group
  - module: community.nextcloud.group_info
"""

EXAMPLES = r"""
- name: Show the members of a group
  ansible.builtin.debug:
    msg: "{{ lookup('community.nextcloud.group', 'design').users }}"

- name: Add the members of one group to another
  community.nextcloud.group_member:
    groupid: staff
    users: "{{ lookup('community.nextcloud.group', 'design').users }}"

- name: Show the display names of groups
  ansible.builtin.debug:
    msg: "{{ query('community.nextcloud.group', 'design', 'board', members=false) | map(attribute='display_name') }}"

- name: Add a member only if the group exists
  community.nextcloud.group_member:
    groupid: board
    users: [jane.doe]
  when: lookup('community.nextcloud.group', 'board', members=false, default=none) is not none
"""

RETURN = r"""
_raw:
  description:
    - The groups, in the order of the terms.
    - With O(members), C(users) are the ids of the members. It is null if the signed-in account is not allowed to see them.
    - C(user_count) and C(disabled_count) are numbers of accounts, or null if the group's backend cannot count them.
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
    return str(parse_value("_terms", kinds.GROUPID, term))


class LookupModule(LookupBase):
    """The lookup."""

    def run(self, terms: list[Any], variables: Mapping[str, Any] | None = None, **kwargs: Any) -> list[Any]:
        """Groups by their ids."""

        def read(client: Client, groupid: str) -> dict[str, Any] | None:
            query = Query(groupids=(groupid,), members=self.get_option("members"))
            found = read_groups(client, query)
            return found[0] if found else None

        return look_up(self, terms, variables, kwargs, _parse, read)
