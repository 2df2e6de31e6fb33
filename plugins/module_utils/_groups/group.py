# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Groups."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import guards
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.groups import (
    ALL_RIGHTS,
    GroupRights,
    find_group,
)
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
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
        display_name = parse_value("display_name", kinds.GROUP_NAME, display_name)
    groupid = parse_value("groupid", kinds.GROUPID, options["groupid"])
    return Declared(groupid, display_name, options.get("state") or "present")


def read(client: Client, declared: Declared) -> tuple[str | None, GroupRights]:
    """The group's display name, None where there is no such group, and what can be changed."""
    record, rights = find_group(client, declared.groupid)
    return (name_of(record) if record else None), rights


def name_of(record: Mapping[str, Any]) -> str:
    """The display name of a group's record; '' where a sub-admin is not told it."""
    return str(record.get("displayname", ""))


def plan(declared: Declared, current: str | None, rights: GroupRights = ALL_RIGHTS) -> Plan:
    """The calls from the current display name to the declared group. Failure where the backend or a right forbids it."""
    before = state_of(declared.groupid, current) if current is not None else None
    if declared.state == "absent":
        return _removal(declared, before, rights)
    if before is None:
        _check_administrator(f"create group {declared.groupid}", rights)
        name = declared.display_name or declared.groupid
        body = {"groupid": declared.groupid, "displayname": name}
        step = Step(operations.ADD_GROUP(), "create the group", body=body, creates=True)
        return Plan((step,), None, state_of(declared.groupid, name))
    if declared.display_name in (None, current):
        return Plan((), before, before)
    _check_administrator(f"change the display name of group {declared.groupid}", rights)
    _check_backend(f"change the display name of group {declared.groupid}", declared.groupid, rights)
    edit = Step(
        operations.EDIT_GROUP(declared.groupid),
        "set display_name",
        {"key": "displayname", "value": declared.display_name},
    )
    return Plan((edit,), before, state_of(declared.groupid, str(declared.display_name)))


def _check_administrator(deed: str, rights: GroupRights) -> None:
    if rights.leads is not None:
        raise Failure("permission", f"Only an administrator can {deed}.")


def _check_backend(deed: str, groupid: str, rights: GroupRights) -> None:
    """Before it is sent: a server answers with an error of its own, or not in words that say so."""
    if groupid in rights.no_add and groupid in rights.no_remove:
        raise Failure("read_only", f"The server cannot {deed}: its backend, such as LDAP, does not allow it.")


def _removal(declared: Declared, before: State | None, rights: GroupRights) -> Plan:
    after = {"groupid": declared.groupid, "state": "absent"}
    if before is None:
        return Plan((), after, after)
    guards.refuse_deletion_of_admin(declared.groupid)
    _check_administrator(f"delete group {declared.groupid}", rights)
    _check_backend(f"delete group {declared.groupid}", declared.groupid, rights)
    return Plan((Step(operations.DELETE_GROUP(declared.groupid), "delete the group"),), before, after)


def state_of(groupid: str, display_name: str) -> State:
    """A group that is there, in the options of the module; without a display name that is not known."""
    state = {"groupid": groupid, "state": "present"}
    return {**state, "display_name": display_name} if display_name else state


RESOURCE = Resource("group", argument_spec, parse, read, plan)
