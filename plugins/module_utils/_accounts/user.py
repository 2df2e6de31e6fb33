# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Accounts: the options that declare one, and how it is read from a server."""

from __future__ import annotations

from typing import Any, Container, Mapping

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import fields
from ansible_collections.community.nextcloud.plugins.module_utils._accounts import guards
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._values import quota
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure, invalid
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.fields import ListChange
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import State
from ansible_collections.community.nextcloud.plugins.module_utils._engine.run import Resource
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.plan import (
    Current,
    Desired,
    Server,
    changes_of,
    loses_rights,
    plan,
)


def argument_spec() -> dict[str, Any]:
    """The option spec of module `user`, beside the connection."""
    return {
        "userid": {"type": "str", "required": True},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        "enabled": {"type": "bool"},
        "user_password": {"type": "str", "no_log": True},
        "update_password": {
            "type": "str",
            "choices": ["on_create", "always", "when_changed"],
            "default": "on_create",
            "no_log": False,
        },
        **fields.argument_spec(),
        "only_on_create": {"type": "list", "elements": "str", "choices": list(fields.OPTIONS)},
        "on_readonly": {"type": "str", "choices": ["fail", "warn", "skip"], "default": "fail"},
    }


def desired(options: Mapping[str, Any]) -> Desired:
    """What the options declare; Failure (invalid) names the option that cannot be right."""
    userid = fields.parse_value("userid", kinds.USERID, options["userid"])
    if options.get("user_password") == "":
        raise invalid("user_password", "an empty password is not accepted")
    values = fields.parse_fields(options)
    guards.refuse_subadmins_of_admin("subadmin_of", values.get("subadmin_of", ListChange()))
    more = values.get("additional_emails", ListChange())
    if values.get("email") and values["email"] in more.wanted:
        raise invalid("additional_emails", f"{values['email']} is email already; other addresses are accepted")
    return Desired(
        userid,
        options.get("state") or "present",
        options.get("enabled"),
        options.get("user_password"),
        options.get("update_password") or "on_create",
        values,
        frozenset(options.get("only_on_create") or ()),
        options.get("on_readonly") or "fail",
    )


def read(client: Client, declared: Desired) -> tuple[Current | None, Server]:
    """One request for the account, and others only for what a plan for it would have to know."""
    answer = client.find(operations.GET_USER(declared.userid))
    if answer is None:
        return None, Server()
    current = current_of(answer)
    server = Server()
    if loses_rights(declared, current):
        server = server._replace(standing=guards.read_standing(client))
    if declared.state == "absent":
        return current, server
    if declared.lasting.get("quota") == "default":
        server = server._replace(default_quota=read_default_quota(client))
    if declared.password and declared.compares_password and current.enabled:
        server = server._replace(password_matches=client.signs_in(current.userid, declared.password))
    changes, unused = changes_of(declared, current, server)
    if sum(1 for change in changes if change.field.patch) > 1:
        server = server._replace(can_patch=client.major_version() >= operations.PATCH_SINCE)
    return current, server


def current_of(answer: dict[str, Any], options: Container[str] = fields.OPTIONS) -> Current:
    """An account from its record (`GET /users/{id}`), with these of its fields."""
    values = fields.read_fields(answer, options)
    return Current(str(answer["id"]), bool(answer["enabled"]), values, answer.get("backendCapabilities") or {})


def read_default_quota(client: Client) -> str:
    """What the quota `default` stands for, in the spelling of a declared quota."""
    try:
        answer = client.call(operations.GET_APP_CONFIG("files", "default_quota"))
    except Failure as failure:
        if failure.category == "permission":
            failure.message = "quota: only an administrator can tell what default stands for; name a size, or none."
        raise
    try:
        return quota.parse(answer["data"] or "none")
    except ValueError:
        raise invalid(
            "quota",
            f"the server's default quota is {answer['data']!r} (app files, key default_quota), which is no size, so that"
            " default cannot be compared; a size or none is accepted",
        ) from None


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


def resumed(declared: Desired) -> Desired:
    """An account that this task has created is new still: what is set on creation only is set now."""
    return declared._replace(only_on_create=frozenset())


RESOURCE = Resource("user", desired, read, plan, shown, resumed)
