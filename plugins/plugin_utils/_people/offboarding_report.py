# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What a run of the role user_offboarding has come to: what to remember from now on, and the report.

Results of a loop belong to what the loop ran over by their position: an id in a result may be masked.
"""

from __future__ import annotations

from typing import Any, Iterable, Mapping, NamedTuple, Sequence

from ansible_collections.community.nextcloud.plugins.module_utils._apps import offboarding_ledger as ledger
from ansible_collections.community.nextcloud.plugins.module_utils._apps.offboarding_ledger import DELETED, LEFT, Key
from ansible_collections.community.nextcloud.plugins.module_utils._apps.offboarding_prepare import (
    DELETE,
    GONE,
    KEEP,
    LEAVE,
    MISSING,
    UNFINISHED,
)

# Results of the items of a loop, in its order; none where the loop was not reached.
Results = Sequence[Mapping[str, Any]]


class Loops(NamedTuple):
    """What came of the loops over the plan's `disable`, `wipe` and `delete`."""

    disabled: Results = ()
    wiped: Results = ()
    deleted: Results = ()


class Done(NamedTuple):
    """Ids of accounts, by what this run has done to them. gone: deleted by this run, or by another at the same time."""

    disabled: set[str]
    wiped: set[str]
    gone: set[str]
    changed: set[str]
    deleted: set[str]


def outcome(plan: Mapping[str, Any], loops: Loops) -> dict[str, Any]:
    """{remember, forget, report}. remember: keys and values to write. forget: {key: None} to remove after that.

    A loop goes on after an item that fails, and what is done is to be remembered.
    """
    done = Done(
        _succeeded(plan["disable"], loops.disabled),
        _succeeded(plan["wipe"], loops.wiped),
        _succeeded(plan["delete"], loops.deleted),
        _changed(plan["disable"], loops.disabled),
        _changed(plan["delete"], loops.deleted),
    )
    remember, forget = {}, []
    report = []
    for person in plan["people"]:
        action = _action(person, done, wants_wipe=person["userid"] in plan["wipe"])
        for old, new, value in _moved(person, action, done):
            remember[new] = value
            forget.append(old)
        report.append(_entry(person, action, done))
    return {"remember": remember, "forget": dict.fromkeys(forget), "report": report}


def _succeeded(userids: Sequence[str], results: Results) -> set[str]:
    return {userid for userid, result in zip(userids, results, strict=False) if not result.get("failed")}


def _changed(userids: Sequence[str], results: Results) -> set[str]:
    changed = {userid for userid, result in zip(userids, results, strict=False) if result.get("changed")}
    return changed & _succeeded(userids, results)


def _moved(person: Mapping[str, Any], action: str, done: Done) -> Iterable[tuple[str, str, str]]:
    """(old key, new key, its value) where the entry of a person has reached its next stage."""
    key = ledger.parse_key(person["key"] or "")
    if key is None:
        return
    if action == "offboarded":
        yield str(key), str(Key(LEFT, key.day, key.digest)), ledger.encode(person["userid"])
    elif person["action"] == DELETE and person["userid"] in done.gone:
        yield str(key), str(ledger.key_of(DELETED, key.day, person["userid"])), key.day


def _action(person: Mapping[str, Any], done: Done, wants_wipe: bool) -> str:
    userid = person["userid"]
    if person["action"] == LEAVE:
        is_done = userid in done.disabled and (userid in done.wiped or not wants_wipe)
        return "offboarded" if is_done else "failed"
    if person["action"] == KEEP:
        return "failed" if userid not in done.disabled else "changed" if userid in done.changed else "none"
    if person["action"] == DELETE:
        return "failed" if userid not in done.gone else "deleted" if userid in done.deleted else "none"
    return {GONE: "none", MISSING: "missing", UNFINISHED: "unfinished"}[str(person["action"])]


def _entry(person: Mapping[str, Any], action: str, done: Done) -> dict[str, Any]:
    """One account of the report."""
    has_left = person["action"] in (KEEP, DELETE, GONE) or action == "offboarded"
    return {
        "userid": person["userid"],
        "display_name": person["display_name"],
        "action": action,
        "devices_wiped": person["userid"] in done.wiped,
        "groups_left": person["groups"],
        "subadmin_of_left": person["subadmin_of"],
        "manager": person["manager"],
        "manager_name": person["manager_name"],
        "left": person["left"] if has_left else None,
        "delete_from": person["delete_from"] if has_left else None,
    }


def lines(report: Iterable[Mapping[str, Any]], check: bool) -> list[str]:
    """The report as text, a line for each account; `check`: nothing was done, it only would be."""
    return [_line(entry, "would be " if check else "") for entry in report]


def _line(entry: Mapping[str, Any], would: str) -> str:
    name = f" ({entry['display_name']})" if entry["display_name"] else ""
    line = f"{entry['userid']}{name}: {_told(entry, would)}"
    if entry["left"]:
        line += f"; left {entry['left']}"
    if entry["delete_from"] and entry["action"] != "deleted":
        line += f"; to be deleted from {entry['delete_from']} on"
    if entry["manager"]:
        line += f"; manager: {entry['manager']}" + (f" ({entry['manager_name']})" if entry["manager_name"] else "")
    return line


def _told(entry: Mapping[str, Any], would: str) -> str:
    if entry["action"] == "offboarded":
        parts = [f"{would}disabled"]
        if entry["devices_wiped"]:
            parts.append(f"devices {would}wiped")
        if entry["groups_left"]:
            parts.append(f"{would}removed from {', '.join(entry['groups_left'])}")
        if entry["subadmin_of_left"]:
            parts.append(
                f"{'would no longer be' if would else 'no longer'} sub-admin of {', '.join(entry['subadmin_of_left'])}"
            )
        return ", ".join(parts)
    return {
        "deleted": f"{would}deleted with all files",
        "changed": f"groups or rights that were added since {would or 'were '}removed",
        "missing": "does not exist",
        "failed": "FAILED, see the task that failed; run again",
        "unfinished": "NOT OFFBOARDED, because an earlier run was interrupted; offboard it again",
        "none": "nothing to do",
    }[entry["action"]]
