# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults planned by a test: which request is struck, how, how often, and whether it takes effect all the same."""

from __future__ import annotations

from dataclasses import dataclass

# Answers in place of the server's own.
INSTEAD = (
    "server_error",  # 500 with a page
    "failed_call",  # 500 with JSON, as the API answers where an operation fails
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
    "redirect_to_disguise",  # 302 to an address that libraries read differently
    "access_denied",  # 403 with a page: an access gateway before the server
    "proxy_sign_in",  # 401 with a page: a proxy before the server that has accounts of its own
    "proxy_credentials",  # 407 with a page: a proxy between client and server
    "bad_request",  # 400 with a page: a proxy before the server
    "plain_http",  # 400 with a page: a port that speaks https
    "not_found_page",  # 404 with a page: a proxy before the server that knows no such site
    "deep_json",  # 200 with JSON that is nested deeply
)
# Answers that do not end as they began.
HALF = (
    "cut_answer",  # the connection ends in the middle of the answer
    "truncated_json",  # half of the answer, as if it were all
)
# No answer, or none in time.
SILENT = (
    "refused_connection",  # the connection ends before anything is done
    "restart",  # as refused_connection, and the server starts anew with the state it had
    "lost_answer",  # the connection ends without an answer
    "reset_connection",  # as lost_answer, but the connection is reset
    "late_answer",  # the answer begins after so many seconds; if nothing is done, the connection ends then
)
SLOW_ANSWER = "slow_answer"  # the answer comes in small pieces, over so many seconds
EXPIRED_SESSION = "expired_session"  # all sessions are forgotten before the request is looked at
KINDS = INSTEAD + HALF + SILENT + (SLOW_ANSWER, EXPIRED_SESSION)
_NEVER_CARRIED_OUT = ("refused_connection", "restart")
_ALWAYS_CARRIED_OUT = (SLOW_ANSWER, EXPIRED_SESSION)
_USUALLY_CARRIED_OUT = HALF + ("lost_answer", "late_answer") + _ALWAYS_CARRIED_OUT


@dataclass
class Fault:
    """Strikes the next `times` requests (0: all) with this verb, this text in the raw path, and this operation.

    '' is any. `carried_out`: whether the request takes effect all the same; each kind has its own default.
    `seconds`: how long a slow or a late answer takes.
    """

    method: str
    path: str
    kind: str
    times: int = 1
    operation: str = ""
    carried_out: bool | None = None
    seconds: float = 1.0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError("kind must be one of %s, not %r" % (", ".join(KINDS), self.kind))
        if self.times < 0:
            raise ValueError("times must be 0 (always) or more, not %r" % self.times)
        if self.carried_out is None:
            self.carried_out = self.kind in _USUALLY_CARRIED_OUT
        if self.carried_out and self.kind in _NEVER_CARRIED_OUT:
            raise ValueError("%s cannot be carried out: use lost_answer" % self.kind)
        if not self.carried_out and self.kind in _ALWAYS_CARRIED_OUT:
            raise ValueError("%s is always carried out" % self.kind)

    def strikes(self, method: str, path: str, operation: str) -> bool:
        return self.method in ("", method) and self.path in path and self.operation in ("", operation)

    @property
    def is_unheard(self) -> bool:
        """Whether the request has neither an effect nor an answer."""
        return self.kind in SILENT and not self.carried_out


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
