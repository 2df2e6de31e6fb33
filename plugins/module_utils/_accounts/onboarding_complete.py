# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.


"""After accounts of people who join were created: what they are owed is paid, once, and struck out in the files.

An entry that a killed run has left is paid as one of this run. What decides is whether the account exists, and what this
run knows of its own attempt to create it.
"""

from __future__ import annotations

from typing import Any, Collection, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import pending, welcome_email
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.listing import userids
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.pending import Debts, Files, Owed
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import (
    FINAL_CATEGORIES,
    Failure,
    invalid,
)
from ansible_collections.community.nextcloud.plugins.module_utils._engine.resource import Mode, Resource

OUTCOMES = ("ready", "taken", "unfinished", "unknown")
# The next email would fail in the same way, unless the server has taken this one. An account can be hidden from the
# signed-in one, and the next need not be.
_ENDS_ALL = FINAL_CATEGORIES - {"permission"}


def argument_spec() -> dict[str, Any]:
    """The option spec of module `onboarding_complete`, beside the connection."""
    return {
        "users": {
            "type": "list",
            "elements": "dict",
            "required": True,
            "options": {
                "userid": {"type": "str", "required": True},
                "outcome": {"type": "str", "choices": list(OUTCOMES), "default": "ready"},
                "noted": {"type": "bool", "default": False},
                "welcome_email": {"type": "bool", "default": False},
            },
        },
        **pending.argument_spec(),
        "send": {"type": "bool", "default": True},
    }


class Person(NamedTuple):
    """userid: in lower case. noted: this run has made a note of the person. welcome_email: of that too."""

    userid: str
    outcome: str
    noted: bool
    welcome_email: bool


class Declared(NamedTuple):
    people: tuple[Person, ...]
    files: Files
    send: bool


class Mail(NamedTuple):
    """What came of a welcome email: sent, failed, unknown, or none, where another run has sent it meanwhile."""

    state: str
    failure: Failure | None = None

    @property
    def is_of_earlier_run(self) -> bool:
        return self.state == "unknown" and self.failure is None


class Settlement(NamedTuple):
    """people: ids in the order declared. send: ids of those who get an email. mails: what came of these, or will come.

    close: ids of those who have got all. withdraw: ids of those whose accounts this run has not created.
    left: how many emails stay owed.
    """

    people: tuple[str, ...]
    send: tuple[str, ...]
    close: tuple[str, ...]
    withdraw: tuple[str, ...]
    mails: Mapping[str, Mail]
    left: int
    warnings: tuple[str, ...] = ()
    blocker: None = None


def parse(options: Mapping[str, Any]) -> Declared:
    """What the options declare; Failure (invalid) names the option that cannot be right."""
    people = tuple(
        Person(
            pending.parse_person(position, person),
            person["outcome"],
            person["noted"],
            person["welcome_email"],
        )
        for position, person in enumerate(options["users"])
    )
    files = pending.parse_files(options)
    if files is None:
        raise invalid("pending_file", "is required, or passwords_file")
    return Declared(people, files, options["send"])


def read(client: Client, declared: Declared) -> tuple[Debts, frozenset[str]]:
    """What is owed, and which accounts exist, if somebody is owed of whom the run does not know it."""
    debts = _files(client, declared).debts()
    known = {person.userid for person in declared.people if person.outcome != "unfinished"}
    return debts, frozenset(userids(client)) if debts.keys() - known else frozenset()


def _files(client: Client, declared: Declared) -> Files:
    return declared.files.on(client.signs_in_as[0])


def plan(declared: Declared, debts: Debts, existing: frozenset[str]) -> Settlement:
    """What to do with each entry of the file, and with what this run has noted: in check mode, that is in no file."""
    people = {person.userid: person for person in reversed(declared.people)}
    notes = {
        userid: Owed(1, person.welcome_email)
        for userid, person in people.items()
        if person.noted and person.welcome_email
    }
    owed = {**{userid: note for userid, note in notes.items() if userid not in debts}, **debts}
    todo: dict[str, list[str]] = {"send": [], "close": [], "withdraw": [], "keep": []}
    for userid in sorted(owed, key=_order(declared)):
        todo[_action(people.get(userid), owed[userid], userid in existing, declared.send)].append(userid)
    mails = {userid: Mail("unknown" if owed[userid].sending else "sent") for userid in todo["send"]}
    left = sum(1 for userid in todo["keep"] if owed[userid].welcome_email)
    return Settlement(
        tuple(person.userid for person in declared.people),
        tuple(todo["send"]),
        tuple(todo["close"]),
        tuple(todo["withdraw"]),
        mails,
        left,
    )


