# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Members of a group."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import guards
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.list_calls import MEMBERSHIPS
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.missing import missing_accounts, no_group
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import Plan, State, list_steps
from ansible_collections.community.nextcloud.plugins.module_utils._engine.resource import Resource
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import parse_value
from ansible_collections.community.nextcloud.plugins.module_utils._values.lists import (
    ListChange,
    entries_argument_spec,
    parse_entries,
)


def argument_spec() -> dict[str, Any]:
    """The option spec of module `group_member`, beside the connection."""
    return entries_argument_spec("groupid", "users")


class Declared(NamedTuple):
    groupid: str
    users: ListChange


def parse(options: Mapping[str, Any]) -> Declared:
    """What the options declare; Failure (invalid) names the option that cannot be right."""
    groupid = parse_value("groupid", kinds.GROUPID, options["groupid"])
    return Declared(groupid, parse_entries("users", kinds.USERID, options))


def read(client: Client, declared: Declared) -> tuple[list[str] | None, guards.KeptRights | None]:
    """The members, None where there is no such group; and who must stay in it where it is the administrators'."""
    answer = client.find(operations.GET_GROUP_USERS(declared.groupid))
    if answer is None:
        return None, None
    members = sorted(str(userid) for userid in answer["users"])
    if declared.groupid == guards.ADMIN_GROUP and _leaving(declared, members):
        return members, guards.read_kept_rights(client)
    return members, None


def plan(declared: Declared, current: list[str] | None, kept_rights: guards.KeptRights | None = None) -> Plan:
    """The calls from the current members to the declared ones."""
    before = current or []
    after = declared.users.applied_to(before, kinds.USERID)
    leaving = _leaving(declared, before)
    if kept_rights:
        guards.refuse_lockout(kept_rights, leaving, f"remove {', '.join(leaving)} from the group admin")
    blocker = None
    if current is None and (after or declared.users.whole is not None):
        blocker = no_group(declared.groupid)
    steps = list_steps(
        before,
        after,
        lambda userid: MEMBERSHIPS.add(userid, declared.groupid, f"add {userid}"),
        lambda userid: MEMBERSHIPS.remove(userid, declared.groupid, f"remove {userid}"),
    )
    return Plan(tuple(steps), _state(declared, before), _state(declared, after), blocker=blocker)


def _leaving(declared: Declared, members: list[str]) -> list[str]:
    staying = declared.users.applied_to(members, kinds.USERID)
    return [userid for userid in members if userid not in staying]


def _state(declared: Declared, users: list[str]) -> State:
    return {"groupid": declared.groupid, "users": users}


def foresee(client: Client, plan: Plan) -> list[str]:
    return missing_accounts(client, plan, "users")


RESOURCE = Resource("group_member", argument_spec, parse, read, plan, foresee=foresee)
