# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The signed-in sessions that the items of a loop share: each connection has its own, and no other task sees them."""

from __future__ import annotations

from collections import OrderedDict
from contextlib import contextmanager
from functools import lru_cache
from typing import Hashable, Iterable, Iterator, Mapping

from ansible_collections.community.nextcloud.plugins.module_utils._api.connection import Connection
from ansible_collections.community.nextcloud.plugins.module_utils._api.session import Session
from ansible_collections.community.nextcloud.plugins.module_utils._common.clock import Clock
from ansible_collections.community.nextcloud.plugins.plugin_utils._run_memory import forget, open_session

# A loop may be over accounts that each sign in for themselves; only so many are kept open.
MOST = 8


class SharedSessions:
    """The sessions of one task on one host; they end with the worker's process."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._tries_again = False
        self._open: OrderedDict[Hashable, Session] = OrderedDict()

    @contextmanager
    def session(self, environment: Mapping[str, str], connection: Connection, clock: Clock) -> Iterator[Session]:
        """The session on a connection that is reached under these environment variables, such as proxies."""
        key = (connection, tuple(sorted(environment.items())))
        session = self._open.pop(key, None) or open_session(connection, clock, environment, self._tries_again)
        self._open[key] = session
        while len(self._open) > self._most:
            self._open.popitem(last=False)[1].close()
        try:
            yield session
        finally:
            session.keep()

    def try_again(self) -> None:
        """Let credentials that were refused be tried again, as far as that locks nobody out."""
        self._tries_again = True
        self._open = OrderedDict((key, session) for key, session in self._open.items() if not session.refused)

    def forget(self, userids: Iterable[str]) -> None:
        """These accounts have another password or state now, so what is known of their sign-ins no longer holds."""
        gone = {userid.casefold() for userid in userids}
        for url in {session.connection.url for session in self._open.values()} if gone else ():
            forget(url, gone)
        self._open = OrderedDict(
            (key, session)
            for key, session in self._open.items()
            if (session.connection.username or "").casefold() not in gone
        )


@lru_cache(maxsize=1)
def of_task(task: Hashable) -> SharedSessions:  # pylint: disable=unused-argument
    """Those of the task: others than of the task before."""
    return SharedSessions()
