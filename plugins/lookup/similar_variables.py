# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: similar_variables
short_description: Find misspelled variables of a role of this collection
version_added: 0.3.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Compares the names of all variables with the options of a role that are not set, such as C(team_member) with
    C(team_members). Variables that merely have the prefix of the role, such as registered results, are left alone.
  - If no name is similar, it shows a warning.
  - This lookup is a step of the roles of this collection, for a run in which nobody is named.
options:
  _terms:
    description: Name of the role, without the collection.
    type: list
    elements: str
    required: true
  naming:
    description: Options of the role that name people or things. All of them are empty.
    type: list
    elements: str
    required: true
  otherwise:
    description: Warning to show if no name is similar.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: Show which variable of the role was meant
  vars:
    user_offboarding_users: [jane.doe]
  ansible.builtin.debug:
    msg: "{{ lookup('community.nextcloud.similar_variables', 'user_offboarding', naming=['user_offboarding_userids'],
      otherwise='Nobody is named.') }}"
"""

RETURN = r"""
_raw:
  description: For each role, which variable to use instead of which, or an empty text.
  type: list
  elements: str
  sample: ["user_offboarding_users is no variable of the role user_offboarding: use user_offboarding_userids."]
"""

from pathlib import Path
from typing import Any

from ansible.plugins.lookup import LookupBase
from ansible.utils.display import Display
from ansible_collections.community.nextcloud.plugins.plugin_utils._people.role_variables import misnamed

ROLES = Path(__file__).resolve().parents[2] / "roles"


class LookupModule(LookupBase):
    """The lookup of this file."""

    def run(self, terms: list[str], variables: Any = None, **kwargs: Any) -> list[str]:
        self.set_options(var_options=variables, direct=kwargs)
        return [self._told(role, variables or {}) for role in terms]

    def _told(self, role: str, variables: Any) -> str:
        specs = self._loader.load_from_file(str(ROLES / role / "meta" / "argument_specs.yml"))
        options = specs["argument_specs"]["main"]["options"]
        told = misnamed(role, options, self.get_option("naming"), variables)
        if not told:
            Display().warning(f"Role {role}: {self.get_option('otherwise')}")
        return told
