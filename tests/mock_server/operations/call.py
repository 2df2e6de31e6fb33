# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One call of the API, as an operation sees it: who calls, what is sent, and the state to work on."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from ..state.model import Account, Group, Record
from ..state.server_state import State
from ..values.errors import NOT_FOUND, OcsError
from . import seconds
from .params import Params


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
        offset = self.params.number("offset") or 0
        return (
            self.params.text("search", ""),
            self.params.number("limit"),
            offset if self.state.settings.heeds_offset else 0,
        )

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
        viewer = self.state.viewer(self.actor)
        ties = self.state.directory.ties_of(accounts)
        found: dict[str, Record] = {}
        for account in accounts:
            self.cost += seconds.RECORD if account.seen else seconds.FIRST_SIGHT
            account.seen = True
            # Under the id of a twin that a local account hides is the record of that one.
            shown = self.state.directory.account(account.userid) or account
            shown_ties = (
                ties[account.userid] if shown is account else self.state.directory.ties_of([shown])[shown.userid]
            )
            found[account.userid] = viewer.record(shown, shown_ties)
        return found
