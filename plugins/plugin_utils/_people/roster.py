# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""A CSV export of people to accounts and groups, in the options of the modules. ValueError says where and why not.

No message repeats the cell of a password. That is also why the header is checked before anything else of a file: where
the header line is missing, the first person's cells stand in its place.
"""

from __future__ import annotations

import csv
import io
from typing import Any, Iterator, Mapping, NamedTuple

from ansible.module_utils.parsing.convert_bool import boolean
from ansible_collections.community.nextcloud.plugins.module_utils._accounts import fields
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import OR_EMPTY, Kind

DELIMITERS = (",", ";", "\t")
SECRETS = frozenset((fields.PASSWORD.option,))
LISTS = frozenset(field.option for field in fields.LIST_FIELDS)
KINDS: dict[str, Kind] = {
    "userid": kinds.USERID,
    "enabled": kinds.SWITCH,
    fields.PASSWORD.option: fields.PASSWORD.kind,
    **{field.option: field.kind for field in (*fields.FIELDS, *fields.LIST_FIELDS)},
}


class Row(NamedTuple):
    """One row of the file. line: where it starts."""

    line: int
    cells: list[str]


def read_roster(
    text: str,
    columns: Mapping[str, str | None],
    delimiter: str | None = None,
    list_separator: str = ",",
    unknown_columns: str = "fail",
) -> dict[str, list[dict[str, Any]]]:
    """{users, groups}: the accounts in the file's order, and each group that one of them names."""
    _check_settings(text, columns, delimiter, list_separator, unknown_columns)
    headers_of = _headers_by_option(columns)
    _check_encoding(text)
    text = text.removeprefix("\ufeff")
    rows = _rows(text, delimiter or _find_delimiter(text, columns))
    header = next(rows, None)
    if header is None:
        raise ValueError("the file is empty; its first line must contain the names of the columns")
    _check_header(header, columns, unknown_columns)
    users: list[dict[str, Any]] = []
    lines: dict[str, int] = {}
    for row in rows:
        if len(row.cells) != len(header.cells):
            raise ValueError(f"line {row.line}: {len(row.cells)} cells, but the header has {len(header.cells)}")
        user = _user(row.line, dict(zip(header.cells, row.cells, strict=True)), headers_of, list_separator)
        first = lines.setdefault(kinds.USERID.key(user["userid"]), row.line)
        if first != row.line:
            where = _where(row.line, headers_of["userid"])
            raise ValueError(f"{where}: account {user['userid']} is in line {first} already (case does not matter)")
        users.append(user)
    return {"users": users, "groups": [{"groupid": groupid} for groupid in _groupids(users)]}


def _check_settings(text: Any, columns: Any, delimiter: str | None, list_separator: str, unknown_columns: str) -> None:
    if not isinstance(text, str):
        raise ValueError(f"the CSV must be text, not {type(text).__name__}")
    if not isinstance(columns, Mapping):
        raise ValueError(f"columns must be a dict of CSV header to option, not {type(columns).__name__}")
    if delimiter is not None and (not isinstance(delimiter, str) or len(delimiter) != 1 or delimiter in '"\r\n'):
        raise ValueError("delimiter must be one character, other than a quote or a line break")
    if not isinstance(list_separator, str) or not list_separator:
        raise ValueError("list_separator must be text of at least one character")
    if unknown_columns not in ("fail", "ignore"):
        raise ValueError("unknown_columns must be one of: fail, ignore")


def _check_encoding(text: str) -> None:
    """Ansible reads a file in another encoding without an error, and puts surrogates for the bytes it cannot read."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise ValueError(f"line {line}: not valid UTF-8, export the file as CSV in UTF-8") from None


def _headers_by_option(columns: Mapping[str, str | None]) -> dict[str, list[str]]:
    """The columns of each option, without those that are ignored on purpose."""
    headers_of: dict[str, list[str]] = {"userid": []}
    for header, option in columns.items():
        if option is None or option == "":
            continue
        if not isinstance(option, str) or option not in KINDS:
            options = ", ".join(sorted(KINDS))
            raise ValueError(f'columns: value of "{header}" must be one of: {options}, null; got: {option!r}')
        headers_of.setdefault(option, []).append(header)
    if not headers_of["userid"]:
        raise ValueError("columns: one column must be converted to userid")
    return headers_of


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    """The rows that have content, cells stripped."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            raise ValueError(f"line {line}: not valid CSV, check the quotes: {error}") from error
        if any(cells):
            yield Row(line, cells)


