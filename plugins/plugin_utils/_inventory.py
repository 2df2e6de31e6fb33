# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Accounts as hosts: which ones, what they are called, their variables and groups. Pure, but for the reading."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from typing import Any, Callable, Iterable, Mapping, NamedTuple

from ansible.module_utils.parsing.convert_bool import boolean
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.details import described
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.listing import Query, listed
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure, invalid
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import parse_value

# An account as module `user_info` returns it; all of it may be kept as JSON.
Account = dict[str, Any]

MOST_CONCURRENCY = 8
PREFIX = "nextcloud_"
# What a group of hosts is made from, and how its name begins.
GROUPINGS = {"groups": "group_", "subadmin_of": "subadmin_of_", "backend": "backend_"}
# To Ansible these are something else than a host of an inventory.
_RESERVED = ("all", "ungrouped", "localhost", "127.0.0.1")
# What must be written otherwise: any other character, and a hyphen that would look like the start of one so written.
_ESCAPED = re.compile(r"[^A-Za-z0-9._-]|-(?=x[0-9a-f]+[^A-Za-z0-9._])")


# Which accounts


class Filters(NamedTuple):
    """Which accounts become hosts; all must hold. None: that filter is not set."""

    group: str | None = None
    enabled: bool | None = None
    backend: str | None = None
    search: str | None = None


def parse_filters(declared: Mapping[str, Any] | None) -> Filters:
    """Failure (invalid) names the filter that cannot be right."""
    declared = {} if declared is None else declared
    if not isinstance(declared, Mapping):
        raise invalid("filters", f"must be a dictionary of {', '.join(Filters._fields)}")
    for name in declared:
        if name not in Filters._fields:
            raise invalid(f"filters.{name}", f"must be one of: {', '.join(Filters._fields)}")
    enabled = declared.get("enabled")
    if enabled is not None:
        try:
            enabled = boolean(enabled)
        except TypeError:
            raise invalid("filters.enabled", f"{enabled!r} is invalid: must be true or false") from None
    group = _text(declared, "group", "the id of a group")
    if group is not None:
        group = parse_value("filters.group", kinds.GROUPID, group)
    return Filters(
        group,
        enabled,
        _text(declared, "backend", "the name of a backend, such as Database or LDAP"),
        _text(declared, "search", "a part of an id, a name or an address"),
    )


def _text(declared: Mapping[str, Any], name: str, form: str) -> str | None:
    value = declared.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int)) or not str(value).strip():
        raise invalid(f"filters.{name}", f"{value!r} is invalid: must be {form}; omit it for all accounts")
    return str(parse_value(f"filters.{name}", kinds.Kind(str), value))


def check_concurrency(concurrency: int) -> int:
    """The number of requests at the same time; Failure (invalid) where there cannot be so many."""
    if not 1 <= concurrency <= MOST_CONCURRENCY:
        raise invalid("concurrency", f"must be from 1 to {MOST_CONCURRENCY}")
    return concurrency


def read(client: Client, filters: Filters, concurrency: int) -> list[Account]:
    """The accounts, sorted by id, in one pass of pages."""
    query = Query(search=filters.search, group=filters.group, enabled=filters.enabled)
    try:
        records = listed(client, query, concurrency)
    except Failure as failure:
        if failure.category == "not_found" and filters.group:
            raise failure.but(
                message=f"filters.group: group {filters.group!r} does not exist, or is hidden. {failure.message}"
            ) from failure
        raise
    accounts = [described(record) for record in records]
    if filters.backend is not None:
        accounts = [account for account in accounts if _same(account["backend"], filters.backend)]
    return sorted(accounts, key=lambda account: account["userid"])


def _same(backend: Any, wanted: str) -> bool:
    return str(backend or "").casefold() == wanted.casefold()


# How they appear


def host_name(userid: str) -> str:
    """A name for the host: the same for an account wherever it appears, and never that of another account."""
    if userid in _RESERVED:
        return _escape(userid[0]) + userid[1:]
    return _ESCAPED.sub(lambda found: _escape(found[0]), userid)


def _escape(character: str) -> str:
    return f"-x{ord(character):x}-"


def host_variables(account: Account) -> dict[str, Any]:
    """The variables of an account, each named as the option of module `user`, or the value of `user_info`."""
    values = {"userid": account["userid"], **(account["user"] or {})}
    values.pop("state", None)  # an account that is in an inventory is present
    values.update({name: value for name, value in account.items() if name != "user"})
    return {f"{PREFIX}{name}": value for name, value in values.items()}


def memberships(account: Account, groupings: Iterable[str]) -> list[tuple[str, str]]:
    """What an account belongs to: [(grouping, id)]."""
    user = account["user"] or {}
    belongs = {name: user[name]["set"] for name in ("groups", "subadmin_of") if name in user}
    belongs["backend"] = [account["backend"]] if account["backend"] else []
    return [(grouping, item) for grouping in groupings for item in belongs.get(grouping, ())]


def group_names(belongings: Iterable[tuple[str, str]], safe: Callable[[str], str]) -> dict[tuple[str, str], str]:
    """A name for each (grouping, id). Where two would get the same, those that had to be changed end in a hash."""
    by_name = defaultdict(list)
    for grouping, item in sorted(set(belongings)):
        wished = f"{PREFIX}{GROUPINGS[grouping]}{item}"
        by_name[safe(wished)].append((wished, (grouping, item)))
    return {
        belonging: name if len(same) == 1 or wished == name else f"{name}_{_digest(belonging[1])}"
        for name, same in by_name.items()
        for wished, belonging in same
    }


def hashed(names: Mapping[tuple[str, str], str], safe: Callable[[str], str]) -> list[tuple[str, str]]:
    """Of what `group_names` returns: (id, name) of those that would have had the name of another."""
    plain = {belonging: safe(f"{PREFIX}{GROUPINGS[belonging[0]]}{belonging[1]}") for belonging in names}
    return [(belonging[1], name) for belonging, name in names.items() if name != plain[belonging]]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
