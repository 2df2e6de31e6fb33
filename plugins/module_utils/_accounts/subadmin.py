# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Sub-admin rights of an account."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import guards
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.list_calls import SUBADMIN_RIGHTS
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.missing import missing_groups, no_account
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.spelling import check_no_twins
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
    """The option spec of module `subadmin`, beside the connection."""
    return entries_argument_spec("userid", "groups")


class Declared(NamedTuple):
    userid: str
    groups: ListChange


def parse(options: Mapping[str, Any]) -> Declared:
    """What the options declare; Failure (invalid) names the option that cannot be right."""
    userid = parse_value("userid", kinds.USERID, options["userid"])
    groups = parse_entries("groups", kinds.GROUPID, options)
    guards.refuse_subadmins_of_admin("groups", groups.wanted)
    return Declared(userid, groups)


def read(client: Client, declared: Declared) -> tuple[list[str] | None, None]:
    """The groups that the account manages, None where there is no such account."""
    answer = client.find(operations.GET_SUBADMIN_GROUPS, declared.userid)
    current = None if answer is None else sorted(str(groupid) for groupid in answer)
    if declared.groups.applied_to(current or [], kinds.GROUPID) != (current or []):
        check_no_twins(client, "userid", [declared.userid])
    return current, None


def plan(declared: Declared, current: list[str] | None, facts: None = None) -> Plan:
    """The calls from the groups that the account manages to the declared ones."""
    before = current or []
    after = declared.groups.applied_to(before, kinds.GROUPID)
    blocker = None
    if current is None and (after or declared.groups.whole is not None):
        blocker = no_account(declared.userid)
    steps = list_steps(
        before,
        after,
        lambda groupid: SUBADMIN_RIGHTS.add(declared.userid, groupid, f"add {groupid} to groups"),
        lambda groupid: SUBADMIN_RIGHTS.remove(declared.userid, groupid, f"remove {groupid} from groups"),
    )
    return Plan(tuple(steps), _state(declared, before), _state(declared, after), blocker=blocker)


def _state(declared: Declared, groups: list[str]) -> State:
    return {"userid": declared.userid, "groups": groups}


def foresee(client: Client, plan: Plan) -> list[str]:
    return missing_groups(client, plan, ["groups"])


RESOURCE = Resource("subadmin", argument_spec, parse, read, plan, foresee=foresee)
