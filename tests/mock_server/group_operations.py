# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operations on groups, memberships and sub-admins."""

from __future__ import annotations

import typing as t

from . import php
from .call import Call
from .errors import NOT_FOUND, UNKNOWN, OcsError
from .model import ADMIN_GROUP, Account, Group
from .record import group_record


def list_ids(call: Call) -> t.Any:
    return {"groups": [group.groupid for group in call.state.directory.find_groups(*call.page)]}


def list_details(call: Call) -> t.Any:
    return {"groups": _details(call, call.state.directory.find_groups(*call.page))}


def create(call: Call) -> t.Any:
    groupid = call.params.text("groupid")
    name = call.params.text("displayname", "")
    if groupid in ("", "0"):
        raise OcsError(101, "Invalid group name")
    call.state.directory.add_group(groupid, name)
    return []


def rename(call: Call) -> t.Any:
    group = call.group()
    key, value = call.params.text("key"), call.params.text("value")
    if key != "displayname":
        raise OcsError(UNKNOWN)
    if group is None:
        raise OcsError(NOT_FOUND, "Group does not exist")
    if not php.trim(value):
        raise OcsError(101, "Not supported by backend")
    group.display_name = php.trim(value)
    return []


def delete(call: Call) -> t.Any:
    group = call.group()
    if group is None:
        raise OcsError(101)
    if group.groupid == ADMIN_GROUP:
        raise OcsError(102)
    call.state.directory.remove_group(group)
    return []


def members(call: Call) -> t.Any:
    group = call.group()
    if group is None:
        raise OcsError(404, "The requested group could not be found")
    if call.actor.userid not in group.members and not call.state.directory.manages_group(call.actor, group):
        raise OcsError(403)
    return {"users": [account.userid for account in call.state.directory.members(group)]}


def members_details(call: Call) -> t.Any:
    group = call.group()
    if group is None or not call.state.directory.manages_group(call.actor, group):
        raise OcsError(NOT_FOUND, "The requested group could not be found")
    return {"users": call.records(call.state.directory.page_of_members(group, *call.page))}


def subadmins(call: Call) -> t.Any:
    group = call.group()
    if group is None:
        raise OcsError(101, "Group does not exist")
    return list(group.subadmins)


# Memberships of an account


def groups_of(call: Call) -> t.Any:
    return {"groups": [group.groupid for group in _groups_of_target(call)]}


def groups_of_details(call: Call) -> t.Any:
    return {"groups": _details(call, _groups_of_target(call))}


def join(call: Call) -> t.Any:
    group, account = _member_and_group(call, call.params.text("groupid", ""))
    group.members[account.userid] = None
    return []


def leave(call: Call) -> t.Any:
    group, account = _member_and_group(call, php.trim(call.params.text("groupid")) and call.params.text("groupid"))
    directory = call.state.directory
    if account is call.actor:
        if call.is_admin and group.groupid == ADMIN_GROUP:
            raise OcsError(105, "An administrator cannot leave the administrators")
        if not call.is_admin:
            raise OcsError(105, "A sub-admin cannot leave a group it leads")
    elif not call.is_admin:
        shared = [led for led in directory.led_by(call.actor) if account.userid in led.members]
        if len(shared) <= 1:
            raise OcsError(105, "The last group shared with the sub-admin")
    group.members.pop(account.userid, None)
    return []


def led_by(call: Call) -> t.Any:
    account = call.target()
    if account is None:
        raise OcsError(404, "User does not exist")
    return [group.groupid for group in call.state.directory.led_by(account)]


def led_by_details(call: Call) -> t.Any:
    """Other than the groups it is in, those that an account leads are shown to itself and to administrators only."""
    account = call.reached_target()
    if account is not call.actor and not call.is_admin:
        raise OcsError(NOT_FOUND)
    return {"groups": _details(call, call.state.directory.led_by(account))}


def appoint(call: Call) -> t.Any:
    groupid = call.params.text("groupid")
    account, group = call.target(), call.state.directory.group(groupid)
    if account is None:
        raise OcsError(101, "User does not exist")
    if group is None:
        raise OcsError(102, "Group does not exist")
    if group.groupid == ADMIN_GROUP:
        raise OcsError(103, "The group of administrators has no sub-admins")
    group.subadmins[account.userid] = None
    return []


def dismiss(call: Call) -> t.Any:
    """Unlike leaving a group, taking away a right that is not there is an error."""
    groupid = call.params.text("groupid")
    account, group = call.target(), call.state.directory.group(groupid)
    if group is None:
        raise OcsError(101, "Group does not exist")
    if account is None:
        raise OcsError(101, "User does not exist")
    if account.userid not in group.subadmins:
        raise OcsError(102, "Not a sub-admin of this group")
    del group.subadmins[account.userid]
    return []


def _groups_of_target(call: Call) -> list[Group]:
    """A sub-admin sees of other accounts the groups it leads."""
    account = call.reached_target()
    groups = call.state.directory.groups_of(account)
    if account is call.actor or call.is_admin:
        return groups
    return [group for group in groups if call.actor.userid in group.subadmins]


def _member_and_group(call: Call, groupid: str) -> tuple[Group, Account]:
    if not groupid:
        raise OcsError(101)
    group, account = call.state.directory.group(groupid), call.target()
    if group is None:
        raise OcsError(102)
    if account is None:
        raise OcsError(103)
    if not call.state.directory.manages_group(call.actor, group):
        raise OcsError(104)
    return group, account


def _details(call: Call, groups: list[Group]) -> list[t.Any]:
    return [group_record(call.state.directory, group) for group in groups]
