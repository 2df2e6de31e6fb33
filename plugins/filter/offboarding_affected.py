# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: offboarding_affected
short_description: List the accounts that the role user_offboarding reads
version_added: 0.2.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Returns the ids of people who leave, and of people who left before and whose accounts are not deleted yet.
  - This filter is a step of the role C(community.nextcloud.user_offboarding). Use the role instead.
positional: _input, ledger
options:
  _input:
    description: Ids of people who leave, as a list or as text with commas between them.
    type: raw
    required: true
  ledger:
    description: People who left before, by id, with the dates C(left) and, if the account was deleted, C(deleted).
    type: dict
    required: true
seealso:
  - plugin: community.nextcloud.offboarding_plan
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Show the accounts that are read
  ansible.builtin.debug:
    msg: "{{ ['jane.doe'] | community.nextcloud.offboarding_affected({'john.roe': {'left': '2026-11-24'}}) }}"
"""

RETURN = r"""
_value:
  description: Ids in lower case, each once.
  type: list
  elements: str
  sample: [jane.doe, john.roe]
"""

from typing import Any, Callable, Mapping

from ansible_collections.community.nextcloud.plugins.plugin_utils._people.offboarding import affected
from ansible_collections.community.nextcloud.plugins.plugin_utils._people.offboarding_variables import parse_userids


def offboarding_affected(userids: Any, ledger: Mapping[str, Mapping[str, str]]) -> list[str]:
    return affected(parse_userids(userids), ledger)


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"offboarding_affected": offboarding_affected}
