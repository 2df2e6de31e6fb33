# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.


"""People who join, as the role user_onboarding is given them, and as the modules of its steps take them.

Items of a result belong to what was declared by their position: an id in a result is masked where it contains the password
of the connection.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import Any, Iterable, Iterator, Mapping, Sequence

from ansible_collections.community.nextcloud.plugins.module_utils._accounts.fields import PASSWORD
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.pending import generated
from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import USERID

# An account, or a group, in the options of its module.
Options = Mapping[str, Any]
# What a module returns of one person; empty where the module has not run, or has not come so far.
Item = Mapping[str, Any]


def key(person: Options) -> str:
    """The id in lower case: a server ignores case."""
    return str(USERID.key(str(person["userid"])))


def with_items(people: Sequence[Options], *results: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Each person with the item of each result."""
    lists = [list(result.get("users") or ())[: len(people)] for result in results]
    yield from zip_longest(people, *lists, fillvalue={})


def declared(file: Mapping[str, Any], users: Sequence[Options], groups: Sequence[Options]) -> dict[str, Any]:
    """{users, groups}: those of the file, then the others. A group of both has the options of both."""
    merged: dict[str, dict[str, Any]] = {}
    for group in (*(file.get("groups") or ()), *groups):
        merged.setdefault(str(group["groupid"]), {}).update(group)
    return {"users": [*(file.get("users") or ()), *users], "groups": list(merged.values())}


def owed(people: Iterable[Options], generate: bool, in_file: bool, welcome: bool) -> list[dict[str, Any]]:
    """What each person is owed if there is no account, in the options of module onboarding_prepare.

    generate: whether people without a password of their own get one; in_file: whether it goes to a file.
    """
    return [
        {
            "userid": str(person["userid"]),
            "generate_password": in_file and PASSWORD.option not in person,
            # A server invites those without a password itself.
            "welcome_email": bool(welcome and person.get("email") and (generate or PASSWORD.option in person)),
        }
        for person in people
    ]


def passwords(
    people: Sequence[Options], prepared: Mapping[str, Any], kept: Mapping[str, str], result: Mapping[str, Any]
) -> dict[str, str]:
    """{id: password} of people without an account and without a password of their own.

    prepared: the result of module onboarding_prepare. kept: {id: password} that were generated before. result: that of
    module directory; those whose accounts somebody else has created meanwhile have other passwords.
    """
    needing = [
        key(person)
        for person, found, item in with_items(people, prepared, result)
        if PASSWORD.option not in person and not found.get("exists") and outcome(found, item, result) != "taken"
    ]
    return {userid: kept.get(userid) or generated() for userid in needing}


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


def is_created(item: Item) -> bool:
    """Whether this run has created the account, of which module directory returns this."""
    return bool(item.get("action") == "created" and item.get("result") == "done")


def outcomes(
    people: Sequence[Options], debts: Sequence[Options], prepared: Mapping[str, Any], result: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """What came of each account, in the options of module onboarding_complete. debts: from `owed`."""
    return [
        {
            "userid": str(person["userid"]),
            "outcome": outcome(found, item, result),
            "noted": bool(found.get("noted")),
            "welcome_email": debt.get("welcome_email", False),
        }
        for person, debt, found, item in with_items(people, {"users": debts}, prepared, result)
    ]


def outcome(found: Item, item: Item, result: Mapping[str, Any]) -> str:
    """What came of an account: ready, taken, unfinished or unknown, as module onboarding_complete explains them."""
    if item.get("result") in ("done", "unchanged"):
        return "ready" if is_created(item) or found.get("exists") else "taken"
    if item.get("result") == "not_tried":
        return "unfinished"
    # Of a task that failed before it did anything there are no items.
    failure = (item or result).get("failure", {})
    was_nothing_done = failure.get("effect") == "none" and (item or not result.get("changed"))
    return "unfinished" if was_nothing_done else "unknown"
