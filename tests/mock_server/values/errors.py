# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Refusals of the state machine, in the numbers of the OCS protocol."""

from __future__ import annotations

import typing as t

SERVER_ERROR = 996
UNAUTHORISED = 997
NOT_FOUND = 998
UNKNOWN = 999


class OcsError(Exception):
    """A refusal with an OCS code. The same number means different things on different endpoints."""

    def __init__(self, code: int, message: str = "", data: t.Any = None) -> None:
        super().__init__("%d %s" % (code, message))
        self.code = code
        self.message = message
        self.data = data


class BadField(OcsError):
    """A missing or wrongly typed field is a bare server error."""

    def __init__(self) -> None:
        super().__init__(SERVER_ERROR, "Internal Server Error\n")


class RateLimited(Exception):
    """Too many limited calls of one account: an answer without a body and without Retry-After."""
