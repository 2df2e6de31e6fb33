# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: roster
short_description: Convert a CSV export of people to accounts and groups
version_added: 0.1.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Reads a list of people, such as the export of an HR system, and returns accounts and groups as options of
    M(community.nextcloud.user) and M(community.nextcloud.group).
  - All values are checked before anything is sent to a server. Errors name the line and the column.
  - A byte order mark, all line endings, and quoted cells that contain delimiters, quotes or line breaks are supported.
    Spaces around cells are removed. Empty rows are skipped.
  - For an empty cell, the option is not set, so the value of the account is left alone.
  - Error messages never contain the cell of a password.
positional: _input, columns
options:
  _input:
    description:
      - The CSV text. The first row contains the names of the columns.
      - The file must be encoded in UTF-8. Other encodings are refused if they can be detected after Ansible has read
        the file.
    type: string
    required: true
  columns:
    description:
      - Which column is converted to which option of M(community.nextcloud.user), as C(header of the CSV) to C(option).
      - One column must be converted to C(userid). The other columns can be converted to C(enabled), C(user_password)
        and all fields of an account.
      - Columns that are converted to the same text option are joined with a space, in the order given here. Columns
        that are converted to the same list option (C(groups), C(subadmin_of), C(additional_emails)) are merged.
      - A column with the value null is ignored.
    type: dict
    required: true
  delimiter:
    description:
      - Character between cells.
      - If not set, it is detected from the header line; comma, semicolon or tab.
    type: string
  list_separator:
    description: Separator between the items of a list in one cell.
    type: string
    default: ","
  unknown_columns:
    description:
      - What to do about columns that are not in O(columns).
      - V(fail) refuses them, so that new or renamed columns are noticed. V(ignore) ignores them.
    type: string
    choices: [fail, ignore]
    default: fail
seealso:
  - module: community.nextcloud.user
  - module: community.nextcloud.group
"""

EXAMPLES = r"""
- name: Show the accounts and groups of an export
  vars:
    export: |
      Kennung;Nachname;Vorname;E-Mail;Gruppen;Leitung;Speicher;Eintritt
      jana.weiss;Weiß;Jana;jana.weiss@example.org;Design,Messe;Design;5 GB;01.09.2026
      tom.krueger;Krüger;Tom;tom.krueger@example.org;Design;;5 GB;01.10.2026
    columns_of_export:
      Kennung: userid
      Vorname: display_name
      Nachname: display_name
      E-Mail: email
      Gruppen: groups
      Leitung: subadmin_of
      Speicher: quota
      Eintritt: null
  ansible.builtin.debug:
    msg: "{{ export | community.nextcloud.roster(columns_of_export) }}"

- name: Create accounts from three columns of an export
  vars:
    user_onboarding_users: >-
      {{ (lookup('ansible.builtin.file', 'people.csv') | community.nextcloud.roster(
           {'login': 'userid', 'full name': 'display_name', 'mail': 'email'}, unknown_columns='ignore')).users }}
  ansible.builtin.include_role:
    name: community.nextcloud.user_onboarding
"""

RETURN = r"""
_value:
  description: The accounts and the groups.
  type: dict
  contains:
    users:
      description:
        - The accounts in the order of the rows, as options of M(community.nextcloud.user).
        - Texts are written as in the CSV. Lists are returned as C(add), so that existing items are kept.
      type: list
      elements: dict
      sample:
        - userid: jana.weiss
          display_name: Jana Weiß
          email: jana.weiss@example.org
          groups:
            add: [Design, Messe]
          subadmin_of:
            add: [Design]
          quota: 5 GB
    groups:
      description: All groups that an account is a member or sub-admin of, as options of M(community.nextcloud.group).
      type: list
      elements: dict
      sample:
        - groupid: Design
        - groupid: Messe
"""

from typing import Any, Callable

from ansible.errors import AnsibleFilterError
from ansible_collections.community.nextcloud.plugins.plugin_utils._people.roster import read_roster


def roster(
    text: str,
    columns: dict[str, str | None],
    delimiter: str | None = None,
    list_separator: str = ",",
    unknown_columns: str = "fail",
) -> dict[str, list[dict[str, Any]]]:
    try:
        return read_roster(text, columns, delimiter, list_separator, unknown_columns)
    except ValueError as error:
        # Without the cause: Ansible would print the message twice.
        raise AnsibleFilterError(f"roster: {error}") from None


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"roster": roster}
