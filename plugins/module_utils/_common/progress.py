# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""How far a long task is: written by the threads that work, read by whoever watches."""

from __future__ import annotations

import threading
import time
from typing import Callable


class Progress:
    """One stage of a task after another, each with a number of things to do."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._what = ""
        self._total = self._done = 0
        self._since = now()
        self._least = 0.0

    def begin(self, what: str, total: int, least_seconds: float = 0) -> None:
        """A stage begins. least_seconds: what it takes at least, where a rate limit says so."""
        with self._lock:
            self._what, self._total, self._done = what, total, 0
            self._since, self._least = self._now(), least_seconds

    def advance(self, count: int = 1) -> None:
        with self._lock:
            self._done += count

    def line(self) -> str:
        """Such as `creating accounts: 120 of 500, 24 a second, about 16 s left`; empty before the first stage."""
        with self._lock:
            if not self._what:
                return ""
            line = f"{self._what}: {self._done} of {self._total}"
            seconds = self._now() - self._since
            if not self._done or not seconds:
                return line
            rate = self._done / seconds
            left = max((self._total - self._done) / rate, self._least - seconds, 0)
            return f"{line}, {_shown_rate(rate)}, about {_shown_seconds(left)} left"


def _shown_rate(rate: float) -> str:
    return f"{rate:.0f} a second" if rate >= 2 else f"{rate * 60:.0f} a minute"


def _shown_seconds(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
