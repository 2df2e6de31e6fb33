# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The forms of the data in answers: what the collection relies on, and no more. Each operation declares its own.

A form is a function: (value, its place) to what is wrong with it, in words that name the place; None where nothing is.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Any, Callable, Mapping

Form = Callable[[Any, str], "str | None"]

# Deeper than any answer of a server, and no matter for whoever handles it.
_MOST_DEPTH = 50
# A server counts in 64 bits.
_MOST = 2**63
_NAMES = {
    dict: "a dictionary",
    list: "a list",
    str: "text",
    bool: "a boolean",
    int: "a number",
    float: "a number",
    type(None): "null",
}


def _kind(words: str, accepts: Callable[[Any], bool]) -> Form:
    def check(value: Any, place: str) -> str | None:
        return None if accepts(value) else f"{place or 'data'} must be {words}, not {_described(value)}"

    return check


def _described(value: Any) -> str:
    return "empty" if value == "" else _NAMES[type(value)]


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= _MOST


def _is_text(value: Any) -> bool:
    """The server gives text that looks like a number as a number in some places."""
    return isinstance(value, str) or _is_number(value)


def _depth(value: Any) -> int:
    """Of a value, as far as it matters."""
    depth, level = 0, [value]
    while level and depth <= _MOST_DEPTH:
        depth += 1
        level = [item for part in level if isinstance(part, (dict, list)) for item in _items(part)]
    return depth


def _items(value: dict[str, Any] | list[Any]) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value


def anything(value: Any, place: str) -> str | None:
    return None


ID = _kind("text or a number", lambda value: _is_text(value) and value != "")
TEXT = _kind("text", _is_text)
# A value that an account may be without.
VALUE = _kind(
    "text, a number, a boolean or null", lambda value: value is None or isinstance(value, bool) or _is_text(value)
)
FLAG = _kind("a boolean", lambda value: isinstance(value, bool))
WHOLE = _kind("a whole number", lambda value: isinstance(value, int) and not isinstance(value, bool))
NUMBER = _kind("a number", _is_number)
# A backend that cannot count is answered for with false; a sub-admin is not told.
COUNT = _kind("a number, false or null", lambda value: value in (None, False) or _is_number(value))
TREE = _kind(
    f"a dictionary at most {_MOST_DEPTH} levels deep", lambda v: isinstance(v, dict) and _depth(v) <= _MOST_DEPTH
)
# A quota: of an account that has never stored anything, and without a limit, the server gives it in words.
SIZE = _kind(
    "a number, default, none or empty",
    lambda value: _is_number(value)
    or isinstance(value, str)
    and bool(re.fullmatch(r"-?\d{1,19}|default|none|", value)),
)
_LIST = _kind("a list", lambda value: isinstance(value, list))
_MAP = _kind("a dictionary", lambda value: isinstance(value, dict))


def list_of(form: Form) -> Form:
    def check(value: Any, place: str) -> str | None:
        return _LIST(value, place) or _first(form, ((f"{place}[{index}]", item) for index, item in enumerate(value)))

    return check


def dictionary_of(form: Form) -> Form:
    def check(value: Any, place: str) -> str | None:
        return _MAP(value, place) or _first(form, ((f"{place}.{key}", item) for key, item in value.items()))

    return check


def map_of(form: Form) -> Form:
    """An empty map leaves a server as a list, and one with the keys 0, 1 and so on too."""
    return choice(lambda value: list_of(form) if isinstance(value, list) else dictionary_of(form))


def _first(form: Form, items: Any) -> str | None:
    return next((problem for place, item in items if (problem := form(item, place))), None)


def record(required: Mapping[str, Form], optional: Mapping[str, Form] = MappingProxyType({})) -> Form:
    """A dictionary with these keys; others are not looked at."""

    def check(value: Any, place: str) -> str | None:
        if problem := _MAP(value, place):
            return problem
        below = f"{place}." if place else ""
        for name in required:
            if name not in value:
                return f"{below}{name} is missing"
        forms = {**optional, **required}
        return next(
            (problem for name in value if name in forms and (problem := forms[name](value[name], below + name))), None
        )

    return check


def optionally(form: Form) -> Form:
    """Or nothing: null, or an empty list, which an empty map leaves a server as."""
    return lambda value, place: None if value is None or value == [] else form(value, place)


def both(one: Form, other: Form) -> Form:
    return lambda value, place: one(value, place) or other(value, place)


def choice(decide: Callable[[Any], Form]) -> Form:
    """The form that the value itself decides on."""
    return lambda value, place: decide(value)(value, place)


# Of an account, by their keys. Which fields it has is written down in the table of fields alone, which adds them here.
ACCOUNT_FIELDS: dict[str, Form] = {
    "backend": VALUE,
    "quota": optionally(record({}, {"quota": SIZE, "used": VALUE})),
    "lastLogin": optionally(NUMBER),
    "backendCapabilities": optionally(record({}, {"setDisplayName": FLAG, "setPassword": FLAG})),
}
_WHOLE_ACCOUNT = record({"id": ID, "enabled": FLAG, "displayname": TEXT}, ACCOUNT_FIELDS)
_HIDDEN_ACCOUNT = record({"id": ID})
# Of an account that the signed-in one may not see there is the id alone.
ACCOUNT = choice(lambda value: _HIDDEN_ACCOUNT if isinstance(value, dict) and len(value) == 1 else _WHOLE_ACCOUNT)
_ACCOUNT_OR_ID = choice(lambda value: ACCOUNT if isinstance(value, (dict, list)) else ID)
SIGNED_IN = record(
    {"id": ID, "enabled": FLAG, "displayname": TEXT, "groups": list_of(ID), "subadmin": list_of(ID), "backend": VALUE},
    ACCOUNT_FIELDS,
)
ACCOUNTS = record({"users": map_of(_ACCOUNT_OR_ID)})
IDS = list_of(ID)
USERIDS = record({"users": IDS})
GROUPIDS = record({"groups": IDS})
_GROUP = record(
    {"id": ID}, {"displayname": TEXT, "usercount": COUNT, "disabled": COUNT, "canAdd": FLAG, "canRemove": FLAG}
)
# A sub-admin is given nothing but the id of some.
_GROUP_OR_ID = choice(lambda value: _GROUP if isinstance(value, (dict, list)) else ID)
GROUPS = record({"groups": list_of(_GROUP_OR_ID)})
NAMED_GROUPS = record({"groups": list_of(record({"id": ID, "displayname": TEXT}, {"canAdd": FLAG, "canRemove": FLAG}))})
APPS = record({"apps": map_of(ID)})
NAMES = record({"data": IDS})
CONFIG_VALUE = record({"data": VALUE})
# {name of a number: id@host}
OWNERS = optionally(dictionary_of(_kind("text", lambda value: isinstance(value, str))))
APP = record({}, dict.fromkeys(("name", "version", "licence", "summary"), VALUE))
NETWORKS = list_of(record({"id": ID, "ip": TEXT, "mask": TEXT}))
CAPABILITIES = record(
    {
        "version": record(
            {"major": WHOLE, "minor": WHOLE, "micro": WHOLE, "string": TEXT},
            {"edition": VALUE, "extendedSupport": VALUE},
        ),
        "capabilities": both(TREE, record({}, {"bruteforce": optionally(record({}))})),
    }
)
