# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Reading what the plan for a whole directory must know, by the cheaper of two ways and by several requests at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable, Iterable, Iterator, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._directory import plan as planning
from ansible_collections.community.nextcloud.plugins.module_utils._accounts import guards
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._accounts import user as _user
from ansible_collections.community.nextcloud.plugins.module_utils._accounts import plan as _user_plan
from ansible_collections.community.nextcloud.plugins.module_utils._api.answers import records
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._directory.items import (
    GROUP_LISTS,
    Desired,
    Found,
    GroupItem,
    Server,
    userkey,
)
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import limited_calls
from ansible_collections.community.nextcloud.plugins.module_utils._apps.server_info import is_exempt
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.plan import Current

# What an account costs a server: on a page of details, and in a request of its own.
SECONDS_ON_PAGE = 0.007
SECONDS_ALONE = 0.030
# At least two pages for each of the requests that are under way at once, so that all have work until the end.
SMALLEST_PAGE, LARGEST_PAGE = 50, 200

# Accounts by `userkey`.
Accounts = dict[str, Current]
# Members by groupid.
Members = dict[str, list[str]]


class Listed(NamedTuple):
    """What lists of ids tell, which cost nearly nothing.

    ids: every account, by `userkey`, as the server spells it. groups: their records by id.
    wanted: accounts that the plan must know. whole: {groups or subadmin_of: groups whose members it must know}.
    """

    ids: Mapping[str, str]
    groups: Mapping[str, Mapping[str, Any]]
    wanted: frozenset[str]
    whole: Mapping[str, list[str]]


def read(client: Client, declared: Desired) -> tuple[Found, Server]:
    """What the server holds of the declared directory, and what else the plan must know."""
    listed = listing(client, declared)
    alone = len(listed.wanted & set(listed.ids)) * SECONDS_ALONE < len(listed.ids) * SECONDS_ON_PAGE
    found = (singly if alone else on_pages)(client, declared, listed)
    return found, _server(client, declared, found)


def listing(client: Client, declared: Desired) -> Listed:
    """Ids, groups, and what of them is to be read."""
    ids = {userkey(str(userid)): str(userid) for userid in client.call(operations.GET_USERS())["users"]}
    groups = {str(record["id"]): record for record in client.call(operations.GET_GROUPS_DETAILS())["groups"]}
    wanted = declared.users if declared.purge.users == "nothing" else ids
    whole = {option: _whole_groups(name, declared, groups) for name, option in GROUP_LISTS.items()}
    return Listed(ids, groups, frozenset(wanted), whole)


def singly(client: Client, declared: Desired, listed: Listed) -> Found:
    """Each account and the members of each group in a request of their own: right where few are declared."""
    members = {
        "groups": _members(client, declared, operations.GET_GROUP_USERS, listed.whole["groups"]),
        "subadmin_of": _members(client, declared, operations.GET_GROUP_SUBADMINS, listed.whole["subadmin_of"]),
    }
    keys = sorted((listed.wanted | _named(members)) & set(listed.ids))
    return _found(listed, _accounts_alone(client, declared, keys, listed.ids), members)


def on_pages(client: Client, declared: Desired, listed: Listed) -> Found:
    """All accounts, by pages of records, which tell who is in which group."""
    everybody = _accounts_on_pages(client, declared, len(listed.ids))
    members = {option: _members_among(everybody, option, groupids) for option, groupids in listed.whole.items()}
    wanted = listed.wanted | _named(members)
    return _found(listed, {key: current for key, current in everybody.items() if key in wanted}, members)


def _found(listed: Listed, accounts: Accounts, members: Mapping[str, Members]) -> Found:
    names = {groupid: str(record["displayname"]) for groupid, record in listed.groups.items()}
    fixed = frozenset(groupid for groupid, record in listed.groups.items() if not record.get("canRemove", True))
    return Found(listed.ids, accounts, names, fixed, members)


def _whole_groups(name: str, declared: Desired, groups: Mapping[str, Any]) -> list[str]:
    """The groups on the server of which it must be known who else is in the list."""

    def is_whole(item: GroupItem) -> bool:
        return declared.purge.memberships or name in item.lists and item.lists[name].whole is not None

    return [
        groupid
        for groupid, item in declared.groups.items()
        if groupid in groups and item.declared.state == "present" and is_whole(item)
    ]


def _named(members: Mapping[str, Members]) -> set[str]:
    return {userkey(userid) for lists in members.values() for userids in lists.values() for userid in userids}


