# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The plan for a whole directory: the planners of groups and accounts, mapped over all items. Pure, as these are."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Callable, Iterator, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import compare, guards
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.plan import plan as plan_account
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._directory.accounts import wanted_accounts
from ansible_collections.community.nextcloud.plugins.module_utils._directory.checks import HIDDEN, problems_of
from ansible_collections.community.nextcloud.plugins.module_utils._directory.items import (
    GROUP_LISTS,
    Declared,
    Entry,
    Facts,
    Found,
    Problem,
    failure_of,
)
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import Plan, Step
from ansible_collections.community.nextcloud.plugins.module_utils._groups import group

UNCHANGED = Plan((), None, None)


class Outcome(NamedTuple):
    """What became of an entry that is not as planned. result: failed or not_tried."""

    result: str
    failure: Failure | None = None


class DirectoryPlan(NamedTuple):
    """Groups and accounts in the order of the input, then those that nothing declares.

    blocker: as in `Plan`. exempt: the server does not limit these calls.
    diff_limit: so many of the entries that change are in a diff.
    outcomes: by the position of the entry, where it did not come out as planned; failure: then of the whole task.
    """

    entries: tuple[Entry, ...]
    warnings: tuple[str, ...] = ()
    blocker: Failure | None = None
    exempt: bool = False
    diff_limit: int = 100
    outcomes: Mapping[int, Outcome] = {}
    failure: Failure | None = None

    @property
    def steps(self) -> Iterator[Step]:
        return (step for entry in self.entries for step in entry.plan.steps)

    @property
    def changed(self) -> bool:
        return any(entry.plan.changed for entry in self.entries)


def needs(declared: Declared, found: Found, known: Facts) -> dict[str, set[str]]:
    """The facts, by their names, that the plan still needs, and the keys of the accounts that need them.

    They are those of single accounts, and `exempt` where there are more edits than a server takes at once.
    """
    if declared.purge.users != "nothing" and known.of_all.kept_rights is None:
        return {"kept_rights": set()}  # it says which accounts a purge leaves alone
    missing = defaultdict(set)
    edits = 0
    for wanted in wanted_accounts(declared, found, known.of_all.kept_rights):
        facts = known.of_account(wanted.key)
        edits += compare.edit_count(wanted.declared, wanted.current, facts)
        if wanted.current is not None:
            for name in compare.needs(wanted.declared, wanted.current, facts):
                missing[name].add(wanted.key)
    if edits > operations.COLLECTION_EDITS.calls and known.exempt is None and not set(missing) - {"can_patch"}:
        missing["exempt"] = set()
    return missing


def plan(declared: Declared, found: Found, facts: Facts) -> DirectoryPlan:
    """All calls that bring the directory to what is declared. Failure lists everything that stands against it."""
    made = [*_groups(declared, found), *_accounts(declared, found, facts)]
    entries = tuple(one for one in made if isinstance(one, Entry))
    problems = [*declared.problems, *(one for one in made if isinstance(one, Problem))]
    problems += problems_of(declared, found, facts.of_all.kept_rights, entries)
    if any(not problem.awaited for problem in problems):
        raise failure_of(problems)
    warnings = tuple(f"{entry.where or entry.id}: {warning}" for entry in entries for warning in entry.plan.warnings)
    blocker = failure_of(problems) if problems else None
    return DirectoryPlan(entries, warnings, blocker, bool(facts.exempt), declared.diff_limit)


def _groups(declared: Declared, found: Found) -> Iterator[Entry | Problem]:
    for groupid, item in declared.groups.items():
        yield _entry("groups", groupid, item.where, item.declared, group.plan, found.groups.get(groupid), found.rights)
    if declared.purge.groups:
        kept = {guards.ADMIN_GROUP, *declared.groups, *found.rights.no_remove, *_wanted_groups(declared)}
        for groupid in sorted(set(found.groups) - kept):
            if not declared.protected.has_group(groupid):
                gone = group.Declared(groupid, state="absent")
                yield _entry("groups", groupid, "", gone, group.plan, found.groups[groupid], found.rights)


def _wanted_groups(declared: Declared) -> set[str]:
    """The groups that accounts are declared to be in or to manage."""
    return {
        groupid
        for item in declared.users.values()
        for option in GROUP_LISTS.values()
        if option in item.declared.values
        for groupid in item.declared.values[option].wanted
    }


def _accounts(declared: Declared, found: Found, facts: Facts) -> Iterator[Entry | Problem]:
    for wanted in wanted_accounts(declared, found, facts.of_all.kept_rights):
        if wanted.key in found.hidden:
            yield Problem(wanted.where, HIDDEN.format(wanted.declared.userid))
            continue
        userid = wanted.current.userid if wanted.current else wanted.declared.userid
        made = _entry(
            "users", userid, wanted.where, wanted.declared, plan_account, wanted.current, facts.of_account(wanted.key)
        )
        if wanted.where or isinstance(made, Problem) or made.plan.steps:
            yield made


def _entry(
    kind: str, id_: str, where: str, declared: Any, planner: Callable[[Any, Any, Any], Plan], current: Any, facts: Any
) -> Entry | Problem:
    """The plan of one item, or what is wrong with it."""
    try:
        made = planner(declared, current, facts)
    except Failure as failure:
        return Problem(where or id_, failure.message)
    return Entry(kind, id_, where, declared, made if made.steps or made.warnings else UNCHANGED)
