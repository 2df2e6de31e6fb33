# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Reading an account, and those other facts that a plan for it needs."""

from __future__ import annotations

from typing import Any, Callable, Container, Mapping

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import fields, guards
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.account import (
    DATABASE,
    Current,
    Declared,
    Facts,
)
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.compare import needs
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.default_quota import read_default_quota
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.groups import read_rights
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.spelling import (
    read_spellings,
    read_uncertain_spellings,
    refuse_twins,
)
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import UNKNOWN, Client
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._values.lists import ListChange


def read(client: Client, declared: Declared) -> tuple[Current | None, Facts]:
    """One request for the account, and others only for what a plan for it would have to know."""
    record, facts = find(client, declared.userid), Facts()
    if record is None and declared.state == "present":
        facts = facts._replace(spellings=read_spellings(client, declared.userid))
        if declared.userid in (facts.spellings or ()):
            # A server finds an account that is new in LDAP only once a list has held it.
            record = find(client, declared.userid)
    if record is None:
        return None, _with_groups(client, declared, facts) if declared.state == "present" else facts
    current = current_of(record)
    while missing := needs(declared, current, facts):
        facts = facts._replace(**{name: _READ[name](client, declared, current) for name in sorted(missing)})
    return current, facts


def _with_groups(client: Client, declared: Declared, facts: Facts) -> Facts:
    """Also what the plan for a creation must know of groups. A sub-admin has to name one, an administrator need not."""
    groups = declared.values.get("groups", ListChange()).wanted
    is_free = not groups and guards.ADMIN_GROUP in client.signed_in_account()["groups"]
    return facts._replace(groups=None if is_free else read_rights(client, groups))


_HIDDEN = "userid: account {} exists, but the signed-in account may not see or change it."


def find(client: Client, userid: str) -> dict[str, Any] | None:
    """The account's record, None where there is no such account.

    Failure (permission) for an account that exists and is hidden from the signed-in one: it is neither absent nor to be
    created. The server tells the two apart here, by 404 and 998, and on no other operation.
    """
    try:
        record: dict[str, Any] = client.call(operations.GET_USER(userid))
    except Failure as failure:
        if failure.category != "not_found":
            raise
        if failure.ocs_code != UNKNOWN:
            return None
        raise failure.but(category="permission", message=_HIDDEN.format(userid)) from failure
    if "displayname" not in record:
        raise Failure("permission", _HIDDEN.format(userid), operations.GET_USER.id)
    return record


def find_certain(client: Client, userid: str) -> dict[str, Any] | None:
    """As `find`, for what is done to an account without comparing it. Failure (conflict) where it may be the wrong one."""
    record = find(client, userid)
    if record is not None:
        refuse_twins("userid", userid, read_uncertain_spellings(client, userid, record))
    return record


def current_of(answer: dict[str, Any], options: Container[str] = fields.OPTIONS) -> Current:
    """An account from its record (`GET /users/{id}`), with these of its fields."""
    values = fields.read_fields(answer, options)
    capabilities = answer.get("backendCapabilities") or {}
    return Current(
        str(answer["id"]),
        bool(answer["enabled"]),
        values,
        capabilities,
        answer.get("lastLogin") == 0,
        str(answer.get("backend") or DATABASE),
    )


def _changing(declared: Declared, current: Current) -> set[str]:
    """The groups that the account is to join or to leave."""
    held = current.values["groups"]
    return set(held) ^ set(declared.lasting(current)["groups"].applied_to(held, kinds.GROUPID))


def read_can_patch(client: Client) -> bool:
    """Whether the server takes several fields of an account in one call."""
    return client.major_version() >= operations.PATCH_SINCE


def read_password_matches(client: Client, declared: Declared, userid: str) -> bool:
    """Whether the account has the declared password."""
    return client.passwords_match({userid: declared.password or ""})[userid]


# How each of the facts is read.
_READ: Mapping[str, Callable[[Client, Declared, Current], Any]] = {
    "kept_rights": lambda client, declared, current: guards.read_kept_rights(client),
    "default_quota": lambda client, declared, current: read_default_quota(client),
    "password_matches": lambda client, declared, current: read_password_matches(client, declared, current.userid),
    "groups": lambda client, declared, current: read_rights(client, _changing(declared, current)),
    "spellings": lambda client, declared, current: read_spellings(client, declared.userid),
    "can_patch": lambda client, declared, current: read_can_patch(client),
}
