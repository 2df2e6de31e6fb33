# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Lists of groups and lists of accounts say the same from two sides: brought together, and checked for agreement."""

from __future__ import annotations

from typing import Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import account
from ansible_collections.community.nextcloud.plugins.module_utils._directory.items import (
    GROUP_LISTS,
    GroupItem,
    Problem,
    UserItem,
    userkey,
)
from ansible_collections.community.nextcloud.plugins.module_utils._values.lists import ListChange


class _Named(NamedTuple):
    """An account as lists of groups name it. userid, where: at the first place. lists: by the account's option."""

    userid: str
    where: str
    lists: dict[str, ListChange]


def merged(groups: Mapping[str, GroupItem], users: Mapping[str, UserItem]) -> tuple[dict[str, UserItem], list[Problem]]:
    """The accounts with what the lists of groups say of them, those that are only named last; and disagreements."""
    named = _named(groups)
    whole = {
        (GROUP_LISTS[name], groupid): frozenset(map(userkey, change.whole))
        for groupid, group in groups.items()
        for name, change in group.lists.items()
        if change.whole is not None
    }
    together, problems = {}, []
    for key, item in users.items():
        by_groups = named[key].lists if key in named else {}
        if item.declared.state == "absent":
            problems += [
                Problem(item.where, f"is declared absent, but is in {named[key].where}")
                for change in by_groups.values()
                if change.add
            ]
        else:
            problems += _disagreements(item, by_groups, whole, groups)
        together[key] = _with(item, by_groups)
    for key, found in named.items():
        if key not in users:
            item = UserItem(found.where, account.Declared(found.userid), named_only=True)
            together[key] = _with(item, found.lists)
    return together, problems


def _named(groups: Mapping[str, GroupItem]) -> dict[str, _Named]:
    named: dict[str, _Named] = {}
    for groupid, group in groups.items():
        for name, change in group.lists.items():
            option = GROUP_LISTS[name]
            for userid in (*change.wanted, *change.remove):
                key = userkey(userid)
                lists = named.setdefault(key, _Named(userid, f"{group.where}.{name}", {})).lists
                side = lists.get(option, ListChange())
                if userid in change.remove:
                    lists[option] = side._replace(remove=(*side.remove, groupid))
                else:
                    lists[option] = side._replace(add=(*side.add, groupid))
    return named


def _disagreements(
    item: UserItem,
    by_groups: Mapping[str, ListChange],
    whole: Mapping[tuple[str, str], frozenset[str]],
    groups: Mapping[str, GroupItem],
) -> list[Problem]:
    """Where the account's own lists say the contrary of what a group says."""
    problems = []
    key = userkey(item.declared.userid)
    for option in GROUP_LISTS.values():
        own = item.declared.values.get(option, ListChange())
        side = by_groups.get(option, ListChange())
        wanted = set(own.wanted)
        against = wanted & set(side.remove)
        against |= {groupid for groupid in wanted if key not in whole.get((option, groupid), (key,))}
        against |= set(side.add) & set(own.remove)
        if own.whole is not None:
            against |= set(side.add) - wanted
        for groupid in sorted(against):
            problems.append(Problem(item.where, f"{option}: contradicts {groups[groupid].where}"))
        for groupid in sorted(wanted):
            if groupid in groups and groups[groupid].declared.state == "absent":
                problems.append(Problem(item.where, f"{option}: {groups[groupid].where} is declared absent"))
    return problems


def _with(item: UserItem, by_groups: Mapping[str, ListChange]) -> UserItem:
    """The account with both sides' word in its own lists, which is how a new account gets them."""
    if not by_groups:
        return item
    values = dict(item.declared.values)
    for option, side in by_groups.items():
        own = values.get(option, ListChange())
        if own.whole is None:
            values[option] = own._replace(add=(*own.add, *side.add), remove=(*own.remove, *side.remove))
    return item._replace(declared=item.declared._replace(values=values), from_groups=by_groups)
