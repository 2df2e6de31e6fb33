# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Before accounts of people who join are created: who has one, and what the others are going to be owed, noted in files."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from typing import Any, ContextManager, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import pending
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.details import last_login
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.listing import CONCURRENCY, userids
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.pending import Debts, Files, Owed
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import invalid
from ansible_collections.community.nextcloud.plugins.module_utils._engine.resource import Mode, Resource


def argument_spec() -> dict[str, Any]:
    """The option spec of module `onboarding_prepare`, beside the connection."""
    return {
        "users": {
            "type": "list",
            "elements": "dict",
            "required": True,
            "options": {
                "userid": {"type": "str", "required": True},
                "generate_password": {"type": "bool", "default": False, "no_log": False},
                "welcome_email": {"type": "bool", "default": False},
            },
        },
        **pending.argument_spec(),
        "sign_ins": {"type": "bool", "default": False},
    }


class Person(NamedTuple):
    """userid: in lower case. What the person is owed if there is no account yet."""

    userid: str
    generate_password: bool
    welcome_email: bool


class Declared(NamedTuple):
    people: tuple[Person, ...]
    files: Files | None
    sign_ins: bool


class Current(NamedTuple):
    """Ids are in lower case. never_signed_in: of those declared, if that was asked for."""

    existing: frozenset[str]
    debts: Debts
    known_passwords: frozenset[str]
    never_signed_in: frozenset[str] = frozenset()


class Preparation(NamedTuple):
    """people: what is known of each, in the order declared. debts: what the pending file is going to hold.

    generate: ids of those for whom a password is generated.
    """

    people: tuple[dict[str, Any], ...]
    debts: Debts
    generate: tuple[str, ...]
    changed: bool
    warnings: tuple[str, ...] = ()
    blocker: None = None


def parse(options: Mapping[str, Any]) -> Declared:
    """What the options declare; Failure (invalid) names the option that cannot be right."""
    people = tuple(
        Person(
            pending.parse_person(position, person),
            person["generate_password"],
            person["welcome_email"],
        )
        for position, person in enumerate(options["users"])
    )
    files = pending.parse_files(options)
    for option in ("generate_password", "welcome_email"):
        if any(getattr(person, option) for person in people):
            if files is None:
                raise invalid(f"users.{option}", "requires passwords_file or pending_file")
            if option == "generate_password" and not files.passwords:
                raise invalid(f"users.{option}", "requires passwords_file")
    return Declared(people, files, options["sign_ins"])


def around(client: Client, declared: Declared) -> ContextManager[None]:
    # Another run must not create an account between the look whether it exists and the note that it does not.
    return declared.files.locked() if declared.files else nullcontext()


def read(client: Client, declared: Declared) -> tuple[Current, Files | None]:
    """Which accounts exist, and what the files hold of this server."""
    files = declared.files.on(client.signs_in_as[0]) if declared.files else None
    existing = userids(client)
    never = _never_signed_in(client, declared, existing) if declared.sign_ins else frozenset()
    debts, known = (files.debts(), frozenset(files.known_passwords())) if files else ({}, frozenset())
    return Current(frozenset(existing), debts, known, never), files


def _never_signed_in(client: Client, declared: Declared, existing: Mapping[str, str]) -> frozenset[str]:
    keys = [key for key in dict.fromkeys(person.userid for person in declared.people) if key in existing]

    def has_never(key: str) -> bool:
        record = client.find(operations.GET_USER, existing[key])
        return record is not None and "lastLogin" in record and last_login(record) is None

    with ThreadPoolExecutor(CONCURRENCY) as pool:
        return frozenset(key for key, never in zip(keys, pool.map(has_never, keys), strict=True) if never)


def plan(declared: Declared, current: Current, files: Files | None) -> Preparation:
    """What is known of each person, and what to note. The entries of others stay."""
    debts = dict(current.debts)
    noted: dict[str, int] = {}
    for position, person in enumerate(declared.people):
        if person.userid in current.existing or person.userid in noted:
            continue
        if person.generate_password or person.welcome_email:
            noted[person.userid] = position
            # A run that is under way may have noted the same account. An earlier wish counts no more.
            runs = debts.get(person.userid, Owed()).runs + 1
            debts[person.userid] = Owed(runs, person.welcome_email, person.generate_password)
    generate = [person.userid for person in declared.people if person.generate_password and person.userid in noted]
    people = tuple(
        {
            "exists": person.userid in current.existing,
            "noted": noted.get(person.userid) == position,
            "interrupted": person.userid in current.existing and person.userid in current.debts,
            "never_signed_in": person.userid in current.never_signed_in if declared.sign_ins else None,
        }
        for position, person in enumerate(declared.people)
    )
    missing = tuple(userid for userid in dict.fromkeys(generate) if userid not in current.known_passwords)
    return Preparation(people, debts, missing, bool(noted))


def apply(client: Client, resource: Any, declared: Declared, plan: Preparation) -> Preparation:
    """Write both files. A run that is killed in between leaves a password that the next run uses."""
    if declared.files and plan.changed:
        files = declared.files.on(client.signs_in_as[0])
        if plan.generate:
            files.write_passwords(
                {**files.known_passwords(), **{userid: pending.generated() for userid in plan.generate}}
            )
        files.write_debts(plan.debts)
    return plan


def result(resource: Any, plan: Preparation, mode: Mode) -> dict[str, Any]:
    return {"changed": plan.changed, resource.name: list(plan.people), "warnings": [*plan.warnings]}


RESOURCE = Resource("users", argument_spec, parse, read, plan, around=around, apply=apply, result=result)
