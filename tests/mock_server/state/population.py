# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many accounts at once, for benchmarks: the same ones each time."""

from __future__ import annotations

from .model import Account
from .server_state import State

# A department has so many members.
DEPARTMENT = 100
PASSWORD = "Zk3-qweR!plo9"


def fill(state: State, accounts: int) -> None:
    """Accounts u00001, u00002, … with names and addresses, in groups of a hundred."""
    group = None
    for number in range(accounts):
        if number % DEPARTMENT == 0:
            group = state.add_group("dept%03d" % (number // DEPARTMENT), "Department %d" % (number // DEPARTMENT))
        userid = "u%05d" % (number + 1)
        account = Account(userid, PASSWORD, "Person %05d" % (number + 1), userid + "@example.org", quota="5 GB")
        state.directory.add(account)
        assert group is not None
        group.members[userid] = None
