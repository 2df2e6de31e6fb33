# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The options of module `offboarding_prepare`: who leaves, and what counts as today."""

from __future__ import annotations

from datetime import date as Date
from datetime import timedelta
from typing import Any, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._apps import offboarding_ledger as ledger
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import check_at_least, invalid
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import parse_value


def argument_spec() -> dict[str, Any]:
    """The option spec of module `offboarding_prepare`, beside the connection."""
    return {
        "userids": {"type": "list", "elements": "str", "default": []},
        "date": {"type": "str", "required": True},
        "delete_after_days": {"type": "int"},
        "allow_administrators": {"type": "bool", "default": False},
        "missing": {"type": "str", "choices": ["fail", "skip"], "default": "fail"},
    }


class Declared(NamedTuple):
    """userids: as the play spells them. secrets: by option, what Ansible masks in the result."""

    userids: tuple[str, ...]
    date: Date
    delete_after_days: int | None = None
    allow_administrators: bool = False
    skip_missing: bool = False
    secrets: Mapping[str, str] = {}

    @property
    def today(self) -> str:
        return self.date.isoformat()

    def delete_from(self, left: str) -> str | None:
        """The first day on which somebody who left on that day is deleted; None for never."""
        if self.delete_after_days is None:
            return None
        return (Date.fromisoformat(left) + timedelta(days=self.delete_after_days)).isoformat()

    def is_due(self, left: str) -> bool:
        """Whether the grace period of somebody who left on that day is over."""
        delete_from = self.delete_from(left)
        return delete_from is not None and delete_from <= self.today


def parse(options: Mapping[str, Any]) -> Declared:
    """What the options declare; Failure (invalid) names the option that cannot be right."""
    try:
        day = Date.fromisoformat(options["date"])
    except ValueError:
        raise invalid("date", f"{options['date']!r} is invalid: must be a date such as 2026-11-24") from None
    if options["delete_after_days"] is not None:
        check_at_least("delete_after_days", options["delete_after_days"], 0)
    return Declared(
        tuple(parse_value("userids", kinds.USERID, userid) for userid in ledger.named(options["userids"])),
        day,
        options["delete_after_days"],
        options["allow_administrators"],
        options["missing"] == "skip",
        {name: options[name] for name in ("password", "token") if options.get(name)},
    )