def _order(declared: Declared) -> Any:
    """Emails go out in the order declared, and then to others."""
    positions = {person.userid: position for position, person in reversed(list(enumerate(declared.people)))}
    return lambda userid: (positions.get(userid, len(positions)), userid)


def _action(person: Person | None, owed: Owed, exists: bool, send: bool) -> str:
    """send, close, withdraw or keep."""
    outcome = person.outcome if person else "ready" if exists else "unknown"
    if outcome == "ready":
        return ("send" if send else "keep") if owed.welcome_email else "close"
    is_not_of_this_run = outcome == "taken" or outcome == "unfinished" and not exists
    return "withdraw" if is_not_of_this_run and person and person.noted else "keep"


def apply(client: Client, resource: Any, declared: Declared, plan: Settlement) -> Settlement:
    """Strike out first, then send. After a failure that all others would share, the rest stays owed."""
    files = _files(client, declared)
    _strike_out(files, plan.close, plan.withdraw)
    mails: dict[str, Mail] = {}
    client.progress.begin("sending welcome emails", len(plan.send))
    for userid in plan.send:
        mails[userid] = mail = _send(client, files, userid)
        client.progress.advance()
        if mail.failure and mail.failure.category in _ENDS_ALL and mail.failure.effect == "none":
            break
    # Last, because what is struck out before this run can tell of it would be lost with the run.
    _strike_out(files, [userid for userid, mail in mails.items() if mail.is_of_earlier_run], ())
    left = sum(1 for owed in files.debts().values() if owed.welcome_email and not owed.sending)
    return plan._replace(mails=mails, left=left)


def _strike_out(files: Files, closed: Collection[str], withdrawn: Collection[str]) -> None:
    """Those who have got all, and those whose accounts this run has not created.

    A password that no run can have set goes.
    """
    if not closed and not withdrawn:
        return
    with files.locked():
        debts, passwords = files.debts(), files.known_passwords()
        for userid in closed:
            debts.pop(userid, None)
        for userid in withdrawn:
            owed = debts.pop(userid, None)
            if owed and owed.runs > 1:
                debts[userid] = owed._replace(runs=owed.runs - 1)
            elif owed and owed.password:
                passwords.pop(userid, None)
        files.write_passwords(passwords)
        files.write_debts(debts)


def _send(client: Client, files: Files, userid: str) -> Mail:
    """One email. The file says so before the request, so that no other run sends it once more."""
    with files.locked():
        debts = files.debts()
        owed = debts.pop(userid, None)
        if owed is None:
            return Mail("none")
        if owed.sending:
            return Mail("unknown")  # the lock is free, so the run that was sending it has ended
        files.write_debts({userid: owed._replace(sending=True), **debts})
        try:
            welcome_email.RESOURCE.task(client, welcome_email.Declared(userid), Mode())
        except Failure as failure:
            if failure.effect == "none":
                files.write_debts({userid: owed, **debts})
            return Mail("failed" if failure.effect == "none" else "unknown", failure)
        files.write_debts(debts)
        return Mail("sent")


def result(resource: Any, plan: Settlement, mode: Mode) -> dict[str, Any]:
    """{changed, users, others, owed, warnings}. Failure, with the same, where an email failed."""
    others = [userid for userid in plan.mails if userid not in plan.people]
    made: dict[str, Any] = {
        "changed": any(mail.state == "sent" or mail.failure and mail.failure.changed for mail in plan.mails.values()),
        resource.name: [_item(plan.mails.get(userid)) for userid in plan.people],
        "others": [{"userid": userid, **_item(plan.mails[userid])} for userid in others],
        "owed": plan.left,
    }
    failures = {userid: mail.failure for userid, mail in plan.mails.items() if mail.failure}
    warnings = [
        f"{userid}: an earlier run was interrupted while it sent the welcome email. It may have been sent, and is not sent"
        " again. Send it with community.nextcloud.welcome_email if the person has not got it."
        for userid, mail in plan.mails.items()
        if mail.is_of_earlier_run
    ]
    if failures:
        lines = [f"{userid}: {failure.message}" for userid, failure in failures.items()]
        message = "\n".join([f"{len(lines)} of {len(plan.send)} welcome emails failed:", *lines])
        first = next(iter(failures.values()))
        raise first.but(message=message, changed=made["changed"], more={**made, "warnings": warnings})
    return {**made, "warnings": warnings}


def _item(mail: Mail | None) -> dict[str, Any]:
    item: dict[str, Any] = {"welcome_email": mail.state if mail else "none"}
    if mail and mail.failure:
        item.update(msg=mail.failure.message, failure=mail.failure.described())
    return item


RESOURCE = Resource("users", argument_spec, parse, read, plan, apply=apply, result=result)
