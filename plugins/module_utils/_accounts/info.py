# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Which accounts there are, and what the server tells of them."""

from __future__ import annotations

import re
from typing import Any, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import fields
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._accounts import user as _user
from ansible_collections.community.nextcloud.plugins.module_utils._api.answers import records
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import PAGE, Client
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure, invalid
from ansible_collections.community.nextcloud.plugins.module_utils._api.operations import Call
from ansible_collections.community.nextcloud.plugins.module_utils._engine.run import Reader

# An account's record as the API gives it. The server may give no more of an account than its id.
Record = dict[str, Any]

# One of these says which accounts; some of them take a search beside them.
FILTERS = ("userid", "userids", "group", "enabled", "recent", "phone_numbers")
NAMING_FILTERS = ("userid", "userids", "phone_numbers")
CONCURRENCY = 4
# Asked for more of those who signed in last, the server gives so many all the same.
RECENT_PAGE = 100
# Names of the API for what may be edited, to options.
EDITABLE = {
    **{field.put: field.option for field in fields.FIELDS},
    **{field.answer: field.option for field in fields.LIST_FIELDS},
}


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


class Asked(NamedTuple):
    """Which accounts, and what of them. None: that filter is not set."""

    userids: tuple[str, ...] | None = None
    search: str | None = None
    group: str | None = None
    enabled: bool | None = None
    recent: bool = False
    phone_numbers: tuple[str, ...] | None = None
    phone_region: str = ""
    limit: int | None = None
    details: bool = True
    editable_fields: bool = False
    group_details: bool = False


