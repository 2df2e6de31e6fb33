# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Keys of an app and their values as options declare them: one as `key` and `value`, or several as `values`."""

from __future__ import annotations

import math
from typing import Any, Mapping

from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import invalid, mutually_exclusive
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import MASK
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import parse_value

# Keys and their values; None where the key is to be absent.
Values = dict[str, "str | None"]


def argument_spec(secret: bool = False) -> dict[str, Any]:
    """The options that declare keys and values; `secret`: values are kept out of all output."""
    return {
        "app": {"type": "str", "required": True},
        "key": {"type": "str", "no_log": False},
        "value": {"type": "raw", "no_log": secret},
        "values": {"type": "dict", "no_log": secret},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    }


def parse(options: Mapping[str, Any]) -> tuple[str, Values]:
    """(app, keys and values); Failure (invalid) names the option. No message repeats a value: it may be a secret."""
    app = parse_value("app", kinds.APPID, options["app"])
    given = _given(options)
    absent = options.get("state") == "absent"
    values: Values = {}
    for name, (option, key, value) in given.items():
        parsed_key = parse_value(option, kinds.CONFIG_KEY, key)
        values[parsed_key] = None if absent else _text("value" if option == "key" else f"values.{name}", value)
    return app, values


def _given(options: Mapping[str, Any]) -> dict[str, tuple[str, Any, Any]]:
    """Of each key as written: the option that names it, the key, its value."""
    key, value, values = options.get("key"), options.get("value"), options.get("values")
    if values is None and key is None:
        raise invalid("key", "one of the following is required: key, values")
    if values is None:
        return {str(key): ("key", key, value)}
    for option, other in (("key", key), ("value", value)):
        if other is not None:
            raise mutually_exclusive(option, "values")
    return {str(key): ("values", key, value) for key, value in values.items()}


def _text(option: str, value: Any) -> str:
    """A value as the string that is sent: an API for strings alone."""
    if value is None:
        raise invalid(option, "is required when state is present; use '' for an empty value")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)) and math.isfinite(value):
        return str(value)
    if not isinstance(value, str):
        raise invalid(option, "must be text; convert a list or a dictionary with the filter to_json")
    if value == MASK:
        raise invalid(option, f"must not be {MASK}, which stands for a hidden value")
    if not _can_be_stored(value):
        raise invalid(option, "must be Unicode text without null characters")
    return value


def _can_be_stored(text: str) -> bool:
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False
