# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What a task knows of the sign-ins of others with the same credentials, and lets others know of its own."""

from __future__ import annotations

from contextlib import contextmanager
from typing import Any, Callable, ContextManager, Iterator, NamedTuple, Protocol

from ansible_collections.community.nextcloud.plugins.module_utils._api.answers import Answer


class Known(NamedTuple):
    """What came of credentials so far.

    session: {cookies: [[name, value, domain, path]], signed_in_at: epoch seconds}, where there is one.
    refusal: the server's answer, where it has refused them.
    accepted: whether the server has accepted them once.
    """

    session: dict[str, Any] | None = None
    refusal: Answer | None = None
    accepted: bool = False


class Memory(Protocol):
    """Of the credentials of one connection."""

    def turn(self, suffices: Callable[[Known], bool]) -> ContextManager[Known]:
        """What is known. Where that does not suffice, no other task that shares the memory signs in inside it."""

    def remember(self, known: Known) -> None:
        """Let others know. A memory that cannot be written is none: all that is lost is a sign-in."""


class NoMemory:
    """Of a task that signs in for itself."""

    @contextmanager
    def turn(self, suffices: Callable[[Known], bool]) -> Iterator[Known]:
        yield Known()

    def remember(self, known: Known) -> None:
        pass
