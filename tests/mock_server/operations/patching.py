# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changing several fields of an account at once (version 34 and later): all are checked, then one after another applied.

A quota below zero and a display name that is too long pass the checks, and end the call while it applies them.
"""

from __future__ import annotations

import typing as t

from ..state.model import ADMIN_GROUP, Account, Group
from ..values import fields, php
from ..values.errors import NOT_FOUND, BadField, OcsError
from .call import Call
from .editing import set_email

Change = t.Callable[[], t.Any]
_TEXTS = ("displayName", "password", "email", "quota", "language", "manager")
_LISTS = ("groups", "subadminGroups")
# In this order they are applied; so what comes before the one that fails is set.
_ORDER = ("password", "displayName", "email", "quota", "language", "manager", *_LISTS)
# What a sub-admin does not set of itself.
_NOT_OWN = ("quota", "manager")
# What nobody sets of the own account on a server that locks names.
_NAMES = ("displayName", "email")


def patch_account(call: Call) -> Account:
    """Null leaves a field alone. What is refused is named by field, and then nothing is applied: 422.

    Wrong types end the call before anything is looked at.
    """
    texts = {name: call.params.optional_text(name) for name in _TEXTS}
    lists = {name: call.params.optional_texts(name) for name in _LISTS}
    target = _target(call)
    patch = _Patch(call, target)
    for name, text in texts.items():
        if text is not None:
            patch.check(name, lambda name=name, text=text: patch.text(name, text))
    for name, groupids in lists.items():
        if groupids is not None:
            patch.check(name, lambda name=name, groupids=groupids: patch.group_list(name, groupids))
    patch.refuse()
    # The policy for passwords is asked last.
    if texts["password"] is not None:
        patch.check("password", lambda: patch.allowed_password(texts["password"]))
    patch.refuse()
    for name in _ORDER:
        patch.changes.get(name, lambda: None)()
    return target


def _target(call: Call) -> Account:
    """The account that is meant. An id in the body is taken instead of the one in the path."""
    account = call.state.directory.account(_userid(call))
    if account is None:
        raise OcsError(NOT_FOUND)
    if not call.state.directory.reaches(call.actor, account):
        raise OcsError(403, "Insufficient permissions to edit this user")
    return account


def _userid(call: Call) -> str:
    return call.params.text("userId", call.ids["userid"])


class _Patch:
    """Collects changes and errors by field."""

    def __init__(self, call: Call, target: Account) -> None:
        self._call = call
        self._target = target
        self._manages_all = call.is_admin or call.state.directory.is_delegate(call.actor)
        self.changes: dict[str, Change] = {}
        self.errors: dict[str, str] = {}

    def check(self, name: str, made: t.Callable[[], Change]) -> None:
        try:
            self.changes[name] = made()
        except ValueError as exc:
            self.errors[name] = str(exc)

    def refuse(self) -> None:
        if self.errors:
            raise OcsError(422, "", {"errors": self.errors})

    def text(self, name: str, value: str) -> Change:
        target, state = self._target, self._call.state
        if not {"displayName": target.writable, "password": target.password_writable}.get(name, True):
            raise ValueError("Cannot change %s for this user" % name)
        is_own = target is self._call.actor
        if is_own and (name in _NOT_OWN and not self._manages_all or name in _NAMES and state.settings.names_locked):
            raise ValueError("Insufficient permissions to change %s" % name)
        if name == "password":
            if len(value.encode()) > fields.MAXIMUM_PASSWORD:
                raise ValueError("Invalid password value")
            return lambda: state.set_password(target, value)
        if name == "displayName":
            return lambda: self._rename(value)
        if name == "email":
            address = fields.unicode_email(value) if php.trim(value) else None
            return lambda: set_email(target, address)
        if name == "quota":
            return self._quota(value)
        if name == "language":
            if state.settings.forced_language and not self._call.is_admin:
                raise ValueError("Language change is not allowed on this instance")
            language = fields.language(value)
            return lambda: setattr(target, "language", language)
        return lambda: setattr(target, "manager", "" if value == "0" else value)

    def allowed_password(self, value: str) -> Change:
        fields.password(value)
        return self.changes["password"]

    def group_list(self, name: str, groupids: list[str]) -> Change:
        """The whole list. An administrator may even leave the administrators so."""
        directory, target = self._call.state.directory, self._target
        if not self._manages_all:
            raise ValueError("Insufficient permissions to change %s" % name)
        wanted = [self._known_group(groupid) for groupid in groupids]
        leading = name == "subadminGroups"
        if leading or not self._call.is_admin:
            wanted = [group for group in wanted if group.groupid != ADMIN_GROUP]
        if leading:
            return lambda: _assign(target.userid, directory.led_by(target), wanted, leading)
        return lambda: _assign(target.userid, directory.groups_of(target), wanted, leading)

    def _known_group(self, groupid: str) -> Group:
        group = self._call.state.directory.group(groupid)
        if group is None:
            raise ValueError("Group %s does not exist" % groupid)
        return group

    def _rename(self, value: str) -> None:
        """Nothing sets the name back to the id as it is spelled in the path; spaces alone change nothing."""
        try:
            name = fields.display_name(value) if value else _userid(self._call)
        except ValueError as exc:
            raise BadField() from exc
        self._call.state.directory.rename(self._target, name)

    def _quota(self, value: str) -> Change:
        try:
            stored = self._call.state.size(value)
        except BadField as exc:
            return _failing(exc)
        return lambda: setattr(self._target, "quota", stored)


def _failing(exc: BadField) -> Change:
    def fail() -> None:
        raise exc

    return fail


def _assign(userid: str, current: list[Group], wanted: list[Group], leading: bool) -> None:
    """A group of another backend takes nobody in and lets nobody go, and says nothing of it."""
    for group in current:
        if leading or group.writable:
            (group.subadmins if leading else group.members).pop(userid)
    for group in wanted:
        if leading or group.writable:
            (group.subadmins if leading else group.members)[userid] = None
