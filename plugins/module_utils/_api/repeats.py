# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Whether the pages of a list go on, or the same ones come again and again."""

from __future__ import annotations

from typing import Any

from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure

# A page may hold nothing new, where all in it are in several groups or backends. So many in a row hold nothing new only
# where that goes on for ever.
_MOST_STALE = 5
# No server has so many accounts, but a list that does not end has.
MOST_RECORDS = 5_000_000


class Repeats:
    """What the pages of one list have held so far."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._last: set[str] = set()
        self._stale = 0

    def go_round(self, page: Any) -> bool:
        """Whether this page shows that no further one will hold anything new. Failure (protocol) for a list without end."""
        ids = _ids_in(page)
        self._stale = 0 if ids - self._seen else self._stale + 1
        if self._stale and (ids == self._last or self._stale >= _MOST_STALE):
            return True
        self._seen |= ids
        self._last = ids
        if len(self._seen) > MOST_RECORDS:
            raise Failure("protocol", f"The list has more than {MOST_RECORDS:,} entries, and does not end.")
        return False


def entries_of(page: Any) -> list[Any]:
    """The ids or records of a page: a list or a map of them is inside. An empty map comes as a list."""
    inside: Any = page.get("users", page.get("groups", ())) if isinstance(page, dict) else page
    return list(inside.values() if isinstance(inside, dict) else inside)


def _ids_in(page: Any) -> set[str]:
    return {str(entry["id"] if isinstance(entry, dict) else entry) for entry in entries_of(page)}
