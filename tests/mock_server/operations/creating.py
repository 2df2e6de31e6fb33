# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Creating an account. The order of steps decides what a refused creation leaves behind."""

from __future__ import annotations

import secrets

from ..state.model import ADMIN_GROUP, Account, Group
from ..values import fields, php
from ..values.errors import BadField, OcsError
from . import seconds
from .call import Call


def create_account(call: Call) -> Account:
    """Everything that is checked beforehand leaves nothing; a bad quota or language leaves the account."""
    params = call.params
    userid, password = params.text("userid"), params.text("password", "")
    display_name, email = params.text("displayName", ""), params.text("email", "")
    quota, language, manager = params.text("quota", ""), params.text("language", ""), params.text("manager", "")
    groupids, led_groupids = params.texts("groups"), params.texts("subadmin")
    if call.state.directory.account(userid) is not None:
        raise OcsError(102, "User already exists")
    groups = _checked_groups(call, groupids)
    led_groups = _checked_led_groups(call, led_groupids)
    password = _checked_password(userid, password, email, call)
    try:
        display_name = fields.display_name(display_name)
    except ValueError as exc:
        raise OcsError(101, str(exc)) from exc

    call.cost += seconds.NEW_PASSWORD
    account = call.state.directory.add(Account(userid, password))
    call.state.directory.rename(account, display_name)
    for group in groups:
        if group.writable:
            group.members[userid] = None
    for group in led_groups:
        group.subadmins[userid] = None
    try:
        if quota:
            account.quota = call.state.size(quota)
        if language:
            account.language = fields.language(language)
    except (BadField, ValueError) as exc:
        raise OcsError(101, str(exc)) from exc
    # Neither is checked here: any text is taken for an address, and any name for a manager.
    account.email = php.trim(email).lower() or None
    account.manager = manager
    return account


def _checked_groups(call: Call, groupids: list[str]) -> list[Group]:
    if not groupids and not call.is_admin:
        raise OcsError(106, "A sub-admin has to name a group")
    groups = []
    for groupid in groupids:
        group = call.state.directory.group(groupid)
        if group is None:
            raise OcsError(104, "Group %s does not exist" % groupid)
        if not call.state.directory.manages_group(call.actor, group):
            raise OcsError(105, "No right to add to group %s" % groupid)
        groups.append(group)
    return groups


def _checked_led_groups(call: Call, groupids: list[str]) -> list[Group]:
    groups = []
    for groupid in groupids:
        group = call.state.directory.group(groupid)
        if group is None:
            raise OcsError(109, "Sub-admin group does not exist")
        if groupid == ADMIN_GROUP:
            raise OcsError(103, "The group of administrators has no sub-admins")
        if not call.state.directory.manages_group(call.actor, group):
            raise OcsError(403, "No right to name sub-admins of group %s" % groupid)
        groups.append(group)
    return groups


def _checked_password(userid: str, password: str, email: str, call: Call) -> str:
    if len(password.encode()) > fields.MAXIMUM_PASSWORD:
        raise OcsError(101, "Invalid password value")
    if not password:
        if not email:
            raise OcsError(108, "Without a password an address is needed")
        password = secrets.token_urlsafe(24)
    call.state.directory.check_new_id(userid)
    if not php.trim(password):
        raise OcsError(101, "A valid password must be provided")
    try:
        return fields.password(password)
    except ValueError as exc:
        raise OcsError(107, str(exc)) from exc
