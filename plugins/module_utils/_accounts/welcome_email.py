# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The welcome mail, sent again: an action, which leaves no state that could be read."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._accounts.missing import no_account
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.read import find_certain
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import Plan, Step
from ansible_collections.community.nextcloud.plugins.module_utils._engine.resource import Resource
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import parse_value


def argument_spec() -> dict[str, Any]:
    """The option spec of module `welcome_email`, beside the connection."""
    return {"userid": {"type": "str", "required": True}}


class Declared(NamedTuple):
    userid: str


def parse(options: Mapping[str, Any]) -> Declared:
    """Who gets the mail; Failure (invalid) names the option that cannot be right."""
    return Declared(parse_value("userid", kinds.USERID, options["userid"]))


def read(client: Client, declared: Declared) -> tuple[str | None, None]:
    """The account's primary address, '' where it has none, None where there is no such account."""
    answer = find_certain(client, declared.userid)
    if answer is None:
        return None, None
    return kinds.EMAIL.read(answer.get("email")), None


def plan(declared: Declared, email: str | None, facts: None = None) -> Plan:
    """Always the one call; an earlier task may be what makes the account, or gives it an address."""
    blocker = None
    if email is None:
        blocker = no_account(declared.userid)
    elif not email:
        blocker = Failure(
            "conflict",
            f"userid: account {declared.userid} has no e-mail address. Set one first with option email of"
            " community.nextcloud.user.",
        )
    state = {"userid": declared.userid}
    step = Step(
        operations.RESEND_WELCOME(declared.userid), f"send the welcome mail to {declared.userid}", unreadable=True
    )
    return Plan((step,), state, state, blocker=blocker)


RESOURCE = Resource("welcome_email", argument_spec, parse, read, plan)
