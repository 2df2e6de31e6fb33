# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""An account: as it is declared, as a server holds it, and what else of the server a plan for it must know."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._accounts.groups import GroupRights
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.guards import KeptRights

# The backend of the server's own accounts, whose ids are found whatever their case.
DATABASE = "Database"


class Declared(NamedTuple):
    """A declared account. values: {option: value, or ListChange}, what is not declared is not there."""

    userid: str
    state: str = "present"
    enabled: bool | None = None
    password: str | None = None
    update_password: str = "on_create"
    values: Mapping[str, Any] = {}
    only_on_create: frozenset[str] = frozenset()
    on_readonly: str = "fail"
    removable_backends: tuple[str, ...] = (DATABASE,)

    def __repr__(self) -> str:  # never with its password
        return f"Declared(userid={self.userid!r})"

    def lasting(self, current: Current) -> dict[str, Any]:
        """The values that are kept as declared on an account that exists.

        Those that only its creation sets belong to them where they are still empty and nobody has ever signed in: the run
        that created the account may have ended before it could set them. A creation carries groups with it.
        """
        return {
            option: value
            for option, value in self.values.items()
            if option not in self.only_on_create
            or current.never_signed_in
            and option not in ("groups", "subadmin_of")
            and current.values.get(option, "unknown") in ("", None, [])
        }

    @property
    def compares_password(self) -> bool:
        """Whether the password is set only where it differs, which a sign-in of an enabled account tells."""
        return bool(self.password) and self.state == "present" and self.update_password == "when_changed"


class Current(NamedTuple):
    """An account as read. values: all fields that the server gives back, in option names."""

    userid: str
    enabled: bool
    values: Mapping[str, Any]
    capabilities: Mapping[str, bool] = {}
    never_signed_in: bool = False
    backend: str = DATABASE


class Facts(NamedTuple):
    """What else of the server a plan must know; None: not asked, because it did not matter so far.

    can_patch: it takes several fields in one call.
    default_quota: what the quota `default` stands for, in the spelling of a declared quota.
    password_matches: the account signs in with the declared password already.
    kept_rights: who must keep their rights.
    groups: which memberships can be changed.
    spellings: how lists spell the declared id; more than one are accounts of several backends.
    """

    can_patch: bool | None = None
    default_quota: str | None = None
    password_matches: bool | None = None
    kept_rights: KeptRights | None = None
    groups: GroupRights | None = None
    spellings: tuple[str, ...] | None = None
