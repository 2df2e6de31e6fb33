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
from .second_backend import SecondBackend

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
    """Ids of the database's accounts match without regard to case; those of a second backend, and of groups, with."""

    def __init__(self, delegates: frozenset[str] = frozenset()) -> None:
        self._delegates = delegates
        self._accounts: dict[str, Account] = {}
        self.second_backend = SecondBackend()
        self._groups: dict[str, Group] = {}
        # Sorting tens of thousands of accounts anew for each page would be most of the work of a page.
        self._by_name: list[Account] | None = None

    # Accounts

    def account(self, userid: str) -> Account | None:
        """What the server takes the id for. One of the database hides its twin, unless that has been read before."""
        other = self.second_backend.account(userid)
        own = self._accounts.get(userid.lower())
        if other is None or own is not None and userid not in self.second_backend.cached:
            return own
        self.second_backend.cached.add(userid)
        return other

    def stored(self, userid: str) -> Account | None:
        """The account that is stored under exactly this id."""
        other = self.second_backend.account(userid)
        return other or self._accounts.get(userid.lower())

    def candidates(self, login: str) -> list[Account]:
        """Whom a login may stand for: each of two twins has its own password."""
        found = (self._accounts.get(login.lower()), self.second_backend.account(login))
        return [account for account in found if account is not None]

    def sync(self, account: Account) -> None:
        """What the second backend delivers is set again, at each sign-in and by a job; a twin in the way gets it."""
        if not account.writable and (address := self.second_backend.delivered.get(account.userid)):
            (self.account(account.userid) or account).email = address

    def accounts(self) -> list[Account]:
        return [*self._accounts.values(), *self.second_backend.accounts.values()]

    def add(self, account: Account) -> Account:
        if not account.writable:
            self.second_backend.add(account)
            return account
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
        if userid in _TAKEN_FOLDERS or self.second_backend.has_files(userid):
            raise OcsError(101, "Files exist for this login")

    def remove(self, account: Account) -> None:
        if account.writable:
            del self._accounts[account.userid.lower()]
        else:
            self.second_backend.remove(account)
        self._by_name = None
        for group in self._groups.values():
            group.members.pop(account.userid, None)
            group.subadmins.pop(account.userid, None)

    # Groups

    def group(self, groupid: str) -> Group | None:
        group = self._groups.get(groupid)
        is_known = group is not None and (group.writable or self.second_backend.condition.has_groups)
        return group if is_known else None

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

    def _known_groups(self) -> t.Iterator[Group]:
        has_others = self.second_backend.condition.lists_groups != "none"
        return (group for group in self._groups.values() if group.writable or has_others)

    def groups_of(self, account: Account) -> list[Group]:
        return [group for group in self._known_groups() if account.userid in group.members]

    def led_by(self, account: Account) -> list[Group]:
        return [group for group in self._groups.values() if account.userid in group.subadmins]

    def ties_of(self, accounts: t.Collection[Account]) -> dict[str, Ties]:
        """The groups of many accounts, found with one look at each group."""
        ties = {account.userid: Ties([], []) for account in accounts}
        for group in self._known_groups():
            for userid in ties.keys() & group.members.keys():
                ties[userid].member_of.append(group.groupid)
            for userid in ties.keys() & group.subadmins.keys():
                ties[userid].leads.append(group.groupid)
        return ties

    # Rights

    def is_admin(self, account: Account) -> bool:
        admins = self._groups.get(ADMIN_GROUP)
        return admins is not None and account.userid in admins.members

    def is_delegate(self, account: Account) -> bool:
        """Whether it manages all accounts but administrators, without being one."""
        return account.userid in self._delegates

    def is_subadmin(self, account: Account) -> bool:
        return any(account.userid in group.subadmins for group in self._groups.values())

    def manages_group(self, actor: Account, group: Group) -> bool:
        return self.is_admin(actor) or actor.userid in group.subadmins

    def reaches(self, actor: Account, target: Account) -> bool:
        """Administrators reach everyone, sub-admins members of their groups but no administrators, all themselves."""
        if target is actor or self.is_admin(actor):
            return True
        led = self.is_delegate(actor) or any(target.userid in group.members for group in self.led_by(actor))
        return led and not self.is_admin(target)

    # Lists

    def find_accounts(self, search: str, limit: int | None, offset: int) -> list[Account]:
        """A page is cut in the order of display names (unset ones last), and shown in the order of ids.

        Each backend has a page of its own: two together are longer than the limit.
        """
        if self._by_name is None:
            self._by_name = sorted(self._accounts.values(), key=_page_order)
        found = [account for account in self._by_name if _matches(account, search)] if search else self._by_name
        others = [account for account in self.second_backend.listed(limit) if _matches(account, search)]
        return sorted([*page(found, limit, offset), *page(others, limit, offset)], key=id_order)

    def matching(self, search: str) -> list[Account]:
        everybody = (*self._accounts.values(), *self.second_backend.listed())
        return [account for account in everybody if _matches(account, search)]

    def members(self, group: Group, search: str = "") -> list[Account]:
        """In the order of ids, by capitals first; found ones in the order that disregards case."""
        if not group.writable and self.second_backend.condition.lists_groups == "error":
            raise BadField()
        found = [account for account in map(self.stored, group.members) if account is not None]
        if not group.writable:
            gone = self.second_backend.vanished
            found = [account for account in found if account.userid not in gone and self.second_backend.condition.finds]
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
        condition = self.second_backend.condition
        if condition.lists_groups == "error":
            raise BadField()
        found = [
            group
            for groupid, group in self._groups.items()
            if search in groupid.lower() or search in group.display_name.lower()
        ]
        own = sorted((group for group in found if group.writable), key=lambda group: group.groupid)
        others = [group for group in found if not group.writable and condition.lists_groups == "all"]
        return [group for part in (own, others) for group in page(part, limit or None, max(offset, 0))]


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
    # The second backend is searched by names alone.
    texts = (account.userid, account.display_name, account.email or "") if account.writable else (account.shown_name,)
    return any(search in text.lower() for text in texts)
