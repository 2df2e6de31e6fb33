# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What a run of the role user_offboarding has come to: what to remember, and the report. Ids are in lower case throughout."""

from __future__ import annotations

from typing import Any, Iterable, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.plugin_utils._people.offboarding_variables import Settings

# Results of the items of a loop, in its order; none where the loop was not reached.
Results = Iterable[Mapping[str, Any]]


class Loops(NamedTuple):
    """What came of the loops over the plan's `disable`, `wipe`, `delete` and `managers`."""

    disabled: Results = ()
    wiped: Results = ()
    deleted: Results = ()
    managers: Results = ()


class Done(NamedTuple):
    """Ids of accounts, by what this run has done to them."""

    offboarded: set[str]
    wiped: set[str]
    deleted: set[str]
    changed: set[str]
    failed: set[str]


def outcome(plan: Mapping[str, Any], ledger: Mapping[str, Any], loops: Loops, settings: Settings) -> dict[str, Any]:
    """{ledger, report}. A loop goes on after an item that fails, and what is done is to be remembered."""
    done = _done(plan, loops, settings)
    after = {userid: dict(entry) for userid, entry in ledger.items()}
    for person in plan["people"]:
        userid = person["id"]
        if userid in done.offboarded:
            after[userid] = {"left": settings.today}
        if userid in done.deleted:
            after[userid] = {**after[userid], "deleted": settings.today}
    managers = zip(plan["managers"], loops.managers, strict=False)
    names = {userid: result["users"][0]["user"]["display_name"] for userid, result in managers if result["users"]}
    report = [
        _entry(person, done, after.get(person["id"], {}).get("left"), names, settings) for person in plan["people"]
    ]
    return {"ledger": after, "report": report}


def _done(plan: Mapping[str, Any], loops: Loops, settings: Settings) -> Done:
    disabled = _succeeded(plan["disable"], loops.disabled)
    wiped = _succeeded(plan["wipe"], loops.wiped)
    deleted = _succeeded(plan["delete"], loops.deleted)
    offboarded = {userid for userid in plan["leaving"] if userid in disabled}
    if settings.wipe_devices:
        offboarded &= wiped
    changed = {userid for userid, result in zip(plan["disable"], loops.disabled, strict=False) if result.get("changed")}
    tried = {*plan["disable"], *plan["wipe"], *plan["delete"]}
    return Done(offboarded, wiped, deleted, changed, tried - disabled - deleted | set(plan["leaving"]) - offboarded)


def _succeeded(userids: Iterable[str], results: Results) -> set[str]:
    return {userid for userid, result in zip(userids, results, strict=False) if not result.get("failed")}


def _entry(
    person: Mapping[str, Any], done: Done, left: str | None, names: Mapping[str, str], settings: Settings
) -> dict[str, Any]:
    """One account of the report."""
    return {
        "userid": person["userid"],
        "display_name": person["display_name"],
        "action": _action(person, done),
        "devices_wiped": person["id"] in done.wiped,
        "groups_left": person["groups_left"],
        "subadmin_of_left": person["subadmin_of_left"],
        "manager": person["manager"],
        "manager_name": names.get(person["manager"] or ""),
        "left": left,
        "delete_from": settings.delete_from(left) if left and person["exists"] else None,
    }


def _action(person: Mapping[str, Any], done: Done) -> str:
    userid = person["id"]
    if not person["exists"]:
        return "none" if person["left"] else "missing"
    for action in ("deleted", "offboarded", "failed", "changed"):
        if userid in getattr(done, action):
            return action
    return "none"


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
        "none": "nothing to do",
    }[entry["action"]]
