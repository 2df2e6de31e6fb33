# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How often accounts may make limited calls."""

from __future__ import annotations

from collections import defaultdict, deque

from ..values.errors import RateLimited
from .clock import Clock

# bucket → calls, seconds; the seconds of all are shortened with those of the first.
RATE_LIMITS = {"account": (50, 600.0), "patch": (50, 600.0), "collection": (5, 60.0)}


class RateLimits:
    """Sliding windows of calls per signed-in account. Refused calls do not count."""

    def __init__(self, clock: Clock, window: float) -> None:
        self._clock = clock
        self._scale = window / RATE_LIMITS["account"][1]
        self.calls: defaultdict[tuple[str, str], deque[float]] = defaultdict(deque)

    def count(self, bucket: str, userid: str) -> None:
        """Count a call, or raise RateLimited when the window is full."""
        most, seconds = RATE_LIMITS[bucket]
        now = self._clock.now()
        calls = self.calls[bucket, userid]
        while calls and calls[0] <= now - seconds * self._scale:
            calls.popleft()
        if len(calls) >= most:
            raise RateLimited()
        calls.append(now)

    def clear(self) -> None:
        self.calls.clear()
