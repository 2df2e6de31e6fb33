# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Variables of the role user_offboarding, as a playbook or the command line gives them."""

from __future__ import annotations

from datetime import date as Date
from datetime import timedelta
from typing import Any, Mapping, NamedTuple

from ansible.module_utils.parsing.convert_bool import boolean
from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import USERID


class Settings(NamedTuple):
    """date: the day that counts as today. delete_after_days: None for never."""

    date: Date
    delete_after_days: int | None = None
    wipe_devices: bool = True
    allow_administrators: bool = False
    skip_missing: bool = False

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


def parse_settings(variables: Mapping[str, Any]) -> Settings:
    """variables: {date, delete_after_days, wipe_devices, allow_administrators, missing}. ValueError names the one that
    cannot be right."""
    date, days = variables["date"], variables["delete_after_days"]
    try:
        day = Date.fromisoformat(str(date))
    except ValueError:
        raise ValueError(f"user_offboarding_date must be a date such as 2026-11-24, not {date!r}") from None
    try:
        # In ansible-core 2.18 a template makes '' of none.
        delete_after_days = None if days in (None, "") else int(days)
    except (TypeError, ValueError):
        raise ValueError(f"user_offboarding_delete_after_days must be a number of days, not {days!r}") from None
    return Settings(
        day,
        delete_after_days,
        boolean(variables["wipe_devices"]),
        boolean(variables["allow_administrators"]),
        variables["missing"] == "skip",
    )


def parse_userids(userids: Any) -> list[str]:
    """Each id once, in lower case: a server ignores case. Text, as `-e` gives it, has commas between ids."""
    items = userids.split(",") if isinstance(userids, str) else userids
    return list(dict.fromkeys(USERID.key(str(item).strip()) for item in items))
