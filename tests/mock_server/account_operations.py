# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operations on accounts: each takes a call and returns the data of its answer."""

from __future__ import annotations

import re
import typing as t

import phonenumbers

from . import editing, values
from .call import Call
from .creating import create_account
from .directory import id_order, page
from .errors import BadField, OcsError
from .model import PROFILE_FIELDS, Account
from .patching import patch_account

_LAST_INTEGER = 2**63


def list_ids(call: Call) -> t.Any:
    """Ids alone. Numeric ones come as numbers."""
    return {"users": [_as_map_key(account.userid) for account in _found(call)]}


def list_details(call: Call) -> t.Any:
    return {"users": call.records(_found(call))}


def list_disabled(call: Call) -> t.Any:
    search, limit, offset = call.page
    if limit is not None and limit < 0:
        raise BadField()
    found = [account for account in _all_found(call, search) if not account.enabled]
    return {"users": call.records(page(found, limit, offset))}


def list_recent(call: Call) -> t.Any:
    search, limit, offset = call.page
    found = [account for account in _all_found(call, search) if account.last_login]
    found.sort(key=lambda account: (-account.last_login, id_order(account)))
    return {"users": call.records(page(found, limit, offset))}


def search_by_phone(call: Call) -> t.Any:
    """Which of the given numbers belong to accounts: the caller's keys with federated ids."""
    region = call.params.text("location")
    wanted = call.params.mapping("search")
    if region not in phonenumbers.SUPPORTED_REGIONS:
        raise OcsError(400)
    owners = {account.profile["phone"]: account.userid for account in call.state.directory.accounts()}
    found: dict[str, str] = {}
    for key, numbers in wanted.items():
        for number in numbers if isinstance(numbers, list) else ():
            try:
                stored = values.phone(str(number), region)
            except ValueError:
                continue
            if stored in owners and stored:
                found[key] = "%s@%s" % (owners[stored], call.host)
    return found


def create(call: Call) -> t.Any:
    return {"id": create_account(call).userid}


def show(call: Call) -> t.Any:
    """A missing account is 404 here; one the caller may not see is 998."""
    if call.target() is None:
        raise OcsError(404, "User does not exist")
    return _shown(call, call.managed_target(or_self=True))


def show_self(call: Call) -> t.Any:
    return _shown(call, call.actor)


def editable_fields(call: Call) -> t.Any:
    account = call.managed_target(or_self=True) if "userid" in call.ids else call.actor
    names = ["displayname"] if account.writable else []
    return names + ["email", "additional_mail"] + list(PROFILE_FIELDS)


def edit(call: Call) -> t.Any:
    key, value = call.params.text("key"), call.params.text("value")
    editing.edit(call.state, call.actor, call.managed_target(or_self=True), key, value)
    return []


def edit_collection(call: Call) -> t.Any:
    key, value = call.params.text("key"), call.params.text("value")
    target = call.managed_target(or_self=True)
    editing.edit_collection(target, call.ids["collection"], key, value, target is call.actor)
    return []


def patch(call: Call) -> t.Any:
    target = call.managed_target(or_self=True)
    patch_account(call, target)
    return _shown(call, target)


def delete(call: Call) -> t.Any:
    target = call.managed_target()
    if target is call.actor:
        raise OcsError(101)
    call.state.delete(target)
    return []


def enable(call: Call) -> t.Any:
    return _switch(call, True)


def disable(call: Call) -> t.Any:
    return _switch(call, False)


def wipe(call: Call) -> t.Any:
    """The account's app passwords end, so that its devices erase themselves when they next call."""
    target = call.managed_target()
    if target is call.actor:
        raise OcsError(101)
    call.state.sign_ins.forget(target)
    call.state.wiped.append(target.userid)
    return []


def welcome(call: Call) -> t.Any:
    target = call.managed_target()
    if not target.email:
        raise OcsError(101, "The account has no address")
    call.state.welcomed.append(target.userid)
    return []


def _switch(call: Call, enabled: bool) -> t.Any:
    if call.target() in (None, call.actor):
        raise OcsError(101)
    call.state.set_enabled(call.managed_target(), enabled)
    return []


def _shown(call: Call, account: Account) -> t.Any:
    account.seen = True
    return call.state.record(account, call.actor, own=account is call.actor)


def _found(call: Call) -> list[Account]:
    search, limit, offset = call.page
    if call.is_admin:
        return call.state.directory.find_accounts(search, limit, offset)
    return call.state.directory.find_members(call.state.directory.led_by(call.actor), search, limit, offset)


def _all_found(call: Call, search: str) -> list[Account]:
    if call.is_admin:
        return call.state.directory.find_accounts(search, None, 0)
    return call.state.directory.find_members(call.state.directory.led_by(call.actor), search, None, 0)


def _as_map_key(userid: str) -> str | int:
    """The server keeps ids as keys of a map, where whole numbers lose their text."""
    if re.fullmatch(r"0|-?[1-9]\d*", userid) and abs(int(userid)) < _LAST_INTEGER:
        return int(userid)
    return userid