def _members_among(accounts: Accounts, option: str, groupids: list[str]) -> Members:
    members: Members = {groupid: [] for groupid in groupids}
    for current in accounts.values():
        for groupid in current.values[option]:
            if groupid in members:
                members[groupid].append(current.userid)
    return {groupid: sorted(userids) for groupid, userids in members.items()}


def _at_once(declared: Desired, function: Callable[[Any], Any], items: Iterable[Any]) -> list[Any]:
    with ThreadPoolExecutor(declared.concurrency) as pool:
        return list(pool.map(function, items))


def _members(client: Client, declared: Desired, operation: operations.Operation[[str]], groupids: list[str]) -> Members:
    """Who is in each of the groups."""

    def ask(groupid: str) -> list[str]:
        answer = client.call(operation(groupid))
        return sorted(str(userid) for userid in (answer["users"] if isinstance(answer, dict) else answer))

    return dict(zip(groupids, _at_once(declared, ask, groupids)))


def _accounts_alone(client: Client, declared: Desired, keys: list[str], ids: Mapping[str, str]) -> Accounts:
    client.progress.begin("reading accounts", len(keys))
    options = _declared_options(declared)

    def ask(key: str) -> Current | None:
        answer = client.find(operations.GET_USER(ids[key]))
        client.progress.advance()
        return _user.current_of(answer, options) if answer else None

    found = zip(keys, _at_once(declared, ask, keys))
    return {key: current for key, current in found if current is not None}


def _accounts_on_pages(client: Client, declared: Desired, count: int) -> Accounts:
    options = _declared_options(declared)
    answers = account_records(client, declared.concurrency, count)
    return {userkey(str(answer["id"])): _user.current_of(answer, options) for answer in answers}


def account_records(client: Client, concurrency: int, count: int) -> Iterator[dict[str, Any]]:
    """All accounts of a server that has `count` of them, by pages. One may come twice.

    An account that the signed-in account may not see comes with its id alone, and is left out.
    """
    client.progress.begin("reading accounts", count)
    size = min(max(-(-count // (2 * concurrency)), SMALLEST_PAGE), LARGEST_PAGE)
    pages = client.pages(
        operations.GET_USERS_DETAILS(), concurrency=concurrency, size=size, expected=-(-count // size) + 1
    )
    for page in pages:
        answers = records(page["users"])
        yield from (answer for answer in answers if "displayname" in answer)
        client.progress.advance(len(answers))


def _declared_options(declared: Desired) -> frozenset[str]:
    """What of an account the plan may have to compare. The rest is not kept: of 50,000 accounts it is a lot."""
    options = {option for item in declared.users.values() for option in item.declared.values}
    return frozenset(options | set(GROUP_LISTS.values()))


def _server(client: Client, declared: Desired, found: Found) -> Server:
    existing = [
        (key, current, planning.as_planned(declared, item, current))
        for key, item in declared.users.items()
        if (current := found.accounts.get(key)) is not None
    ]
    server = Server()
    may_lose = declared.purge.users != "nothing" or guards.ADMIN_GROUP in found.members["groups"]
    if may_lose or any(_user_plan.loses_rights(own, current) for unused, current, own in existing):
        server = server._replace(standing=guards.read_standing(client))
    if any(own.lasting.get("quota") == "default" for unused, unused_too, own in existing):
        server = server._replace(default_quota=_user.read_default_quota(client))
    compared = [
        (key, current.userid, own.password)
        for key, current, own in existing
        if own.compares_password and current.enabled
    ]
    if compared:
        matches = _at_once(declared, lambda one: client.signs_in(*one[1:]), compared)
        server = server._replace(password_matches={one[0]: match for one, match in zip(compared, matches)})
    return _with_limits(client, declared, found, server)


def _with_limits(client: Client, declared: Desired, found: Found, server: Server) -> Server:
    """What matters only where the plan has calls that the server limits, which a first draft of it shows."""
    try:
        draft = planning.plan(declared, found, server)
    except Failure:
        return server  # the plan proper fails in the same way
    edits = [sum(1 for step in entry.plan.steps if step.operation is operations.EDIT_USER) for entry in draft.entries]
    limited = limited_calls(draft.steps)
    if limited and (limited["seconds"] or max(edits) > 1):
        answer = client.call(operations.CAPABILITIES())
        server = server._replace(can_patch=int(answer["version"]["major"]) >= operations.PATCH_SINCE)
        if limited["seconds"]:
            is_admin = guards.ADMIN_GROUP in client.signed_in_account()["groups"]
            server = server._replace(exempt=bool(is_exempt(client, answer["capabilities"], is_admin)))
    return server
