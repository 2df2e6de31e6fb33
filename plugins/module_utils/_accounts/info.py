# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Accounts as module `user_info` reads them."""

from __future__ import annotations

import re
from typing import Any, Mapping

from ansible_collections.community.nextcloud.plugins.module_utils._accounts.details import (
    described,
    editable_fields,
    group_details,
    last_login,
)
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.listing import Query, Record, listed
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.spelling import listed_spellings
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import (
    Failure,
    check_at_least,
    invalid,
    mutually_exclusive,
)
from ansible_collections.community.nextcloud.plugins.module_utils._engine.resource import Reader
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import parse_value

# One of these says which accounts; some of them take a search beside them.
FILTERS = ("userid", "userids", "group", "enabled", "recent", "phone_numbers")
NAMING_FILTERS = ("userid", "userids", "phone_numbers")


def argument_spec() -> dict[str, Any]:
    """The option spec of module `user_info`, beside the connection."""
    return {
        "userid": {"type": "str"},
        "userids": {"type": "list", "elements": "str"},
        "search": {"type": "str"},
        "group": {"type": "str"},
        "enabled": {"type": "bool"},
        "recent": {"type": "bool", "default": False},
        "phone_numbers": {"type": "list", "elements": "str"},
        "phone_region": {"type": "str"},
        "limit": {"type": "int"},
        "details": {"type": "bool", "default": True},
        "editable_fields": {"type": "bool", "default": False},
        "group_details": {"type": "bool", "default": False},
    }


def parse(options: Mapping[str, Any]) -> Query:
    """What the options ask for; Failure (invalid) names the option that cannot be right."""
    _check_filters(options)
    userids = options["userids"] if options["userid"] is None else [options["userid"]]
    option = "userids" if options["userid"] is None else "userid"
    return Query(
        None if userids is None else _parsed_ids(option, userids),
        options["search"],
        None if options["group"] is None else parse_value("group", kinds.GROUPID, options["group"]),
        options["enabled"],
        options["recent"],
        None if options["phone_numbers"] is None else _parsed_numbers(options["phone_numbers"]),
        _parsed_region(options),
        options["limit"],
        options["details"],
        options["editable_fields"],
        options["group_details"],
    )


def _check_filters(options: Mapping[str, Any]) -> None:
    given = [name for name in FILTERS if options[name] is not None and (name != "recent" or options[name])]
    if len(given) > 1:
        raise mutually_exclusive(*given)
    for name in ("search", "limit"):
        if options[name] is not None and given and given[0] in NAMING_FILTERS:
            raise mutually_exclusive(name, given[0])
    if options["search"] is not None and not options["search"].strip():
        raise invalid("search", "must not be empty; omit it for all accounts")
    if options["limit"] is not None:
        check_at_least("limit", options["limit"], 1)


def _parsed_ids(option: str, userids: list[str]) -> tuple[str, ...]:
    """Each spelling once."""
    return tuple(dict.fromkeys(parse_value(option, kinds.USERID, userid) for userid in userids))


def _parsed_numbers(numbers: list[str]) -> tuple[str, ...]:
    for number in numbers:
        if not re.search("[0-9]", number):
            raise invalid("phone_numbers", f"{number!r} is invalid: must contain digits")
    return tuple(dict.fromkeys(numbers))


def _parsed_region(options: Mapping[str, Any]) -> str:
    region = (options["phone_region"] or "").upper()
    if options["phone_numbers"] is None:
        if region:
            raise invalid("phone_region", "requires phone_numbers")
    elif not re.fullmatch("[A-Z]{2}", region):
        raise invalid("phone_region", "must be a two-letter country code, such as DE; required with phone_numbers")
    return region


def read(client: Client, query: Query) -> list[dict[str, Any]]:
    """The accounts, sorted by id, or the last signed-in first."""
    numbers: dict[str, list[str]] = {}
    if query.userids is not None:
        found = _named(client, query.userids)
    elif query.phone_numbers is not None:
        numbers = _owners(client, query)
        found = [{**((query.details and _account(client, userid)) or {}), "id": userid} for userid in numbers]
    else:
        try:
            found = listed(client, query)
        except Failure as failure:
            if failure.category != "not_found":
                raise
            found = []
    found.sort(key=lambda record: str(record["id"]))
    if query.recent:
        found.sort(key=lambda record: -(last_login(record) or 0))
    items = [described(record, query.details) for record in found]
    for item in items:
        if query.phone_numbers is not None:
            item["phone_numbers"] = numbers[item["userid"]]
    if items and query.editable_fields:
        own = str(client.signed_in_account()["id"])
        for item in items:
            item["editable_fields"] = editable_fields(client, item["userid"], own)
    if query.group_details:
        for item in items:
            item["group_details"] = group_details(client, item["userid"])
    return items


def _named(client: Client, named: tuple[str, ...]) -> list[Record]:
    """The accounts with these ids. A server finds an account that is new in LDAP only once a list has held it."""
    found = {userid: _account(client, userid) for userid in named}
    missing = [userid for userid, record in found.items() if record is None]
    known = {userid for spelled in listed_spellings(client).values() for userid in spelled} if missing else set()
    found.update({userid: _account(client, userid) for userid in missing if userid in known})
    return list({str(record["id"]): record for record in found.values() if record}.values())


def _account(client: Client, userid: str) -> Record | None:
    record: Record | None = client.find(operations.GET_USER, userid)
    return record


def _owners(client: Client, query: Query) -> dict[str, list[str]]:
    """{account: the numbers that were found to be its own}."""
    numbers = {f"n{index}": number for index, number in enumerate(query.phone_numbers or ())}
    found: dict[str, str] = {}
    # A number that is asked for in two spellings is answered once, so those without an answer are asked for again.
    while len(found) < len(numbers):
        left = {name: number for name, number in numbers.items() if name not in found}
        answer = {name: owner for name, owner in _phone_search(client, query, left).items() if name in left}
        if not answer:
            break
        found.update(answer)
    owners: dict[str, list[str]] = {}
    for name, number in numbers.items():
        if name in found:
            owners.setdefault(found[name].rpartition("@")[0], []).append(number)
    return owners


def _phone_search(client: Client, query: Query, numbers: Mapping[str, str]) -> dict[str, str]:
    """{name of a number: id@host}."""
    body = {"location": query.phone_region, "search": {name: [number] for name, number in numbers.items()}}
    try:
        # An empty map comes as a list.
        return client.call(operations.SEARCH_BY_PHONE(), body=body) or {}
    except Failure as failure:
        if failure.category == "invalid":
            message = f"phone_region: must be a country that the server knows; it does not know {query.phone_region}."
            raise failure.but(message=message) from failure
        raise


RESOURCE = Reader("users", argument_spec, parse, read)
