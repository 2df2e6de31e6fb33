# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""A rate limit of the server as one signed-in account meets it: which calls it has made, and when there is room again."""

from __future__ import annotations

import threading
from typing import Callable

from ansible_collections.community.nextcloud.plugins.module_utils._api.operations import Limit
from ansible_collections.community.nextcloud.plugins.module_utils._common.clock import Clock

# A server does not say how long to wait. Its window may be a shorter one, and the limit may be lifted meanwhile.
POLL_SECONDS = 5.0


class RateLimit:
    """Any number of threads may call under it: where one waits, the others wait along, once and not one after another."""

    def __init__(self, limit: Limit, clock: Clock) -> None:
        self.limit = limit
        self._clock = clock
        self._gate = threading.Lock()  # held by the thread that waits
        self._calls: list[float] = []
        self._waited_until = float("-inf")

    def enter(self) -> float:
        """Count a call that is about to be sent, once nobody waits; gives its time, by which `wait` knows it."""
        with self._gate:
            now = self._clock.now()
            self._calls.append(now)
            return now

    def wait(self, refused: float, may_wait: Callable[[float, float], bool]) -> bool:
        """Wait until there may be room for a call that was refused; False where `may_wait` does not allow so long.

        refused: the time of the call, which does not count any more.
        may_wait: takes the seconds that are needed, as far as it is known, and those that are waited at first, which it
        counts where it allows them.
        """
        with self._gate:
            self._calls.remove(refused)
            if refused < self._waited_until:
                return True  # another thread has waited since then
            needed = self._needed()
            first = min(needed, POLL_SECONDS)
            if not may_wait(needed, first):
                return False
            self._clock.sleep(first)
            self._waited_until = self._clock.now()
            return True

    def _needed(self) -> float:
        """Where all calls of the window were this account's own, it is known when the first of them leaves it."""
        if len(self._calls) < self.limit.calls:
            return POLL_SECONDS
        left = self._calls[-self.limit.calls] + self.limit.seconds - self._clock.now()
        return max(1.0, left) if left > 0 else POLL_SECONDS
