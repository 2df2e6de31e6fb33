# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What the collection never does, whatever is declared: lock its own account, or everybody, out of the server."""

from __future__ import annotations

from typing import Iterable, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._accounts.listing import pages
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure, invalid

ADMIN_GROUP = operations.ADMIN_GROUP


class KeptRights(NamedTuple):
    """Who must keep their rights: the signed-in account, and the enabled administrators; ids in lower case."""

    signed_in: str
    administrators: frozenset[str]


def refuse_subadmins_of_admin(option: str, groupids: Iterable[str]) -> None:
    """Failure (invalid) where somebody is to manage the group of administrators, which no server allows."""
    if ADMIN_GROUP in groupids:
        raise invalid(option, "the group admin cannot have sub-admins")


def refuse_deletion_of_admin(groupid: str) -> None:
    """Failure (conflict) where the group of administrators is to be deleted."""
    if groupid == ADMIN_GROUP:
        raise Failure("conflict", "Refused to delete the group admin: the server would be left without administrators.")


def read_kept_rights(client: Client) -> KeptRights:
    """Read only where a plan may take rights away; a sub-admin does not see the administrators, nor can touch them."""
    account = client.signed_in_account()
    administrators: set[str] = set()
    if ADMIN_GROUP in account["groups"]:
        for page in pages(client, operations.GET_GROUP_USERS_DETAILS(ADMIN_GROUP)):
            administrators.update(str(user["id"]).casefold() for user in page if user.get("enabled", True))
    return KeptRights(str(account["id"]).casefold(), frozenset(administrators))


def refuse_lockout(kept_rights: KeptRights, losing: Iterable[str], deed: str) -> None:
    """Failure (conflict) if one of these accounts must not lose its rights; `deed` completes 'refused to …'."""
    accounts = {userid.casefold() for userid in losing}
    if kept_rights.signed_in in accounts:
        raise Failure("conflict", f"Refused to {deed}: it is the signed-in account.")
    if kept_rights.administrators and kept_rights.administrators <= accounts:
        raise Failure("conflict", f"Refused to {deed}: the server would be left without an administrator.")
