# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What stands against the plan for a whole directory: looked at as a whole, before the first write."""

from __future__ import annotations

from typing import Iterator, Sequence

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import guards
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.account import Current
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.compare import loses_rights
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._directory.items import (
    GROUP_LISTS,
    Declared,
    Entry,
    Found,
    Problem,
    UserItem,
    userkey,
)

_REMOVALS = (operations.REMOVE_FROM_GROUP, operations.REMOVE_SUBADMIN)
SHOWN_IDS = 10
TOO_FEW = (
    "the server lists {} accounts, but at least {} are expected. A backend such as LDAP may be giving only a part of its"
    " accounts"
)
HIDDEN = (
    "account {} exists, but the signed-in account may not see or change it. A sub-admin can add it to a group with"
    " community.nextcloud.group_member"
)


def problems_of(
    declared: Declared, found: Found, kept_rights: guards.KeptRights | None, entries: Sequence[Entry]
) -> Iterator[Problem]:
    """What a plan of the single accounts and groups cannot see."""
    removed = {userkey(entry.id) for entry in entries if entry.kind == "users" and _removes(entry)}
    for key, item in declared.users.items():
        if item.named_only and key in found.hidden:
            yield Problem(item.where, HIDDEN.format(item.declared.userid))
        elif item.named_only and key not in found.accounts:
            if any(change.add for change in item.from_groups.values()):
                message = f"account {item.declared.userid} does not exist and is not declared"
                yield Problem(item.where, message, awaited=True)
        elif item.declared.state == "present":
            yield from _unknown_groups(item, declared, found)
            yield from _unknown_manager(item, found.accounts.get(key), declared, found, removed)
    if found.listed < declared.min_accounts:
        yield Problem("min_accounts", TOO_FEW.format(found.listed, declared.min_accounts))
    if kept_rights:
        yield from _lockout(kept_rights, found, entries)
    yield from _too_many(declared, found, entries)


def _unknown_groups(item: UserItem, declared: Declared, found: Found) -> Iterator[Problem]:
    for option in GROUP_LISTS.values():
        if option in item.declared.values:
            for groupid in item.declared.values[option].wanted:
                if groupid not in found.groups and groupid not in declared.groups:
                    message = f"{option}: group {groupid} does not exist and is not declared"
                    yield Problem(item.where, message, awaited=True)


def _unknown_manager(
    item: UserItem, current: Current | None, declared: Declared, found: Found, removed: set[str]
) -> Iterator[Problem]:
    manager = (item.declared.lasting(current) if current else item.declared.values).get("manager")
    if not manager:
        return
    key = userkey(manager)
    if key in removed or key in declared.users and declared.users[key].declared.state == "absent":
        yield Problem(item.where, f"manager: account {manager} is removed by this task")
    elif current and userkey(current.values.get("manager") or "") == key:
        return  # it is so already, whatever the server takes it for
    elif key not in found.ids and key not in declared.users:
        yield Problem(item.where, f"manager: account {manager} does not exist and is not declared", awaited=True)


def _removes(entry: Entry) -> bool:
    """Whether the group or account is there no more, or an account that nothing declares is disabled."""
    before, after = entry.plan.before or {}, entry.plan.after or {}
    disabled = not entry.where and before.get("enabled") is True and after.get("enabled") is False
    return bool(entry.plan.steps) and (after.get("state") == "absent" or disabled)


def _lockout(kept_rights: guards.KeptRights, found: Found, entries: Sequence[Entry]) -> Iterator[Problem]:
    """Each account may lose its rights, but not all administrators together."""
    losing = []
    for entry in entries:
        current = found.accounts.get(userkey(entry.id)) if entry.kind == "users" else None
        may_lose = entry.plan.steps and userkey(entry.id) in kept_rights.administrators
        if current and may_lose and loses_rights(entry.declared, current):
            losing.append(entry.id)
    if len(losing) > 1:
        try:
            guards.refuse_lockout(kept_rights, losing, f"take administrator rights from {', '.join(losing)}")
        except Failure as failure:
            yield Problem("users", failure.message)


def _too_many(declared: Declared, found: Found, entries: Sequence[Entry]) -> Iterator[Problem]:
    """Removals beyond `max_removals`: of accounts and groups, and of memberships where a purge takes these."""
    for kind, what, total in (("users", "accounts", len(found.ids)), ("groups", "groups", len(found.groups))):
        ids = [entry.id for entry in entries if entry.kind == kind and _removes(entry)]
        yield from _beyond(declared, what, ids, total)
    if declared.purge.memberships:
        leaving = [
            f"{entry.id} from {(step.query or {})['groupid']}"
            for entry in entries
            for step in entry.plan.steps
            if step.operation in _REMOVALS
        ]
        current_lists = (
            current.values[option] for current in found.accounts.values() for option in GROUP_LISTS.values()
        )
        yield from _beyond(declared, "memberships", leaving, sum(map(len, current_lists)))


def _beyond(declared: Declared, what: str, removed: list[str], total: int) -> Iterator[Problem]:
    allowed = declared.max_removals.of(total)
    if len(removed) > allowed:
        shown = ", ".join(removed[:SHOWN_IDS]) + (", …" if len(removed) > SHOWN_IDS else "")
        yield Problem(
            "max_removals",
            f"{len(removed)} of {total} {what} would be removed ({shown}), but only {allowed} are allowed. To remove"
            f" them, set it to {len(removed)}.",
        )
