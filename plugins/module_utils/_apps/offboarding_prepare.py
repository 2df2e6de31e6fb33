# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Before people are offboarded: what is to be done to whom, and who leaves, remembered on the server.

All that is decided by an id is decided here, before Ansible masks the result.
"""

from __future__ import annotations

from datetime import date as Date
from datetime import timedelta
from typing import Any, Collection, Iterable, Iterator, Mapping, NamedTuple, Sequence

from ansible_collections.community.nextcloud.plugins.module_utils._accounts.details import described
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.guards import ADMIN_GROUP
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._apps import offboarding_ledger as ledger
from ansible_collections.community.nextcloud.plugins.module_utils._apps.config_read import read_value
from ansible_collections.community.nextcloud.plugins.module_utils._apps.offboarding_ledger import (
    APP,
    DELETED,
    LEAVING,
    LEFT,
    OLD_KEY,
    Key,
    Old,
)
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import (
    Failure,
    check_at_least,
    invalid,
)
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import Plan, Step
from ansible_collections.community.nextcloud.plugins.module_utils._engine.resource import Mode, Resource
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import parse_value

# What a run does to somebody.
LEAVE = "leave"  # disable, wipe, remove from groups, and remember it
KEEP = "keep"  # has left: disable and remove from groups again, if somebody has undone that
DELETE = "delete"
UNFINISHED = "unfinished"  # an earlier run was interrupted, and nobody names the account
GONE = "gone"  # has left, and there is no account
MISSING = "missing"

# Why a run is refused. No word of these is a likely password, such as admin, which Ansible would mask.
SIGNED_IN = "own"
ADMINISTRATOR = "privileged"
NO_ACCOUNT = "missing"


def argument_spec() -> dict[str, Any]:
    """The option spec of module `offboarding_prepare`, beside the connection."""
    return {
        "userids": {"type": "list", "elements": "str", "default": []},
        "date": {"type": "str", "required": True},
        "delete_after_days": {"type": "int"},
        "allow_administrators": {"type": "bool", "default": False},
        "missing": {"type": "str", "choices": ["fail", "skip"], "default": "fail"},
    }


class Declared(NamedTuple):
    """userids: as the play spells them. secrets: by option, what Ansible masks in the result."""

    userids: tuple[str, ...]
    date: Date
    delete_after_days: int | None = None
    allow_administrators: bool = False
    skip_missing: bool = False
    secrets: Mapping[str, str] = {}

    @property
    def today(self) -> str:
        return self.date.isoformat()

    def delete_from(self, left: str) -> str | None:
        """The first day on which somebody who left on that day is deleted; None for never."""
        if self.delete_after_days is None:
            return None
        return (Date.fromisoformat(left) + timedelta(days=self.delete_after_days)).isoformat()

    def is_due(self, left: str) -> bool:
        """Whether the grace period of somebody who left on that day is over."""
        delete_from = self.delete_from(left)
        return delete_from is not None and delete_from <= self.today


# An account in the options of module `user`.
Account = Mapping[str, Any]


class Current(NamedTuple):
    """signed_in: id. keys: all of the app. old: entries of the old value, None where there is no such value.

    stored: ids as the server spells them, by the ids of `userids` and of old entries. ids: of entries by digest, where this
    run may be about them. unreadable: keys whose values are none of the role's. accounts: by stored id. names: of managers.
    """

    signed_in: str
    keys: tuple[str, ...] = ()
    old: tuple[Old, ...] | None = None
    stored: Mapping[str, str] = {}
    ids: Mapping[str, str] = {}
    unreadable: tuple[str, ...] = ()
    accounts: Mapping[str, Account] = {}
    names: Mapping[str, str] = {}


def parse(options: Mapping[str, Any]) -> Declared:
    """What the options declare; Failure (invalid) names the option that cannot be right."""
    try:
        day = Date.fromisoformat(options["date"])
    except ValueError:
        raise invalid("date", f"{options['date']!r} is invalid: must be a date such as 2026-11-24") from None
    if options["delete_after_days"] is not None:
        check_at_least("delete_after_days", options["delete_after_days"], 0)
    return Declared(
        tuple(parse_value("userids", kinds.USERID, userid) for userid in ledger.named(options["userids"])),
        day,
        options["delete_after_days"],
        options["allow_administrators"],
        options["missing"] == "skip",
        {name: options[name] for name in ("password", "token") if options.get(name)},
    )


# Reading


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
    return Current(str(signed_in["id"]), keys, old, stored, ids, unreadable, accounts, names), None


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
    record = client.find(operations.GET_USER(userid))
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


# Planning


class Person(NamedTuple):
    """Somebody whom a run is about. userid: as the server spells it, or as the play does where there is no account.

    position: in `userids`. key: the entry that counts, if there is one. superseded: the others of this account.
    """

    userid: str
    action: str
    position: int | None = None
    key: Key | None = None
    superseded: tuple[Key, ...] = ()


def plan(declared: Declared, current: Current, facts: None = None) -> Plan:
    """The entries to write before anything else is done, and as `after` what is to be done to whom."""
    found = ledger.ledger_of((*current.keys, *map(str, _taken_over(current))))
    people = list(_people(declared, current, found))
    refused = _refused(declared, current, people)
    shown = {"refused": refused, "people": [_shown(person, declared, current) for person in people]}
    _refuse_masked(declared.secrets, shown["people"])
    warnings = tuple(_warnings(people, current))
    if refused:
        return Plan((), {}, shown, warnings)
    steps = [*_takeover_steps(current), *(step for person in people for step in _steps(person, declared))]
    return Plan(tuple(steps), {}, shown, warnings)


def _taken_over(current: Current) -> dict[Key, str]:
    """The entries of the old value as keys and values, without those that have a newer one."""
    found = ledger.ledger_of(current.keys)
    taken: dict[Key, str] = {}
    for userid, left, is_deleted in current.old or ():
        if is_deleted:
            taken[ledger.key_of(DELETED, left, userid)] = left
            continue
        stored = current.stored.get(userid, userid)
        key = ledger.key_of(LEFT, left, stored)
        if all(other.day < left for other in found.live.get(key.digest, ())):
            taken[key] = ledger.encode(stored)
    return taken


def _takeover_steps(current: Current) -> Iterator[Step]:
    """The old value goes last, so a run that is killed before loses nothing. Two runs at once write the same keys."""
    if current.old is None:
        return
    for key, value in _taken_over(current).items():
        if str(key) not in current.keys:
            yield _set(key, value)
    yield Step(operations.DELETE_APP_CONFIG(APP, OLD_KEY), f"remove {OLD_KEY}")


def _people(declared: Declared, current: Current, found: ledger.Ledger) -> Iterator[Person]:
    """Those who are declared, then those whom earlier runs have left something to do for."""
    ids = {**current.ids, **{ledger.digest(userid): userid for userid in current.stored.values()}}
    ids.update((ledger.digest(old.userid), old.userid) for old in current.old or () if old.userid not in current.stored)
    seen = set()
    for position, userid in enumerate(declared.userids):
        stored = current.stored.get(userid) or _former(userid, ids.values(), current.accounts)
        digest = ledger.digest(stored)
        if digest in seen:
            continue
        seen.add(digest)
        keys = found.live.get(digest, ())
        yield _declared_person(stored, position, keys, declared, current, found)
    for digest, keys in found.live.items():
        if digest not in seen and digest in ids:
            action = _later_action(ids[digest], keys[0], declared, current)
            if action:
                yield Person(ids[digest], action, None, keys[0], keys[1:])


def _former(userid: str, ids: Iterable[str], accounts: Collection[str]) -> str:
    """The id under which an account that is gone was remembered, if it was: the server cannot tell its spelling any more.

    An account that exists is another one, on a server that tells upper from lower case.
    """
    spellings = [known for known in ids if known.casefold() == userid.casefold() and known not in accounts]
    return spellings[0] if len(spellings) == 1 else userid


def _declared_person(
    userid: str, position: int, keys: Sequence[Key], declared: Declared, current: Current, found: ledger.Ledger
) -> Person:
    key = keys[0] if keys else None
    account = current.accounts.get(userid)
    if account is None:
        deleted = found.deleted.get(ledger.key_of(DELETED, "", userid).digest)
        action = GONE if key or deleted else MISSING
        return Person(userid, action, position, key or deleted, tuple(keys[1:]))
    # An account that is enabled again is not deleted, and leaves once more.
    has_left = key is not None and key.stage == LEFT and not account["enabled"]
    if not has_left or key is None:
        return Person(userid, LEAVE, position, ledger.key_of(LEAVING, declared.today, userid), tuple(keys))
    return Person(userid, DELETE if declared.is_due(key.day) else KEEP, position, key, tuple(keys[1:]))


def _later_action(userid: str, key: Key, declared: Declared, current: Current) -> str | None:
    """What is to be done to somebody whom nobody names now; None for nothing."""
    account = current.accounts.get(userid)
    if key.stage == LEAVING:
        return UNFINISHED if account else GONE
    if not declared.is_due(key.day):
        return None
    if account is None:
        return GONE
    return None if account["enabled"] else DELETE


def _steps(person: Person, declared: Declared) -> Iterator[Step]:
    """The entries of a person, written before anything is done to the account. What is new comes first."""
    superseded = [key for key in person.superseded if key != person.key]
    if person.action == LEAVE and person.key and person.key not in person.superseded:
        yield _set(person.key, ledger.encode(person.userid))
    if person.action == GONE and person.key and person.key.stage != DELETED:
        if person.key.stage == LEFT and not declared.is_due(person.key.day):
            return
        yield _set(ledger.key_of(DELETED, person.key.day, person.userid), person.key.day)
        superseded.insert(0, person.key)
    for key in superseded:
        yield Step(operations.DELETE_APP_CONFIG(APP, str(key)), f"remove {key}")


def _set(key: Key, value: str) -> Step:
    return Step(operations.SET_APP_CONFIG(APP, str(key)), f"set {key}", {"value": value})


def _refused(declared: Declared, current: Current, people: Iterable[Person]) -> list[dict[str, Any]]:
    """[{position, reason}] for those who are declared and must not be offboarded."""
    reasons = {
        person.position: reason
        for person in people
        if person.position is not None and (reason := _reason(person, declared, current))
    }
    return [{"position": position, "reason": reason} for position, reason in reasons.items()]


def _reason(person: Person, declared: Declared, current: Current) -> str | None:
    if person.userid == current.signed_in:
        return SIGNED_IN
    if person.action == MISSING:
        return None if declared.skip_missing else NO_ACCOUNT
    account = current.accounts.get(person.userid)
    if account and ADMIN_GROUP in account["groups"]["set"] and not declared.allow_administrators:
        return ADMINISTRATOR
    return None


def _shown(person: Person, declared: Declared, current: Current) -> dict[str, Any]:
    account = current.accounts.get(person.userid, {})
    manager = account.get("manager") or None
    left = person.key.day if person.key else None
    return {
        "position": person.position,
        "id": ledger.encode(person.userid),
        "digest": ledger.digest(person.userid),
        "action": person.action,
        "key": str(person.key) if person.key else None,
        "left": left,
        "delete_from": declared.delete_from(left) if left and account else None,
        "enabled": account.get("enabled"),
        "display_name": account.get("display_name"),
        "groups": account.get("groups", {}).get("set", []),
        "subadmin_of": account.get("subadmin_of", {}).get("set", []),
        "manager": manager,
        "manager_name": current.names.get(manager or ""),
    }


def _refuse_masked(secrets: Mapping[str, str], people: Iterable[Mapping[str, Any]]) -> None:
    """Failure (conflict) where Ansible would mask what tells the accounts apart."""
    text = " ".join(f"{person['id']} {person['digest']} {person['key']} {person['action']}" for person in people)
    for option, secret in secrets.items():
        if secret in text:
            raise Failure(
                "conflict",
                f"Nothing was done. The value of {option} is a part of a date or of an encoded id, where Ansible would mask"
                " it. Sign in with another secret, such as an app password.",
            )


def _warnings(people: Iterable[Person], current: Current) -> Iterator[str]:
    for person in people:
        if person.action == UNFINISHED and person.key:
            state = "enabled" if current.accounts[person.userid]["enabled"] else "disabled"
            yield (
                f"{person.userid}: a run of {person.key.day} that was interrupted did not finish offboarding this account."
                f" It is {state}, and will not be deleted. Offboard it again, or remove the key {person.key} of app {APP}."
            )
    for key in current.unreadable:
        yield f"The value of key {key} of app {APP} is not the id that belongs to it. The entry was left alone."


def result(resource: Any, plan: Plan, mode: Mode) -> dict[str, Any]:
    return {"changed": plan.changed, resource.name: plan.after, "warnings": [*plan.warnings]}


RESOURCE = Resource("offboarding", argument_spec, parse, read, plan, result=result)
