# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Reading a whole directory in the form in which module `directory` takes it."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import user
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.account import DATABASE
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.groups import read_groups
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.listing import everybody
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.options import refused
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure, check_at_least
from ansible_collections.community.nextcloud.plugins.module_utils._directory.checks import TOO_FEW
from ansible_collections.community.nextcloud.plugins.module_utils._directory.items import Patterns, userkey
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import State
from ansible_collections.community.nextcloud.plugins.module_utils._engine.resource import Reader, refuse_masked
from ansible_collections.community.nextcloud.plugins.module_utils._groups import group


def argument_spec() -> dict[str, Any]:
    """The option spec of module `directory_info`, beside the connection."""
    return {
        "groups": {"type": "list", "elements": "str", "default": ["*"]},
        "users": {"type": "list", "elements": "str", "default": ["*"]},
        "exclude": {"type": "list", "elements": "str", "default": []},
        "concurrency": {"type": "int", "default": 4},
        "min_accounts": {"type": "int", "default": 0},
    }


class Query(NamedTuple):
    """Patterns of ids: which groups, which accounts, and which of them not."""

    groups: Patterns
    users: Patterns
    exclude: Patterns
    concurrency: int = 4
    min_accounts: int = 0


def parse(options: Mapping[str, Any]) -> Query:
    """What the options ask for; Failure (invalid) names the option that cannot be right."""
    check_at_least("concurrency", options["concurrency"], 1)
    check_at_least("min_accounts", options["min_accounts"], 0)
    groups, users, exclude = (Patterns(options[name]) for name in ("groups", "users", "exclude"))
    return Query(groups, users, exclude, options["concurrency"], options["min_accounts"])


def read(client: Client, query: Query) -> dict[str, list[State]]:
    """{groups, users}, each sorted by id."""
    # Ids alone cost nearly nothing, and tell how many pages there are.
    count = len(client.call(operations.GET_USERS())["users"])
    if count < query.min_accounts:
        raise Failure("conflict", f"min_accounts: {TOO_FEW.format(count, query.min_accounts)}.")
    accounts = {}
    for answer in everybody(client, query.concurrency, count):
        userid = str(answer["id"])
        # Of two whose ids differ in case only, the one of the database is the one that its id always finds.
        is_wanted = userkey(userid) not in accounts or answer.get("backend") == DATABASE
        if is_wanted and query.users.has_user(userid) and not query.exclude.has_user(userid):
            accounts[userkey(userid)] = _account(answer)
    groups = []
    for groupid, record in read_groups(client).records.items():
        if query.groups.has_group(groupid) and not query.exclude.has_group(groupid):
            groups.append(group.state_of(groupid, group.name_of(record)))
    return {
        "groups": sorted(groups, key=lambda group: group["groupid"]),
        "users": [accounts[key] for key in sorted(accounts)],
    }


def _account(answer: dict[str, Any]) -> State:
    """An account without what is not known of it, and without what is known but would be refused if declared."""
    known = {option: value for option, value in user.account(answer).items() if value is not None}
    return {option: value for option, value in known.items() if option not in refused(known)}


RESOURCE = Reader("directory", argument_spec, parse, read, refuse_masked)
