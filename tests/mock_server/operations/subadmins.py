# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operations on sub-admins: those of a group, and the groups that an account leads."""

from __future__ import annotations

import typing as t

from ..state.model import ADMIN_GROUP
from ..values.errors import NOT_FOUND, OcsError
from .call import Call
from .groups import details


def of_group(call: Call) -> t.Any:
    group = call.group()
    if group is None:
        raise OcsError(101, "Group does not exist")
    return list(group.subadmins)


def groups_led(call: Call) -> t.Any:
    account = call.target()
    if account is None:
        raise OcsError(404, "User does not exist")
    return [group.groupid for group in call.state.directory.led_by(account)]


def groups_led_details(call: Call) -> t.Any:
    """Other than the groups it is in, those that an account leads are shown to itself and to administrators only."""
    account = call.reached_target()
    if account is not call.actor and not call.is_admin:
        raise OcsError(NOT_FOUND)
    return {"groups": details(call, call.state.directory.led_by(account))}


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
