# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operations on the preferences of the account that calls."""

from __future__ import annotations

import typing as t

from ..state import preferences
from ..values.errors import BadField
from .call import Call


def set_one(call: Call) -> t.Any:
    wanted = {call.ids["key"]: call.params.text("configValue")}
    preferences.set_all(call.actor, call.ids["app"], wanted, call.state.apps.enabled())
    return []


def set_several(call: Call) -> t.Any:
    wanted = call.params.mapping("configs")
    if not all(isinstance(value, str) for value in wanted.values()):
        raise BadField()
    preferences.set_all(call.actor, call.ids["app"], wanted, call.state.apps.enabled())
    return []


def delete_one(call: Call) -> t.Any:
    preferences.delete_all(call.actor, call.ids["app"], [call.ids["key"]])
    return []


def delete_several(call: Call) -> t.Any:
    preferences.delete_all(call.actor, call.ids["app"], call.params.texts("configKeys", required=True))
    return []
