# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The options of a whole directory, and what in them cannot be right whatever a server holds."""

from __future__ import annotations

from typing import Any, Callable, Mapping, TypeVar

from ansible_collections.community.nextcloud.plugins.module_utils._directory import apply as applying
from ansible_collections.community.nextcloud.plugins.module_utils._directory import plan as planning
from ansible_collections.community.nextcloud.plugins.module_utils._directory import read as reading
from ansible_collections.community.nextcloud.plugins.module_utils._directory import result as results
from ansible_collections.community.nextcloud.plugins.module_utils._accounts import fields
from ansible_collections.community.nextcloud.plugins.module_utils._groups import group as _group
from ansible_collections.community.nextcloud.plugins.module_utils._accounts import guards as _guards
from ansible_collections.community.nextcloud.plugins.module_utils._accounts import user as _user
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._directory.items import (
    GROUP_LISTS,
    Desired,
    GroupItem,
    MostRemovals,
    Problem,
    Patterns,
    Purge,
    UserItem,
)
from ansible_collections.community.nextcloud.plugins.module_utils._directory.lists import merged
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure, invalid
from ansible_collections.community.nextcloud.plugins.module_utils._engine.run import Resource

# Each account says these of itself: what holds for most is no id, and no password.
_OWN = ("userid", "state", "user_password")

_Item = TypeVar("_Item", GroupItem, UserItem)


def argument_spec() -> dict[str, Any]:
    """The option spec of module `directory`, beside the connection."""
    user = _without_defaults(_user.argument_spec())
    lists = {name: fields.list_argument_spec() for name in GROUP_LISTS}
    return {
        "groups": {
            "type": "list",
            "elements": "dict",
            "options": {**_without_defaults(_group.argument_spec()), **lists},
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
    }


def _without_defaults(spec: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What an item leaves out is for `defaults` to say, or for the resource."""
    return {name: {key: value for key, value in option.items() if key != "default"} for name, option in spec.items()}


def desired(options: Mapping[str, Any]) -> Desired:
    """What the options declare. Failure (invalid) for an option of the task; what is wrong with an item is kept.

    So it can be told together with what only the server knows, all at once.
    """
    for name, least in (("concurrency", 1), ("diff_limit", 0)):
        if options[name] < least:
            raise invalid(name, f"a number of {least} or more is accepted")
    try:
        max_removals = MostRemovals.parse(options["max_removals"])
    except ValueError:
        raise invalid("max_removals", "a number such as 5, or a percentage such as 5%, is accepted") from None
    problems: list[Problem] = []
    shared = _shared(options["defaults"] or {}, problems)

    def user_item(where: str, own: dict[str, Any]) -> UserItem:
        return UserItem(where, _user.desired({**shared, **own}))

    groups = _items("groups", "groupid", options["groups"] or [], _group_item, kinds.GROUPID, problems)
    users = _items("users", "userid", options["users"] or [], user_item, kinds.USERID, problems)
    users = merged(groups, users, problems)
    purge = options["purge"] or {}
    protected = Patterns(options["protected"] or ())
    problems += _protected_removals(groups, users, protected)
    return Desired(
        groups,
        users,
        tuple(problems),
        Purge(purge.get("users") or "nothing", bool(purge.get("groups")), bool(purge.get("memberships"))),
        protected,
        max_removals,
        options["concurrency"],
        options["on_error"] == "stop",
        options["diff_limit"],
    )


def _given(options: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}


def _shared(defaults: Mapping[str, Any], problems: list[Problem]) -> dict[str, Any]:
    """What all accounts share. What is wrong with it is told once, not for each account."""
    given = _given(defaults)
    try:
        fields.parse_fields(given)
    except Failure as failure:
        problems.append(Problem("defaults", failure.message))
        return {}
    return given


def _items(
    name: str,
    id_option: str,
    declared: list[dict[str, Any]],
    parse: Callable[[str, dict[str, Any]], _Item],
    kind: kinds.Kind,
    problems: list[Problem],
) -> dict[str, _Item]:
    """The items of a list by the key of their ids."""
    found: dict[str, _Item] = {}
    for position, options in enumerate(declared):
        where = f"{name}[{position}] ({options[id_option]})"
        try:
            item = parse(where, _given(options))
        except Failure as failure:
            problems.append(Problem(where, failure.message))
            continue
        first = found.setdefault(kind.key(getattr(item.declared, id_option)), item)
        if first is not item:
            problems.append(Problem(where, f"{first.where} declares it already"))
    return found


def _group_item(where: str, options: dict[str, Any]) -> GroupItem:
    declared = _group.desired(options)
    lists = {
        name: fields.parse_list(fields.ListField(name, kinds.USERID, name), options[name])
        for name in GROUP_LISTS
        if name in options
    }
    if declared.state == "absent" and any(change != fields.ListChange() for change in lists.values()):
        raise invalid("state", f"a group that is absent has no {' and no '.join(lists)}")
    if declared.groupid == _guards.ADMIN_GROUP and lists.get("subadmins", fields.ListChange()).wanted:
        raise invalid("subadmins", "the group admin has no sub-admins; other groups are accepted")
    return GroupItem(where, declared, lists)


def _protected_removals(
    groups: Mapping[str, GroupItem], users: Mapping[str, UserItem], protected: Patterns
) -> list[Problem]:
    message = "it is declared absent, and protected says that it is never removed"
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


RESOURCE = Resource("directory", desired, reading.read, planning.plan, apply=applying.apply, result=results.result)
