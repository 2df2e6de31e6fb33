# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operations on groups and their members."""

from __future__ import annotations

import typing as t

from ..state.model import ADMIN_GROUP, Group
from ..state.record import group_record
from ..values import php
from ..values.errors import NOT_FOUND, UNKNOWN, BadField, OcsError
from .call import Call


def list_ids(call: Call) -> t.Any:
    return {"groups": [group.groupid for group in call.state.directory.find_groups(*call.page)]}


def list_details(call: Call) -> t.Any:
    return {"groups": details(call, call.state.directory.find_groups(*call.page))}


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
    if not php.trim(value) or not group.writable:
        raise OcsError(101, "Not supported by backend")
    group.display_name = php.trim(value)
    return []


def delete(call: Call) -> t.Any:
    group = call.group()
    if group is None:
        raise OcsError(101)
    if group.groupid == ADMIN_GROUP:
        raise OcsError(102)
    if not group.writable:
        raise BadField()
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


def details(call: Call, groups: list[Group]) -> list[t.Any]:
    """Groups as lists show them."""
    return [group_record(call.state.directory, group) for group in groups]
