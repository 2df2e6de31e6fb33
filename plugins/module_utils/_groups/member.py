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
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.options import readonly_argument_spec
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
    """The option spec of module `group_member`, beside the connection."""
    return {**entries_argument_spec("groupid", "users"), **readonly_argument_spec()}


class Declared(NamedTuple):
    """on_readonly: what to do about a change that the group's backend does not allow."""

    groupid: str
    users: ListChange
    on_readonly: str = "fail"


def parse(options: Mapping[str, Any]) -> Declared:
    """What the options declare; Failure (invalid) names the option that cannot be right."""
    groupid = parse_value("groupid", kinds.GROUPID, options["groupid"])
    return Declared(groupid, parse_entries("users", kinds.USERID, options), options.get("on_readonly") or "fail")


class Facts(NamedTuple):
    """What else a plan must know.

    kept_rights: who must stay, where it is the group of administrators. groups: what can be changed.
    last: who is in no other group that the signed-in sub-admin manages.
    """

    kept_rights: guards.KeptRights | None = None
    groups: GroupRights = ALL_RIGHTS
    last: frozenset[str] = frozenset()


NO_FACTS = Facts()


def read(client: Client, declared: Declared) -> tuple[list[str] | None, Facts]:
    """The members, None where there is no such group; and what else matters where they are to change."""
    answer = client.find(operations.GET_GROUP_USERS, declared.groupid)
    if answer is None:
        return None, NO_FACTS
    members = sorted(str(userid) for userid in answer["users"])
    if set(declared.users.applied_to(members, kinds.USERID)) == set(members) and _spells_as(declared, members):
        return members, NO_FACTS
    check_no_twins(client, "users", declared.users.named)
    is_guarded = declared.groupid == guards.ADMIN_GROUP and _leaving(declared, members)
    kept_rights = guards.read_kept_rights(client) if is_guarded else None
    rights = read_rights(client, [declared.groupid])
    return members, Facts(kept_rights, rights, _in_no_other(client, declared, members, rights))


def _in_no_other(client: Client, declared: Declared, members: list[str], rights: GroupRights) -> frozenset[str]:
    """Those of the leaving members who are in no other group that the signed-in sub-admin manages."""
    if rights.leads is None:
        return frozenset()
    others = rights.leads - {declared.groupid}
    answers = {userid: client.find(operations.GET_USER_GROUPS, userid) for userid in _leaving(declared, members)}
    return frozenset(userid for userid, answer in answers.items() if answer and not others & set(answer["groups"]))


def _spells_as(declared: Declared, members: list[str]) -> bool:
    """Whether no declared id is that of a member in another spelling, which may be another account."""
    keys = {kinds.USERID.key(userid) for userid in members}
    return not any(kinds.USERID.key(userid) in keys and userid not in members for userid in declared.users.named)


def plan(declared: Declared, current: list[str] | None, facts: Facts = NO_FACTS) -> Plan:
    """The calls from the current members to the declared ones. Failure where the group's backend does not allow them."""
    before = current or []
    after, warnings = group_rules.possible_members(
        declared.groupid, declared.users, before, facts.groups, declared.on_readonly
    )
    leaving = [userid for userid in before if userid not in after]
    group_rules.check_not_last("users", set(leaving) & facts.last)
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
    return Plan(tuple(steps), _state(declared, before), _state(declared, after), tuple(warnings), blocker)


def _leaving(declared: Declared, members: list[str]) -> list[str]:
    staying = declared.users.applied_to(members, kinds.USERID)
    return [userid for userid in members if userid not in staying]


def _state(declared: Declared, users: list[str]) -> State:
    return {"groupid": declared.groupid, "users": users}


def foresee(client: Client, plan: Plan) -> list[str]:
    return missing_accounts(client, plan, "users")


RESOURCE = Resource("group_member", argument_spec, parse, read, plan, foresee=foresee)