def desired(options: Mapping[str, Any]) -> Asked:
    """What the options ask for; Failure (invalid) names the option that cannot be right."""
    _check_filters(options)
    userids = options["userids"] if options["userid"] is None else [options["userid"]]
    option = "userids" if options["userid"] is None else "userid"
    return Asked(
        None if userids is None else _parsed_ids(option, userids),
        options["search"],
        None if options["group"] is None else fields.parse_value("group", kinds.GROUPID, options["group"]),
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
        raise invalid(given[0], f"{' and '.join(given)} exclude each other; one of them is accepted")
    for name in ("search", "limit"):
        if options[name] is not None and given and given[0] in NAMING_FILTERS:
            raise invalid(name, f"it is not accepted beside {given[0]}, which says already which accounts")
    if options["search"] is not None and not options["search"].strip():
        raise invalid("search", "a part of an id, name or address is accepted; leave it out for all accounts")
    if options["limit"] is not None and options["limit"] < 1:
        raise invalid("limit", "a number of 1 or more is accepted")


def _parsed_ids(option: str, userids: list[str]) -> tuple[str, ...]:
    """Each account once: case makes no difference."""
    parsed = [fields.parse_value(option, kinds.USERID, userid) for userid in userids]
    return tuple({kinds.USERID.key(userid): userid for userid in parsed}.values())


def _parsed_numbers(numbers: list[str]) -> tuple[str, ...]:
    for number in numbers:
        if not re.search("[0-9]", number):
            raise invalid("phone_numbers", f"{number!r} is not accepted: a phone number has digits")
    return tuple(dict.fromkeys(numbers))


def _parsed_region(options: Mapping[str, Any]) -> str:
    region = (options["phone_region"] or "").upper()
    if options["phone_numbers"] is None:
        if region:
            raise invalid("phone_region", "it is accepted beside phone_numbers only")
    elif not re.fullmatch("[A-Z]{2}", region):
        raise invalid("phone_region", "the two letters of a country, such as DE, are needed and accepted")
    return region


def read(client: Client, asked: Asked) -> list[dict[str, Any]]:
    """The accounts, sorted by id, or the last signed-in first."""
    numbers: dict[str, list[str]] = {}
    if asked.userids is not None:
        found = [record for userid in asked.userids if (record := _account(client, userid))]
    elif asked.phone_numbers is not None:
        numbers = _owners(client, asked)
        found = [(asked.details and _account(client, userid)) or {"id": userid} for userid in numbers]
    else:
        try:
            found = listed(client, asked)
        except Failure as failure:
            if failure.category != "not_found":
                raise
            found = []
    found.sort(key=lambda record: str(record["id"]))
    if asked.recent:
        found.sort(key=lambda record: -(_last_login(record) or 0))
    items = [described(record, asked.details) for record in found]
    for item in items:
        if asked.phone_numbers is not None:
            item["phone_numbers"] = numbers[item["userid"]]
    if items and asked.editable_fields:
        own = str(client.signed_in_account()["id"])
        for item in items:
            item["editable_fields"] = _editable_fields(client, item["userid"], own)
    if asked.group_details:
        for item in items:
            item["group_details"] = _group_details(client, item["userid"])
    return items


# Which accounts


def _account(client: Client, userid: str) -> Record | None:
    return client.find(operations.GET_USER(userid))


def _owners(client: Client, asked: Asked) -> dict[str, list[str]]:
    """{account: the numbers that were found to be its own}."""
    numbers = {f"n{index}": number for index, number in enumerate(asked.phone_numbers or ())}
    found: dict[str, str] = {}
    # A number that is asked for in two spellings is answered once, so those without an answer are asked for again.
    while len(found) < len(numbers):
        left = {name: number for name, number in numbers.items() if name not in found}
        answer = _phone_search(client, asked, left)
        if not answer:
            break
        found.update(answer)
    owners: dict[str, list[str]] = {}
    for name, number in numbers.items():
        if name in found:
            owners.setdefault(found[name].rpartition("@")[0], []).append(number)
    return owners


def _phone_search(client: Client, asked: Asked, numbers: Mapping[str, str]) -> dict[str, str]:
    """{name of a number: id@host}."""
    body = {"location": asked.phone_region, "search": {name: [number] for name, number in numbers.items()}}
    try:
        # An empty map comes as a list.
        return client.call(operations.SEARCH_BY_PHONE(), body=body) or {}
    except Failure as failure:
        if failure.category == "invalid":
            failure.message = f"phone_region: the server knows no country {asked.phone_region}, so it is not accepted."
        raise


def listed(client: Client, asked: Asked, concurrency: int = CONCURRENCY) -> list[Record]:
    """The accounts of a list; each once, though it may stand on two pages. Failure (not_found): no such group."""
    if asked.group and not asked.details and not asked.search:
        answer = client.call(operations.GET_GROUP_USERS(asked.group))
        return [{"id": userid} for userid in answer["users"]][: asked.limit]
    found: dict[str, Record] = {}
    size = RECENT_PAGE if asked.recent else PAGE
    pages = client.pages(
        _listing(asked),
        {"search": asked.search} if asked.search else None,
        concurrency,
        min(asked.limit or size, size),
    )
    for page in pages:
        for entry in records(page["users"]):
            record = entry if isinstance(entry, dict) else {"id": entry}
            if asked.enabled is None or record.get("enabled", True) is asked.enabled:
                found.setdefault(str(record["id"]), record)
        if asked.limit and len(found) >= asked.limit:
            break
    return list(found.values())[: asked.limit]


def _listing(asked: Asked) -> Call:
    if asked.group:
        return operations.GET_GROUP_USERS_DETAILS(asked.group)
    if asked.recent:
        return operations.GET_RECENT_USERS()
    if asked.enabled is False:
        return operations.GET_DISABLED_USERS()
    return operations.GET_USERS_DETAILS() if asked.details or asked.enabled else operations.GET_USERS()


# What of them


def described(record: Record, details: bool = True) -> dict[str, Any]:
    """What the module returns of an account."""
    item: dict[str, Any] = {"userid": str(record["id"])}
    if details:
        whole = "displayname" in record
        item["user"] = _user.account(record) if whole else None
        item["backend"] = record.get("backend")
        item["last_login"] = _last_login(record)
        item["quota_used"] = (record.get("quota") or {}).get("used")
        item["read_only"] = _read_only(record) if whole else None
    return item


def _last_login(record: Record) -> int | None:
    """Seconds since the epoch; the server gives milliseconds, and 0 for never."""
    return int(record.get("lastLogin") or 0) // 1000 or None


def _read_only(record: Record) -> list[str]:
    """The options that the account's backend does not let be set."""
    allowed = record.get("backendCapabilities") or {}
    return sorted(
        field.option
        for field in (*fields.FIELDS, fields.PASSWORD)
        if field.capability and not allowed.get(field.capability, True)
    )


def _editable_fields(client: Client, userid: str, own: str) -> list[str] | None:
    if userid == own:
        names = client.call(operations.GET_EDITABLE_FIELDS())
    else:
        names = client.find(operations.GET_USER_EDITABLE_FIELDS(userid))
    return None if names is None else sorted(EDITABLE[name] for name in names if name in EDITABLE)


def _group_details(client: Client, userid: str) -> dict[str, list[dict[str, str]]] | None:
    """{groups, subadmin_of}: each {groupid, display_name}, sorted by id."""
    details = {}
    for option, operation in (
        ("groups", operations.GET_USER_GROUPS_DETAILS),
        ("subadmin_of", operations.GET_SUBADMIN_GROUPS_DETAILS),
    ):
        answer = client.find(operation(userid))
        if answer is None:
            return None
        names = {str(group["id"]): str(group["displayname"]) for group in answer["groups"]}
        details[option] = [{"groupid": groupid, "display_name": name} for groupid, name in sorted(names.items())]
    return details


READER = Reader("users", desired, read)
