# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Accounts as a resource, and their states as the options of the module accept them."""

from __future__ import annotations

from typing import Any

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import fields
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.account import Declared
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.missing import missing_groups
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.options import argument_spec, parse
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.plan import plan
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.read import read
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import Plan, State, Step
from ansible_collections.community.nextcloud.plugins.module_utils._engine.resource import Resource


def shown(state: State) -> State:
    """A state as the options of the module accept it, so that a result can be fed back in."""
    lists = {field.option for field in fields.LIST_FIELDS}
    return {
        option: {"set": value} if option in lists else value
        for option, value in state.items()
        if option != fields.PASSWORD.option
    }


def account(answer: dict[str, Any]) -> State:
    """An account's record (`GET /users/{id}`) as the options of the module accept it."""
    enabled = bool(answer.get("enabled", True))
    return shown({"userid": str(answer["id"]), "state": "present", "enabled": enabled, **fields.read_fields(answer)})


def once_created(declared: Declared) -> Declared:
    """An account that this task has created is new still: what is set on creation only is set now."""
    return declared._replace(only_on_create=frozenset())


def kept_otherwise(declared: Declared, step: Step, answer: Any) -> list[str]:
    """An edit of several fields answers with the record: a server may force a language, whatever it is told."""
    if step.operation is not operations.PATCH_USER:
        return []
    held = fields.read_fields(answer)
    return [
        f"{field.option}: the server has accepted {declared.values[field.option]} and kept {held[field.option]}. It may force"
        " this value; then the task is a change in each run. Omit the option."
        for field in fields.FIELDS
        if field.option in {single.field for single in step.instead}
        and declared.values[field.option] != "default"
        and not field.kind.same(held[field.option], declared.values[field.option])
    ]


def foresee(client: Client, plan: Plan) -> list[str]:
    return missing_groups(client, plan, ["groups", "subadmin_of"])


RESOURCE = Resource(
    "user",
    argument_spec,
    parse,
    read,
    plan,
    shown=shown,
    once_created=once_created,
    foresee=foresee,
    kept_otherwise=kept_otherwise,
)
