# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changing several fields of an account at once (version 34 and later): all are checked, then all are applied."""

from __future__ import annotations

import typing as t

from ..state.model import ADMIN_GROUP, Account, Group
from ..values import fields, php
from ..values.errors import BadField, OcsError
from .call import Call
from .editing import set_email

Change = t.Callable[[], t.Any]
_CHECKS: dict[str, t.Callable[[str], str]] = {"language": fields.language, "manager": str}


def patch_account(call: Call, target: Account) -> None:
    """Null leaves a field alone. With one wrong field nothing changes: 422 with a message for each."""
    patch = _Patch(call, target)
    for name in ("displayName", "password", "email", "quota", "language", "manager"):
        text = call.params.optional_text(name)
        if text is not None:
            patch.field(name, text)
    for name in ("groups", "subadminGroups"):
        groupids = call.params.optional_texts(name)
        if groupids is not None:
            patch.group_list(name, groupids)
    if patch.errors:
        raise OcsError(422, "Some fields are invalid", {"errors": patch.errors})
    for change in patch.changes:
        change()


class _Patch:
    """Collects changes and errors."""

    def __init__(self, call: Call, target: Account) -> None:
        self._call = call
        self._target = target
        self.changes: list[Change] = []
        self.errors: dict[str, str] = {}

    def field(self, name: str, value: str) -> None:
        try:
            self.changes.append(self._change_of(name, value))
        except BadField:
            self.errors[name] = "Invalid value"
        except ValueError as exc:
            self.errors[name] = str(exc)

    def group_list(self, name: str, groupids: list[str]) -> None:
        """A full list: the caller has to manage every group that comes or goes."""
        directory, target, actor = self._call.state.directory, self._target, self._call.actor
        leading = name == "subadminGroups"
        known = [directory.group(groupid) for groupid in groupids]
        wanted = [group for group in known if group is not None]
        current = directory.led_by(target) if leading else directory.groups_of(target)
        moved = [group for group in wanted if group not in current] + [
            group for group in current if group not in wanted
        ]
        if len(wanted) < len(groupids):
            self.errors[name] = "A group does not exist"
        elif leading and any(group.groupid == ADMIN_GROUP for group in wanted):
            self.errors[name] = "The group of administrators has no sub-admins"
        elif leading and moved and not self._call.is_admin:
            self.errors[name] = "Only administrators name sub-admins"
        elif not all(directory.manages_group(actor, group) for group in moved):
            self.errors[name] = "No right to change one of the groups"
        elif (
            not leading
            and target is actor
            and any(group.groupid == ADMIN_GROUP and group in current for group in moved)
        ):
            self.errors[name] = "An administrator cannot leave the administrators"
        else:
            self.changes.append(lambda: _assign(target.userid, current, wanted, leading))

    def _change_of(self, name: str, value: str) -> Change:
        target, state = self._target, self._call.state
        managed = target is not self._call.actor or self._call.is_admin
        if name in ("quota", "manager") and not managed or name in ("displayName", "password") and not target.writable:
            raise ValueError("This field cannot be changed")
        if name == "password":
            checked = fields.password(value)
            return lambda: state.set_password(target, checked)
        if name == "displayName":
            checked_name = fields.display_name(value)
            return lambda: state.directory.rename(target, checked_name)
        if name == "email":
            address = fields.email(value) if php.trim(value) else None
            return lambda: set_email(target, address)
        if name == "quota":
            return _setter(target, name, state.size(value))
        return _setter(target, name, _CHECKS[name](value))


def _setter(target: Account, name: str, value: t.Any) -> Change:
    return lambda: setattr(target, name, value)


def _assign(userid: str, current: list[Group], wanted: list[Group], leading: bool) -> None:
    for group in current:
        (group.subadmins if leading else group.members).pop(userid)
    for group in wanted:
        (group.subadmins if leading else group.members)[userid] = None
