# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The plan for a whole directory: the planners of groups and accounts, mapped over all items. Pure, as these are."""

from __future__ import annotations

from typing import Iterator, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._directory import checks
from ansible_collections.community.nextcloud.plugins.module_utils._groups import group as _group
from ansible_collections.community.nextcloud.plugins.module_utils._accounts import guards
from ansible_collections.community.nextcloud.plugins.module_utils._accounts import plan as _user_plan
from ansible_collections.community.nextcloud.plugins.module_utils._directory.items import (
    GROUP_LISTS,
    Desired,
    Entry,
    Found,
    Problem,
    Server,
    UserItem,
    failure_of,
    userkey,
)
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.fields import ListChange
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import Plan, Step
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.plan import Current

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


def plan(declared: Desired, found: Found, server: Server) -> DirectoryPlan:
    """All calls that bring the directory to what is declared. Failure lists everything that stands against it."""
    problems = list(declared.problems)
    entries = (*_group_entries(declared, found, problems), *_user_entries(declared, found, server, problems))
    problems += checks.problems_of(declared, found, server.standing, entries)
    if any(not problem.awaited for problem in problems):
        raise failure_of(problems)
    warnings = tuple(f"{entry.where or entry.id}: {warning}" for entry in entries for warning in entry.plan.warnings)
    blocker = failure_of(problems) if problems else None
    return DirectoryPlan(entries, warnings, blocker, server.exempt, declared.diff_limit)


def _group_entries(declared: Desired, found: Found, problems: list[Problem]) -> Iterator[Entry]:
    for groupid, item in declared.groups.items():
        try:
            made = _group.plan(item.declared, found.groups.get(groupid))
        except Failure as failure:
            problems.append(Problem(item.where, failure.message))
        else:
            yield Entry("groups", groupid, item.where, item.declared, made if made.steps else UNCHANGED)
    if declared.purge.groups:
        kept = {guards.ADMIN_GROUP, *declared.groups, *found.fixed_groups, *_wanted_groups(declared)}
        for groupid in sorted(set(found.groups) - kept):
            if not declared.protected.has_group(groupid):
                gone = _group.Desired(groupid, state="absent")
                yield Entry("groups", groupid, "", gone, _group.plan(gone, found.groups[groupid]))


def _wanted_groups(declared: Desired) -> set[str]:
    """The groups that accounts are declared to be in or to manage."""
    return {
        groupid
        for item in declared.users.values()
        for option in GROUP_LISTS.values()
        if option in item.declared.values
        for groupid in item.declared.values[option].wanted
    }


def _user_entries(declared: Desired, found: Found, server: Server, problems: list[Problem]) -> Iterator[Entry]:
    leaving = _leaving(declared, found)
    for key, item in declared.users.items():
        current = found.accounts.get(key)
        if item.named_only and current is None:
            continue  # a problem of its own
        own = as_planned(declared, item, current, leaving.get(key, {}))
        try:
            made = _user_plan.plan(own, current, server.for_account(key))
        except Failure as failure:
            problems.append(Problem(item.where, failure.message))
        else:
            userid = current.userid if current else own.userid
            yield Entry("users", userid, item.where, own, made if made.steps or made.warnings else UNCHANGED)
    for key in sorted(set(found.accounts) - set(declared.users)):
        current = found.accounts[key]
        gone = _undeclared(declared, current, leaving.get(key, {}), server)
        try:
            made = _user_plan.plan(gone, current, server.for_account(key))
        except Failure as failure:
            problems.append(Problem(current.userid, failure.message))
        else:
            if made.steps:
                yield Entry("users", current.userid, "", gone, made)


def _leaving(declared: Desired, found: Found) -> dict[str, dict[str, list[str]]]:
    """By account and list: the groups that it has to leave because the group's whole list, or a purge, says so."""
    leaving: dict[str, dict[str, list[str]]] = {}
    for name, option in GROUP_LISTS.items():
        for groupid, members in found.members.get(option, {}).items():
            change = declared.groups[groupid].lists.get(name, ListChange())
            staying = {userkey(userid) for userid in change.wanted}
            for userid in members:
                key = userkey(userid)
                if key not in staying and (change.whole is not None or _is_purged(declared, key, userid, groupid)):
                    leaving.setdefault(key, {}).setdefault(option, []).append(groupid)
    return leaving


def _is_purged(declared: Desired, key: str, userid: str, groupid: str) -> bool:
    """Whether a purge of memberships takes an account that nothing declares out of a group."""
    return (
        declared.purge.memberships
        and groupid != guards.ADMIN_GROUP
        and key not in declared.users
        and not declared.protected.has_user(userid)
    )


def as_planned(
    declared: Desired, item: UserItem, current: Current | None, leaving: Mapping[str, list[str]] | None = None
) -> _user_plan.Desired:
    """The account with the groups that it has to leave, and, where it exists, without what only its creation sets."""
    own = item.declared
    if current is None or own.state == "absent":
        return own
    values = dict(own.values)
    only_on_create = set(own.only_on_create)
    for option in GROUP_LISTS.values():
        change = values.get(option, ListChange())
        if option in only_on_create:
            # What the account itself says is for its creation; what a group says holds always.
            change = item.from_groups.get(option, ListChange())
            only_on_create.discard(option)
        elif declared.purge.memberships and change.whole is None and not item.named_only:
            change = change._replace(remove=(*change.remove, *_stale(declared, current.values[option], change)))
        if change.whole is None and leaving and option in leaving:
            change = change._replace(remove=(*change.remove, *leaving[option]))
        if option in values or change != ListChange():
            values[option] = change
    return own._replace(values=values, only_on_create=frozenset(only_on_create))


def _stale(declared: Desired, held: list[str], change: ListChange) -> list[str]:
    """The groups of an account that nothing declares for it. A purge does not unmake administrators."""
    return [
        groupid
        for groupid in held
        if groupid not in change.add and groupid != guards.ADMIN_GROUP and not declared.protected.has_group(groupid)
    ]


def _undeclared(
    declared: Desired, current: Current, leaving: Mapping[str, list[str]], server: Server
) -> _user_plan.Desired:
    """What becomes of an account that nothing declares."""
    lists = {option: ListChange(remove=tuple(groupids)) for option, groupids in leaving.items()}
    gone = _user_plan.Desired(current.userid, values=lists)
    if declared.purge.users == "nothing" or _is_kept(declared, current, server):
        return gone
    if declared.purge.users == "delete":
        return gone._replace(state="absent")
    return gone._replace(enabled=False)


def _is_kept(declared: Desired, current: Current, server: Server) -> bool:
    """Accounts that a purge never touches: protected ones, one's own, and those of a backend that is only read."""
    return (
        declared.protected.has_user(current.userid)
        or server.standing is not None
        and userkey(current.userid) == server.standing.signed_in
        or not any(current.capabilities.get(name, True) for name in ("setDisplayName", "setPassword"))
    )
