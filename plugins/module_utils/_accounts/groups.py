# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The groups of a server as the signed-in account sees them, and which of their members it can change."""

from __future__ import annotations

from typing import Any, Iterable, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._api.operations import Operation
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure

# Of more groups than these, reading all at once is cheaper than looking for each.
FEW = 3


class GroupRights(NamedTuple):
    """What can be changed of groups.

    leads: the groups that the signed-in sub-admin manages; None for an administrator.
    no_add, no_remove: groups whose backend lets nobody in or out. A server accepts such a call, and does nothing.
    """

    leads: frozenset[str] | None = None
    no_add: frozenset[str] = frozenset()
    no_remove: frozenset[str] = frozenset()


ALL_RIGHTS = GroupRights()


class Groups(NamedTuple):
    """records: by id. A sub-admin is given nothing but the id of a group that it does not manage."""

    records: Mapping[str, dict[str, Any]]
    rights: GroupRights


def read_groups(client: Client, query: Mapping[str, str] | None = None, until: str | None = None) -> Groups:
    """All groups at once; or, with a query, page by page until the group `until` is found."""
    try:
        records = _listed(client, operations.GET_GROUPS_DETAILS, query, until)
    except Failure as failure:
        if failure.category != "permission":
            raise
    else:
        return Groups(records, _rights(records, None))
    # A sub-admin may list ids, and read the details of the groups that it manages.
    own = str(client.signed_in_account()["id"])
    led = {str(record["id"]): record for record in client.call(operations.GET_SUBADMIN_GROUPS_DETAILS(own))["groups"]}
    listed = _listed(client, operations.GET_GROUPS, query, until)
    records = {groupid: led.get(groupid, record) for groupid, record in listed.items()}
    return Groups(records, _rights(led, frozenset(led)))


def read_rights(client: Client, groupids: Iterable[str]) -> GroupRights:
    """What can be changed of these groups."""
    wanted = sorted(set(groupids))
    if not wanted or len(wanted) > FEW:
        return read_groups(client).rights
    found = [find_group(client, groupid)[1] for groupid in wanted]
    return GroupRights(
        found[0].leads,
        frozenset().union(*(rights.no_add for rights in found)),
        frozenset().union(*(rights.no_remove for rights in found)),
    )


def find_group(client: Client, groupid: str) -> tuple[dict[str, Any] | None, GroupRights]:
    """The group's record, None where there is none. A search also finds other groups: ids decide."""
    groups = read_groups(client, {"search": groupid}, until=groupid)
    return groups.records.get(groupid), groups.rights


def _listed(
    client: Client, operation: Operation[[]], query: Mapping[str, str] | None, until: str | None
) -> dict[str, dict[str, Any]]:
    """Records by id; each once, though it may stand on two pages."""
    found: dict[str, dict[str, Any]] = {}
    for page in [client.call(operation())] if query is None else client.pages(operation(), query):
        for listed in page["groups"]:
            record = listed if isinstance(listed, dict) else {"id": listed}
            found.setdefault(str(record["id"]), record)
        if until in found:
            break
    return found


def _rights(records: Mapping[str, Mapping[str, Any]], leads: frozenset[str] | None) -> GroupRights:
    return GroupRights(
        leads,
        frozenset(groupid for groupid, record in records.items() if not record.get("canAdd", True)),
        frozenset(groupid for groupid, record in records.items() if not record.get("canRemove", True)),
    )
