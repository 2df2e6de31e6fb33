# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The calls that add to and remove from a list of an account: its groups, its sub-admin rights, its further addresses."""

from __future__ import annotations

from functools import partial
from typing import Callable, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.operations import Operation
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import Step


class ListCalls(NamedTuple):
    """Both take the id of the account, the item, and what the step is called."""

    add: Callable[[str, str, str], Step]
    remove: Callable[[str, str, str], Step]


def _add_group(operation: Operation[[str]], userid: str, groupid: str, title: str) -> Step:
    return Step(operation(userid), title, body={"groupid": groupid})


def _remove_group(operation: Operation[[str]], userid: str, groupid: str, title: str) -> Step:
    return Step(operation(userid), title, query={"groupid": groupid})


def _add_address(userid: str, address: str, title: str) -> Step:
    return Step(operations.ADD_USER_VALUE(userid), title, {"key": "additional_mail", "value": address})


def _remove_address(userid: str, address: str, title: str) -> Step:
    """An address is added by an edit, and removed by the collection's own call, whose rate limit is another."""
    return Step(operations.EDIT_USER_COLLECTION(userid, "additional_mail"), title, {"key": address, "value": ""})


MEMBERSHIPS = ListCalls(
    partial(_add_group, operations.ADD_TO_GROUP), partial(_remove_group, operations.REMOVE_FROM_GROUP)
)
SUBADMIN_RIGHTS = ListCalls(
    partial(_add_group, operations.ADD_SUBADMIN), partial(_remove_group, operations.REMOVE_SUBADMIN)
)
ADDRESSES = ListCalls(_add_address, _remove_address)
