# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changing one field of an account: which keys there are for whom, and what becomes of the value."""

from __future__ import annotations

import datetime
import typing as t

from . import values
from .errors import OcsError
from .model import LOCAL_SCOPE, PROFILE_FIELDS, SCOPED_FIELDS, Account
from .state import State

ADDITIONAL_MAIL = "additional_mail"
_SCOPE_KEYS = frozenset(name + "Scope" for name in SCOPED_FIELDS)
_COMMON_KEYS = frozenset(PROFILE_FIELDS) | {
    "email",
    ADDITIONAL_MAIL,
    "notify_email",
    "language",
    "locale",
    "timezone",
    "first_day_of_week",
}
_BACKEND_KEYS = frozenset(("displayname", "display", "password"))
_OWN_KEYS = _SCOPE_KEYS | {"birthdate"}
_MANAGED_KEYS = frozenset(("quota", "manager"))


def allowed_keys(state: State, actor: Account, target: Account) -> frozenset[str]:
    """Scopes and birthdate are the account's own; quota and manager those of who manages it."""
    keys = _COMMON_KEYS
    if target.writable:
        keys |= _BACKEND_KEYS
    if target is actor:
        keys |= _OWN_KEYS
    if target is not actor or state.directory.is_admin(actor):
        keys |= _MANAGED_KEYS
    return keys


def edit(state: State, actor: Account, target: Account, key: str, value: str) -> None:
    """Set one field, or raise 113 (no such key for this caller), 107 (password) or 101 (value)."""
    if key not in allowed_keys(state, actor, target):
        raise OcsError(113)
    try:
        _set(state, target, key, value)
    except ValueError as exc:
        raise OcsError(107 if key == "password" else 101, str(exc)) from exc


def edit_collection(target: Account, collection: str, key: str, value: str, is_own: bool) -> None:
    """Replace (`key` old, `value` new), remove (`value` empty) or add (`key` unknown) one of several values."""
    if collection == ADDITIONAL_MAIL:
        target.additional_mail.pop(key, None)
        if value:
            try:
                target.additional_mail.setdefault(values.email(value), LOCAL_SCOPE)
            except ValueError as exc:
                raise OcsError(101, str(exc)) from exc
        _forget_lost_addresses(target)
    elif collection == ADDITIONAL_MAIL + "Scope" and is_own:
        if key not in target.additional_mail:
            raise OcsError(102)
        try:
            target.additional_mail[key] = values.scope(collection, value)
        except ValueError as exc:
            raise OcsError(102, str(exc)) from exc
    else:
        raise OcsError(103)


def _set(state: State, target: Account, key: str, value: str) -> None:
    region = state.settings.default_phone_region
    if key in PROFILE_FIELDS:
        target.profile[key] = values.profile_value(key, value, region)
    elif key in _SCOPE_KEYS:
        name = key.removesuffix("Scope")
        target.scopes[name] = values.scope(name, value)
    elif key == "password":
        state.set_password(target, values.password(value))
    elif key in ("displayname", "display"):
        target.display_name = values.display_name(value) or target.display_name
    elif key == "email":
        target.email = values.email(value) if value.strip() else None
    elif key == ADDITIONAL_MAIL:
        _add_mail(target, values.email(value))
    elif key == "notify_email":
        _set_notify_email(target, value)
    else:
        setattr(target, key, _PLAIN[key](value))


def _add_mail(target: Account, address: str) -> None:
    if address == target.email or address in target.additional_mail:
        raise ValueError("The account has this address")
    target.additional_mail[address] = LOCAL_SCOPE


def _set_notify_email(target: Account, value: str) -> None:
    if value and not (value in target.additional_mail and value in target.verified_mail):
        raise ValueError("Not a verified address of the account")
    target.notify_email = value or None


def _forget_lost_addresses(target: Account) -> None:
    if target.notify_email not in target.additional_mail:
        target.notify_email = None


def _birthdate(value: str) -> str:
    return datetime.date.fromisoformat(value).isoformat() if value else ""


_PLAIN: dict[str, t.Callable[[str], t.Any]] = {
    "quota": values.size,
    "language": values.language,
    "locale": values.locale,
    "timezone": values.timezone,
    "first_day_of_week": values.first_day_of_week,
    "birthdate": _birthdate,
    "manager": str,
}
