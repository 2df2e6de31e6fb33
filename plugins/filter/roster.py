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
  - All values are checked before anything is sent to a server. All errors are reported at once, up to 50, each with its
    line and column.
  - A byte order mark, all line endings, and quoted cells that contain delimiters, quotes or line breaks are supported.
    Spaces and invisible characters around cells are removed. Empty rows are skipped, and so are titles (rows with one
    cell) above the names of the columns. C(="0012") is read as C(0012), as spreadsheets do.
  - Cells that belong to nobody are refused, such as formulas and errors of spreadsheets, masked passwords, lists that the
    export has not written out, and totals or notes in the last row. To accept such a cell, convert it with C(values).
  - For an empty cell, the option is not set, so the value of the account is left alone.
  - Error messages never contain the cell of a password.
  - To read a file, the lookup P(community.nextcloud.roster#lookup) is better, because it reads files in all encodings.
positional: _input, columns
extends_documentation_fragment:
  - community.nextcloud.roster
options:
  _input:
    description:
      - The CSV text. The first row contains the names of the columns, unless O(header) is set.
      - P(ansible.builtin.file#lookup) reads a file as UTF-8, and marks what it cannot read. With O(encoding), that is read
        anew, so most encodings can be used. A file in UTF-16 with the high byte first may be cut at its end.
    type: string
    required: true
  columns:
    description:
      - Which column is converted to which option of M(community.nextcloud.user), as C(header of the CSV) to C(option).
      - One column must be converted to C(userid), unless it is in O(compose). The other columns can be converted to
        C(enabled), C(user_password) and all fields of an account.
      - Columns that are converted to the same text option are joined with a space, in the order given here. Columns
        that are converted to the same list option (C(groups), C(subadmin_of), C(additional_emails)) are merged.
      - A column with the value null is ignored.
      - Since version 0.3.0, a column with a list of options is converted to each of them.
      - >-
        Since version 0.3.0, a dict converts cells to values, such as
        C({option: enabled, values: {Active: true, Suspended: false}}). Case and outer spaces of a cell do not matter. In a
        list, each item is converted, unless C(values) contains the whole cell. C(other) is the value of all other cells,
        including empty ones. Without it, other cells are refused, and an empty cell leaves the option out. A value of null
        also leaves the option out.
    type: dict
    required: true
seealso:
  - plugin: community.nextcloud.roster
    plugin_type: lookup
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

- name: Show accounts whose ids are made of names
  vars:
    export: |
      First name,Last name,Status,Phone
      Jörg,Müller,Active,0711 25242890
      Ann,O'Neil,Suspended,
    columns_of_export:
      First name: null
      Last name: null
      Status: {option: enabled, values: {Active: true, Suspended: false}}
      Phone: phone
  ansible.builtin.debug:
    msg: >-
      {{ export | community.nextcloud.roster(columns_of_export, phone_region='DE',
         compose={'userid': '{First name}.{Last name}', 'display_name': '{First name} {Last name}'}) }}
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
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.settings import Settings
from ansible_collections.community.nextcloud.plugins.plugin_utils._people.roster import read_roster
from jinja2 import pass_context
from jinja2.runtime import Context


@pass_context
def roster(*arguments: Any, **options: Any) -> dict[str, list[dict[str, Any]]]:
    """In a template, its context comes first. It tells whether the run is in check mode, which writes no file."""
    is_check_mode = False
    if arguments and isinstance(arguments[0], Context):
        is_check_mode, arguments = bool(arguments[0].get("ansible_check_mode")), arguments[1:]
    try:
        return _read(not is_check_mode, *arguments, **options)
    except ValueError as error:
        # Without the cause: Ansible would print the message twice.
        raise AnsibleFilterError(f"roster: {error}") from None


def _read(remember: bool, text: Any = None, *positional: Any, **options: Any) -> dict[str, list[dict[str, Any]]]:
    if not isinstance(text, str):
        raise ValueError(f"the CSV must be text, not {type(text).__name__}")
    try:
        settings = Settings(*positional, **options)
    except TypeError:
        known = ", ".join(Settings._fields)
        raise ValueError(f"columns is required, and the options, each at most once, must be among: {known}") from None
    return read_roster(text, settings, remember)


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"roster": roster}
