# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Reading what the plan for a whole directory must know, by the cheaper of two ways and by several requests at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable, Iterable, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import guards
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.account import DATABASE, Current
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.default_quota import read_default_quota
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.groups import Groups, read_groups
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.listing import everybody, spellings
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.read import current_of, find
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._apps.server_info import is_exempt
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._directory.items import (
    GROUP_LISTS,
    Declared,
    Facts,
    Found,
    userkey,
)
from ansible_collections.community.nextcloud.plugins.module_utils._directory.plan import needs
from ansible_collections.community.nextcloud.plugins.module_utils._groups import group

# What an account costs a server: on a page of details, and in a request of its own.
SECONDS_ON_PAGE = 0.007
SECONDS_ALONE = 0.030

# Accounts by `userkey`.
Accounts = dict[str, Current]
# Members by groupid.
Members = dict[str, list[str]]


class Listed(NamedTuple):
    """What lists of ids tell, which cost nearly nothing.

    ids: every account, by `userkey`, as the server spells it. twins: those that it spells in several ways.
    wanted: accounts that the plan must know. whole: {groups or subadmin_of: groups whose members it must know}.
    """

    ids: Mapping[str, str]
    twins: Mapping[str, tuple[str, ...]]
    groups: Groups
    wanted: frozenset[str]
    whole: Mapping[str, list[str]]


def read(client: Client, declared: Declared) -> tuple[Found, Facts]:
    """What the server holds of the declared directory, and what else the plan must know."""
    listed = listing(client, declared)
    alone = len(listed.wanted & set(listed.ids)) * SECONDS_ALONE < len(listed.ids) * SECONDS_ON_PAGE
    found = (singly if alone and _have_readable_subadmins(listed) else on_pages)(client, declared, listed)
    found = with_unlisted(client, declared, found)
    return found, read_facts(client, declared, found)


def listing(client: Client, declared: Declared) -> Listed:
    """Ids, groups, and what of them is to be read."""
    listed = spellings(client)
    ids = {key: found[0] for key, found in listed.items()}
    twins = {key: found for key, found in listed.items() if len(found) > 1}
    groups = read_groups(client)
    wanted = declared.users if declared.purge.users == "nothing" else ids
    whole = {option: _whole_groups(name, declared, groups) for name, option in GROUP_LISTS.items()}
    return Listed(ids, twins, groups, frozenset(wanted), whole)


def singly(client: Client, declared: Declared, listed: Listed) -> Found:
    """Each account and the members of each group in a request of their own: right where few are declared."""
    members = {
        "groups": _members(client, declared, operations.GET_GROUP_USERS, listed.whole["groups"]),
        "subadmin_of": _members(client, declared, operations.GET_GROUP_SUBADMINS, listed.whole["subadmin_of"]),
    }
    keys = sorted((listed.wanted | _named(members)) & set(listed.ids))
    return _found(listed, _accounts_alone(client, declared, keys, listed), members)


def _have_readable_subadmins(listed: Listed) -> bool:
    """Whether the API can address the sub-admins of each group of which they must be known: not of one such as `..`."""
    try:
        for groupid in listed.whole["subadmin_of"]:
            operations.GET_GROUP_SUBADMINS(groupid)
    except Failure:
        return False
    return True


def on_pages(client: Client, declared: Declared, listed: Listed) -> Found:
    """All accounts, by pages of records, which tell who is in which group."""
    everybody = _accounts_on_pages(client, declared, len(listed.ids))
    members = {option: _members_among(everybody, option, groupids) for option, groupids in listed.whole.items()}
    wanted = listed.wanted | _named(members)
    return _found(listed, {key: current for key, current in everybody.items() if key in wanted}, members)


def _found(listed: Listed, accounts: Accounts, members: Mapping[str, Members]) -> Found:
    names = {groupid: group.name_of(record) for groupid, record in listed.groups.records.items()}
    rights = listed.groups.rights
    return Found(listed.ids, accounts, names, rights, members, listed=len(listed.ids), spellings=listed.twins)


def with_unlisted(client: Client, declared: Declared, found: Found) -> Found:
    """Accounts that are declared and that no list holds may exist all the same: they are not to be created again.

    A backend goes on to know an account that it no longer has, and a list may be partial. A sub-admin may not see one.
    """
    named = {key: item.declared.userid for key, item in declared.users.items() if key not in found.accounts}
    client.progress.begin("looking for accounts", len(named))
    options = _declared_options(declared)

    def ask(userid: str) -> Current | Failure | None:
        try:
            record = find(client, userid)
        except Failure as failure:
            if failure.category != "permission":
                raise
            return failure
        client.progress.advance()
        return current_of(record, options) if record else None

    answers = dict(zip(named, _at_once(declared, ask, named.values()), strict=True))
    others = {key: answer for key, answer in answers.items() if isinstance(answer, Current)}
    return found._replace(
        ids={**found.ids, **{key: current.userid for key, current in others.items()}},
        accounts={**found.accounts, **others},
        hidden=frozenset(key for key, answer in answers.items() if isinstance(answer, Failure)),
    )


