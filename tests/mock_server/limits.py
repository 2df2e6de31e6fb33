# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What slows a caller down: rate limits per account, lock-out per address, and the list of exempt networks."""

from __future__ import annotations

import ipaddress
from collections import defaultdict, deque

from .errors import OcsError, RateLimited
from .settings import Clock

# bucket → calls, seconds; the seconds of all are shortened with those of the first.
RATE_LIMITS = {"account": (50, 600.0), "patch": (50, 600.0), "collection": (5, 60.0)}
FAILURES_UNTIL_LOCKED = 10
FAILURES_COUNT_FOR = 1800.0


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


class AllowList:
    """Networks an administrator has exempted. They are listed as they were written."""

    def __init__(self) -> None:
        self.networks: dict[int, tuple[str, int]] = {}
        self.last_id = 0

    def add(self, ip: str, mask: int) -> int:
        """The new entry's id; ValueError where it is no network."""
        ipaddress.ip_network((ip, mask), strict=False)
        self.last_id += 1
        self.networks[self.last_id] = (ip, mask)
        return self.last_id

    def remove(self, entry: int) -> None:
        self.networks.pop(entry, None)

    def entries(self) -> list[tuple[int, str, int]]:
        return [(entry, ip, mask) for entry, (ip, mask) in self.networks.items()]

    def holds(self, address: str) -> bool:
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(found in ipaddress.ip_network(network, strict=False) for network in self.networks.values())
