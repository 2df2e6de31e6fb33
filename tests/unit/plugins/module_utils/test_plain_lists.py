# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A plain list where {add, remove, set} is meant: the message names option, items and the forms."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._values.lists import refuse_plain_lists

MODULES = "ansible_collections.community.nextcloud.plugins.modules"


@pytest.mark.parametrize(
    ("module", "options", "named"),
    [
        ("user", {"groups": ["a", "b"]}, "groups: [a, b] must be one of {add: [a, b]}"),
        ("user", {"groups": "design"}, "groups: [design] must be one of {add: [design]}"),
        ("user", {"subadmin_of": "a, b"}, "subadmin_of: [a, b] must"),
        ("user", {"additional_emails": []}, "additional_emails: [] must"),
        ("directory", {"users": [{"userid": "x"}, {"groups": ["a"]}]}, "users[1].groups: [a] must"),
        ("directory", {"groups": [{"groupid": "g", "users": ["jane"]}]}, "groups[0].users: [jane] must"),
        ("directory", {"defaults": {"groups": ["a"]}}, "defaults.groups: [a] must"),
    ],
)
def test_a_plain_list(module: str, options: dict[str, Any], named: str) -> None:
    spec = import_module(f"{MODULES}.{module}").RESOURCE.argument_spec()
    with pytest.raises(Failure) as caught:
        refuse_plain_lists(spec, options)
    assert caught.value.category == "invalid"
    assert caught.value.message.startswith(named)
    assert "{remove:" in caught.value.message and "{set:" in caught.value.message


@pytest.mark.parametrize(
    ("module", "options"),
    [
        ("user", {"groups": {"add": ["a"]}, "only_on_create": ["groups"]}),
        ("user", {"groups": '{"add": ["a"]}'}),
        ("user", {"groups": "add=a"}),
        ("user", {"groups": None}),
        ("group_member", {"users": ["jane"], "groupid": "g"}),
        ("directory", {"users": "{{ not_yet }}", "groups": [{"groupid": "g", "users": {"set": []}}, "odd"]}),
        ("user_info", {"userids": ["jane"]}),
    ],
)
def test_what_is_none(module: str, options: dict[str, Any]) -> None:
    refuse_plain_lists(import_module(f"{MODULES}.{module}").RESOURCE.argument_spec(), options)
