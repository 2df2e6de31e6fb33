# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operations on the groups that an account is in."""

from __future__ import annotations

import typing as t

from ..state.model import ADMIN_GROUP, Account, Group
from ..values import php
from ..values.errors import OcsError
from .call import Call
from .groups import details


def groups_of(call: Call) -> t.Any:
    return {"groups": [group.groupid for group in _groups_of_target(call)]}


def groups_of_details(call: Call) -> t.Any:
    return {"groups": details(call, _groups_of_target(call))}


def join(call: Call) -> t.Any:
    group, account = _member_and_group(call, call.params.text("groupid", ""))
    # A group of the second backend takes nobody in and lets nobody go, and says nothing of it.
    if group.writable:
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
    if group.writable:
        group.members.pop(account.userid, None)
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