def _find_delimiter(text: str, columns: Mapping[str, str | None]) -> str:
    """The one that finds most columns of the map in the header line, then the one that finds most cells."""

    def found(delimiter: str) -> tuple[int, int]:
        try:
            header = next(_rows(text, delimiter), Row(0, []))
        except ValueError:
            return -1, -1
        return len(columns.keys() & set(header.cells)), len(header.cells)

    return max(DELIMITERS, key=found)


def _check_header(header: Row, columns: Mapping[str, str | None], unknown_columns: str) -> None:
    for name in columns:
        if name not in header.cells:
            raise ValueError(f'line {header.line}, column "{name}": it is in columns, but not in the file')
    seen: set[str] = set()
    for number, name in enumerate(header.cells, start=1):
        where = f'line {header.line}, column "{name}" (number {number})'
        if name not in columns and unknown_columns == "fail":
            raise ValueError(
                f"{where}: it is not in columns; convert it to an option or to null, or set unknown_columns=ignore"
            )
        if name in seen:
            raise ValueError(f"{where}: the header contains this name twice")
        seen.update({name} - {""})


def _user(line: int, row: Mapping[str, str], headers_of: Mapping[str, list[str]], separator: str) -> dict[str, Any]:
    user: dict[str, Any] = {}
    for option, headers in headers_of.items():
        if option in LISTS:
            items = _items(line, option, {header: row[header].split(separator) for header in headers})
            if items:
                user[option] = {"add": items}
            continue
        cell = " ".join(row[header] for header in headers if row[header])
        if cell:
            user[option] = _value(line, option, headers, cell)
    if "userid" not in user:
        raise ValueError(f"{_where(line, headers_of['userid'])}: must not be empty, because every account needs an id")
    return user


def _items(line: int, option: str, parts: Mapping[str, list[str]]) -> list[str]:
    """The items of a list option, in the file's order and spelling; what is the same to a server is there once."""
    kind = KINDS[option]
    items: dict[Any, str] = {}
    for header, texts in parts.items():
        for text in filter(None, map(str.strip, texts)):
            item = _value(line, option, [header], text)
            items.setdefault(kind.key(kind.parse(item)), item)
    return list(items.values())


def _value(line: int, option: str, headers: list[str], text: str) -> Any:
    """A cell as the option takes it. Text stays as it is written: the modules bring it to the server's spelling."""
    try:
        return _converted(KINDS[option], text)
    except ValueError as error:
        shown = "its value" if option in SECRETS else f'"{text[:80]}"'
        # An empty cell clears nothing: it leaves the option out.
        reason = str(error).removesuffix(OR_EMPTY)
        raise ValueError(f"{_where(line, headers)}: {shown} is invalid: {reason}") from None


def _converted(kind: Kind, text: str) -> Any:
    if kind.type == "bool":
        try:
            return boolean(text)
        except TypeError:
            raise ValueError("must be one of: yes, no, true, false, on, off, 1, 0") from None
    value = int(text) if kind.type == "int" and text.isdecimal() else text
    kind.parse(value)
    return value


def _where(line: int, headers: list[str]) -> str:
    names = " and ".join(f'"{header}"' for header in headers)
    return f"line {line}, {'column' if len(headers) == 1 else 'columns'} {names}"


def _groupids(users: list[dict[str, Any]]) -> list[str]:
    lists = [user[option]["add"] for user in users for option in ("groups", "subadmin_of") if option in user]
    return sorted({groupid for groupids in lists for groupid in groupids})
