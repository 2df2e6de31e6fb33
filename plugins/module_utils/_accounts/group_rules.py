# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Which changes of memberships and sub-admin rights can be carried out: by backend, and by who is signed in. Pure."""

from __future__ import annotations

from typing import Callable, Iterable

from ansible_collections.community.nextcloud.plugins.module_utils._accounts.groups import GroupRights
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._values.lists import ListChange


def possible(
    change: ListChange, before: list[str], rights: GroupRights, on_readonly: str
) -> tuple[list[str], list[str]]:
    """The groups of an account after the change, as far as their backends allow it, and warnings.

    A whole list leaves memberships alone that cannot be ended. Failure (read_only) for a declared one that cannot be.
    """
    after, refused = _as_far_as_allowed(
        change, before, kinds.GROUPID, rights.no_add.__contains__, rights.no_remove.__contains__
    )
    remedy = "Change them in the backend, omit them, or set on_readonly."
    return after, _warnings("groups", refused, remedy, on_readonly) if refused else []


def possible_members(
    groupid: str, change: ListChange, before: list[str], rights: GroupRights, on_readonly: str
) -> tuple[list[str], list[str]]:
    """As `possible`, for the members of one group."""
    after, refused = _as_far_as_allowed(
        change,
        before,
        kinds.USERID,
        lambda userid: groupid in rights.no_add,
        lambda userid: groupid in rights.no_remove,
    )
    remedy = "Change them in the backend, or set on_readonly."
    return after, _warnings("users", [groupid], remedy, on_readonly) if refused else []


def _as_far_as_allowed(
    change: ListChange,
    before: list[str],
    kind: kinds.Kind,
    is_shut: Callable[[str], bool],
    is_held: Callable[[str], bool],
) -> tuple[list[str], list[str]]:
    """The list after the change without what cannot be added, and with what cannot be removed; and what of it is declared."""
    after = change.applied_to(before, kind)
    named = {kind.key(item) for item in change.remove}
    shut = {item for item in after if item not in before and is_shut(item)}
    held = {item for item in before if item not in after and is_held(item)}
    return sorted(set(after) - shut | held), sorted(shut | {item for item in held if kind.key(item) in named})


def _warnings(option: str, groupids: list[str], remedy: str, on_readonly: str) -> list[str]:
    """Failure (read_only) unless on_readonly says otherwise."""
    named = ("group " if len(groupids) == 1 else "groups ") + ", ".join(groupids)
    message = f"{option}: The backend of {named} does not allow members to be added or removed."
    if on_readonly == "fail":
        raise Failure("read_only", f"{message} {remedy}")
    return [f"{message} They were skipped."] if on_readonly == "warn" else []


def check_new(groups: list[str], subadmin_of: list[str], rights: GroupRights) -> None:
    """Failure (permission) unless the signed-in account may create an account with these groups and rights."""
    if rights.leads is None:
        return
    _check_led("groups", groups, rights.leads)
    _check_led("subadmin_of", subadmin_of, rights.leads)
    if not set(groups) - rights.no_add:
        raise Failure(
            "permission",
            f"groups: must name at least one of the groups that the signed-in account manages{_named(rights.leads)}, so that"
            " it can create the account.",
        )


def check_memberships(before: list[str], after: list[str], rights: GroupRights) -> None:
    """Failure unless the signed-in account may change the groups of an existing account so."""
    if rights.leads is None or set(before) == set(after):
        return
    _check_led("groups", set(before) ^ set(after), rights.leads)
    if set(before) & rights.leads and not set(after) & rights.leads:
        check_not_last("groups", ["the account"])


def check_not_last(option: str, accounts: Iterable[str]) -> None:
    """Failure (permission) where accounts are to leave the last group that the signed-in sub-admin manages of them."""
    if named := ", ".join(sorted(accounts)):
        raise Failure(
            "permission",
            f"{option}: the signed-in account cannot remove {named} from the last group that it manages of an account."
            " Disable or delete it, or ask an administrator.",
        )


def check_subadmin_rights(before: list[str], after: list[str], rights: GroupRights) -> None:
    """Failure (permission) unless the signed-in account may change sub-admin rights so."""
    if rights.leads is not None and set(before) != set(after):
        raise Failure("permission", "subadmin_of: only an administrator can change the sub-admin rights of an account.")


def _check_led(option: str, groupids: Iterable[str], leads: frozenset[str]) -> None:
    others = sorted(set(groupids) - leads)
    if others:
        raise Failure(
            "permission",
            f"{option}: the signed-in account does not manage {', '.join(others)}, but only these groups{_named(leads)}.",
        )


def _named(groupids: Iterable[str]) -> str:
    return f" ({', '.join(sorted(groupids)) or 'none'})"
