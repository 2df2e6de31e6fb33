# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""People who join, as the role user_onboarding is given them, and as module directory takes them."""

from __future__ import annotations

import secrets
import string
from typing import Any, Iterable, Mapping, Sequence

from ansible_collections.community.nextcloud.plugins.module_utils._accounts.fields import PASSWORD
from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import USERID

# An account, or a group, in the options of its module.
Options = Mapping[str, Any]
# As most rules for passwords want it: abcdefg-ABCDEFG-123456
_SHAPE = ((string.ascii_lowercase, 7), (string.ascii_uppercase, 7), (string.digits, 6))


def key(person: Options) -> str:
    """The id in lower case: a server ignores case."""
    return str(USERID.key(str(person["userid"])))


def declared(file: Mapping[str, Any], users: Sequence[Options], groups: Sequence[Options]) -> dict[str, Any]:
    """{users, groups}: those of the file, then the others. A group of both has the options of both."""
    merged: dict[str, dict[str, Any]] = {}
    for group in (*(file.get("groups") or ()), *groups):
        merged.setdefault(str(group["groupid"]), {}).update(group)
    return {"users": [*(file.get("users") or ()), *users], "groups": list(merged.values())}


def passwords(people: Iterable[Options], existing: Iterable[str], kept: Mapping[str, str]) -> dict[str, str]:
    """{id: password} of people without an account and without a password of their own.

    existing: ids of the accounts that are there. kept: {id: password} from earlier runs, which could not create those.
    """
    there = {USERID.key(userid) for userid in existing}
    needing = [key(person) for person in people if PASSWORD.option not in person and key(person) not in there]
    return {userid: kept.get(userid) or generated() for userid in needing}


def generated() -> str:
    """A password that nobody can guess."""
    return "-".join("".join(map(secrets.choice, [alphabet] * length)) for alphabet, length in _SHAPE)


def accounts(people: Iterable[Options], generated_passwords: Mapping[str, str]) -> list[dict[str, Any]]:
    """The people, with the passwords that were generated for them."""
    return [
        (
            {PASSWORD.option: generated_passwords[key(person)], **person}
            if key(person) in generated_passwords
            else {**person}
        )
        for person in people
    ]
