# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What separates the items of a list in one cell."""

from __future__ import annotations

import re
from typing import Iterator

from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.columns import Plan
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.options import LISTS
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.problems import place
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.table import Row, Table

CANDIDATES = (",", ";", "|", "\n")
# Of a directory service, such as CN=Staff,OU=Groups,DC=example,DC=org.
_DISTINGUISHED_NAME = re.compile(r"\s*(?:CN|OU|DC|UID|O)=[^=]*,\s*[A-Z]+=", re.IGNORECASE)


def find_separator(table: Table, plan: Plan) -> str | None:
    """The one that the cells of lists contain; None where no cell has several items. ValueError: they contain two."""
    first: dict[str, tuple[int, str]] = {}
    for row in table.rows:
        for header, cell in _cells(row, plan):
            if _DISTINGUISHED_NAME.match(cell):
                raise ValueError(
                    f"{place(row.line, [header])}: list_separator must be set, because names of a directory service contain"
                    " commas; values converts them to names of groups"
                )
            for candidate in dict.fromkeys((*CANDIDATES, table.delimiter)):
                if candidate in cell:
                    first.setdefault(candidate, (row.line, header))
    if len(first) > 1:
        found = ", ".join(
            f"{_shown(candidate)} in {place(line, [header])}" for candidate, (line, header) in first.items()
        )
        raise ValueError(f"list_separator must be set, because the cells of lists contain several candidates: {found}")
    return next(iter(first), None)


def _shown(candidate: str) -> str:
    return "a line break" if candidate == "\n" else f'"{candidate}"'


def _cells(row: Row, plan: Plan) -> Iterator[tuple[str, str]]:
    """(header, cell) of lists; what stands for something else as a whole is no list."""
    for option in LISTS:
        for column in plan.columns.get(option, ()):
            cell = row.cells[column.header]
            if column.values is None or cell.casefold() not in column.values:
                yield column.header, cell
