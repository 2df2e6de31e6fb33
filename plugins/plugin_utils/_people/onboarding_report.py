# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What a run of the role user_onboarding has come to: who gets a welcome mail, and the report. Never a password.

Items of a result belong to what was declared by their position: an id in a result is masked where it contains the password
of the connection.
"""

from __future__ import annotations

from typing import Any, Collection, Iterable, Mapping, Sequence

from ansible_collections.community.nextcloud.plugins.module_utils._accounts.fields import PASSWORD
from ansible_collections.community.nextcloud.plugins.plugin_utils._people.onboarding import Options, key
from ansible_collections.community.nextcloud.plugins.plugin_utils._people.results import spelling

# An item of `users` in the result of module directory.
Item = Mapping[str, Any]


def _is_created(item: Item) -> bool:
    return bool(item["action"] == "created" and item["result"] == "done")


def to_welcome(people: Sequence[Options], items: Iterable[Item], generated: Collection[str]) -> list[str]:
    """The ids of people who were created with an address and a password, given or generated."""
    return [
        str(person["userid"])
        for person, item in zip(people, items, strict=False)
        if _is_created(item) and person.get("email") and (PASSWORD.option in person or key(person) in generated)
    ]


def report(
    people: Sequence[Options], items: Iterable[Item], generated: Collection[str], welcomed: Collection[str]
) -> list[dict[str, Any]]:
    """An entry for each account, in the order declared. welcomed: ids as declared."""
    return [_entry(person, item, generated, welcomed) for person, item in zip(people, items, strict=False)]


def _entry(person: Options, item: Item, generated: Collection[str], welcomed: Collection[str]) -> dict[str, Any]:
    return {
        "userid": spelling(str(person["userid"]), str(item["userid"])),
        "display_name": person.get("display_name"),
        "action": item["action"] if item["result"] in ("done", "unchanged") else item["result"],
        "fields": item["fields"],
        "password": _password(person, generated) if _is_created(item) else None,
        "welcome_email": person["userid"] in welcomed,
        "msg": item.get("msg"),
    }


def _password(person: Options, generated: Collection[str]) -> str:
    if PASSWORD.option in person:
        return "given"
    return "generated" if key(person) in generated else "invitation"


def lines(entries: Sequence[Mapping[str, Any]], check: bool) -> list[str]:
    """The report as text, a line for each account that is not as declared; `check`: nothing was done, it only would be."""
    changed = [_line(entry, "would be " if check else "") for entry in entries if entry["action"] != "none"]
    same = len(entries) - len(changed)
    return [*changed, f"{same} account did not change" if same == 1 else f"{same} accounts did not change"]


def _line(entry: Mapping[str, Any], would: str) -> str:
    name = f" ({entry['display_name']})" if entry["display_name"] else ""
    parts = [f"{entry['userid']}{name}: {_told(entry, would)}"]
    if entry["password"] == "invitation":
        parts.append("invited by the server")
    if entry["password"] == "generated":
        parts.append("with a generated password")
    if entry["welcome_email"]:
        parts.append(f"welcome mail {would}sent")
    return ", ".join(parts)


def _told(entry: Mapping[str, Any], would: str) -> str:
    if entry["action"] == "failed":
        return f"FAILED: {entry['msg']}"
    if entry["action"] == "not_tried":
        return "not tried, because the run had ended"
    fields = f": {', '.join(entry['fields'])}" if entry["action"] == "changed" else ""
    return f"{would}{entry['action']}{fields}"
