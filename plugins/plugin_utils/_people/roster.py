# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""A file of people to accounts and groups, in the options of the modules. ValueError says where and why not.

The path: bytes, text, rows of named cells, options of each row, people. All that is wrong with the rows is told at once.
No message repeats the cell of a password.
"""

from __future__ import annotations

import os
from typing import Any

from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster import decoding, unique
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.cells import Reading, options_of
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.columns import Plan, planned
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.people import Entry, Person, people_of
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.problems import Problems, place
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.separator import find_separator
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.settings import Settings, check
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.table import Row, Table, read_table


def read_roster(content: bytes | str, settings: Settings, remember: bool = False) -> dict[str, list[dict[str, Any]]]:
    """{users, groups}: the accounts in the file's order, and each group that one of them names.

    content: bytes, or text as Ansible reads it. remember: whether new ids are written to unique_file.
    """
    if not isinstance(content, (str, bytes)):
        raise ValueError(f"the CSV must be text, not {type(content).__name__}")
    check(settings)
    problems = Problems()
    plan = planned(settings.columns, settings.compose, settings.unique_by, problems)
    problems.raise_if_any()
    table = read_table(decoding.text_of(content, settings.encoding), settings, plan, problems)
    users = people_of(_entries(table, settings, plan, problems), settings.merge_rows, plan, problems)
    problems.raise_if_any()
    if settings.unique_file:
        users = _with_unique_ids(users, plan, settings.unique_file, remember)
    accounts = [person.options for person in users]
    return {"users": accounts, "groups": [{"groupid": groupid} for groupid in _groupids(accounts)]}


def _entries(table: Table, settings: Settings, plan: Plan, problems: Problems) -> list[Entry]:
    """What the rows say, without those that name nobody: these are among the problems."""
    separator = settings.list_separator
    if separator is None:
        try:
            separator = find_separator(table, plan)
        except ValueError as error:
            problems.add(0, str(error))
    # Without a header line, nothing but the order of the settings tells which column holds passwords.
    shows_cells = settings.header is None or not plan.secrets
    reading = Reading(plan, problems, separator, settings.phone_region, shows_cells, plan.secrets)
    rows = [(row, options_of(row, reading), _person(row, settings, problems)) for row in table.rows]
    return [Entry(row.line, options, person) for row, options, person in rows if "userid" in options]


def _person(row: Row, settings: Settings, problems: Problems) -> str | None:
    if not settings.unique_by:
        return None
    person = row.cells[settings.unique_by]
    if not person:
        where = place(row.line, [settings.unique_by])
        problems.add(row.line, f"{where}: must not be empty, because unique_by tells people apart by it")
    return person


def _with_unique_ids(people: list[Person], plan: Plan, path: str, remember: bool) -> list[Person]:
    """The people under the ids that stay with them, and under those of their managers.

    A manager is composed of a name too, so it is whoever has this name.
    """
    named: dict[str, list[str]] = {}
    for person in people:
        named.setdefault(person.options["userid"], []).append(person.number)
    if "manager" in plan.templates:
        _check_managers(people, named, plan)
    composed = [unique.Named(person.number, person.options["userid"], person.line) for person in people]
    ids = unique.remembered(os.path.expanduser(path), composed, remember)
    for person in people:
        person.options["userid"] = ids[person.number]
        manager = person.options.get("manager")
        if "manager" in plan.templates and manager in named:
            person.options["manager"] = ids[named[manager][0]]
    return people


def _check_managers(people: list[Person], named: dict[str, list[str]], plan: Plan) -> None:
    problems = Problems()
    for person in people:
        if len(named.get(person.options.get("manager", ""), ())) > 1:
            where = place(person.line, plan.headers_of("manager"))
            problems.add(person.line, f"{where}: several people have the name of this manager")
    problems.raise_if_any()


def _groupids(users: list[dict[str, Any]]) -> list[str]:
    lists = [user[option]["add"] for user in users for option in ("groups", "subadmin_of") if option in user]
    return sorted({groupid for groupids in lists for groupid in groupids})
