# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changing one field of an account: which keys there are for whom, and what becomes of the value."""

from __future__ import annotations

import typing as t

from ..state.model import PROFILE_FIELDS, SCOPED_FIELDS, Account, Mail
from ..state.server_state import State
from ..values import fields, php
from ..values.errors import OcsError

ADDITIONAL_MAIL = "additional_mail"
_SCOPE_KEYS = frozenset(name + "Scope" for name in SCOPED_FIELDS)
_COMMON_KEYS = frozenset(PROFILE_FIELDS) | {
    "email",
    ADDITIONAL_MAIL,
    "notify_email",
    "password",
    "language",
    "locale",
    "timezone",
    "first_day_of_week",
}
_NAME_KEYS = frozenset(("displayname", "display"))
_OWN_KEYS = _SCOPE_KEYS | {"birthdate"}
_MANAGED_KEYS = frozenset(("quota", "manager"))


def allowed_keys(state: State, actor: Account, target: Account) -> frozenset[str]:
    """Scopes and birthdate are the account's own; quota and manager those of who manages it."""
    keys = _COMMON_KEYS
    if target.writable:
        keys |= _NAME_KEYS
    if target is actor:
        keys |= _OWN_KEYS
        keys -= {*_NAME_KEYS, "email"} if state.settings.names_locked else set()
    if target is not actor or state.directory.is_admin(actor):
        keys |= _MANAGED_KEYS
    if state.settings.forced_language and not state.directory.is_admin(actor):
        keys -= {"language"}
    return keys


def edit(state: State, actor: Account, target: Account, key: str, value: str) -> None:
    """Set one field, or raise 113 (no such key for this caller), 107 and 112 (password) or 101 (value)."""
    if key not in allowed_keys(state, actor, target):
        raise OcsError(113)
    if key == "password":
        _check_password_may_be_set(target, value)
    try:
        _set(state, target, key, value)
    except ValueError as exc:
        raise OcsError(107 if key == "password" else 101, str(exc)) from exc


def edit_collection(target: Account, collection: str, key: str, value: str, is_own: bool) -> None:
    """Replace (`key` old, `value` new), remove (`value` empty) or add (`key` unknown) one of several values."""
    if collection == ADDITIONAL_MAIL:
        _replace_mail(target, key, value)
    elif collection == ADDITIONAL_MAIL + "Scope" and is_own:
        mail = next((mail for mail in target.additional_mail if mail.address == key), None)
        if mail is None:
            raise OcsError(102)
        try:
            mail.scope = fields.scope(collection, value)
        except ValueError as exc:
            raise OcsError(102, str(exc)) from exc
    else:
        raise OcsError(103)


def _replace_mail(target: Account, old: str, new: str) -> None:
    """Other than adding an address by a plain edit, this checks neither its form nor whether it is there already."""
    target.additional_mail = [mail for mail in target.additional_mail if mail.address != old]
    if new:
        new = php.trim(new).lower()
        target.additional_mail.append(Mail(new))
        if new == old:
            target.verified_mail.add(new)
    elif old == target.notify_email:
        target.notify_email = None


def _check_password_may_be_set(target: Account, value: str) -> None:
    if len(value.encode()) > fields.MAXIMUM_PASSWORD:
        raise OcsError(101, "Invalid password value")
    if not target.password_writable:
        raise OcsError(112, "Not supported by the backend")


def _set(state: State, target: Account, key: str, value: str) -> None:
    region = state.settings.default_phone_region
    if key in PROFILE_FIELDS:
        target.profile[key] = fields.profile_value(key, value, region)
    elif key in _SCOPE_KEYS:
        name = key.removesuffix("Scope")
        target.scopes[name] = fields.scope(name, value)
    elif key == "password":
        state.set_password(target, fields.password(value))
    elif key in ("displayname", "display"):
        state.directory.rename(target, fields.display_name(value))
    elif key == "email":
        set_email(target, fields.email(value) if php.trim(value) else None)
    elif key == "quota":
        target.quota = state.size(value)
    elif key == ADDITIONAL_MAIL:
        _add_mail(target, fields.email(value))
    elif key == "notify_email":
        _set_notify_email(target, value)
    else:
        setattr(target, key, _PLAIN[key](value))


def set_email(target: Account, address: str | None) -> None:
    """Notifications that go to the same address need not be set any more."""
    target.email = address
    if target.notify_email == address:
        target.notify_email = None


def _add_mail(target: Account, address: str) -> None:
    if address == target.email or any(mail.address == address for mail in target.additional_mail):
        raise ValueError("The account has this address")
    target.additional_mail.append(Mail(address))


def _set_notify_email(target: Account, value: str) -> None:
    known = any(mail.address == value for mail in target.additional_mail) and value in target.verified_mail
    if value and not known:
        raise ValueError("Not a verified address of the account")
    target.notify_email = value or None


_PLAIN: dict[str, t.Callable[[str], t.Any]] = {
    "language": fields.language,
    "locale": fields.locale,
    "timezone": fields.timezone,
    "first_day_of_week": fields.first_day_of_week,
    "birthdate": fields.text,
    "manager": str,
}
