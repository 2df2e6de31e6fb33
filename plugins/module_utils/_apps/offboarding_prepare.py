# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Before people are offboarded: what is to be done to whom, and who leaves, remembered on the server.

All that is decided by an id is decided here, before Ansible masks the result.
"""

from __future__ import annotations

from typing import Any, Collection, Iterable, Iterator, Mapping, NamedTuple, Sequence

from ansible_collections.community.nextcloud.plugins.module_utils._accounts.guards import ADMIN_GROUP
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._apps import offboarding_ledger as ledger
from ansible_collections.community.nextcloud.plugins.module_utils._apps.offboarding_ledger import (
    APP,
    DELETED,
    LEAVING,
    LEFT,
    OLD_KEY,
    Key,
)
from ansible_collections.community.nextcloud.plugins.module_utils._apps.offboarding_options import (
    Declared,
    argument_spec,
    parse,
)
from ansible_collections.community.nextcloud.plugins.module_utils._apps.offboarding_read import Current, read
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import Plan, Step
from ansible_collections.community.nextcloud.plugins.module_utils._engine.resource import Mode, Resource

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
TWINS = "twins"


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
    if person.position is not None and declared.userids[person.position] in current.twins:
        return TWINS
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
