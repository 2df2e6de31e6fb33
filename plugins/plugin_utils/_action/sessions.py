# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The signed-in sessions that the items of a loop share: each connection has its own, and no other task sees them."""

from __future__ import annotations

from collections import OrderedDict
from contextlib import contextmanager
from functools import lru_cache
from typing import Hashable, Iterator, Mapping

from ansible_collections.community.nextcloud.plugins.module_utils._api.connection import Connection
from ansible_collections.community.nextcloud.plugins.module_utils._api.session import Session
from ansible_collections.community.nextcloud.plugins.module_utils._common.clock import Clock

# A loop may be over accounts that each sign in for themselves; only so many are kept open.
MOST = 8


class SharedSessions:
    """The sessions of one task on one host; they end with the worker's process."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._open: OrderedDict[Hashable, Session] = OrderedDict()

    @contextmanager
    def session(self, environment: Mapping[str, str], connection: Connection, clock: Clock) -> Iterator[Session]:
        """The session on a connection that is reached under these environment variables, such as proxies."""
        key = (connection, tuple(sorted(environment.items())))
        session = self._open.pop(key, None) or Session(connection, clock)
        self._open[key] = session
        while len(self._open) > self._most:
            self._open.popitem(last=False)[1].close()
        try:
            yield session
        finally:
            session.keep()

    def forget_refused(self) -> None:
        """Let credentials that were refused be tried again."""
        self._open = OrderedDict((key, session) for key, session in self._open.items() if not session.refused)


@lru_cache(maxsize=1)
def of_task(task: Hashable) -> SharedSessions:  # pylint: disable=unused-argument
    """Those of the task: others than of the task before."""
    return SharedSessions()
