# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What a run of the role user_offboarding does to whom, from the result of module offboarding_prepare.

Ansible masks text in results that contains the password of the connection. So ids come encoded and with a digest, and one
that was masked all the same is an error. Nothing is decided by any other text of the result.
"""

from __future__ import annotations

from typing import Any, Iterable, Mapping

from ansible_collections.community.nextcloud.plugins.module_utils._apps import offboarding_ledger as ledger
from ansible_collections.community.nextcloud.plugins.module_utils._apps.offboarding_ledger import DELETED, LEFT, Key
from ansible_collections.community.nextcloud.plugins.module_utils._apps.offboarding_prepare import (
    ADMINISTRATOR,
    DELETE,
    GONE,
    KEEP,
    LEAVE,
    MISSING,
    NO_ACCOUNT,
    SIGNED_IN,
    TWINS,
    UNFINISHED,
)

ACTIONS = (LEAVE, KEEP, DELETE, UNFINISHED, GONE, MISSING)
REASONS = {
    SIGNED_IN: "the signed-in account",
    ADMINISTRATOR: "administrators",
    NO_ACCOUNT: "accounts that do not exist",
    TWINS: "accounts whose ids differ in case only, so that the server does not keep them apart",
}


def parse_userids(userids: Any) -> list[str]:
    """Ids as the module counts them. Text, as `-e` gives it, has commas between ids."""
    return ledger.named(userids.split(",") if isinstance(userids, str) else userids)


def plan(prepared: Mapping[str, Any], userids: Any, wipe_devices: bool) -> dict[str, Any]:
    """What to do: {refused, disable, wipe, delete, people}; ValueError where the result was masked.

    prepared: `offboarding` of the module's result. userids: as the module was given them. refused: why nothing may be done,
    or ''. disable, wipe, delete: ids. people: as in the result, with `userid` instead of `id` and `digest`.
    """
    declared = parse_userids(userids)
    people = [_person(person) for person in prepared["people"]]
    leaving = _who(people, LEAVE)
    return {
        "refused": _refused(prepared["refused"], declared),
        "disable": _who(people, LEAVE, KEEP),
        "wipe": leaving if wipe_devices else [],
        "delete": _who(people, DELETE),
        "people": people,
    }


def _who(people: Iterable[Mapping[str, Any]], *actions: str) -> list[str]:
    return [person["userid"] for person in people if person["action"] in actions]


def _person(person: Mapping[str, Any]) -> dict[str, Any]:
    if person["action"] not in ACTIONS:
        raise ValueError(f"{person['action']!r} is no action")
    key = None if person["key"] is None else ledger.parse_key(str(person["key"]))
    if person["key"] is not None and key is None:
        raise ValueError(f"{person['key']!r} is no key")
    digest = Key(LEFT, "", str(person["digest"]))
    userid = ledger.decode(str(person["id"]), digest)
    if key and key.stage != DELETED and key.digest != digest.digest:
        raise ValueError(f"{person['key']!r} is the key of another account")
    return {"userid": userid, **{name: value for name, value in person.items() if name not in ("id", "digest")}}


def _refused(refused: Iterable[Mapping[str, Any]], declared: list[str]) -> str:
    reasons: dict[str, list[str]] = {text: [] for text in REASONS.values()}
    for item in refused:
        reason = REASONS.get(item["reason"], "refused")
        reasons.setdefault(reason, []).append(declared[item["position"]])
    return "; ".join(f"{reason}: {', '.join(userids)}" for reason, userids in reasons.items() if userids)
