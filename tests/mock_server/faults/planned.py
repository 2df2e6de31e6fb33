# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Failures planned by a test: which request fails, how, and how often."""

from __future__ import annotations

from dataclasses import dataclass

# What a request gets instead of its answer. It is carried out only where the fault says so.
INSTEAD = (
    "server_error",  # 500 with a page
    "bad_gateway",  # 502 with a page: a proxy before the server
    "unavailable",  # 503 with a page: a proxy before the server
    "gateway_timeout",  # 504 with a page: a proxy before the server
    "maintenance",  # 503 as a server in maintenance answers
    "rate_limited",  # 429 without a body, as for too many edits
    "locked_out",  # 429 with JSON, as for too many failed sign-ins
    "login_page",  # 200 with a page for people
    "refused_verb",  # 405 with a page: a proxy that does not let this verb through
    "redirect_to_https",  # 301 to the same place over https
    "redirect_to_host",  # 302 to another host
    "refused_connection",  # the connection dies before anything is done
    "restart",  # as refused_connection, and the server starts anew with the state it had
)
# What becomes of the answer of a request that is carried out.
AFTERWARDS = (
    "lost_answer",  # the connection dies before the answer
    "cut_answer",  # the connection dies in the middle of the answer
    "truncated_json",  # half of the answer, as if it were all
    "slow_answer",  # the answer comes in small pieces, over so many seconds
)
# All sessions are forgotten before the request is looked at.
EXPIRED_SESSION = "expired_session"
KINDS = INSTEAD + AFTERWARDS + (EXPIRED_SESSION,)
ALWAYS = 0


@dataclass
class Fault:
    """Strikes the next `times` requests (or all) with this verb, this text in the raw path, and this operation.

    '' is any. `carried_out`: the request takes effect all the same. `seconds`: how long a slow answer takes.
    """

    method: str
    path: str
    kind: str
    times: int = 1
    operation: str = ""
    carried_out: bool = False
    seconds: float = 1.0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError("kind must be one of %s, not %r" % (", ".join(KINDS), self.kind))
        if self.times < 0:
            raise ValueError("times must be 0 (always) or more, not %r" % self.times)
        if self.carried_out and self.kind in ("refused_connection", "restart"):
            raise ValueError("%s cannot be carried out: use lost_answer" % self.kind)

    def strikes(self, method: str, path: str, operation: str) -> bool:
        return self.method in ("", method) and self.path in path and self.operation in ("", operation)

    @property
    def is_instead(self) -> bool:
        """Whether the request is not carried out."""
        return self.kind in INSTEAD and not self.carried_out


def take(faults: list[Fault], method: str, path: str, operation: str) -> Fault | None:
    """The first fault that strikes this request; a fault that is used up leaves the list."""
    for fault in faults:
        if fault.strikes(method, path, operation):
            if fault.times == 1:
                faults.remove(fault)
            elif fault.times:
                fault.times -= 1
            return fault
    return None
