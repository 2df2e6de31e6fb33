# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Which accounts there are: lists of their records, page by page."""

from __future__ import annotations

from typing import Any, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.answers import records
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import PAGE, Client
from ansible_collections.community.nextcloud.plugins.module_utils._api.operations import Call

# An account's record as the API gives it. The server may give no more of an account than its id.
Record = dict[str, Any]

CONCURRENCY = 4
# Asked for more of those who signed in last, the server gives so many all the same.
RECENT_PAGE = 100


class Query(NamedTuple):
    """Which accounts, and what of them. None: that filter is not set."""

    userids: tuple[str, ...] | None = None
    search: str | None = None
    group: str | None = None
    enabled: bool | None = None
    recent: bool = False
    phone_numbers: tuple[str, ...] | None = None
    phone_region: str = ""
    limit: int | None = None
    details: bool = True
    editable_fields: bool = False
    group_details: bool = False


def listed(client: Client, query: Query, concurrency: int = CONCURRENCY) -> list[Record]:
    """The accounts of a list; each once, though it may stand on two pages. Failure (not_found): no such group."""
    if query.group and not query.details and not query.search:
        answer = client.call(operations.GET_GROUP_USERS(query.group))
        return [{"id": userid} for userid in answer["users"]][: query.limit]
    found: dict[str, Record] = {}
    size = RECENT_PAGE if query.recent else PAGE
    pages = client.pages(
        _listing(query),
        {"search": query.search} if query.search else None,
        concurrency,
        min(query.limit or size, size),
    )
    for page in pages:
        for entry in records(page["users"]):
            record = entry if isinstance(entry, dict) else {"id": entry}
            if query.enabled is None or record.get("enabled", True) is query.enabled:
                found.setdefault(str(record["id"]), record)
        if query.limit and len(found) >= query.limit:
            break
    return list(found.values())[: query.limit]


def _listing(query: Query) -> Call:
    if query.group:
        return operations.GET_GROUP_USERS_DETAILS(query.group)
    if query.recent:
        return operations.GET_RECENT_USERS()
    if query.enabled is False:
        return operations.GET_DISABLED_USERS()
    return operations.GET_USERS_DETAILS() if query.details or query.enabled else operations.GET_USERS()
