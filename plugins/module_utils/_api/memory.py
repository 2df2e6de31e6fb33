# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What a task knows of the sign-ins of others with the same credentials, and lets others know of its own."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import Any, Callable, ContextManager, Iterator, NamedTuple, Protocol

from ansible_collections.community.nextcloud.plugins.module_utils._api.answers import Answer

# A server locks an address out at the tenth failed sign-in.
MOST_FAILURES = 9
# The variable of a shipped module's environment that says how many sign-ins have failed before in the run.
FAILURES_VARIABLE = "NEXTCLOUD_FAILED_SIGN_INS"
# The one that says whether a write before in the run was confirmed: true or false.
CONFIRMED_VARIABLE = "NEXTCLOUD_WRITES_CONFIRMED"


class Known(NamedTuple):
    """What came of credentials so far.

    session: {cookies: [[name, value, domain, path]], signed_in_at: epoch seconds, is_anew, is_api_found}, where there is one;
    the last two as `Session` has them.
    refusal: the server's answer, where it has refused them.
    accepted: whether the server has accepted them once.
    silence: why a request that this one waited for got no answer, and whether that is lasting.
    """

    session: dict[str, Any] | None = None
    refusal: Answer | None = None
    accepted: bool = False
    silence: tuple[str, bool] | None = None


class Failures:
    """How many sign-ins on a server have failed, by any account: these of the task, and those that it was told of."""

    def __init__(self) -> None:
        told = os.environ.get(FAILURES_VARIABLE, "")
        self._count = int(told) if told.isdecimal() else 0

    @contextmanager
    def counted(self) -> Iterator[int]:
        """How many so far. Inside it no other task that shares the memory lets a sign-in fail to learn something."""
        yield self._count

    def add(self, count: int) -> None:
        self._count += count


class Memory(Protocol):
    """Of the credentials of one connection."""

    failures: Failures

    def turn(self, suffices: Callable[[Known], bool]) -> ContextManager[Known]:
        """What is known. Where that does not suffice, no other task that shares the memory signs in inside it."""

    def remember(self, known: Known) -> None:
        """Let others know. A memory that cannot be written is none: all that is lost is a sign-in."""

    def writes_confirmed(self) -> bool | None:
        """Whether the server takes writes that want the password confirmed; None until one of the run was answered."""

    def remember_writes(self, confirmed: bool) -> None:
        """Let others know what a write was answered."""


class MemoryOfWrites:
    """What a shipped module is told of writes. It cannot let others know: they find it in its result."""

    def writes_confirmed(self) -> bool | None:
        return {"true": True, "false": False}.get(os.environ.get(CONFIRMED_VARIABLE, ""))

    def remember_writes(self, confirmed: bool) -> None:
        pass


class NoMemory(MemoryOfWrites):
    """Of a task that signs in for itself."""

    def __init__(self) -> None:
        self.failures = Failures()

    @contextmanager
    def turn(self, suffices: Callable[[Known], bool]) -> Iterator[Known]:
        yield Known()

    def remember(self, known: Known) -> None:
        pass
