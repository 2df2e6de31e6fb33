# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Which account an id leads to, on a server with a backend that tells upper from lower case, such as LDAP."""

from __future__ import annotations

from typing import Any, Iterable, Mapping, Sequence

from ansible_collections.community.nextcloud.plugins.module_utils._accounts.account import DATABASE
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.listing import spellings
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds


def is_certain(userid: str, stored: str, backend: str) -> bool:
    """Whether the id finds just the account that it found: an account of the database in its own spelling.

    Another one may have a twin, whose id differs in case only. Which of the two an id finds depends on a server's cache.
    """
    return backend == DATABASE and stored == userid


def listed_spellings(client: Client) -> Mapping[str, tuple[str, ...]]:
    """As `spellings`; nothing where the signed-in account is neither an administrator nor a sub-admin, and lists nobody."""
    try:
        return spellings(client)
    except Failure as failure:
        if failure.category != "permission":
            raise
        return {}


def read_spellings(client: Client, userid: str) -> tuple[str, ...]:
    """How lists spell this id; nothing where they do not hold it."""
    return listed_spellings(client).get(kinds.USERID.key(userid), ())


def read_uncertain_spellings(client: Client, userid: str, record: Mapping[str, Any]) -> tuple[str, ...]:
    """As `read_spellings`, asked only where the id may lead to another account than that of the record."""
    if is_certain(userid, str(record["id"]), str(record.get("backend") or DATABASE)):
        return ()
    return read_spellings(client, userid)


def refuse_twins(option: str, userid: str, listed: Sequence[str]) -> None:
    """Failure (conflict) where lists hold the id in several spellings: these are accounts of several backends."""
    if len(listed) > 1:
        raise Failure(
            "conflict",
            f"{option}: the server has accounts of several backends with the ids {' and '.join(listed)}, and does not keep"
            f" them apart. {userid} may be the wrong one. Delete the account that was created by mistake.",
        )


def check_no_twins(client: Client, option: str, userids: Iterable[str]) -> None:
    """Failure (conflict) where one of the ids may lead to the wrong account; one list for all of them."""
    listed = listed_spellings(client)
    for userid in userids:
        refuse_twins(option, userid, listed.get(kinds.USERID.key(userid), ()))
