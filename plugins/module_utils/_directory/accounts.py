# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What a directory wants of each account, in the terms in which a single account is declared. Pure."""

from __future__ import annotations

from typing import Iterator, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import account, guards
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.account import Current
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.guards import KeptRights
from ansible_collections.community.nextcloud.plugins.module_utils._directory.items import (
    GROUP_LISTS,
    Declared,
    Found,
    UserItem,
    userkey,
)
from ansible_collections.community.nextcloud.plugins.module_utils._values.lists import ListChange


class Wanted(NamedTuple):
    """An account as a directory wants it.

    key: its `userkey`. where: its position in the input, '' for an account that nothing declares.
    current: None where there is no such account.
    """

    key: str
    where: str
    declared: account.Declared
    current: Current | None


def wanted_accounts(declared: Declared, found: Found, kept_rights: KeptRights | None) -> Iterator[Wanted]:
    """The accounts in the order of the input, then those that nothing declares. One that lists of groups only name, and
    that does not exist, is not among them."""
    leaving = _leaving(declared, found)
    fixed = found.rights.no_remove
    for key, item in declared.users.items():
        current = found.accounts.get(key)
        if current is not None or not item.named_only:
            yield Wanted(key, item.where, _of_declared(declared, item, current, leaving.get(key, {}), fixed), current)
    for key in sorted(set(found.accounts) - set(declared.users)):
        current = found.accounts[key]
        yield Wanted(key, "", _of_undeclared(declared, current, leaving.get(key, {}), kept_rights), current)


def _leaving(declared: Declared, found: Found) -> dict[str, dict[str, list[str]]]:
    """By account and list: the groups that it has to leave because the group's whole list, or a purge, says so."""
    leaving: dict[str, dict[str, list[str]]] = {}
    for name, option in GROUP_LISTS.items():
        fixed = found.rights.no_remove if name == "users" else frozenset()
        for groupid, members in found.members.get(option, {}).items():
            if groupid in fixed:
                continue  # its backend lets nobody go
            change = declared.groups[groupid].lists.get(name, ListChange())
            staying = {userkey(userid) for userid in change.wanted}
            for userid in members:
                key = userkey(userid)
                if key not in staying and (change.whole is not None or _is_purged(declared, key, userid, groupid)):
                    leaving.setdefault(key, {}).setdefault(option, []).append(groupid)
    return leaving


def _is_purged(declared: Declared, key: str, userid: str, groupid: str) -> bool:
    """Whether a purge of memberships takes an account that nothing declares out of a group."""
    return (
        declared.purge.memberships
        and groupid != guards.ADMIN_GROUP
        and key not in declared.users
        and not declared.protected.has_user(userid)
    )


def _of_declared(
    declared: Declared,
    item: UserItem,
    current: Current | None,
    leaving: Mapping[str, list[str]],
    fixed: frozenset[str],
) -> account.Declared:
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
            kept = fixed if option == "groups" else frozenset()
            stale = _stale(declared, current.values[option], change)
            change = change._replace(remove=(*change.remove, *(groupid for groupid in stale if groupid not in kept)))
        if change.whole is None and option in leaving:
            change = change._replace(remove=(*change.remove, *leaving[option]))
        if option in values or change != ListChange():
            values[option] = change
    return own._replace(values=values, only_on_create=frozenset(only_on_create))


def _stale(declared: Declared, current: list[str], change: ListChange) -> list[str]:
    """The groups of an account that nothing declares for it. A purge does not unmake administrators."""
    return [
        groupid
        for groupid in current
        if groupid not in change.add and groupid != guards.ADMIN_GROUP and not declared.protected.has_group(groupid)
    ]


def _of_undeclared(
    declared: Declared, current: Current, leaving: Mapping[str, list[str]], kept_rights: KeptRights | None
) -> account.Declared:
    """What becomes of an account that nothing declares."""
    lists = {option: ListChange(remove=tuple(groupids)) for option, groupids in leaving.items()}
    gone = account.Declared(current.userid, values=lists, removable_backends=declared.removable_backends)
    if declared.purge.users == "nothing" or _is_kept(declared, current, kept_rights):
        return gone
    if declared.purge.users == "delete":
        return gone._replace(state="absent")
    return gone._replace(enabled=False)


def _is_kept(declared: Declared, current: Current, kept_rights: KeptRights | None) -> bool:
    """Accounts that a purge never touches: protected ones, one's own, and those of a backend that no option names."""
    return (
        declared.protected.has_user(current.userid)
        or kept_rights is not None
        and userkey(current.userid) == kept_rights.signed_in
        or current.backend not in declared.removable_backends
    )
