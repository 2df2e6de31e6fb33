# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Remote wipe of an account's devices: an action, which leaves no state that could be read."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import guards
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.missing import no_account
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.read import find_certain
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import Plan, Step
from ansible_collections.community.nextcloud.plugins.module_utils._engine.resource import Resource
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import parse_value


def argument_spec() -> dict[str, Any]:
    """The option spec of module `device_wipe`, beside the connection."""
    return {"userid": {"type": "str", "required": True}}


class Declared(NamedTuple):
    userid: str


def parse(options: Mapping[str, Any]) -> Declared:
    """Whose devices; Failure (invalid) names the option that cannot be right."""
    return Declared(parse_value("userid", kinds.USERID, options["userid"]))


def read(client: Client, declared: Declared) -> tuple[bool, guards.KeptRights]:
    """Whether there is such an account, and who is signed in."""
    kept_rights = guards.KeptRights(str(client.signed_in_account()["id"]).casefold(), frozenset())
    return find_certain(client, declared.userid) is not None, kept_rights


def plan(declared: Declared, exists: bool, kept_rights: guards.KeptRights) -> Plan:
    """Always the one call. Failure (conflict) for the signed-in account."""
    guards.refuse_lockout(kept_rights, [declared.userid], f"wipe the devices of {declared.userid}")
    blocker = None
    if not exists:
        blocker = no_account(declared.userid)
    state = {"userid": declared.userid}
    step = Step(operations.WIPE_DEVICES(declared.userid), f"wipe the devices of {declared.userid}", unreadable=True)
    return Plan((step,), state, state, blocker=blocker)


RESOURCE = Resource("device_wipe", argument_spec, parse, read, plan)
