# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Groups."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import guards
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import Plan, State, Step
from ansible_collections.community.nextcloud.plugins.module_utils._engine.resource import Resource
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import parse_value


def argument_spec() -> dict[str, Any]:
    """The option spec of module `group`, beside the connection."""
    return {
        "groupid": {"type": "str", "required": True},
        "display_name": {"type": "str"},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    }


class Declared(NamedTuple):
    groupid: str
    display_name: str | None = None
    state: str = "present"


def parse(options: Mapping[str, Any]) -> Declared:
    """What the options declare; Failure (invalid) names the option that cannot be right."""
    display_name = options.get("display_name")
    if display_name is not None:
        display_name = parse_value("display_name", kinds.DISPLAY_NAME, display_name)
    groupid = parse_value("groupid", kinds.GROUPID, options["groupid"])
    return Declared(groupid, display_name, options.get("state") or "present")


def read(client: Client, declared: Declared) -> tuple[str | None, None]:
    """The group's display name, None where there is no such group."""
    record = find(client, declared.groupid)
    return (str(record["displayname"]) if record else None), None


def find(client: Client, groupid: str) -> dict[str, Any] | None:
    """The group's record, None where there is none. The search also finds other groups: ids decide."""
    for page in client.pages(operations.GET_GROUPS_DETAILS(), query={"search": groupid}):
        for record in page["groups"]:
            if str(record["id"]) == groupid:
                found: dict[str, Any] = record
                return found
    return None


def plan(declared: Declared, current: str | None, facts: None = None) -> Plan:
    """The calls from the current display name to the declared group."""
    before = state_of(declared.groupid, current) if current is not None else None
    if declared.state == "absent":
        return _removal(declared, before)
    if before is None:
        name = declared.display_name or declared.groupid
        body = {"groupid": declared.groupid, "displayname": name}
        step = Step(operations.ADD_GROUP(), "create the group", body=body, creates=True)
        return Plan((step,), None, state_of(declared.groupid, name))
    if declared.display_name in (None, current):
        return Plan((), before, before)
    edit = Step(
        operations.EDIT_GROUP(declared.groupid),
        "set display_name",
        {"key": "displayname", "value": declared.display_name},
    )
    return Plan((edit,), before, state_of(declared.groupid, str(declared.display_name)))


def _removal(declared: Declared, before: State | None) -> Plan:
    after = {"groupid": declared.groupid, "state": "absent"}
    if before is None:
        return Plan((), after, after)
    guards.refuse_deletion_of_admin(declared.groupid)
    return Plan((Step(operations.DELETE_GROUP(declared.groupid), "delete the group"),), before, after)


def state_of(groupid: str, display_name: str) -> State:
    """A group that is there, in the options of the module."""
    return {"groupid": groupid, "state": "present", "display_name": display_name}


RESOURCE = Resource("group", argument_spec, parse, read, plan)
