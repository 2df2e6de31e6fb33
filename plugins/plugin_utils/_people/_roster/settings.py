# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The settings of a roster, as the filter and the lookup take them."""

from __future__ import annotations

import os
from typing import Any, Callable, Mapping, NamedTuple, Sequence

from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster import decoding, phones
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.problems import Problems


class Settings(NamedTuple):
    """As the documentation fragment `roster` explains them."""

    columns: Mapping[str, Any]
    delimiter: str | None = None
    list_separator: str | None = None
    unknown_columns: str = "fail"
    header: Sequence[str] | None = None
    encoding: str = decoding.UTF_8
    merge_rows: bool = False
    compose: Mapping[str, str] | None = None
    unique_by: str | None = None
    unique_file: str | None = None
    phone_region: str | None = None


def check(settings: Settings) -> None:
    """ValueError with all settings that cannot be right, of each by itself."""
    problems = Problems()
    for message in (*_of_text(settings), *_of_structure(settings), *_of_unique_ids(settings)):
        problems.add(0, message)
    checks: list[tuple[Callable[[Any], None], Any]] = [(decoding.check_encoding, settings.encoding)]
    if settings.phone_region is not None:
        checks.append((phones.check_region, settings.phone_region))
    for checked, value in checks:
        try:
            checked(value)
        except ValueError as error:
            problems.add(0, str(error))
    problems.raise_if_any()


def _of_text(settings: Settings) -> list[str]:
    delimiter, separator = settings.delimiter, settings.list_separator
    found: list[str] = []
    if delimiter is not None and (not isinstance(delimiter, str) or len(delimiter) != 1 or delimiter in '"\r\n'):
        found.append("delimiter must be one character, other than a quote or a line break")
    if separator is not None and (not isinstance(separator, str) or not separator):
        found.append("list_separator must be text of at least one character")
    if settings.unknown_columns not in ("fail", "ignore"):
        found.append("unknown_columns must be one of: fail, ignore")
    if not isinstance(settings.merge_rows, bool):
        found.append("merge_rows must be true or false")
    return found


def _of_structure(settings: Settings) -> list[str]:
    columns, compose, header = settings.columns, settings.compose, settings.header
    found: list[str] = []
    if not isinstance(columns, Mapping):
        found.append(f"columns must be a dict of CSV header to option, not {type(columns).__name__}")
    if compose is not None and not isinstance(compose, Mapping):
        found.append(f"compose must be a dict of option to text with columns in braces, not {type(compose).__name__}")
    if header is None:
        return found
    if not isinstance(header, (list, tuple)) or not all(isinstance(name, str) for name in header):
        found.append("header must be a list of the names of the columns")
    elif twice := sorted({name for name in header if name and list(header).count(name) > 1}):
        found.append(f"header must not contain a name twice: {', '.join(twice)}")
    return found


def _of_unique_ids(settings: Settings) -> list[str]:
    by, path = settings.unique_by, settings.unique_file
    if by is None and path is None:
        return []
    found: list[str] = []
    if not isinstance(by, str) or not by or not isinstance(path, str) or not path:
        found.append("unique_by and unique_file are required together")
    elif not os.path.isabs(os.path.expanduser(path)):
        # It must be the same file in every run, from wherever it starts.
        found.append('unique_file must be an absolute path, such as "{{ playbook_dir }}/ids.json"')
    if not (isinstance(settings.compose, Mapping) and "userid" in settings.compose):
        found.append("unique_by requires compose with userid")
    return found
