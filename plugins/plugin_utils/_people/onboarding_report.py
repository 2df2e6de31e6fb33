# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What a run of the role user_onboarding has come to. Never a password.

Items of a result belong to what was declared by their position: an id in a result is masked where it contains the password
of the connection.
"""

from __future__ import annotations

from typing import Any, Collection, Mapping, NamedTuple, Sequence

from ansible_collections.community.nextcloud.plugins.module_utils._accounts.fields import PASSWORD
from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import USERID
from ansible_collections.community.nextcloud.plugins.plugin_utils._people.onboarding import (
    Item,
    Options,
    is_created,
    key,
    with_items,
)

Result = Mapping[str, Any]
# As a report says whether this run has sent a welcome email; None: not known.
_WELCOMES = {"sent": True, "unknown": None}


class Results(NamedTuple):
    """Of the modules directory, onboarding_prepare and onboarding_complete; empty where one has not run."""

    directory: Result
    prepared: Result
    completed: Result


def report(people: Sequence[Options], results: Results, generated: Collection[str]) -> list[dict[str, Any]]:
    """An entry for each account, in the order declared; none where module directory has not come so far.

    generated: ids with a password of this run, or in the passwords file.
    """
    return [
        _entry(person, item, found, mail, generated)
        for person, item, found, mail in with_items(people, results.directory, results.prepared, results.completed)
        if item
    ]


def _entry(person: Options, item: Item, found: Item, mail: Item, generated: Collection[str]) -> dict[str, Any]:
    return {
        "userid": _spelling(str(person["userid"]), str(item["userid"])),
        "display_name": person.get("display_name"),
        "action": item["action"] if item["result"] in ("done", "unchanged") else item["result"],
        "fields": item["fields"],
        "password": _password(person, item, found, generated),
        "welcome_email": _WELCOMES.get(mail.get("welcome_email", "none"), False),
        "interrupted": bool(found.get("interrupted")),
        "msg": item.get("msg") or mail.get("msg"),
    }


def _spelling(asked: str, found: str) -> str:
    """The id as the server spells it, or as it was asked for where Ansible has masked the result."""
    return found if USERID.key(found) == USERID.key(asked) else asked


def _password(person: Options, item: Item, found: Item, generated: Collection[str]) -> str | None:
    if PASSWORD.option in person:
        return "given" if is_created(item) or found.get("interrupted") else None
    if key(person) in generated and (is_created(item) or found.get("interrupted")):
        return "generated"
    if is_created(item):
        return "invitation"
    return "unknown" if found.get("never_signed_in") else None


def is_changed(entries: Sequence[Mapping[str, Any]]) -> bool:
    """Whether there is something to tell of an account, apart from its being as declared."""
    return any(map(_is_told, entries))


def lines(entries: Sequence[Mapping[str, Any]], completed: Result, check: bool) -> list[str]:
    """The report as text, a line for each account of which there is something to tell; `check`: it only would be done."""
    would = "would be " if check else ""
    told = [_line(entry, would) for entry in entries if _is_told(entry)]
    same = len(entries) - len(told)
    return [
        *told,
        f"{same} account did not change" if same == 1 else f"{same} accounts did not change",
        *_lines_of_others(completed, would),
    ]


def _is_told(entry: Mapping[str, Any]) -> bool:
    quiet = {"action": "none", "password": None, "welcome_email": False, "interrupted": False, "msg": None}
    return any(entry[name] != value for name, value in quiet.items())


def _line(entry: Mapping[str, Any], would: str) -> str:
    name = f" ({entry['display_name']})" if entry["display_name"] else ""
    parts = [f"{entry['userid']}{name}: {_told(entry, would)}"]
    if entry["interrupted"]:
        parts.append("created by an earlier run that was interrupted")
    if entry["password"] in _PASSWORDS:
        parts.append(_PASSWORDS[entry["password"]])
    if entry["welcome_email"] is None:
        parts.append("a welcome mail may have been sent, and is not sent again")
    elif entry["welcome_email"]:
        parts.append(f"welcome mail {would}sent")
    elif entry["msg"] and entry["action"] != "failed":
        parts.append(f"welcome mail FAILED: {entry['msg']}")
    return ", ".join(parts)


_PASSWORDS = {
    "invitation": "invited by the server",
    "generated": "with a generated password",
    "unknown": "never signed in, and its password is not known to this run; set one with community.nextcloud.user and"
    " update_password=always, unless the person has got it",
}


def _told(entry: Mapping[str, Any], would: str) -> str:
    if entry["action"] == "failed":
        return f"FAILED: {entry['msg']}"
    if entry["action"] == "not_tried":
        return "not tried, because the run had ended"
    if entry["action"] == "none":
        return "as declared"
    fields = f": {', '.join(entry['fields'])}" if entry["action"] == "changed" else ""
    return f"{would}{entry['action']}{fields}"


def _lines_of_others(completed: Result, would: str) -> list[str]:
    """Of people who are not declared, and are owed something by an earlier run."""
    told = {
        "sent": f"welcome mail {would}sent, which an earlier run owed",
        "unknown": "a welcome mail may have been sent, and is not sent again",
        "failed": "welcome mail FAILED",
    }
    lines = [
        f"{other['userid']}: {told[other['welcome_email']]}"
        for other in completed.get("others", [])
        if other["welcome_email"] in told
    ]
    if left := completed.get("owed", 0):
        lines.append(f"{left} welcome {'mail is' if left == 1 else 'mails are'} still owed")
    return lines
