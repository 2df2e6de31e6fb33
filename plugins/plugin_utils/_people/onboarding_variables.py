# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What is wrong with the variables of the role user_onboarding, before anything is done. No message holds a password.

All other options are checked by module directory.
"""

from __future__ import annotations

from typing import Any, Iterator, Mapping

from ansible_collections.community.nextcloud.plugins.module_utils._accounts.fields import PASSWORD
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._directory.options import argument_spec
from ansible_collections.community.nextcloud.plugins.module_utils._values.lists import refuse_plain_lists

_FILE = "user_onboarding_roster_file"
_DEFAULTS = "user_onboarding_defaults"
_EXAMPLES = {"users": "{userid: jane.doe}", "groups": "{groupid: design}"}
_IDS = {"users": "userid", "groups": "groupid"}


def problems(file: Any, users: Any, groups: Any, defaults: Any) -> list[str]:
    """Each message names the variable, the item and the option."""
    found: list[str] = []
    if not isinstance(file, Mapping):
        found.append(f"{_FILE}: must contain users and groups")
        file = {}
    lists = {
        f"{_FILE}: users": ("users", file.get("users")),
        "user_onboarding_users": ("users", users),
        f"{_FILE}: groups": ("groups", file.get("groups")),
        "user_onboarding_groups": ("groups", groups),
    }
    for where, (name, items) in lists.items():
        found += _of_list(where, name, items)
    return [*found, *_of_defaults(defaults)]


def _of_list(where: str, name: str, items: Any) -> Iterator[str]:
    if items is None:
        return
    if not isinstance(items, (list, tuple)):
        yield f"{where}: must be a list of dicts, such as [{_EXAMPLES[name]}]"
        return
    for position, item in enumerate(items):
        yield from _of_item(f"{where}[{position}]", name, item)


def _of_item(where: str, name: str, item: Any) -> Iterator[str]:
    if not isinstance(item, Mapping):
        yield f"{where}: must be a dict, such as {_EXAMPLES[name]}"
        return
    if item.get(_IDS[name]) in (None, ""):
        yield f"{where}: must have a {_IDS[name]}"
        return
    where = f"{where} ({item[_IDS[name]]})"
    if name == "users" and item.get("state") not in (None, "present"):
        yield f"{where}: state must be present; use the role user_offboarding for people who leave"
    yield from _plain_lists(f"{where}: ", name, item)


def _of_defaults(defaults: Any) -> Iterator[str]:
    if defaults is None:
        return
    if not isinstance(defaults, Mapping):
        yield f"{_DEFAULTS}: must be a dict, such as {{quota: 5 GB}}"
        return
    if PASSWORD.option in defaults:
        yield f"{_DEFAULTS}: must not contain {PASSWORD.option}"
    yield from _plain_lists(f"{_DEFAULTS}.", "defaults", defaults)


def _plain_lists(where: str, name: str, item: Mapping[str, Any]) -> Iterator[str]:
    """Of an item, or of the defaults: one message for each option."""
    spec = argument_spec()[name]["options"]
    for option, value in item.items():
        if option in spec:
            try:
                refuse_plain_lists({option: spec[option]}, {option: value}, where)
            except Failure as failure:
                yield failure.message
