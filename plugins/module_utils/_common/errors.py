# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""How things go wrong: one exception, and the categories that a failed task reports."""

from __future__ import annotations

from typing import Any

CATEGORIES = (
    "authentication",  # the credentials were refused
    "permission",  # the account may not do this
    "confirmation",  # the server wants a fresh sign-in by password
    "not_found",  # the account, group or app does not exist, or is hidden from the signed-in account
    "invalid",  # a value was refused
    "conflict",  # it exists already, or a guard forbids it
    "read_only",  # the account's backend, or the server, does not let this field be set
    "rate_limited",  # too many edits in a window
    "locked_out",  # too many failed sign-ins from this address
    "unavailable",  # no answer, or maintenance
    "protocol",  # the answer is not one of a Nextcloud server
    "partial",  # a part was done, a part was refused
)

# After one of these, the next call would fail the same way: stop at once.
FINAL_CATEGORIES = frozenset(
    ("authentication", "permission", "confirmation", "rate_limited", "locked_out", "unavailable", "protocol")
)


class Failure(Exception):
    """A task cannot go on. `message` says in plain words what happened and what to do; it holds no secret.

    operation: the API's operation id, or None where nothing was sent.
    http_status, ocs_code: as answered, or None.
    changed: whether something was done before it.
    more: what else the result of the task holds.
    """

    def __init__(
        self,
        category: str,
        message: str,
        operation: str | None = None,
        http_status: int | None = None,
        ocs_code: int | None = None,
    ) -> None:
        super().__init__(message)
        self.category = category
        self.message = message
        self.operation = operation
        self.http_status = http_status
        self.ocs_code = ocs_code
        self.changed = False
        self.more: dict[str, Any] = {}

    def __str__(self) -> str:
        return self.message

    def as_result(self) -> dict[str, Any]:
        """The keywords for `fail_json`: {msg, changed, failure: {operation, http_status, ocs_code, category}, …}."""
        return {**self.more, "msg": self.message, "changed": self.changed, "failure": self.described()}

    def described(self) -> dict[str, Any]:
        """{operation, http_status, ocs_code, category}."""
        return {
            "operation": self.operation,
            "http_status": self.http_status,
            "ocs_code": self.ocs_code,
            "category": self.category,
        }


class Unanswered(Failure):
    """A request that must not be repeated blindly got no answer: it may or may not have been carried out."""


def invalid(option: str, accepted: str) -> Failure:
    """An option's value cannot be right. Raised before any request; `accepted` says what would be."""
    return Failure("invalid", f"{option}: {accepted}")
