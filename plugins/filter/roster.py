# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: roster
short_description: Turn a CSV export of people into accounts and groups
version_added: 0.1.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Reads a list of people as a personnel office exports it, and returns accounts and groups in the options of
    M(community.nextcloud.user) and M(community.nextcloud.group).
  - Everything is checked before anything is sent to a server. What cannot be right is refused with its line and column.
  - A byte order mark, any line ending, and quoted cells with delimiters, quotes and line breaks are understood. Blanks
    around cells go. Rows without content are skipped.
  - An empty cell leaves its option out, so what the account has there stays.
  - No message repeats the cell of a password.
positional: _input, columns
options:
  _input:
    description:
      - The CSV text. Its first row names the columns.
      - The file must be UTF-8. Another encoding is refused, where Ansible's way of reading the file lets it be noticed.
    type: string
    required: true
  columns:
    description:
      - Which column goes to which option of M(community.nextcloud.user), as C(header of the CSV) to C(option).
      - One column must go to C(userid). C(enabled), C(user_password) and every field of an account are accepted too.
      - Columns that go to the same option of type text are joined by a blank, in the order given here. Columns that go
        to the same list (C(groups), C(subadmin_of), C(additional_emails)) are merged.
      - A column that goes to null is ignored.
    type: dict
    required: true
  delimiter:
    description:
      - Character between cells.
      - If not set, it is found out from the header line among comma, semicolon and tab.
    type: string
  list_separator:
    description: What stands between the items of a list within one cell.
    type: string
    default: ","
  unknown_columns:
    description:
      - What to do about a column that O(columns) does not name.
      - V(fail) refuses it, so that a new or renamed column is noticed. V(ignore) leaves it out.
    type: string
    choices: [fail, ignore]
    default: fail
seealso:
  - module: community.nextcloud.user
  - module: community.nextcloud.group
"""

EXAMPLES = r"""
- name: Show who is in the export
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

- name: Create the accounts of an export of which only three columns matter
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
        - The accounts in the order of the rows, each with options of M(community.nextcloud.user).
        - Texts are as written in the CSV. Lists are to be added to what an account has.
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
      description: Every group that an account is in or leads, each with options of M(community.nextcloud.group).
      type: list
      elements: dict
      sample:
        - groupid: Design
        - groupid: Messe
"""

from typing import Any, Callable

from ansible.errors import AnsibleFilterError
from ansible_collections.community.nextcloud.plugins.plugin_utils._roster import read_roster


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
