# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The directory of a server: its accounts and groups, who is in what, and who may manage whom."""

from __future__ import annotations

import hashlib
import re
import typing as t

from .errors import BadField, OcsError
from .model import ADMIN_GROUP, Account, Group

LONGEST_ID = 64
_ALLOWED_ID = re.compile(r"[a-zA-Z0-9 _.@'-]+")
# Names of files in the data directory, where each account has a folder.
_TAKEN_FOLDERS = frozenset((".htaccess", ".ocdata", "files_external", "nextcloud.log", "audit.log"))

T = t.TypeVar("T")


class Directory:
    """Account ids match without regard to case, group ids with."""

    def __init__(self) -> None:
        self._accounts: dict[str, Account] = {}
        self._groups: dict[str, Group] = {}

    # Accounts

    def account(self, userid: str) -> Account | None:
        return self._accounts.get(userid.lower())

    def accounts(self) -> list[Account]:
        return list(self._accounts.values())

    def add(self, account: Account) -> Account:
        self._accounts[account.userid.lower()] = account
        return account

    def check_new_id(self, userid: str) -> None:
        """Raise where an account may not be called that."""
        if not userid.strip():
            raise OcsError(101, "A valid login is needed")
        if not _ALLOWED_ID.fullmatch(userid):
            raise OcsError(101, "The login holds a character that is not allowed")
        if userid != userid.strip():
            raise OcsError(101, "The login starts or ends with a space")
        if not userid.strip("."):
            raise OcsError(101, "The login consists of dots only")
        if len(userid) > LONGEST_ID:
            raise OcsError(101, "The login is too long")
        if userid.lower() in _TAKEN_FOLDERS:
            raise OcsError(101, "Files exist for this login")

    def remove(self, account: Account) -> None:
        del self._accounts[account.userid.lower()]
        for group in self._groups.values():
            group.members.pop(account.userid, None)
            group.subadmins.pop(account.userid, None)

    # Groups

    def group(self, groupid: str) -> Group | None:
        return self._groups.get(groupid)

    def add_group(self, groupid: str, display_name: str = "") -> Group:
        """Ids over 64 characters are stored as a hash, so that the id sent finds nothing."""
        stored = groupid if len(groupid) <= LONGEST_ID else hashlib.sha256(groupid.encode()).hexdigest()
        if stored in self._groups:
            raise OcsError(102, "group exists")
        group = self._groups[stored] = Group(stored, display_name or groupid)
        return group

    def remove_group(self, group: Group) -> None:
        del self._groups[group.groupid]

    def groups_of(self, account: Account) -> list[Group]:
        return [group for group in self._groups.values() if account.userid in group.members]

    def led_by(self, account: Account) -> list[Group]:
        return [group for group in self._groups.values() if account.userid in group.subadmins]

    # Rights

    def is_admin(self, account: Account) -> bool:
        admins = self._groups.get(ADMIN_GROUP)
        return admins is not None and account.userid in admins.members

    def is_subadmin(self, account: Account) -> bool:
        return any(account.userid in group.subadmins for group in self._groups.values())

    def manages_group(self, actor: Account, group: Group) -> bool:
        return self.is_admin(actor) or actor.userid in group.subadmins

    def manages(self, actor: Account, target: Account) -> bool:
        """Administrators manage everyone, sub-admins the members of their groups who are no administrators."""
        if self.is_admin(actor):
            return True
        return not self.is_admin(target) and any(target.userid in group.members for group in self.led_by(actor))

    # Lists

    def find_accounts(self, search: str, limit: int | None, offset: int) -> list[Account]:
        """A page is cut in the order of display names (unset ones last), and shown in the order of ids."""
        found = sorted((account for account in self._accounts.values() if _matches(account, search)), key=_page_order)
        return sorted(page(found, limit, offset), key=id_order)

    def find_members(self, groups: list[Group], search: str, limit: int | None, offset: int) -> list[Account]:
        """A page of each group, joined: with several groups it is longer than `limit`."""
        found: dict[str, Account] = {}
        for group in groups:
            members = [self._accounts[userid.lower()] for userid in group.members]
            matching = sorted((account for account in members if _matches(account, search)), key=id_order)
            found.update((account.userid, account) for account in page(matching, limit, offset))
        return list(found.values())

    def find_groups(self, search: str, limit: int | None, offset: int) -> list[Group]:
        search = search.lower()
        found = [
            group
            for groupid, group in sorted(self._groups.items())
            if search in groupid.lower() or search in group.display_name.lower()
        ]
        return page(found, limit, offset)


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
