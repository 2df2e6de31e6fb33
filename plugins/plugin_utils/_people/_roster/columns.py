# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Which cells become which option: the settings `columns` and `compose`, checked."""

from __future__ import annotations

import re
from typing import Any, Iterator, Mapping, NamedTuple, Sequence

from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.options import (
    KINDS,
    LISTS,
    SECRETS,
    converted,
)
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.problems import Problems

_KEYS = frozenset(("option", "values", "other"))
_PART = re.compile(r"\{([^{}]*)\}")


class Column(NamedTuple):
    """A column for one option.

    values: cell, case folded, to the texts that it stands for; None: a cell stands for itself. other: those of any other
    cell; None: there must be no other. spellings: the cells of `values` as they were given.
    """

    header: str
    values: Mapping[str, tuple[str, ...]] | None = None
    other: tuple[str, ...] | None = None
    spellings: tuple[str, ...] = ()


class Template(NamedTuple):
    """Text with columns in it. headers: their names."""

    text: str
    headers: tuple[str, ...]

    def filled(self, cells: Mapping[str, str]) -> str:
        return _PART.sub(lambda part: cells[part[1]], self.text)

    @property
    def is_words(self) -> bool:
        """Whether nothing but spaces stands between the columns, so that one of them can be empty."""
        return not _PART.sub("", self.text).strip()


class Plan(NamedTuple):
    """What to make of the columns. headers: those that the file must have, the first named first."""

    columns: Mapping[str, list[Column]]
    templates: Mapping[str, Template]
    headers: tuple[str, ...]

    def headers_of(self, option: str) -> tuple[str, ...]:
        if option in self.templates:
            return self.templates[option].headers
        return tuple(column.header for column in self.columns.get(option, ()))

    @property
    def secrets(self) -> frozenset[str]:
        """The headers of columns whose cells are secret."""
        return frozenset(header for option in SECRETS for header in self.headers_of(option))


def planned(columns: Any, compose: Any, unique_by: str | None, problems: Problems) -> Plan:
    """What the settings say."""
    found: dict[str, list[Column]] = {}
    for header, wanted in columns.items():
        for option, column in _columns_of(str(header), wanted, problems):
            found.setdefault(option, []).append(column)
    templates = dict(_templates(compose or {}, found, problems))
    if not ({"userid"} & (found.keys() | templates.keys())):
        problems.add(0, "columns: one column must be converted to userid, or compose must contain userid")
    composed = [header for template in templates.values() for header in template.headers]
    headers = dict.fromkeys([*map(str, columns), *composed, *([unique_by] if unique_by else [])])
    return Plan(found, templates, tuple(headers))


def _columns_of(header: str, wanted: Any, problems: Problems) -> Iterator[tuple[str, Column]]:
    where = f'columns: value of "{header}"'
    if wanted is None or wanted == "":
        return
    conversion = wanted if isinstance(wanted, Mapping) else {"option": wanted}
    unknown = [str(key) for key in conversion if key not in _KEYS]
    if unknown or "option" not in conversion:
        problems.add(0, f"{where} must be a dict with option, values and other; option is required")
        return
    options = conversion["option"]
    for option in options if isinstance(options, (list, tuple)) else [options]:
        if not isinstance(option, str) or option not in KINDS:
            problems.add(0, f"{where} must be one of: {', '.join(sorted(KINDS))}, null; got: {option!r}")
            continue
        try:
            yield str(option), _column(header, str(option), conversion)
        except ValueError as error:
            problems.add(0, f"{where}: {error}")


def _column(header: str, option: str, conversion: Mapping[str, Any]) -> Column:
    """ValueError: the values cannot be right."""
    values = conversion.get("values")
    if values is not None and not isinstance(values, Mapping):
        raise ValueError(f"values must be a dict of cell to value, not {type(values).__name__}")
    if values is None and "other" not in conversion:
        return Column(header)
    texts: dict[str, tuple[str, ...]] = {}
    for cell, value in (values or {}).items():
        if isinstance(cell, bool) or cell is None:
            raise ValueError(
                'values: a cell must be quoted text, such as "Yes": YAML reads yes, no, on, off and null otherwise'
            )
        folded = str(cell).strip().casefold()
        if folded in texts:
            raise ValueError(f'values: "{cell}" is there twice (case and outer spaces do not matter)')
        texts[folded] = _texts(option, value)
    other = _texts(option, conversion["other"]) if "other" in conversion else None
    return Column(header, texts, other, tuple(str(cell).strip() for cell in values or {}))


def _texts(option: str, value: Any) -> tuple[str, ...]:
    """A value of `values` as the texts of cells; none: the option is left out. ValueError: it cannot be right."""
    items = value if isinstance(value, (list, tuple)) else [value]
    if len(items) > 1 and option not in LISTS or any(isinstance(item, (Mapping, list, tuple)) for item in items):
        raise ValueError(
            f"values: a value of {option} must be {'text or a list of text' if option in LISTS else 'one value'}"
        )
    if any(isinstance(item, bool) for item in items) and KINDS[option].type != "bool":
        raise ValueError(
            f"values: a value of {option} must be quoted text: YAML reads yes, no, on and off as true and false"
        )
    texts = tuple(str(item).strip() for item in items if item is not None and str(item).strip())
    for text in texts:
        try:
            converted(option, text)
        except ValueError as error:
            shown = "a value" if option in SECRETS else f'"{text}"'
            raise ValueError(f"values: {shown} is invalid for {option}: {error}") from None
    return texts


def _templates(
    compose: Mapping[Any, Any], columns: Mapping[str, Any], problems: Problems
) -> Iterator[tuple[str, Template]]:
    for option, text in compose.items():
        headers = tuple(_PART.findall(text)) if isinstance(text, str) else ()
        if not isinstance(option, str) or option not in KINDS:
            problems.add(0, f"compose: {option!r} must be one of: {', '.join(sorted(KINDS))}")
        elif option in columns:
            problems.add(0, f"compose: {option} must not be in columns too; convert these columns to null")
        elif not headers or re.search(r"[{}]", _PART.sub("", str(text))):
            problems.add(
                0, f'compose: {option} must be text with the names of columns in braces, such as "{{First name}}"'
            )
        else:
            yield str(option), Template(str(text), headers)


def missing_columns(plan: Plan, names: Sequence[str]) -> list[str]:
    return [header for header in plan.headers if header not in names]
