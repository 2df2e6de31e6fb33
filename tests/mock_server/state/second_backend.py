# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts of a second backend, as the app user_ldap has them: ids that tell case apart, and lists that can be cut."""

from __future__ import annotations

import dataclasses
import typing as t

from .model import Account

NAME = "LDAP"


class Condition(t.NamedTuple):
    """What the server gets of the second backend.

    `answers`: any answer at all; else each call is a server error.
    `lists_groups`: all, none, or error. `has_groups`: single groups are known.
    `most`: the first so many accounts are listed, on pages of at most so many; None: all are.
    `knows`: single accounts are found. `finds`: they are believed to be there still, which keeps them from deletion.
    """

    answers: bool = True
    lists_groups: str = "all"
    most: int | None = None
    knows: bool = True
    finds: bool = True
    has_groups: bool = True


CONDITIONS = {
    "up": Condition(),
    "down": Condition(answers=False),
    "down but cached": Condition(lists_groups="error"),
    "size limit": Condition(lists_groups="none", most=20),
    "agent refused": Condition(lists_groups="none", most=0),
    "filter matches nobody": Condition(most=0, finds=False),
    "wrong base": Condition(most=0, knows=False),
    "app off": Condition(lists_groups="none", most=0, knows=False, has_groups=False),
}


class SecondBackend:
    """The accounts by their exact ids, and in which condition the backend is.

    `vanished`: accounts that were removed from it, and that the server still knows.
    `cached`: accounts that the server has read, so that a local twin does not hide them.
    `unmapped`: accounts that are new in it, and that the server finds only once a list has held them.
    `delivered`: the address that each sync sets again.
    `lost`: accounts that were deleted though the backend has them; they come back, new and empty, once it is up.
    """

    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {}
        self.vanished: set[str] = set()
        self.cached: set[str] = set()
        self.unmapped: set[str] = set()
        self.delivered: dict[str, str | None] = {}
        self.lost: dict[str, Account] = {}
        self.condition_name = "up"

    @property
    def condition(self) -> Condition:
        return CONDITIONS[self.condition_name]

    def set_condition(self, name: str) -> None:
        """Another condition; whatever the server has cached is gone. ValueError where there is no such condition."""
        if name not in CONDITIONS:
            raise ValueError("condition must be one of %s, not %r" % (", ".join(CONDITIONS), name))
        self.condition_name = name
        self.cached.clear()
        if name == "up":
            self.accounts.update(self.lost)
            self.lost.clear()

    def add(self, account: Account) -> None:
        self.accounts[account.userid] = account
        self.delivered.setdefault(account.userid, account.email)
        self.vanished.discard(account.userid)

    def vanish(self, userid: str) -> None:
        """The account is removed from the backend. The server goes on to know its id, but lists it no more."""
        if userid not in self.accounts:
            raise KeyError(userid)
        self.accounts[userid].display_name = ""
        self.vanished.add(userid)

    def account(self, userid: str) -> Account | None:
        return self.accounts.get(userid) if self.condition.knows and userid not in self.unmapped else None

    def has_files(self, userid: str) -> bool:
        """Whether a folder of an account that is not found now is in the way of a new one."""
        account = self.accounts.get(userid)
        return account is not None and account.seen

    def listed(self, limit: int | None = None) -> list[Account]:
        """Those that lists hold, in the order of the backend; `limit` is that of the page they are listed for."""
        found = [account for userid, account in self.accounts.items() if userid not in self.vanished]
        most = self.condition.most
        if most is not None:
            found = found[:most] if limit is not None and 0 <= limit <= most else []
        self.unmapped -= {account.userid for account in found}
        return found

    def may_delete(self, account: Account) -> bool:
        """The server deletes only what the backend does not find any more."""
        return account.userid in self.vanished or not self.condition.finds

    def remove(self, account: Account) -> None:
        gone = self.accounts.pop(account.userid)
        if account.userid in self.vanished:
            self.vanished.discard(account.userid)
            self.delivered.pop(account.userid, None)
        else:
            self.lost[account.userid] = Account(
                gone.userid,
                gone.password,
                gone.display_name,
                self.delivered.get(gone.userid),
                backend=gone.backend,
                changes_password=gone.changes_password,
            )
        self.cached.discard(account.userid)

    def taken(self) -> dict[str, t.Any]:
        """What a snapshot keeps beside the accounts."""
        return {
            "condition": self.condition_name,
            "vanished": sorted(self.vanished),
            "cached": sorted(self.cached),
            "unmapped": sorted(self.unmapped),
            "delivered": self.delivered,
            "lost": [[one.userid, one.password, one.display_name, one.changes_password] for one in self.lost.values()],
        }

    def restore(self, data: t.Mapping[str, t.Any]) -> None:
        self.condition_name = data["condition"]
        self.vanished, self.cached = set(data["vanished"]), set(data["cached"])
        self.unmapped = set(data["unmapped"])
        self.delivered = dict(data["delivered"])
        for userid, password, display_name, changes_password in data["lost"]:
            account = Account(userid, password, display_name, self.delivered.get(userid), backend=NAME)
            self.lost[userid] = dataclasses.replace(account, changes_password=changes_password)
