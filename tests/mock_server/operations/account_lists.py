# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lists of accounts: all, disabled and recent ones, and those that have a phone number."""

from __future__ import annotations

import itertools
import typing as t

import phonenumbers

from ..state.directory import id_order, page
from ..state.model import Account
from ..values import fields, php
from ..values.errors import BadField, OcsError
from .call import Call

_RECENT, _MOST_RECENT = 25, 100


def list_ids(call: Call) -> t.Any:
    """Ids alone. Numeric ones come as numbers."""
    if call.is_admin:
        return {"users": [_as_map_key(account.userid) for account in _found(call)]}
    return {"users": _renumbered([_as_map_key(account.userid) for account in _found(call)])}


def list_details(call: Call) -> t.Any:
    return {"users": call.records(_found(call))}


def list_disabled(call: Call) -> t.Any:
    search, limit, offset = _strict_page(call)
    directory = call.state.directory
    if call.is_admin:
        found = sorted(directory.matching(search), key=id_order)
    else:
        members = [account for group in directory.led_by(call.actor) for account in directory.members(group, search)]
        found = list({account.userid: account for account in members}.values())
    return {"users": call.records(page([account for account in found if not account.enabled], limit, offset))}


def list_recent(call: Call) -> t.Any:
    """The last sign-in first. Never more than 100, and 25 where nothing else is asked for."""
    search, limit, offset = _strict_page(call)
    found = [account for account in call.state.directory.matching(search) if account.last_login]
    found.sort(key=lambda account: (-account.last_login, id_order(account)))
    return {"users": call.records(page(found, min(limit or _RECENT, _MOST_RECENT), offset))}


def search_by_phone(call: Call) -> t.Any:
    """Which of the given numbers belong to accounts: the caller's keys with federated ids."""
    region = call.params.text("location")
    wanted = call.params.mapping("search")
    if region not in phonenumbers.SUPPORTED_REGIONS:
        raise OcsError(400)
    key_of: dict[str, str] = {}
    for key, numbers in wanted.items():
        for number in numbers if isinstance(numbers, list) else ():
            if not isinstance(number, str):
                raise BadField()
            stored = fields.standard_phone(number, region)
            if stored:
                # A number under two keys counts for the last of them.
                key_of[stored] = key
    owners = {account.profile["phone"]: account.userid for account in call.state.directory.accounts()}
    return {key: "%s@%s" % (owners[number], call.host) for number, key in key_of.items() if number in owners}


def _found(call: Call) -> list[Account]:
    """A page of all accounts or, for a sub-admin, a page of each of its groups: together longer than `limit`."""
    directory = call.state.directory
    if call.is_admin:
        return directory.find_accounts(*call.page)
    found = [account for group in directory.led_by(call.actor) for account in directory.page_of_led(group, *call.page)]
    return list({account.userid: account for account in found}.values())


def _strict_page(call: Call) -> tuple[str, int | None, int]:
    search, limit, offset = call.page
    if limit is not None and limit < 0:
        raise BadField()
    return search, limit, offset


def _renumbered(keys: list[str | int]) -> list[str | int]:
    """Joining the pages of several groups, the server counts numeric ids anew: 42 and 7 come out as 0 and 1."""
    numbers = itertools.count()
    return [next(numbers) if isinstance(key, int) else key for key in keys]


def _as_map_key(userid: str) -> str | int:
    """The server keeps ids as keys of a map, where whole numbers lose their text."""
    return int(userid) if php.is_whole(userid) else userid
