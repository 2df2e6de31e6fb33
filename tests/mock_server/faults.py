# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Failures planned by a test: which request fails, how, and how often."""

from __future__ import annotations

import errno
from dataclasses import dataclass

# The request is carried out, then the connection dies.
LOST_ANSWER = "lost_answer"
# The connection dies before anything is done.
REFUSED_CONNECTION = "refused_connection"
# A proxy before the server answers 503 with a page.
UNAVAILABLE = "unavailable"
# The server answers as in maintenance.
MAINTENANCE = "maintenance"
# A proxy before the server does not let this verb through.
REFUSED_VERB = "refused_verb"
KINDS = (LOST_ANSWER, REFUSED_CONNECTION, UNAVAILABLE, MAINTENANCE, REFUSED_VERB)


class ConnectionLost(ConnectionResetError):
    """Ends the connection without an answer: an HTTP server takes it for a client that has gone away."""

    def __init__(self, reason: str) -> None:
        super().__init__(errno.ECONNRESET, reason)


@dataclass
class Fault:
    """Strikes the next `times` requests with this verb ('' is any) and this text in the raw path."""

    method: str
    path: str
    kind: str
    times: int = 1

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError("kind must be one of %s, not %r" % (", ".join(KINDS), self.kind))

    def strikes(self, method: str, path: str) -> bool:
        return self.times > 0 and self.method in ("", method) and self.path in path


def take(faults: list[Fault], method: str, path: str) -> str | None:
    """The kind of the first fault that strikes this request; a fault that is used up leaves the list."""
    for fault in faults:
        if fault.strikes(method, path):
            fault.times -= 1
            if not fault.times:
                faults.remove(fault)
            return fault.kind
    return None
