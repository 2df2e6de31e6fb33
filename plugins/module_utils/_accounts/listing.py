# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Which accounts there are: lists of their records, page by page."""

from __future__ import annotations

from typing import Any, Iterator, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.answers import records
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import PAGE, Client
from ansible_collections.community.nextcloud.plugins.module_utils._api.operations import Call
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds

# An account's record as the API gives it. The server may give no more of an account than its id.
Record = dict[str, Any]

CONCURRENCY = 4
# Asked for more of those who signed in last, the server gives so many all the same.
RECENT_PAGE = 100
# At least two pages for each of the requests that are under way at once, so that all have work until the end.
SMALLEST_PAGE = 50


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
    most = RECENT_PAGE if query.recent else PAGE
    search = {"search": query.search} if query.search else None
    for page in pages(client, _listing(query), search, concurrency, size=min(query.limit or most, most)):
        for record in page:
            if query.enabled is None or record.get("enabled", True) is query.enabled:
                found.setdefault(str(record["id"]), record)
        if query.limit and len(found) >= query.limit:
            break
    return list(found.values())[: query.limit]


def userids(client: Client) -> dict[str, str]:
    """Of each account that the signed-in one may see: {id as ids are compared: id as the server spells it}."""
    return {key: found[0] for key, found in spellings(client).items()}


def spellings(client: Client) -> dict[str, tuple[str, ...]]:
    """As `userids`, with all spellings: a backend that tells case apart may have an account beside one of the database."""
    found: dict[str, tuple[str, ...]] = {}
    for listed in client.call(operations.GET_USERS())["users"]:
        userid = str(listed)
        key = kinds.USERID.key(userid)
        found[key] = (*found.get(key, ()), userid)
    return found


def everybody(client: Client, concurrency: int, count: int) -> Iterator[Record]:
    """All accounts of a server that has `count` of them. One may come twice.

    An account that the signed-in account may not see comes with its id alone, and is left out.
    """
    client.progress.begin("reading accounts", count)
    size = min(max(-(-count // (2 * concurrency)), SMALLEST_PAGE), PAGE)
    expected = -(-count // size) + 1
    for page in pages(client, operations.GET_USERS_DETAILS(), None, concurrency, size, expected):
        yield from (record for record in page if "displayname" in record)
        client.progress.advance(len(page))


def pages(
    client: Client,
    call: Call,
    query: Mapping[str, Any] | None = None,
    concurrency: int = 1,
    size: int = PAGE,
    expected: int = 1,
) -> Iterator[list[Record]]:
    """The records of page after page, as `Client.pages` gives them. An id alone becomes a record that holds no more."""
    for page in client.pages(call, query, concurrency, size, expected):
        yield [entry if isinstance(entry, dict) else {"id": entry} for entry in records(page["users"])]


def _listing(query: Query) -> Call:
    if query.group:
        return operations.GET_GROUP_USERS_DETAILS(query.group)
    if query.recent:
        return operations.GET_RECENT_USERS()
    if query.enabled is False:
        return operations.GET_DISABLED_USERS()
    return operations.GET_USERS_DETAILS() if query.details or query.enabled else operations.GET_USERS()
