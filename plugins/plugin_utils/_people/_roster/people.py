# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Rows as people: several rows can be one person."""

from __future__ import annotations

from typing import Any, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.columns import Plan
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.options import LISTS, same_key
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.problems import Problems, place


class Entry(NamedTuple):
    """What one row says. number: what stays with the person; None: the id is all that tells people apart."""

    line: int
    options: dict[str, Any]
    number: str | None = None


class Person(NamedTuple):
    """line: the first row of the person; lines: where each option comes from; number: as in `Entry`, or empty."""

    line: int
    options: dict[str, Any]
    lines: dict[str, int]
    number: str


def people_of(entries: list[Entry], merge_rows: bool, plan: Plan, problems: Problems) -> list[Person]:
    """The people, in the order of the file."""
    people: dict[str, Person] = {}
    for entry in entries:
        key = kinds.USERID.key(entry.options["userid"]) if entry.number is None else entry.number
        known = people.get(key)
        if known is None:
            options = {option: _copied(value) for option, value in entry.options.items()}
            people[key] = Person(entry.line, options, dict.fromkeys(options, entry.line), entry.number or "")
        elif merge_rows:
            _merge(known, entry, plan, problems)
        else:
            problems.add(entry.line, _twice(known, entry, plan))
    return list(people.values())


def _copied(value: Any) -> Any:
    return {"add": list(value["add"])} if isinstance(value, dict) else value


def _merge(person: Person, entry: Entry, plan: Plan, problems: Problems) -> None:
    for option, value in entry.options.items():
        line = person.lines.setdefault(option, entry.line)
        present = person.options.setdefault(option, _copied(value))
        if option in LISTS:
            keys = {same_key(option, item) for item in present["add"]}
            present["add"] += [item for item in value["add"] if same_key(option, item) not in keys]
        elif same_key(option, present) != same_key(option, value):
            problems.add(
                entry.line,
                f"{place(entry.line, plan.headers_of(option))}: {option} is another one than in line {line}, and both"
                " lines are the same account",
            )


def _twice(first: Person, entry: Entry, plan: Plan) -> str:
    where = place(entry.line, plan.headers_of("userid"))
    if entry.number is not None:
        return f"{where}: the same person as in line {first.line}, by unique_by; set merge_rows to unite the lines"
    is_secret = not plan.secrets.isdisjoint(plan.headers_of("userid"))
    account = "this account" if is_secret else f"account {entry.options['userid']}"
    message = f"{where}: {account} is in line {first.line} already (case does not matter)"
    if "userid" in plan.templates:
        return f"{message}; if these are two people, set unique_by, and if it is one, set merge_rows"
    return f"{message}; if both lines are one person, set merge_rows"
