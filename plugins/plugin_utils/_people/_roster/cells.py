# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The cells of a row as the options of an account."""

from __future__ import annotations

from typing import Any, NamedTuple, Sequence

from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.alphabet import spelled
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.columns import Column, Plan
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.leftovers import why_no_value
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.options import (
    ADDRESSES,
    IDS,
    LISTS,
    SECRETS,
    converted,
    same_key,
)
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.problems import (
    Problems,
    place,
    quoted,
)
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.table import Row


class Reading(NamedTuple):
    """How the cells of a file are read.

    separator: of lists; None: a cell is one item. shows_cells: whether each cell stands in its column for certain, so
    that those of other columns than passwords can be repeated. secrets: the headers of these.
    """

    plan: Plan
    problems: Problems
    separator: str | None
    phone_region: str | None
    shows_cells: bool
    secrets: frozenset[str]

    def shown(self, option: str, headers: Sequence[str], text: str) -> str:
        is_secret = option in SECRETS or not self.secrets.isdisjoint(headers)
        return f'"{text[:80]}"' if self.shows_cells and not is_secret else "its value"

    def is_value(self, row: Row, option: str, header: str, text: str) -> bool:
        """Whether somebody can have this value. If not, it is among the problems."""
        is_secret = option in SECRETS or header in self.secrets
        reason = why_no_value(text, is_secret, option in LISTS, option in ADDRESSES)
        if reason:
            self.refuse(row, [header], f"{self.shown(option, [header], text)} {reason}")
        return reason is None

    def refuse(self, row: Row, headers: Sequence[str], message: str) -> None:
        self.problems.add(row.line, f"{place(row.line, headers)}: {message}")


def options_of(row: Row, reading: Reading) -> dict[str, Any]:
    """The options that the row declares, without those that are wrong: these are among the problems."""
    options: dict[str, Any] = {}
    for option, columns in reading.plan.columns.items():
        found = [(column.header, _texts(row, option, column, reading)) for column in columns]
        texts = [(header, text) for header, cell in found if cell is not None for text in cell]
        if None in dict(found).values():
            continue
        if option in LISTS:
            _set_list(options, row, option, texts, reading)
        else:
            headers = [column.header for column in columns]
            _set(options, row, option, headers, " ".join(text for unused, text in texts), reading)
    for option, template in reading.plan.templates.items():
        text = _composed(row, option, reading)
        if text is None:
            continue
        if option in LISTS:
            _set_list(options, row, option, [(quoted(template.headers), text)] if text else [], reading)
        else:
            _set(options, row, option, template.headers, text, reading)
    return options


def _texts(row: Row, option: str, column: Column, reading: Reading) -> list[str] | None:
    """The texts that a cell stands for; of a list, those of its items. None: it is wrong."""
    cell = row.cells[column.header]
    is_whole = option not in LISTS or column.values and cell.casefold() in column.values
    cells = [cell] if is_whole or not reading.separator else cell.split(reading.separator)
    if column.values is None:
        texts = [text for text in map(str.strip, cells) if text]
        wrong = [text for text in texts if not reading.is_value(row, option, column.header, text)]
        return None if wrong else texts
    found: list[str] = []
    is_wrong = False
    for text in map(str.strip, cells):
        if text.casefold() in column.values:
            found += column.values[text.casefold()]
        elif column.other is not None:
            found += column.other
        elif text:
            shown = reading.shown(option, [column.header], text)
            reading.refuse(row, [column.header], f"{shown} is invalid: must be one of: {', '.join(column.spellings)}")
            is_wrong = True
    return None if is_wrong else found


def _composed(row: Row, option: str, reading: Reading) -> str | None:
    """The text of a template, None where it cannot be filled in."""
    template = reading.plan.templates[option]
    empty = [header for header in template.headers if not row.cells[header]]
    if len(empty) == len(template.headers) and option != "userid":
        return ""
    if empty and (option in IDS or not template.is_words):
        reading.refuse(row, empty, f"must not be empty, because compose makes {option} of it")
        return None
    if [header for header in template.headers if not reading.is_value(row, option, header, row.cells[header])]:
        return None
    text = template.filled(row.cells)
    return spelled(text) if option in IDS else " ".join(text.split())


def _set(options: dict[str, Any], row: Row, option: str, headers: Sequence[str], text: str, reading: Reading) -> None:
    if text:
        try:
            options[option] = converted(option, text, reading.phone_region)
        except ValueError as error:
            reading.refuse(row, headers, _refusal(option, headers, text, error, reading))
    elif option == "userid":
        reading.refuse(row, headers, "must not be empty, because every account needs an id")


def _set_list(
    options: dict[str, Any], row: Row, option: str, texts: Sequence[tuple[str, str]], reading: Reading
) -> None:
    """In the file's order and spelling; what is the same to a server is there once."""
    items: dict[Any, str] = {}
    for header, text in texts:
        try:
            item = converted(option, text)
        except ValueError as error:
            reading.refuse(row, [header], _refusal(option, [header], text, error, reading))
        else:
            items.setdefault(same_key(option, item), item)
    if items:
        options[option] = {"add": list(items.values())}


def _refusal(option: str, headers: Sequence[str], text: str, error: ValueError, reading: Reading) -> str:
    shown = reading.shown(option, headers, text)
    message = f"{shown} is invalid: {error}"
    proposal = spelled(text)
    if option == "userid" and option in reading.plan.columns and shown != "its value" and _is_id(proposal):
        template = " ".join(f"{{{header}}}" for header in headers)
        message += f'; compose with userid: "{template}" makes {proposal} of it'
    return message


def _is_id(text: str) -> bool:
    try:
        converted("userid", text)
    except ValueError:
        return False
    return True
