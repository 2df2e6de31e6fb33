# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One call of the API, as an operation sees it: who calls, what is sent, and the state to work on."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from . import latency, php
from .errors import NOT_FOUND, BadField, OcsError
from .model import Account, Group, Record
from .record import Viewer
from .state import State


class Params:
    """The fields of a call. What is missing without a default, or of the wrong type, is a server error."""

    def __init__(self, values: t.Mapping[str, t.Any]) -> None:
        self._values = values

    def text(self, name: str, default: str | None = None) -> str:
        value = self._values.get(name)
        if value is None:
            value = default
        if not isinstance(value, str):
            raise BadField()
        return value

    def optional_text(self, name: str) -> str | None:
        return None if self._values.get(name) is None else self.text(name)

    def texts(self, name: str, required: bool = False) -> list[str]:
        value = self._values.get(name)
        if value is None and not required:
            return []
        if isinstance(value, dict):
            value = list(value.values())
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise BadField()
        return value

    def optional_texts(self, name: str) -> list[str] | None:
        return None if self._values.get(name) is None else self.texts(name)

    def mapping(self, name: str) -> dict[str, t.Any]:
        """A map; an empty list is an empty map."""
        value = self._values.get(name)
        if value == []:
            return {}
        if not isinstance(value, dict):
            raise BadField()
        return value

    def number(self, name: str) -> int | None:
        """A whole number read from the front, so that a word is 0."""
        value = self._values.get(name)
        return None if value is None else php.integer(str(value))


@dataclass
class Call:
    """A call that has passed sign-in, roles, confirmation and limits."""

    state: State
    actor: Account
    params: Params
    ids: t.Mapping[str, str] = field(default_factory=dict)
    host: str = "localhost"
    # Seconds of work beyond that of any request.
    cost: float = 0.0

    @property
    def is_admin(self) -> bool:
        return self.state.directory.is_admin(self.actor)

    @property
    def page(self) -> tuple[str, int | None, int]:
        return (self.params.text("search", ""), self.params.number("limit"), self.params.number("offset") or 0)

    def target(self) -> Account | None:
        """The account the path names."""
        return self.state.directory.account(self.ids["userid"])

    def reached_target(self) -> Account:
        """The account the path names, if the caller reaches it: else it looks missing."""
        account = self.target()
        if account is None or not self.state.directory.reaches(self.actor, account):
            raise OcsError(NOT_FOUND)
        return account

    def other_target(self) -> Account:
        """As `reached_target`, for what nobody may do to oneself."""
        if self.target() is self.actor:
            raise OcsError(101)
        return self.reached_target()

    def group(self) -> Group | None:
        """The group the path names."""
        return self.state.directory.group(self.ids["groupid"])

    def records(self, accounts: t.Sequence[Account]) -> dict[str, Record]:
        """Accounts in detail, by id; the id alone of those in a group the caller leads that it does not reach."""
        viewer = Viewer(self.state.directory, self.actor, self.state.default_quota)
        ties = self.state.directory.ties_of(accounts)
        found: dict[str, Record] = {}
        for account in accounts:
            self.cost += latency.RECORD if account.seen else latency.FIRST_SIGHT
            account.seen = True
            found[account.userid] = viewer.record(account, ties[account.userid])
        return found