def _whole_groups(name: str, declared: Declared, groups: Groups) -> list[str]:
    """The groups on the server of which it must be known who else is in the list.

    A sub-admin may read the members of its own groups, and nobody's sub-admins. Failure (permission) where it must.
    """
    leads = groups.rights.leads
    found = []
    for groupid, item in declared.groups.items():
        if groupid not in groups.records or item.declared.state != "present":
            continue
        is_whole = name in item.lists and item.lists[name].whole is not None
        if is_whole and leads is not None and name == "subadmins":
            raise Failure("permission", f"{item.where}: only an administrator can read and change subadmins.")
        is_purged = declared.purge.memberships and (leads is None or name == "users" and groupid in leads)
        if is_whole or is_purged:
            found.append(groupid)
    return found


def _named(members: Mapping[str, Members]) -> set[str]:
    return {userkey(userid) for lists in members.values() for userids in lists.values() for userid in userids}


def _members_among(accounts: Accounts, option: str, groupids: list[str]) -> Members:
    members: Members = {groupid: [] for groupid in groupids}
    for current in accounts.values():
        for groupid in current.values[option]:
            if groupid in members:
                members[groupid].append(current.userid)
    return {groupid: sorted(userids) for groupid, userids in members.items()}


def _at_once(declared: Declared, function: Callable[[Any], Any], items: Iterable[Any]) -> list[Any]:
    with ThreadPoolExecutor(declared.concurrency) as pool:
        return list(pool.map(function, items))


def _members(
    client: Client, declared: Declared, operation: operations.Operation[[str]], groupids: list[str]
) -> Members:
    """Who is in each of the groups."""

    def ask(groupid: str) -> list[str]:
        answer = client.call(operation(groupid))
        return sorted(str(userid) for userid in (answer["users"] if isinstance(answer, dict) else answer))

    return dict(zip(groupids, _at_once(declared, ask, groupids), strict=True))


def _accounts_alone(client: Client, declared: Declared, keys: list[str], listed: Listed) -> Accounts:
    client.progress.begin("reading accounts", len(keys))
    options = _declared_options(declared)

    def ask(key: str) -> list[Current]:
        answers = [client.find(operations.GET_USER, userid) for userid in listed.twins.get(key, (listed.ids[key],))]
        client.progress.advance()
        return [current_of(answer, options) for answer in answers if answer and "displayname" in answer]

    return _by_key(current for found in _at_once(declared, ask, keys) for current in found)


def _accounts_on_pages(client: Client, declared: Declared, count: int) -> Accounts:
    options = _declared_options(declared)
    records = everybody(client, declared.concurrency, count)
    return _by_key(current_of(record, options) for record in records)


def _by_key(accounts: Iterable[Current]) -> Accounts:
    """The accounts by `userkey`; of several with the same, the one of the database, which its own id always finds."""
    found: Accounts = {}
    for current in accounts:
        key = userkey(current.userid)
        if key not in found or current.backend == DATABASE:
            found[key] = current
    return found


def _declared_options(declared: Declared) -> frozenset[str]:
    """What of an account the plan may have to compare. The rest is not kept: of 50,000 accounts it is a lot."""
    options = {option for item in declared.users.values() for option in item.declared.values}
    return frozenset(options | set(GROUP_LISTS.values()))


def read_facts(client: Client, declared: Declared, found: Found) -> Facts:
    """What else of the server the plan needs, and nothing that it does not."""
    facts = _with(Facts(spellings=found.spellings), groups=found.rights)
    while missing := needs(declared, found, facts):
        if "password_matches" in missing:
            facts = facts._replace(password_matches=_matches(client, declared, found, missing["password_matches"]))
        if missing.keys() & {"can_patch", "exempt"}:
            facts = _with_capabilities(client, facts, "exempt" in missing)
        if "kept_rights" in missing:
            facts = _with(facts, kept_rights=guards.read_kept_rights(client))
        if "default_quota" in missing:
            facts = _with(facts, default_quota=read_default_quota(client))
    return facts


def _with(facts: Facts, **of_all: Any) -> Facts:
    return facts._replace(of_all=facts.of_all._replace(**of_all))


def _matches(client: Client, declared: Declared, found: Found, keys: set[str]) -> dict[str, bool]:
    """Of each account, whether it signs in with its declared password."""
    userids = {key: found.accounts[key].userid for key in keys}
    passwords = {userids[key]: declared.users[key].declared.password or "" for key in keys}
    matches = client.passwords_match(passwords, declared.concurrency)
    return {key: matches[userid] for key, userid in userids.items()}


def _with_capabilities(client: Client, facts: Facts, ask_exempt: bool) -> Facts:
    answer = client.call(operations.CAPABILITIES())
    facts = _with(facts, can_patch=int(answer["version"]["major"]) >= operations.PATCH_SINCE)
    if not ask_exempt:
        return facts
    is_admin = guards.ADMIN_GROUP in client.signed_in_account()["groups"]
    return facts._replace(exempt=bool(is_exempt(client, answer["capabilities"], is_admin)))
