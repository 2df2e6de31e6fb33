# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Which groups there are, and who is in them."""

from __future__ import annotations

from typing import Any, Container, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._accounts.groups import find_group, read_groups
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._api.operations import Call
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import (
    Failure,
    invalid,
    mutually_exclusive,
)
from ansible_collections.community.nextcloud.plugins.module_utils._engine.resource import Reader
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import parse_value

FILTERS = ("groupid", "groupids", "search")


def argument_spec() -> dict[str, Any]:
    """The option spec of module `group_info`, beside the connection."""
    return {
        "groupid": {"type": "str"},
        "groupids": {"type": "list", "elements": "str"},
        "search": {"type": "str"},
        "details": {"type": "bool", "default": True},
        "members": {"type": "bool", "default": False},
        "subadmins": {"type": "bool", "default": False},
    }


class Query(NamedTuple):
    """Which groups, and what of them. None: that filter is not set."""

    groupids: tuple[str, ...] | None = None
    search: str | None = None
    details: bool = True
    members: bool = False
    subadmins: bool = False


def parse(options: Mapping[str, Any]) -> Query:
    """What the options ask for; Failure (invalid) names the option that cannot be right."""
    given = [name for name in FILTERS if options[name] is not None]
    if len(given) > 1:
        raise mutually_exclusive(*given)
    if options["search"] is not None and not options["search"].strip():
        raise invalid("search", "must not be empty; omit it for all groups")
    option = "groupids" if options["groupid"] is None else "groupid"
    named = options["groupids"] if options["groupid"] is None else [options["groupid"]]
    groupids = None
    if named is not None:
        groupids = tuple(dict.fromkeys(parse_value(option, kinds.GROUPID, groupid) for groupid in named))
    return Query(groupids, options["search"], options["details"], options["members"], options["subadmins"])


def read(client: Client, query: Query) -> list[dict[str, Any]]:
    """The groups, sorted by id."""
    if query.groupids is None:
        found = _listed(client, query)
    else:
        found = [record for groupid in query.groupids if (record := find_group(client, groupid)[0])]
    groups = [_item(record, query.details) for record in found]
    groups.sort(key=lambda group: group["groupid"])
    for group in groups:
        if query.members:
            group["users"] = _members(client, group["groupid"])
        if query.subadmins:
            group["subadmins"] = _subadmins(client, group["groupid"])
    return groups


def _listed(client: Client, query: Query) -> list[dict[str, Any]]:
    """The records of all groups that match; each once, though it may stand on two pages."""
    if query.details:
        return list(read_groups(client, {"search": query.search} if query.search else {}).records.values())
    found: dict[str, dict[str, Any]] = {}
    for page in client.pages(operations.GET_GROUPS(), query={"search": query.search} if query.search else None):
        for listed in page["groups"]:
            found.setdefault(str(listed), {"id": listed})
    return list(found.values())


def _item(record: dict[str, Any], details: bool) -> dict[str, Any]:
    item: dict[str, Any] = {"groupid": str(record["id"])}
    if details:
        item["display_name"] = record.get("displayname")
        item["user_count"] = _count(record.get("usercount"))
        item["disabled_count"] = _count(record.get("disabled"))
        item["can_add"] = record.get("canAdd")
        item["can_remove"] = record.get("canRemove")
    return item


def _count(answer: int | bool | None) -> int | None:
    """A number of accounts. A backend that cannot count is answered for with false; a sub-admin is not told it."""
    return None if isinstance(answer, bool) else answer


def _subadmins(client: Client, groupid: str) -> list[str] | None:
    """The sub-admins, None where the signed-in account is no administrator and so may not see them.

    None also for a group such as `..`, whose sub-admins the API cannot address.
    """
    try:
        call = operations.GET_GROUP_SUBADMINS(groupid)
    except Failure:
        return None
    answer = _unless(("permission",), client, call)
    return None if answer is None else sorted(str(userid) for userid in answer)


def _members(client: Client, groupid: str) -> list[str] | None:
    """The members, None where a sub-admin does not lead the group and so may not see them."""
    answer = _unless(("permission", "not_found"), client, operations.GET_GROUP(groupid))
    return None if answer is None else sorted(str(userid) for userid in answer["users"])


def _unless(categories: Container[str], client: Client, call: Call) -> Any:
    """The answer to the call, None where it fails in one of these categories."""
    try:
        return client.call(call)
    except Failure as failure:
        if failure.category not in categories:
            raise
        return None


RESOURCE = Reader("groups", argument_spec, parse, read)
