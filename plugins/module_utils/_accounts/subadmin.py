# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Sub-admin rights of an account."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import fields
from ansible_collections.community.nextcloud.plugins.module_utils._accounts import guards
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.fields import ListChange
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import Plan, State, Step
from ansible_collections.community.nextcloud.plugins.module_utils._engine.run import Resource


def argument_spec() -> dict[str, Any]:
    """The option spec of module `subadmin`, beside the connection."""
    return fields.entries_argument_spec("userid", "groups")


class Desired(NamedTuple):
    userid: str
    groups: ListChange


def desired(options: Mapping[str, Any]) -> Desired:
    """What the options declare; Failure (invalid) names the option that cannot be right."""
    userid = fields.parse_value("userid", kinds.USERID, options["userid"])
    groups = fields.parse_entries("groups", kinds.GROUPID, options)
    guards.refuse_subadmins_of_admin("groups", groups)
    return Desired(userid, groups)


def read(client: Client, declared: Desired) -> tuple[list[str] | None, None]:
    """The groups that the account manages, None where there is no such account."""
    answer = client.find(operations.GET_SUBADMIN_GROUPS(declared.userid))
    return (None if answer is None else sorted(str(groupid) for groupid in answer)), None


def plan(declared: Desired, current: list[str] | None, server: None = None) -> Plan:
    """The calls from the groups that the account manages to the declared ones."""
    before = current or []
    after = declared.groups.applied_to(before, kinds.GROUPID)
    blocker = None
    if current is None and (after or declared.groups.whole is not None):
        blocker = Failure(
            "not_found",
            f"userid: there is no account {declared.userid}. Create it first, with community.nextcloud.user.",
        )
    steps = [
        Step(operations.ADD_SUBADMIN(declared.userid), f"add {groupid} to groups", {"groupid": groupid})
        for groupid in after
        if groupid not in before
    ]
    steps += [
        Step(operations.REMOVE_SUBADMIN(declared.userid), f"remove {groupid} from groups", query={"groupid": groupid})
        for groupid in before
        if groupid not in after
    ]
    return Plan(tuple(steps), _state(declared, before), _state(declared, after), blocker=blocker)


def _state(declared: Desired, groups: list[str]) -> State:
    return {"userid": declared.userid, "groups": groups}


RESOURCE = Resource("subadmin", desired, read, plan, shown=dict)
