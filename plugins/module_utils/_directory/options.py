# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The options of a whole directory, and what in them cannot be right whatever a server holds."""

from __future__ import annotations

from typing import Any, Callable, Mapping, TypeVar

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import guards
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.options import (
    argument_spec as user_argument_spec,
)
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.options import parse as parse_user
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.options import (
    parse_fields,
    removable_argument_spec,
)
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure, check_at_least, invalid
from ansible_collections.community.nextcloud.plugins.module_utils._directory.items import (
    GROUP_LISTS,
    Declared,
    GroupItem,
    MostRemovals,
    Patterns,
    Problem,
    Purge,
    UserItem,
)
from ansible_collections.community.nextcloud.plugins.module_utils._directory.lists import merged
from ansible_collections.community.nextcloud.plugins.module_utils._groups import group
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._values.lists import (
    ListChange,
    list_argument_spec,
    parse_list,
)

# Each account says these of itself: what holds for most is no id, and no password.
_OWN = ("userid", "state", "user_password")

_Item = TypeVar("_Item", GroupItem, UserItem)


def argument_spec() -> dict[str, Any]:
    """The option spec of module `directory`, beside the connection."""
    user = _without_defaults(user_argument_spec())
    for name in removable_argument_spec():
        del user[name]
    lists = {name: list_argument_spec() for name in GROUP_LISTS}
    return {
        "groups": {
            "type": "list",
            "elements": "dict",
            "options": {**_without_defaults(group.argument_spec()), **lists},
        },
        "users": {"type": "list", "elements": "dict", "options": user},
        "defaults": {
            "type": "dict",
            "options": {name: option for name, option in user.items() if name not in _OWN},
        },
        "purge": {
            "type": "dict",
            "options": {
                "users": {"type": "str", "choices": ["nothing", "disable", "delete"], "default": "nothing"},
                "groups": {"type": "bool", "default": False},
                "memberships": {"type": "bool", "default": False},
            },
        },
        "protected": {"type": "list", "elements": "str"},
        "max_removals": {"type": "str", "default": "0"},
        "concurrency": {"type": "int", "default": 4},
        "on_error": {"type": "str", "choices": ["stop", "continue"], "default": "stop"},
        "diff_limit": {"type": "int", "default": 100},
        "min_accounts": {"type": "int", "default": 0},
        **removable_argument_spec(),
    }


def _without_defaults(spec: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What an item leaves out is for `defaults` to say, or for the resource."""
    return {name: {key: value for key, value in option.items() if key != "default"} for name, option in spec.items()}


def parse(options: Mapping[str, Any]) -> Declared:
    """What the options declare. Failure (invalid) for an option of the task; what is wrong with an item is kept.

    So it can be told together with what only the server knows, all at once.
    """
    for name, least in (("concurrency", 1), ("diff_limit", 0), ("min_accounts", 0)):
        check_at_least(name, options[name], least)
    try:
        max_removals = MostRemovals.parse(options["max_removals"])
    except ValueError:
        raise invalid("max_removals", "must be a number such as 5, or a percentage such as 5%") from None
    shared, problems = _shared(options["defaults"] or {})

    def user_item(where: str, own: dict[str, Any]) -> UserItem:
        return UserItem(where, parse_user({**shared, **own, "removable_backends": options["removable_backends"]}))

    groups, of_groups = _items("groups", "groupid", options["groups"] or [], _group_item, kinds.GROUPID)
    users, of_users = _items("users", "userid", options["users"] or [], user_item, kinds.USERID)
    users, of_lists = merged(groups, users)
    purge = options["purge"] or {}
    protected = Patterns(options["protected"] or ())
    of_protected = _protected_removals(groups, users, protected)
    return Declared(
        groups,
        users,
        (*problems, *of_groups, *of_users, *of_lists, *of_protected),
        Purge(purge.get("users") or "nothing", bool(purge.get("groups")), bool(purge.get("memberships"))),
        protected,
        max_removals,
        options["concurrency"],
        options["on_error"] == "stop",
        options["diff_limit"],
        tuple(options["removable_backends"]),
        options["min_accounts"],
    )


def _given(options: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}


def _shared(defaults: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """What all accounts share. What is wrong with it is told once, not for each account."""
    given = _given(defaults)
    try:
        parse_fields(given)
    except Failure as failure:
        return {}, [Problem("defaults", failure.message)]
    return given, []


def _items(
    name: str, id_option: str, declared: list[dict[str, Any]], parse: Callable[[str, Any], _Item], kind: kinds.Kind
) -> tuple[dict[str, _Item], list[Problem]]:
    """The items of a list by the key of their ids, and what is wrong with others."""
    items: dict[str, _Item] = {}
    problems = []
    for position, options in enumerate(declared):
        where = f"{name}[{position}] ({options[id_option]})"
        try:
            item = parse(where, _given(options))
        except Failure as failure:
            problems.append(Problem(where, failure.message))
            continue
        first = items.setdefault(kind.key(getattr(item.declared, id_option)), item)
        if first is not item:
            problems.append(Problem(where, f"is already declared in {first.where}"))
    return items, problems


def _group_item(where: str, options: dict[str, Any]) -> GroupItem:
    declared = group.parse(options)
    lists = {name: parse_list(name, kinds.USERID, options[name]) for name in GROUP_LISTS if name in options}
    if declared.state == "absent" and any(change != ListChange() for change in lists.values()):
        raise invalid("state", f"must not be absent when {' or '.join(lists)} is set")
    if lists.get("subadmins", ListChange()).wanted:
        guards.refuse_subadmins_of_admin("subadmins", [declared.groupid])
    return GroupItem(where, declared, lists)


def _protected_removals(
    groups: Mapping[str, GroupItem], users: Mapping[str, UserItem], protected: Patterns
) -> list[Problem]:
    message = "is declared absent, but matches protected"
    found = [
        Problem(item.where, message)
        for groupid, item in groups.items()
        if item.declared.state == "absent" and protected.has_group(groupid)
    ]
    found += [
        Problem(user.where, message)
        for user in users.values()
        if user.declared.state == "absent" and protected.has_user(user.declared.userid)
    ]
    return found
