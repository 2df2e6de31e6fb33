# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Reading a whole directory in the form in which module `directory` takes it."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import fields
from ansible_collections.community.nextcloud.plugins.module_utils._groups import group as _group
from ansible_collections.community.nextcloud.plugins.module_utils._accounts import user as _user
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._directory.items import Patterns, userkey
from ansible_collections.community.nextcloud.plugins.module_utils._directory.read import account_records
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import invalid
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import State
from ansible_collections.community.nextcloud.plugins.module_utils._engine.run import Reader


def argument_spec() -> dict[str, Any]:
    """The option spec of module `directory_info`, beside the connection."""
    return {
        "groups": {"type": "list", "elements": "str", "default": ["*"]},
        "users": {"type": "list", "elements": "str", "default": ["*"]},
        "exclude": {"type": "list", "elements": "str", "default": []},
        "concurrency": {"type": "int", "default": 4},
    }


class Asked(NamedTuple):
    """Patterns of ids: which groups, which accounts, and which of them not."""

    groups: Patterns
    users: Patterns
    exclude: Patterns
    concurrency: int = 4


def desired(options: Mapping[str, Any]) -> Asked:
    """What the options ask for; Failure (invalid) names the option that cannot be right."""
    if options["concurrency"] < 1:
        raise invalid("concurrency", "a number of 1 or more is accepted")
    return Asked(*(Patterns(options[name]) for name in ("groups", "users", "exclude")), options["concurrency"])


def read(client: Client, asked: Asked) -> dict[str, list[State]]:
    """{groups, users}, each sorted by id."""
    # Ids alone cost nearly nothing, and tell how many pages there are.
    count = len(client.call(operations.GET_USERS())["users"])
    accounts = {}
    for answer in account_records(client, asked.concurrency, count):
        userid = str(answer["id"])
        if asked.users.has_user(userid) and not asked.exclude.has_user(userid):
            accounts[userkey(userid)] = _account(answer)
    groups = []
    for record in client.call(operations.GET_GROUPS_DETAILS())["groups"]:
        groupid = str(record["id"])
        if asked.groups.has_group(groupid) and not asked.exclude.has_group(groupid):
            groups.append(_group.state_of(groupid, str(record["displayname"])))
    return {
        "groups": sorted(groups, key=lambda group: group["groupid"]),
        "users": [accounts[key] for key in sorted(accounts)],
    }


def _account(answer: dict[str, Any]) -> State:
    """An account without what is not known of it, and without what is held but would be refused if declared."""
    held = {option: value for option, value in _user.account(answer).items() if value is not None}
    return {option: value for option, value in held.items() if option not in fields.refused(held)}


READER = Reader("directory", desired, read)
