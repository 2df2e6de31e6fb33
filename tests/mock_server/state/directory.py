# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The directory of a server: its accounts and groups, who is in what, and who may manage whom."""

from __future__ import annotations

import hashlib
import re
import typing as t

from ..values import php
from ..values.errors import BadField, OcsError
from .model import ADMIN_GROUP, Account, Group

LONGEST_ID = 64
_ALLOWED_ID = re.compile(r"[a-zA-Z0-9 _.@'-]+")
LONGEST_GROUP_NAME = 255
# Names that the server keeps for itself in the data directory, where each account has a folder.
_TAKEN_FOLDERS = frozenset(
    (
        ".htaccess",
        ".ncdata",
        "__groupfolders",
        "audit.log",
        "files_external",
        "index.html",
        "nextcloud.log",
        "owncloud.log",
        "updater.log",
    )
)

T = t.TypeVar("T")


class Ties(t.NamedTuple):
    """Ids of the groups that an account is in, and of those it is a sub-admin of."""

    member_of: list[str]
    leads: list[str]


class Directory:
    """Account ids match without regard to case, group ids with."""

    def __init__(self) -> None:
        self._accounts: dict[str, Account] = {}
        self._groups: dict[str, Group] = {}
        # Sorting tens of thousands of accounts anew for each page would be most of the work of a page.
        self._by_name: list[Account] | None = None

    # Accounts

    def account(self, userid: str) -> Account | None:
        return self._accounts.get(userid.lower())

    def accounts(self) -> list[Account]:
        return list(self._accounts.values())

    def add(self, account: Account) -> Account:
        self._accounts[account.userid.lower()] = account
        self._by_name = None
        return account

    def rename(self, account: Account, display_name: str) -> None:
        """An empty name, and the one that is shown already, change nothing."""
        if display_name not in ("", "0", account.shown_name):
            account.display_name = display_name
            self._by_name = None

    def check_new_id(self, userid: str) -> None:
        """Raise where an account may not be called that."""
        if not userid.strip():
            raise OcsError(101, "A valid login is needed")
        if not _ALLOWED_ID.fullmatch(userid):
            raise OcsError(101, "The login holds a character that is not allowed")
        if userid != userid.strip():
            raise OcsError(101, "The login starts or ends with a space")
        if userid in (".", ".."):
            raise OcsError(101, "The login consists of dots only")
        if len(userid) > LONGEST_ID:
            raise OcsError(101, "The login is too long")
        if userid in _TAKEN_FOLDERS:
            raise OcsError(101, "Files exist for this login")

    def remove(self, account: Account) -> None:
        del self._accounts[account.userid.lower()]
        self._by_name = None
        for group in self._groups.values():
            group.members.pop(account.userid, None)
            group.subadmins.pop(account.userid, None)

    # Groups

    def group(self, groupid: str) -> Group | None:
        return self._groups.get(groupid)

    def add_group(self, groupid: str, display_name: str = "") -> Group:
        """Ids over 64 characters are stored as a hash, so that the id sent finds nothing."""
        if groupid in self._groups:
            raise OcsError(102, "group exists")
        if len(groupid) > LONGEST_GROUP_NAME:
            raise BadField()
        stored = groupid if len(groupid) <= LONGEST_ID else hashlib.sha256(groupid.encode()).hexdigest()
        if stored in self._groups:
            raise OcsError(103, "Not supported by backend")
        group = self._groups[stored] = Group(stored, php.trim(display_name) or groupid)
        return group

    def put_group(self, group: Group) -> None:
        """A group as it is, unchecked."""
        self._groups[group.groupid] = group

    def remove_group(self, group: Group) -> None:
        del self._groups[group.groupid]

    def groups(self) -> list[Group]:
        return list(self._groups.values())

    def groups_of(self, account: Account) -> list[Group]:
        return [group for group in self._groups.values() if account.userid in group.members]

    def led_by(self, account: Account) -> list[Group]:
        return [group for group in self._groups.values() if account.userid in group.subadmins]

    def ties_of(self, accounts: t.Collection[Account]) -> dict[str, Ties]:
        """The groups of many accounts, found with one look at each group."""
        ties = {account.userid: Ties([], []) for account in accounts}
        for group in self._groups.values():
            for userid in ties.keys() & group.members.keys():
                ties[userid].member_of.append(group.groupid)
            for userid in ties.keys() & group.subadmins.keys():
                ties[userid].leads.append(group.groupid)
        return ties

    # Rights

    def is_admin(self, account: Account) -> bool:
        admins = self._groups.get(ADMIN_GROUP)
        return admins is not None and account.userid in admins.members

    def is_subadmin(self, account: Account) -> bool:
        return any(account.userid in group.subadmins for group in self._groups.values())

    def manages_group(self, actor: Account, group: Group) -> bool:
        return self.is_admin(actor) or actor.userid in group.subadmins

    def reaches(self, actor: Account, target: Account) -> bool:
        """Administrators reach everyone, sub-admins members of their groups but no administrators, all themselves."""
        if target is actor or self.is_admin(actor):
            return True
        return not self.is_admin(target) and any(target.userid in group.members for group in self.led_by(actor))

    # Lists

    def find_accounts(self, search: str, limit: int | None, offset: int) -> list[Account]:
        """A page is cut in the order of display names (unset ones last), and shown in the order of ids."""
        if self._by_name is None:
            self._by_name = sorted(self._accounts.values(), key=_page_order)
        found = [account for account in self._by_name if _matches(account, search)] if search else self._by_name
        return sorted(page(found, limit, offset), key=id_order)

    def matching(self, search: str) -> list[Account]:
        return [account for account in self._accounts.values() if _matches(account, search)]

    def members(self, group: Group, search: str = "") -> list[Account]:
        """In the order of ids, by capitals first; found ones in the order that disregards case."""
        found = [self._accounts[userid.lower()] for userid in group.members]
        if not search:
            return sorted(found, key=lambda account: account.userid)
        return sorted((account for account in found if _matches(account, search)), key=id_order)

    def page_of_members(self, group: Group, search: str, limit: int | None, offset: int) -> list[Account]:
        """-1 is no limit here; less is an error of the database."""
        if limit is not None and limit < -1:
            raise BadField()
        return page(self.members(group, search), limit, offset)

    def page_of_led(self, group: Group, search: str, limit: int | None, offset: int) -> list[Account]:
        """As a sub-admin sees a group. A search without a limit finds nothing: the server looks at no account."""
        search = php.trim(search)
        if search in ("", "0"):
            return self.page_of_members(group, "", limit, offset)
        if limit is None:
            return []
        found = [account for account in self.find_in_order(search) if account.userid in group.members]
        return page(found, limit, offset)

    def find_in_order(self, search: str) -> list[Account]:
        return sorted(self.matching(search), key=_page_order)

    def find_groups(self, search: str, limit: int | None, offset: int) -> list[Group]:
        """A limit of 0 is none, and an offset below zero is not looked at: here, and nowhere else."""
        search = search.lower()
        found = [
            group
            for groupid, group in sorted(self._groups.items())
            if search in groupid.lower() or search in group.display_name.lower()
        ]
        return page(found, limit or None, max(offset, 0))


def page(items: list[T], limit: int | None, offset: int) -> list[T]:
    """A part of a list. No limit, or one below zero, means all of it; an offset below zero is a server error."""
    if offset < 0:
        raise BadField()
    if limit is None or limit < 0:
        return items[offset:]
    return items[offset : offset + limit]


def id_order(account: Account) -> str:
    return account.userid.lower()


def _page_order(account: Account) -> tuple[bool, str, str]:
    return (not account.display_name, account.display_name.lower(), account.userid.lower())


def _matches(account: Account, search: str) -> bool:
    search = search.lower()
    return any(search in text.lower() for text in (account.userid, account.display_name, account.email or ""))
