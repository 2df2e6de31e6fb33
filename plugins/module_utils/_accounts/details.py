# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What the server tells of an account, in option names."""

from __future__ import annotations

from typing import Any

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import fields, user
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.listing import Record
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client

# Names of the API for what may be edited, to options.
EDITABLE = {
    **{field.put: field.option for field in fields.FIELDS},
    **{field.answer: field.option for field in fields.LIST_FIELDS},
}


def described(record: Record, details: bool = True) -> dict[str, Any]:
    """What the module returns of an account."""
    item: dict[str, Any] = {"userid": str(record["id"])}
    if details:
        whole = "displayname" in record
        item["user"] = user.account(record) if whole else None
        item["backend"] = record.get("backend")
        item["last_login"] = last_login(record)
        item["quota_used"] = (record.get("quota") or {}).get("used")
        item["read_only"] = _read_only(record) if whole else None
    return item


def last_login(record: Record) -> int | None:
    """Seconds since the epoch; the server gives milliseconds, and 0 for never."""
    return int(record.get("lastLogin") or 0) // 1000 or None


def _read_only(record: Record) -> list[str]:
    """The options that the account's backend does not let be set."""
    allowed = record.get("backendCapabilities") or {}
    return sorted(
        field.option
        for field in (*fields.FIELDS, fields.PASSWORD)
        if field.capability and not allowed.get(field.capability, True)
    )


def editable_fields(client: Client, userid: str, own: str) -> list[str] | None:
    if userid == own:
        names = client.call(operations.GET_EDITABLE_FIELDS())
    else:
        names = client.find(operations.GET_USER_EDITABLE_FIELDS, userid)
    return None if names is None else sorted(EDITABLE[name] for name in names if name in EDITABLE)


def group_details(client: Client, userid: str) -> dict[str, list[dict[str, str]] | None] | None:
    """{groups, subadmin_of}: each {groupid, display_name}, sorted by id. A sub-admin does not learn of what others manage."""
    details: dict[str, list[dict[str, str]] | None] = {}
    for option, operation in (
        ("groups", operations.GET_USER_GROUPS_DETAILS),
        ("subadmin_of", operations.GET_SUBADMIN_GROUPS_DETAILS),
    ):
        answer = client.find(operation, userid)
        details[option] = None if answer is None else _named(answer["groups"])
    return details if any(known is not None for known in details.values()) else None


def _named(groups: list[Any]) -> list[dict[str, str]]:
    names = {str(group["id"]): str(group["displayname"]) for group in groups}
    return [{"groupid": groupid, "display_name": name} for groupid, name in sorted(names.items())]
