# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documentation of how a CSV export of people is read: by the filter, the lookup and the role."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  delimiter:
    description:
      - Character between cells.
      - If not set, it is detected from the header line; comma, semicolon or tab.
    type: string
  list_separator:
    description:
      - Separator between the items of a list in one cell.
      - If not set, it is detected from the cells of lists; comma, semicolon, V(|), a line break or the delimiter. A file
        whose lists contain several of these is refused, and so is one with distinguished names, such as
        C(CN=Staff,DC=example,DC=org).
    type: string
  unknown_columns:
    description:
      - What to do about columns that are not in O(columns).
      - V(fail) refuses them, so that new or renamed columns are noticed. V(ignore) ignores them.
      - A column without a name is ignored if all its cells are empty.
    type: string
    choices: [fail, ignore]
    default: fail
  header:
    description:
      - The names of the columns of a file that has no header line.
      - If a column is also converted to C(user_password), error messages contain no cells at all.
    type: list
    elements: string
    version_added: 0.3.0
  encoding:
    description:
      - Encoding of the file. Each encoding that Python knows can be used, such as V(cp1252), V(latin-1) and V(utf-16).
      - A byte order mark is removed. A file with the mark of another encoding is refused.
    type: string
    default: utf-8
    version_added: 0.3.0
  merge_rows:
    description:
      - Whether several rows can be one account, for example one row for each membership. Their lists are united.
      - Two different values for the same option are refused.
    type: bool
    default: false
    version_added: 0.3.0
  compose:
    description:
      - >-
        Options that are made of several columns, as C(option) to text with the names of columns in braces, such as
        C({userid: "{First name}.{Last name}"}).
      - Ids (C(userid), C(manager)) and email addresses are written in the alphabet of the server. Letters are in lower
        case, V(ä), V(ö), V(ü) and V(ß) become V(ae), V(oe), V(ue) and V(ss), accents are removed, and spaces become
        dots. An id with other characters that the server does not accept is refused.
      - All columns of an id must have a cell. In other options, an empty cell is left out if there are only spaces between
        the columns. Otherwise it is refused.
    type: dict
    version_added: 0.3.0
  unique_by:
    description:
      - Column that stays with a person, such as a number of the personnel office.
      - If two people have the same composed C(userid), the second one gets a number, such as C(jane.doe2). A composed
        C(manager) is the person with that name.
      - Requires O(unique_file), and C(userid) in O(compose).
    type: string
    version_added: 0.3.0
  unique_file:
    description:
      - File on the controller with the ids of all people, by their cell of O(unique_by) (JSON, mode 0600). It must be an
        absolute path.
      - A person keeps the id, also under a new name. An id is never given to somebody else, also when the first person has
        left. So keep this file.
      - A number that differs from a known one only in case or leading zeros is refused.
      - It is not written in check mode.
    type: string
    version_added: 0.3.0
  phone_region:
    description:
      - Country of phone numbers without a country code, as two letters such as V(DE). They are converted to international
        numbers.
      - Requires the Python package C(phonenumbers) on the controller.
    type: string
    version_added: 0.3.0
"""
