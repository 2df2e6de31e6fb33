# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task needs and the server does not have, or hides; an earlier task of the play may be what creates it."""

from __future__ import annotations

from typing import Iterable, Sequence

from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import Plan
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds


def no_account(userid: str) -> Failure:
    return Failure("not_found", f"userid: {_is_missing('account', [userid])}. {_ADVICE.format('user')}")


def no_group(groupid: str) -> Failure:
    return Failure("not_found", f"groupid: {_is_missing('group', [groupid])}. {_ADVICE.format('group')}")


_ADVICE = "Create it first with community.nextcloud.{}."


def _is_missing(what: str, ids: Sequence[str]) -> str:
    named = f"{what} {ids[0]} does not exist" if len(ids) == 1 else f"{what}s {', '.join(ids)} do not exist"
    return f"{named}, or may be hidden from the signed-in account"


def missing_groups(client: Client, plan: Plan, options: Iterable[str]) -> list[str]:
    """A warning for each option whose list gains groups that the server does not have."""
    added = {option: _added(plan, option) for option in options}
    if not any(added.values()):
        return []
    known = {str(groupid) for groupid in client.call(operations.GET_GROUPS())["groups"]}
    missing = {option: [groupid for groupid in groupids if groupid not in known] for option, groupids in added.items()}
    return [f"{option}: {_is_missing('group', groupids)}." for option, groupids in missing.items() if groupids]


def missing_accounts(client: Client, plan: Plan, option: str) -> list[str]:
    """A warning where a list gains accounts that the server does not have. One that no list holds may exist all the same."""
    added = _added(plan, option)
    if not added:
        return []
    listed = {kinds.USERID.key(str(userid)) for userid in client.call(operations.GET_USERS())["users"]}
    unlisted = [userid for userid in added if kinds.USERID.key(userid) not in listed]
    missing = [userid for userid in unlisted if client.find(operations.GET_USER, userid) is None]
    return [f"{option}: {_is_missing('account', missing)}."] if missing else []


def _added(plan: Plan, option: str) -> list[str]:
    before = (plan.before or {}).get(option, [])
    return [item for item in (plan.after or {}).get(option, []) if item not in before]
