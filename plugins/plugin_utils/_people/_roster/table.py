# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""CSV text to rows of named cells.

The header is checked before anything else of a file: where the header line is missing, the first person's cells stand in
its place. So its names are repeated only if they cannot be the cells of a person.
"""

from __future__ import annotations

import csv
import io
import math
import re
import unicodedata
from contextlib import suppress
from itertools import islice
from typing import Iterator, Mapping, NamedTuple, Sequence

from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.columns import Plan, missing_columns
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.leftovers import (
    plain,
    why_footer,
    why_no_person,
)
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.problems import (
    Problems,
    place,
    quoted,
)
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.settings import Settings

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
# A first line for a program instead of people: of spreadsheets, and of PowerShell.
_PREFACE = re.compile(r"(?:\"?sep=(?P<delimiter>[^\r\n\"])\"?(?P=delimiter)*|#TYPE [^\r\n]*)(?=[\r\n])", re.IGNORECASE)
# Names of columns are words, such as "E-Mail (private)" or "Group 1".
_NAME = re.compile(r"[^\W\d][^\d@]*\d{0,2}[])]?")


class Row(NamedTuple):
    """One row of the file. line: where it starts; cells: by header."""

    line: int
    cells: Mapping[str, str]


class _Line(NamedTuple):
    number: int
    cells: list[str]


class Table(NamedTuple):
    delimiter: str
    rows: list[Row]


def read_table(text: str, settings: Settings, plan: Plan, problems: Problems) -> Table:
    """The rows that have content, cells stripped. ValueError where the header is wrong: no row can be judged then."""
    preface = _PREFACE.match(text)
    if preface:
        text = text[preface.end() :]
    delimiter = settings.delimiter or (preface and preface["delimiter"]) or _find_delimiter(text, settings, plan)
    lines = _lines(text, delimiter)
    if settings.header is None:
        header = _header(text, delimiter, plan)
        _check_header(header, delimiter, settings, plan)
        names = header.cells
        lines = (line for line in lines if line.number > header.number)
    else:
        names = [name.strip() for name in settings.header]
        _check_names(names, plan)
    return Table(delimiter, list(_rows(lines, names, settings, plan, problems)))


def _lines(text: str, delimiter: str) -> Iterator[_Line]:
    """The lines that have content, cells stripped."""
    # A space before a quote is one around the cell. With spaces as delimiters, it is an empty cell.
    skips = delimiter != " "
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=skips)
    while True:
        number = reader.line_num + 1
        try:
            cells = [plain(cell) for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            raise ValueError(f"line {number}: not valid CSV, check the quotes: {error}") from error
        if any(cells):
            yield _Line(number, cells)


def _first_lines(text: str, delimiter: str) -> list[_Line]:
    """Those among which the header is looked for: as far as they can be read, because there may be titles above it."""
    found: list[_Line] = []
    with suppress(ValueError):
        for line in islice(_lines(text, delimiter), 20):
            found.append(line)
    return found


def _find_delimiter(text: str, settings: Settings, plan: Plan) -> str:
    """The one that finds most columns of the plan in one line, then the one that finds most cells in the first line."""

    def found(delimiter: str) -> tuple[float, int]:
        lines = _first_lines(text, delimiter)
        if not lines:
            return -math.inf, 0
        count = len(lines[0].cells)
        if settings.header is not None:
            return -abs(count - len(settings.header)), count
        return max(_named(line, plan) for line in lines), count

    return max(DELIMITERS, key=found)


def _named(line: _Line, plan: Plan) -> int:
    return len(set(plan.headers) & set(line.cells))


def _header(text: str, delimiter: str, plan: Plan) -> _Line:
    """The line with the names of the columns. Lines with one cell above it are titles."""
    lines = _first_lines(text, delimiter) or list(islice(_lines(text, delimiter), 1))
    if not lines:
        raise ValueError("the file is empty; its first line must contain the names of the columns")
    header = max(lines, key=lambda line: _named(line, plan))
    above = lines[: lines.index(header)]
    if all(sum(map(bool, line.cells)) == 1 for line in above):
        return header
    if not missing_columns(plan, header.cells):
        raise ValueError(
            f"line {header.number}: it contains the names of the columns, so it must be the first line; delete the lines above"
        )
    return lines[0]


def _check_names(names: list[str], plan: Plan) -> None:
    if missing := missing_columns(plan, names):
        raise ValueError(f"header must contain the columns {quoted(missing)}, which columns, compose or unique_by name")


def _check_header(header: _Line, delimiter: str, settings: Settings, plan: Plan) -> None:
    problems = Problems()
    if missing := missing_columns(plan, header.cells):
        problems.add(header.number, _missing(header, missing, delimiter, settings, plan))
        problems.raise_if_any()
    seen: set[str] = set()
    for number, name in enumerate(header.cells, start=1):
        where = f'line {header.number}, column "{name[:80]}" (number {number})'
        if name and name not in plan.headers and settings.unknown_columns == "fail":
            problems.add(
                header.number,
                f"{where}: it is not in columns; convert it to an option or to null, or set unknown_columns=ignore",
            )
        if name in seen and name in _read(plan):
            problems.add(
                header.number, f"{where}: the header contains this name twice; give one of the columns another name"
            )
        seen.update({name} - {""})
    problems.raise_if_any()


def _missing(header: _Line, missing: list[str], delimiter: str, settings: Settings, plan: Plan) -> str:
    """What is missing, what was found instead, and what may be the cause."""
    named = [name for name in header.cells if name]
    is_header = 2 * len(set(named) & set(plan.headers)) >= len(plan.headers)
    can_show = is_header or _is_harmless(named, settings, plan)
    count = f"{len(named)} column{'' if len(named) == 1 else 's'}"
    unnamed = len(header.cells) - len(named)
    alike = _alike(missing, named)
    found = f"{count}: {quoted(named)}" if can_show and named else count
    if unnamed:
        found += f", and {unnamed} without a name"
    it_is = "it is" if len(missing) == 1 else "they are"
    message = (
        f"{place(header.number, missing)}: {it_is} in columns, but not in the file; found with the delimiter"
        f" {DELIMITERS.get(delimiter, delimiter)}: {found}"
    )
    if len(named) == 1:
        message += (
            ". One column: the delimiter may be wrong, or a spreadsheet has put whole rows into one cell; set delimiter, or"
            " split the column in the spreadsheet and export the file again"
        )
    elif alike and can_show:
        differ = "differs" if len(alike) == 1 else "differ"
        message += (
            f". {quoted(alike)} {differ} only in case, spaces or accents; write names in the settings as in the file"
        )
    elif not is_header:
        message += ". If the file has no line with the names of the columns, set header"
    return message


def _alike(missing: Sequence[str], named: Sequence[str]) -> list[str]:
    """Of the names that were found, those that look like missing ones."""
    looks = {_look(name) for name in missing}
    return [name for name in named if _look(name) in looks]


def _look(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _is_harmless(names: Sequence[str], settings: Settings, plan: Plan) -> bool:
    """Whether names that may be the cells of a person hold no secret: all of a person's columns are known, and public."""
    if plan.secrets or settings.unknown_columns != "fail" or not set(plan.headers) <= _read(plan):
        return False
    return len(names) <= len(plan.headers) or all(map(_NAME.fullmatch, names))


