# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How an account is shown: to administrators, to sub-admins, and to itself."""

from __future__ import annotations

import typing as t

from . import quota
from .directory import Directory
from .model import PROFILE_FIELDS, Account, Group, Record

DATA_DIRECTORY = "/var/lib/nextcloud/"


def account_record(
    directory: Directory, account: Account, default_quota: str, as_admin: bool, own: bool = False
) -> Record:
    """All fields of an account. Only administrators see where its files lie, only itself its scopes."""
    scopes = account.scopes if own else {}
    record: Record = {"enabled": account.enabled}
    if as_admin:
        record["storageLocation"] = DATA_DIRECTORY + account.userid
    record.update(
        {
            "id": account.userid,
            "firstLoginTimestamp": account.first_login,
            "lastLoginTimestamp": account.last_login,
            "lastLogin": account.last_login * 1000,
            "backend": account.backend,
            "subadmin": [group.groupid for group in directory.led_by(account)],
            "quota": _quota(account, default_quota),
            "manager": account.manager,
        }
    )
    if own:
        record["avatarScope"] = scopes["avatar"]
    _put(record, scopes, "email", account.email)
    record["additional_mail"] = list(account.additional_mail)
    if own:
        record["additional_mailScope"] = list(account.additional_mail.values())
    record["displayname"] = account.shown_name
    record["display-name"] = account.shown_name
    if own:
        record["displaynameScope"] = scopes["displayname"]
    for name in PROFILE_FIELDS:
        _put(record, scopes, name, account.profile[name])
    record.update(
        {
            "groups": [group.groupid for group in directory.groups_of(account)],
            "language": account.language,
            "locale": account.locale,
            "timezone": account.timezone,
            "notify_email": account.notify_email,
            "backendCapabilities": {"setDisplayName": account.writable, "setPassword": account.writable},
        }
    )
    return record


def group_record(directory: Directory, group: Group) -> Record:
    members = [account for account in map(directory.account, group.members) if account is not None]
    return {
        "id": group.groupid,
        "displayname": group.display_name,
        "usercount": len(members),
        "disabled": sum(not account.enabled for account in members),
        "canAdd": True,
        "canRemove": True,
    }


def _put(record: Record, scopes: t.Mapping[str, str], name: str, value: t.Any) -> None:
    record[name] = value
    if name in scopes:
        record[name + "Scope"] = scopes[name]


def _quota(account: Account, default: str) -> Record:
    stored = default or "none" if account.quota == "default" else account.quota
    if not account.storage_ready:
        return {"quota": "none" if stored == "none" else quota.in_bytes(stored), "used": 0}
    limit, used = quota.in_bytes(stored), account.used_bytes
    if limit <= 0:
        # A quota of nothing is shown as 0, but counted as if there were none.
        return {"free": quota.UNLIMITED, "used": used, "total": quota.UNLIMITED, "relative": 0, "quota": limit}
    return {
        "free": max(limit - used, 0),
        "used": used,
        "total": limit,
        "relative": round(used / limit * 100, 2) if used else 0,
        "quota": limit,
    }
