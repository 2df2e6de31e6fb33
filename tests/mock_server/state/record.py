# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How an account is shown: to administrators, to sub-admins, and to itself."""

from __future__ import annotations

import typing as t

from ..values import quota
from .directory import Directory, Ties
from .model import PROFILE_FIELDS, Account, Group, Record

DATA_DIRECTORY = "/var/lib/nextcloud/"


class Viewer:
    """Shows accounts to one caller, who is looked at once for all of them."""

    def __init__(self, directory: Directory, actor: Account, default_quota: str, forced_language: str = "") -> None:
        self._directory = directory
        self._actor = actor
        self._default_quota = default_quota
        self._forced_language = forced_language
        self._is_admin = directory.is_admin(actor)
        self._is_subadmin = self._is_admin or directory.is_subadmin(actor)

    def record(self, account: Account, ties: Ties, own: bool = False) -> Record:
        """All fields of an account. Only administrators see where its files lie, only itself its scopes."""
        if not self._is_admin and not self._directory.reaches(self._actor, account):
            return {"id": account.userid}
        scopes = account.scopes if own else {}
        record: Record = {"enabled": account.enabled}
        if self._is_admin:
            record["storageLocation"] = DATA_DIRECTORY + account.userid
        record.update(
            id=account.userid,
            firstLoginTimestamp=account.first_login,
            lastLoginTimestamp=account.last_login,
            lastLogin=account.last_login * 1000,
            backend=account.backend,
            subadmin=ties.leads,
            quota=_quota(account, self._default_quota),
            manager=self._manager(account.manager),
        )
        if own:
            record["avatarScope"] = scopes["avatar"]
        _put(record, scopes, "email", account.email)
        record["additional_mail"] = [mail.address for mail in account.additional_mail]
        if own:
            record["additional_mailScope"] = [mail.scope for mail in account.additional_mail]
        record["displayname"] = account.shown_name
        record["display-name"] = account.shown_name
        if own:
            record["displaynameScope"] = scopes["displayname"]
        for name in PROFILE_FIELDS:
            _put(record, scopes, name, account.profile[name])
        record.update(
            groups=ties.member_of,
            language=self._forced_language or account.language,
            locale=account.locale,
            timezone=account.timezone,
            notify_email=account.notify_email,
            backendCapabilities={"setDisplayName": account.writable, "setPassword": account.password_writable},
        )
        return record

    def _manager(self, userid: str) -> str:
        """Who is no administrator sees managers only where it reaches their accounts, and mostly not even its own."""
        if self._is_admin or not userid:
            return userid
        manager = self._directory.account(userid) if self._is_subadmin else None
        return userid if manager is not None and self._directory.reaches(self._actor, manager) else ""


def group_record(directory: Directory, group: Group) -> Record:
    members = directory.members(group)
    # The second backend counts what it holds, groups in groups too, and cannot count who is disabled.
    return {
        "id": group.groupid,
        "displayname": group.display_name,
        "usercount": len(members) if group.writable else len(group.members) + group.nested,
        "disabled": sum(not account.enabled for account in members) if group.writable else False,
        "canAdd": group.writable,
        "canRemove": group.writable,
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
        "free": limit - used,
        "used": used,
        "total": limit,
        "relative": round(used / limit * 100, 2) if used else 0,
        "quota": limit,
    }
