# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What one task declares of a whole directory: groups, accounts, and what is to become of everything else."""

from __future__ import annotations

import re
from fnmatch import translate
from typing import Any, Iterable, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import account
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.account import Current
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.groups import GroupRights
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import Plan
from ansible_collections.community.nextcloud.plugins.module_utils._groups import group
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._values.lists import ListChange

# The lists of a group, and the list of an account that says the same from the other side.
GROUP_LISTS = {"users": "groups", "subadmins": "subadmin_of"}


def userkey(userid: str) -> str:
    """What two ids of the same account have in common."""
    return str(kinds.USERID.key(userid))


class Problem(NamedTuple):
    """Something in the input that cannot be right.

    where: its position, such as `users[3] (jane)`, or the option of the task.
    awaited: it is right as soon as something exists that an earlier task of the play may bring about.
    """

    where: str
    message: str
    awaited: bool = False

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


class GroupItem(NamedTuple):
    """A declared group. lists: {users or subadmins: what is declared of it}."""

    where: str
    declared: group.Declared
    lists: Mapping[str, ListChange]


class UserItem(NamedTuple):
    """A declared account, or one that only lists of groups name.

    from_groups: {groups or subadmin_of: what the lists of groups say of this account}.
    named_only: it is not among the declared accounts.
    """

    where: str
    declared: account.Declared
    from_groups: Mapping[str, ListChange] = {}
    named_only: bool = False


class Purge(NamedTuple):
    """What becomes of what the server has and nothing declares. users: nothing, disable or delete."""

    users: str = "nothing"
    groups: bool = False
    memberships: bool = False


class Patterns:
    """Ids that one of some shell patterns matches, of accounts without regard to case."""

    def __init__(self, patterns: Iterable[str] = ()) -> None:
        joined = "|".join(translate(pattern) for pattern in patterns)
        self._groups = re.compile(joined) if joined else None
        self._users = re.compile(joined, re.IGNORECASE) if joined else None

    def has_user(self, userid: str) -> bool:
        return bool(self._users and self._users.match(userid))

    def has_group(self, groupid: str) -> bool:
        return bool(self._groups and self._groups.match(groupid))


class MostRemovals(NamedTuple):
    """The most that one run may remove of a kind: a number, or a percentage of what there is."""

    number: int = 0
    percentage: bool = False

    @classmethod
    def parse(cls, text: str) -> MostRemovals:
        """From `5` or `5%`; ValueError for anything else."""
        found = re.fullmatch(r"\s*([0-9]+)\s*(%?)\s*", text)
        if not found or found[2] and int(found[1]) > 100:
            raise ValueError(text)
        return cls(int(found[1]), bool(found[2]))

    def of(self, total: int) -> int:
        return total * self.number // 100 if self.percentage else self.number


class Declared(NamedTuple):
    """A declared directory.

    groups: by id. users: by `userkey`, the declared ones in their order, then those that only groups name.
    problems: what is wrong with the input whatever the server holds.
    stops: it ends at the first failure.
    min_accounts: with fewer accounts on the server, nothing is done.
    """

    groups: Mapping[str, GroupItem]
    users: Mapping[str, UserItem]
    problems: tuple[Problem, ...] = ()
    purge: Purge = Purge()
    protected: Patterns = Patterns()
    max_removals: MostRemovals = MostRemovals()
    concurrency: int = 4
    stops: bool = True
    diff_limit: int = 100
    removable_backends: tuple[str, ...] = (account.DATABASE,)
    min_accounts: int = 0


class Found(NamedTuple):
    """What the server holds, as far as the plan must know it.

    ids: every account, by `userkey`, as the server spells it.
    accounts: those read, by `userkey`, with the fields that the task declares.
    groups: display names by id, '' where it is not known; rights: what can be changed of them.
    listed: how many accounts the lists hold. spellings: of accounts, by `userkey`, where there is more than one.
    hidden: accounts that exist, and that the signed-in account may not see, by `userkey`.
    members: {groups or subadmin_of: {groupid: userids}} of the groups whose whole list is declared or purged.
    """

    ids: Mapping[str, str]
    accounts: Mapping[str, Current]
    groups: Mapping[str, str]
    rights: GroupRights = GroupRights()
    members: Mapping[str, Mapping[str, list[str]]] = {}
    hidden: frozenset[str] = frozenset()
    listed: int = 0
    spellings: Mapping[str, tuple[str, ...]] = {}


class Facts(NamedTuple):
    """What else of the server the plans must know; see `_accounts.account.Facts`.

    of_all: what holds for all accounts. password_matches, spellings: by `userkey`.
    exempt: the server does not limit edits; None: not asked, because it did not matter so far.
    """

    of_all: account.Facts = account.Facts()
    password_matches: Mapping[str, bool] = {}
    exempt: bool | None = None
    spellings: Mapping[str, tuple[str, ...]] = {}

    def of_account(self, key: str) -> account.Facts:
        return self.of_all._replace(
            password_matches=self.password_matches.get(key), spellings=self.spellings.get(key, ())
        )


class Entry(NamedTuple):
    """The plan for one group or account. kind: groups or users. where: its position in the input, '' for a purge's.

    declared: what its own plan was made of, so that it can be made anew.
    """

    kind: str
    id: str
    where: str
    declared: Any
    plan: Plan


SHOWN_PROBLEMS = 20


def failure_of(problems: Iterable[Problem]) -> Failure:
    """One failure for all problems. The message names the first ones, `problems` in the result all of them."""
    listed = [str(problem) for problem in problems]
    lines = listed[:SHOWN_PROBLEMS]
    if len(listed) > len(lines):
        lines.append(f"and {len(listed) - len(lines)} more, see problems")
    count = "1 problem" if len(listed) == 1 else f"{len(listed)} problems"
    message = "\n".join([f"{count} found, nothing was changed:", *lines])
    return Failure("invalid", message, more={"problems": listed})
