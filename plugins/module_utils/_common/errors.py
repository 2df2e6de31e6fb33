# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""How things go wrong: one exception, and the categories that a failed task reports."""

from __future__ import annotations

from typing import Any, Final, Mapping

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
    """A task cannot go on. It does not change on its way: `but` makes another from it.

    message: in plain words, what happened and what to do; it holds no secret.
    operation: the API's operation id, or None where nothing was sent.
    http_status, ocs_code: as answered, or None.
    changed: whether something was done before it.
    effect: what the refused call has done: `none`, or `unknown` where it may or may not have been carried out.
    refused: the values that a server has named as refused, by their names in the API, and its reasons.
    more: what else the result of the task holds.
    """

    def __init__(
        self,
        category: str,
        message: str,
        operation: str | None = None,
        http_status: int | None = None,
        ocs_code: int | None = None,
        changed: bool = False,
        effect: str = "none",
        refused: Mapping[str, str] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.category: Final = category
        self.message: Final = message
        self.operation: Final = operation
        self.http_status: Final = http_status
        self.ocs_code: Final = ocs_code
        self.changed: Final = changed
        self.effect: Final = effect
        self.refused: Final = refused or {}
        self.more: Final = more or {}

    def __str__(self) -> str:
        return self.message

    def but(self, **changes: Any) -> Failure:
        """The same failure, but for these attributes."""
        made = Failure(**{**vars(self), **changes})
        made.__cause__ = self.__cause__
        return made

    def as_result(self) -> dict[str, Any]:
        """The keywords for `fail_json`: {msg, changed, failure: as in `described`, …}."""
        return {**self.more, "msg": self.message, "changed": self.changed, "failure": self.described()}

    def described(self) -> dict[str, Any]:
        """{operation, http_status, ocs_code, category, effect}."""
        return {
            "operation": self.operation,
            "http_status": self.http_status,
            "ocs_code": self.ocs_code,
            "category": self.category,
            "effect": self.effect,
        }


def invalid(option: str, reason: str) -> Failure:
    """An option's value cannot be right. Raised before any request; `reason` says what it must be."""
    return Failure("invalid", f"{option}: {reason}")


def mutually_exclusive(*options: str, note: str = "") -> Failure:
    """Options that must not be set together; `note` completes the sentence."""
    return invalid(options[0], f"{' and '.join(options)} are mutually exclusive{note}")


def check_at_least(option: str, value: float, least: int) -> None:
    """Failure (invalid) unless the option's value is so much."""
    if value < least:
        raise invalid(option, f"must be {least} or greater")
