# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operations on one account. Like all operations, each takes a call and returns the data of its answer."""

from __future__ import annotations

import typing as t

from ..state.model import PROFILE_FIELDS, Account
from ..values.errors import OcsError
from . import editing, seconds
from .call import Call
from .creating import create_account
from .patching import patch_account


def create(call: Call) -> t.Any:
    return {"id": create_account(call).userid}


def show(call: Call) -> t.Any:
    """A missing account is 404 here; one the caller may not see is 998."""
    if call.target() is None:
        raise OcsError(404, "User does not exist")
    target = call.reached_target()
    # Scopes come only to who spells its own id as it is stored.
    return _shown(call, target, own=target is call.actor and call.ids["userid"] == target.userid)


def show_self(call: Call) -> t.Any:
    return _shown(call, call.actor, own=True)


def editable_fields(call: Call) -> t.Any:
    account = call.reached_target() if "userid" in call.ids else call.actor
    # That may be wrong of another account, to which the caller may give a name.
    locked = call.state.settings.names_locked
    names = ["displayname"] if account.writable and not locked else []
    names += [*([] if locked else ["email"]), "additional_mail", *PROFILE_FIELDS]
    return names + ["birthdate"] if call.state.settings.version >= 34 else names


def edit(call: Call) -> t.Any:
    key, value = call.params.text("key"), call.params.text("value")
    editing.edit(call.state, call.actor, call.reached_target(), key, value)
    call.cost += seconds.NEW_PASSWORD if key == "password" else 0
    return []


def edit_collection(call: Call) -> t.Any:
    key, value = call.params.text("key"), call.params.text("value")
    target = call.reached_target()
    editing.edit_collection(target, call.ids["collection"], key, value, target is call.actor)
    return []


def patch(call: Call) -> t.Any:
    return _shown(call, patch_account(call), own=False)


def delete(call: Call) -> t.Any:
    target = call.other_target()
    if not target.writable and not call.state.directory.second_backend.may_delete(target):
        raise OcsError(101)
    call.state.delete(target)
    return []


def enable(call: Call) -> t.Any:
    return _switch(call, True)


def disable(call: Call) -> t.Any:
    return _switch(call, False)


def wipe(call: Call) -> t.Any:
    """The account's app passwords end, so that its devices erase themselves when they next call."""
    target = call.other_target()
    call.state.sign_ins.forget(target)
    call.state.wiped.append(target.userid)
    return []


def welcome(call: Call) -> t.Any:
    target = call.reached_target()
    if not target.notified_at:
        raise OcsError(101, "The account has no address")
    call.state.welcomed.append(target.userid)
    return []


def _switch(call: Call, enabled: bool) -> t.Any:
    if call.target() is None:
        raise OcsError(101)
    call.state.set_enabled(call.other_target(), enabled)
    return []


def _shown(call: Call, account: Account, own: bool) -> t.Any:
    account.seen = True
    return call.state.record(account, call.actor, own)
