# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: roster
short_description: Read a file of people as accounts and groups
version_added: 0.3.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Reads files on the controller, and returns accounts and groups as options of M(community.nextcloud.user) and
    M(community.nextcloud.group).
  - With O(columns) or O(compose), a file is CSV, as P(community.nextcloud.roster#filter) describes it. Without these, it is
    YAML or JSON.
  - In contrast to the filter, it reads the bytes of the file, so all encodings are supported.
  - Files are searched as by P(ansible.builtin.file#lookup). Files that are encrypted with Ansible Vault are decrypted.
  - All errors of a file are reported at once, up to 50. They never contain the cell of a password.
extends_documentation_fragment:
  - community.nextcloud.roster
options:
  _terms:
    description:
      - Paths of the files.
      - A file in YAML or JSON contains a dict with C(users) and C(groups), such as the result
        RV(community.nextcloud.directory_info#module:directory), or the output of C(occ user:list --output=json), with or
        without C(--info).
      - A file must not be larger than 64 MiB.
    type: list
    elements: string
    required: true
  columns:
    description:
      - Which column is converted to which option. See O(community.nextcloud.roster#filter:columns) of
        P(community.nextcloud.roster#filter).
    type: dict
seealso:
  - plugin: community.nextcloud.roster
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Show the people of a file that comes from Windows
  ansible.builtin.debug:
    msg: >-
      {{ lookup('community.nextcloud.roster', 'people.csv', encoding='cp1252', unknown_columns='ignore',
         columns={'login': 'userid', 'full name': 'display_name', 'mail': 'email'}).users }}
"""

RETURN = r"""
_raw:
  description:
    - The accounts and the groups of each file.
    - C(users) are the accounts in the order of the file, as options of M(community.nextcloud.user). Lists are returned as
      C(add), so that existing items are kept.
    - C(groups) are the groups of the accounts, as options of M(community.nextcloud.group).
  type: list
  elements: dict
  sample:
    - users:
        - userid: joan.poe
          display_name: Joan Poe
          email: joan@example.org
      groups: []
"""

from typing import Any, Mapping

from ansible.errors import AnsibleLookupError
from ansible.plugins.lookup import LookupBase
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.settings import Settings
from ansible_collections.community.nextcloud.plugins.plugin_utils._people.roster_file import read_file
from ansible_collections.community.nextcloud.plugins.plugin_utils._plugin_connection import check_options


class LookupModule(LookupBase):
    """The lookup."""

    def run(self, terms: list[Any], variables: Mapping[str, Any] | None = None, **kwargs: Any) -> list[Any]:
        """People by the paths of their files."""
        self.set_options(var_options=variables, direct=kwargs)
        try:
            check_options(kwargs, self.option_definitions)
            settings = Settings(**{name: self.get_option(name) for name in Settings._fields})
            return [read_file(self, str(term), variables or {}, settings) for term in terms]
        except (Failure, ValueError) as error:
            # Without the cause: Ansible would print the message twice.
            raise AnsibleLookupError(f"roster: {error}") from None
