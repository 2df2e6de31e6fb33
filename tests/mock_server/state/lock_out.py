# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lock-out of addresses from which too many sign-ins have failed."""

from __future__ import annotations

from collections import defaultdict

from ..values.errors import OcsError
from .clock import Clock

FAILURES_UNTIL_LOCKED = 10
FAILURES_COUNT_FOR = 1800.0


class LockOut:
    """Failed sign-ins by address. The tenth locks the address, for right passwords too, until they have aged."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.failures: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)

    def check(self, address: str) -> None:
        since = self._clock.now() - FAILURES_COUNT_FOR
        recent = [failure for failure in self.failures[address] if failure[0] > since]
        self.failures[address] = recent
        if len(recent) >= FAILURES_UNTIL_LOCKED:
            raise OcsError(429, "Reached maximum delay")

    def failed(self, address: str, login: str) -> None:
        self.failures[address].append((self._clock.now(), login.lower()))

    def succeeded(self, address: str, login: str) -> None:
        """A right password forgets the failures of the same account from the same address."""
        self.failures[address] = [failure for failure in self.failures[address] if failure[1] != login.lower()]

    def clear(self) -> None:
        self.failures.clear()
