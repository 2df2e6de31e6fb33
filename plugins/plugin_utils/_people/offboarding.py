# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What a run of the role user_offboarding does to whom. Ids are in lower case throughout.

Results of a loop belong to what the loop ran over by their position: an id in a result is masked where it contains the
password of the connection.
"""

from __future__ import annotations

from typing import Any, Iterable, Mapping, Sequence

from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import USERID
from ansible_collections.community.nextcloud.plugins.plugin_utils._people.offboarding_variables import Settings
from ansible_collections.community.nextcloud.plugins.plugin_utils._people.results import spelling

ADMIN_GROUP = "admin"
# {id: {left: day, deleted: day?}}
Ledger = Mapping[str, Mapping[str, str]]


def affected(declared: Iterable[str], ledger: Ledger) -> list[str]:
    """The ids of accounts that a run must know: of those who leave, and of those who have left before."""
    return list(dict.fromkeys((*declared, *_kept(ledger))))


def plan(
    declared: Sequence[str], ledger: Ledger, read: Iterable[Mapping[str, Any]], signed_in: str, settings: Settings
) -> dict[str, Any]:
    """What to do: {refused, disable, leaving, wipe, delete, managers, people}.

    read: a result of module user_info for each id of `affected`. signed_in: the id of the account that signs in.
    refused: why nothing may be done, or ''. disable, leaving, wipe, delete: ids. managers: ids of managers, whose names
    the report gives. people: the accounts of the report as they were before: {id, userid, display_name, groups_left,
    subadmin_of_left, manager, left, exists}.
    """
    accounts = _accounts(affected(declared, ledger), read)
    kept = _kept(ledger)
    # An account that is enabled again is not deleted, and leaves once more where it is declared.
    gone = [userid for userid in kept if userid in accounts and not accounts[userid]["enabled"]]
    due = [userid for userid in gone if settings.is_due(ledger[userid]["left"])]
    present = [userid for userid in declared if userid in accounts]
    leaving = [userid for userid in present if userid not in gone]
    people = [
        _person(userid, accounts.get(userid, {}), ledger.get(userid, {})) for userid in dict.fromkeys((*declared, *due))
    ]
    return {
        "refused": _refused(declared, ledger, accounts, USERID.key(signed_in), settings),
        "disable": [userid for userid in present if userid not in due],
        "leaving": leaving,
        "wipe": leaving if settings.wipe_devices else [],
        "delete": due,
        "managers": list(dict.fromkeys(person["manager"] for person in people if person["manager"])),
        "people": people,
    }


def _kept(ledger: Ledger) -> list[str]:
    """Who has left and was not deleted."""
    return [userid for userid, entry in ledger.items() if "deleted" not in entry]


def _accounts(userids: Iterable[str], read: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """{id: the account in the options of module user}; without those that are not there."""
    found = {
        userid: result["users"][0]["user"] for userid, result in zip(userids, read, strict=False) if result["users"]
    }
    # The server may hide all but the id of an account.
    return {userid: account for userid, account in found.items() if account}


def _person(userid: str, account: Mapping[str, Any], entry: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": userid,
        "userid": spelling(userid, str(account.get("userid", ""))),
        "display_name": account.get("display_name"),
        "groups_left": account.get("groups", {}).get("set", []),
        "subadmin_of_left": account.get("subadmin_of", {}).get("set", []),
        "manager": account.get("manager") or None,
        "left": entry.get("left"),
        "exists": bool(account),
    }


def _refused(
    declared: Iterable[str], ledger: Ledger, accounts: Mapping[str, Any], signed_in: str, settings: Settings
) -> str:
    reasons: dict[str, list[str]] = {
        "the signed-in account": [],
        "administrators": [],
        "accounts that do not exist": [],
    }
    for userid in declared:
        if userid == signed_in:
            reasons["the signed-in account"].append(userid)
        elif userid in accounts:
            if ADMIN_GROUP in accounts[userid]["groups"]["set"] and not settings.allow_administrators:
                reasons["administrators"].append(userid)
        elif userid not in ledger and not settings.skip_missing:
            reasons["accounts that do not exist"].append(userid)
    return "; ".join(f"{reason}: {', '.join(userids)}" for reason, userids in reasons.items() if userids)
