# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Members of a group."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import group_rules, guards
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.groups import (
    ALL_RIGHTS,
    GroupRights,
    read_rights,
)
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.list_calls import MEMBERSHIPS
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.missing import missing_accounts, no_group
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
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


class Facts(NamedTuple):
    """What else a plan must know. kept_rights: who must stay, where it is the group of administrators."""

    kept_rights: guards.KeptRights | None = None
    groups: GroupRights = ALL_RIGHTS


NO_FACTS = Facts()


def read(client: Client, declared: Declared) -> tuple[list[str] | None, Facts]:
    """The members, None where there is no such group; and what else matters where they are to change."""
    answer = client.find(operations.GET_GROUP_USERS, declared.groupid)
    if answer is None:
        return None, NO_FACTS
    members = sorted(str(userid) for userid in answer["users"])
    if set(declared.users.applied_to(members, kinds.USERID)) == set(members):
        return members, NO_FACTS
    is_guarded = declared.groupid == guards.ADMIN_GROUP and _leaving(declared, members)
    kept_rights = guards.read_kept_rights(client) if is_guarded else None
    return members, Facts(kept_rights, read_rights(client, [declared.groupid]))


def plan(declared: Declared, current: list[str] | None, facts: Facts = NO_FACTS) -> Plan:
    """The calls from the current members to the declared ones. Failure where the group's backend does not allow them."""
    before = current or []
    after = _possible(declared, before, facts.groups)
    leaving = [userid for userid in before if userid not in after]
    if facts.kept_rights:
        guards.refuse_lockout(facts.kept_rights, leaving, f"remove {', '.join(leaving)} from the group admin")
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


def _possible(declared: Declared, before: list[str], rights: GroupRights) -> list[str]:
    """The members after the change. Those whom the backend does not let go stay, where no option names them."""
    after = declared.users.applied_to(before, kinds.USERID)
    added = [userid for userid in after if userid not in before]
    named = {kinds.USERID.key(userid) for userid in declared.users.remove}
    removed = [userid for userid in before if userid not in after]
    is_refused = any(kinds.USERID.key(userid) in named for userid in removed) and declared.groupid in rights.no_remove
    if is_refused or added and declared.groupid in rights.no_add:
        message = group_rules.FIXED_MEMBERS.format(f"group {declared.groupid}")
        raise Failure("read_only", f"users: {message} Change them in the backend.")
    return sorted({*after, *removed}) if declared.groupid in rights.no_remove else after


def _leaving(declared: Declared, members: list[str]) -> list[str]:
    staying = declared.users.applied_to(members, kinds.USERID)
    return [userid for userid in members if userid not in staying]


def _state(declared: Declared, users: list[str]) -> State:
    return {"groupid": declared.groupid, "users": users}


def foresee(client: Client, plan: Plan) -> list[str]:
    return missing_accounts(client, plan, "users")


RESOURCE = Resource("group_member", argument_spec, parse, read, plan, foresee=foresee)