def _read(plan: Plan) -> set[str]:
    """The headers whose cells become an option."""
    return {header for option in (*plan.columns, *plan.templates) for header in plan.headers_of(option)}


def _rows(
    lines: Iterator[_Line], names: list[str], settings: Settings, plan: Plan, problems: Problems
) -> Iterator[Row]:
    """The lines as rows, without those that are none of a person: these are among the problems."""
    nameless: dict[int, int] = {}
    last: list[_Line] = []
    try:
        for position, line in enumerate(lines):
            if position == 0 and settings.header is not None and _is_header(line.cells, names):
                problems.add(
                    line.number, f"line {line.number}: it contains the names of header; remove header from the settings"
                )
                return
            if reason := why_no_person(line.cells, names, _read(plan)) or _wrong_length(line, names):
                problems.add(line.number, f"line {line.number}: {reason}")
                continue
            for number, (name, cell) in enumerate(zip(names, line.cells, strict=False), start=1):
                if cell and not name:
                    nameless.setdefault(number, line.number)
            last = [*last[-1:], line]
            yield Row(line.number, {name: cell for name, cell in zip(names, line.cells, strict=False) if name})
        if len(last) > 1 and (reason := why_footer(last[1].cells, last[0].cells)):
            problems.add(last[1].number, f"line {last[1].number}: {reason}")
    except ValueError as error:
        problems.add(2**31, str(error))
    if settings.unknown_columns == "fail":
        _refuse_nameless(nameless, problems)


def _refuse_nameless(nameless: Mapping[int, int], problems: Problems) -> None:
    """nameless: number of the column to the first line that has a cell in it."""
    for number, line in nameless.items():
        problems.add(
            line,
            f"line {line}: column {number} has no name, but this line has a cell in it; name it, or set"
            " unknown_columns=ignore",
        )


def _wrong_length(line: _Line, names: Sequence[str]) -> str | None:
    if len(line.cells) < len(names):
        return f"{len(line.cells)} cells, but the header has {len(names)}"
    if any(line.cells[len(names) :]):
        return (
            f"{len(line.cells)} cells, but the header has {len(names)}; a cell with a delimiter in it must be in quotes"
        )
    return None


def _is_header(cells: Sequence[str], names: Sequence[str]) -> bool:
    named = {name.casefold() for name in names if name}
    return len(named) > 0 and named <= {cell.casefold() for cell in cells}
