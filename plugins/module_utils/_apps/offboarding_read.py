# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What a server knows of people who leave and of those who have left."""

from __future__ import annotations

from typing import Any, Collection, Iterable, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._accounts.details import described
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.groups import read_rights
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.guards import ADMIN_GROUP
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.listing import spellings
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._apps import offboarding_ledger as ledger
from ansible_collections.community.nextcloud.plugins.module_utils._apps.config_read import read_value
from ansible_collections.community.nextcloud.plugins.module_utils._apps.offboarding_ledger import (
    APP,
    DELETED,
    LEAVING,
    OLD_KEY,
    Old,
)
from ansible_collections.community.nextcloud.plugins.module_utils._apps.offboarding_options import Declared
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds

# An account in the options of module `user`.
Account = Mapping[str, Any]


class Current(NamedTuple):
    """signed_in: id. keys: all of the app. old: entries of the old value, None where there is no such value.

    stored: ids as the server spells them, by the ids of `userids` and of old entries. ids: of entries by digest, where this
    run may be about them. unreadable: keys whose values are none of the role's. accounts: by stored id, without memberships
    that cannot be ended. names: of managers. twins: ids of `userids` that may lead to the wrong one of two accounts.
    """

    signed_in: str
    keys: tuple[str, ...] = ()
    old: tuple[Old, ...] | None = None
    stored: Mapping[str, str] = {}
    ids: Mapping[str, str] = {}
    unreadable: tuple[str, ...] = ()
    accounts: Mapping[str, Account] = {}
    names: Mapping[str, str] = {}
    twins: frozenset[str] = frozenset()


def read(client: Client, declared: Declared) -> tuple[Current, None]:
    """The accounts and entries that this run is about; of all others only the keys."""
    signed_in = client.signed_in_account()
    if ADMIN_GROUP not in signed_in["groups"]:
        raise Failure(
            "permission",
            "Nothing was done. Only an administrator can offboard people, because the server keeps who has left in the"
            " configuration of apps, which nobody else may write.",
        )
    keys = tuple(str(key) for key in client.call(operations.GET_APP_CONFIG_KEYS(APP))["data"])
    old = _read_old(client) if OLD_KEY in keys else None
    accounts: dict[str, Account] = {}
    stored = {}
    asked = (*declared.userids, *(entry.userid for entry in old or () if not entry.is_deleted))
    for userid in dict.fromkeys(asked):
        if found := _account(client, userid):
            stored[userid] = found["userid"]
            accounts[found["userid"]] = found
    missing = {userid.casefold() for userid in declared.userids if userid not in stored} - _known(declared, keys)
    ids, unreadable = _read_ids(client, declared, keys, missing)
    for userid in ids.values():
        if userid not in accounts and (found := _account(client, userid)):
            accounts[found["userid"]] = found
    managers = dict.fromkeys(account["manager"] for account in accounts.values() if account["manager"])
    names = {userid: found["display_name"] for userid in managers if (found := _account(client, userid))}
    own, twins = str(signed_in["id"]), _twins(client, declared, stored)
    return Current(own, keys, old, stored, ids, unreadable, _ending(client, accounts), names, twins), None


def _ending(client: Client, accounts: Mapping[str, Account]) -> dict[str, Account]:
    """The accounts with those memberships only that can be ended: a backend such as LDAP may keep its own."""
    held = {groupid for account in accounts.values() for groupid in account["groups"]["set"]}
    kept = read_rights(client, held).no_remove if held else frozenset()
    return {
        userid: {**account, "groups": {"set": [one for one in account["groups"]["set"] if one not in kept]}}
        for userid, account in accounts.items()
    }


def _twins(client: Client, declared: Declared, stored: Mapping[str, str]) -> frozenset[str]:
    """Those of the declared ids that lists hold in several spellings, which are accounts of several backends."""
    asked = [userid for userid in declared.userids if userid in stored]
    known = spellings(client) if asked else {}
    return frozenset(userid for userid in asked if len(known.get(kinds.USERID.key(userid), ())) > 1)


def _known(declared: Declared, keys: Iterable[str]) -> set[str]:
    """Those of the declared ids, in lower case, that an entry has in just this spelling, or in any once it was deleted."""
    found = ledger.ledger_of(keys)
    return {
        userid.casefold()
        for userid in declared.userids
        if ledger.digest(userid) in found.live or ledger.key_of(DELETED, "", userid).digest in found.deleted
    }


def _account(client: Client, userid: str) -> Account | None:
    """The account. The server may hide all but its id: then it is as if there were none."""
    record = client.find(operations.GET_USER, userid)
    account: Account | None = described(record)["user"] if record else None
    return account


def _read_old(client: Client) -> tuple[Old, ...]:
    try:
        return tuple(ledger.parse_old(read_value(client, APP, OLD_KEY) or ""))
    except ValueError as error:
        raise Failure(
            "conflict",
            f"Nothing was done. The value of {OLD_KEY} in the configuration of app {APP} is not as the role wrote it: it"
            f" {error}.",
        ) from error


def _read_ids(
    client: Client, declared: Declared, keys: Iterable[str], missing: Collection[str]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """The ids of those who are due, or whose offboarding was interrupted; and the keys without an id.

    missing: ids without an account, in lower case, which may have been remembered in another spelling.
    """
    ids: dict[str, str] = {}
    unreadable = []
    for digest, keys_of_account in ledger.ledger_of(keys).live.items():
        key = keys_of_account[0]
        is_due = key.stage == LEAVING or declared.is_due(key.day)
        # None where another run has just removed it.
        value = read_value(client, APP, str(key)) if is_due or missing else None
        try:
            userid = None if value is None else ledger.decode(value, key)
        except ValueError:
            unreadable.append(str(key))
        else:
            if userid and (is_due or userid.casefold() in missing):
                ids[digest] = userid
    return ids, tuple(unreadable)
