# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""In which order steps are carried out, within one account and over a whole directory.

Each step finds what it builds on, removals come after what is added, and what no rate limit touches never waits behind
what one does.
"""

from __future__ import annotations

from typing import Iterable

from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import Step

# What is not limited, stage after stage. The names are for people.
STAGES = (
    ("groups", (operations.ADD_GROUP, operations.EDIT_GROUP)),
    ("accounts", (operations.ADD_USER, operations.ENABLE_USER)),
    ("memberships", (operations.ADD_TO_GROUP,)),
    ("sub-admin rights", (operations.ADD_SUBADMIN,)),
    ("removals from groups", (operations.REMOVE_SUBADMIN, operations.REMOVE_FROM_GROUP)),
    ("removals of accounts", (operations.DISABLE_USER, operations.DELETE_USER)),
    ("removals of groups", (operations.DELETE_GROUP,)),
)
EDITING = len(STAGES)
NAMES = (*(name for name, unused in STAGES), "edits")
_STAGE_OF = {operation.id: stage for stage, (unused, members) in enumerate(STAGES) for operation in members}


def stage(step: Step) -> int:
    """The stage of a step, an index of NAMES."""
    return _STAGE_OF.get(step.operation.id, EDITING)


def in_order(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The steps of one resource in the order in which they must be carried out."""
    return tuple(sorted(steps, key=lambda step: (stage(step), _place_among_edits(step))))


def _place_among_edits(step: Step) -> int:
    """A server takes an address once for an account: one that moves between primary and further ones must first be free.

    notify_email must be one of them. The password is last: it may be the one that this very task signs in with.
    """
    if step.operation is operations.EDIT_USER_COLLECTION:
        return 0
    if step.operation is operations.ADD_USER_VALUE:
        return 2
    return {"notify_email": 3, "user_password": 4}.get(step.field or "", 1)
