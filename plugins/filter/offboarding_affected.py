# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: offboarding_affected
short_description: Accounts that a run of role user_offboarding must know
version_added: 0.2.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Returns the ids of accounts of people who leave, and of people who have left before and were not deleted.
  - A step of the role C(community.nextcloud.user_offboarding), which is what to use.
positional: _input, ledger
options:
  _input:
    description: Ids of people who leave, as a list or as text with commas between them.
    type: raw
    required: true
  ledger:
    description: People who have left before, by id, each with C(left) and, once the account is deleted, C(deleted).
    type: dict
    required: true
seealso:
  - plugin: community.nextcloud.offboarding_plan
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Show whose accounts are read
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
