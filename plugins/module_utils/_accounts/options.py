# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The options that declare an account."""

from __future__ import annotations

from typing import Any, Mapping

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import fields, guards
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.account import DATABASE, Declared
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.fields import (
    FIELDS,
    LIST_FIELDS,
    Field,
    ListField,
)
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure, invalid
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import parse_value
from ansible_collections.community.nextcloud.plugins.module_utils._values.lists import ListChange, parse_list


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
        **readonly_argument_spec(),
        **removable_argument_spec(),
    }


def readonly_argument_spec() -> dict[str, Any]:
    """The option that says what to do about what a backend does not allow, wherever something is declared of it."""
    return {"on_readonly": {"type": "str", "choices": ["fail", "warn", "skip"], "default": "fail"}}


def removable_argument_spec() -> dict[str, Any]:
    """The option that says accounts of which backends may be deleted, wherever something is deleted or purged."""
    return {"removable_backends": {"type": "list", "elements": "str", "default": [DATABASE]}}


def parse(options: Mapping[str, Any]) -> Declared:
    """What the options declare; Failure (invalid) names the option that cannot be right."""
    userid = parse_value("userid", kinds.USERID, options["userid"])
    if options.get("user_password") == "":
        raise invalid("user_password", "must not be empty")
    values = parse_fields(options)
    guards.refuse_subadmins_of_admin("subadmin_of", values.get("subadmin_of", ListChange()).wanted)
    more = values.get("additional_emails", ListChange())
    if values.get("email") and values["email"] in more.wanted:
        raise invalid("additional_emails", f"must not contain {values['email']}, which is email already")
    return Declared(
        userid,
        options.get("state") or "present",
        options.get("enabled"),
        options.get("user_password"),
        options.get("update_password") or "on_create",
        values,
        frozenset(options.get("only_on_create") or ()),
        options.get("on_readonly") or "fail",
        (DATABASE,) if options.get("removable_backends") is None else tuple(options["removable_backends"]),
    )


def parse_fields(options: Mapping[str, Any]) -> dict[str, Any]:
    """The declared fields among `options`, as the server will store them: {option: value or ListChange}.

    Failure (invalid) names every option that cannot be right.
    """
    parsed, refusals = _parsed(options)
    if refusals:
        raise Failure("invalid", "; ".join(refusals.values()))
    return parsed


def refused(options: Mapping[str, Any]) -> set[str]:
    """Which of the options `parse_fields` would refuse."""
    return set(_parsed(options)[1])


def _parsed(options: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """What is declared, and why not: both by option."""
    parsed: dict[str, Any] = {}
    refusals: dict[str, str] = {}
    for field in (*FIELDS, *LIST_FIELDS):
        if options.get(field.option) is not None:
            try:
                parsed[field.option] = _parse_field(field, options[field.option])
            except Failure as failure:
                refusals[field.option] = failure.message
    return parsed, refusals


def _parse_field(field: Field | ListField, declared: Any) -> Any:
    if isinstance(field, ListField):
        return parse_list(field.option, field.kind, declared)
    return parse_value(field.option, field.kind, declared)
