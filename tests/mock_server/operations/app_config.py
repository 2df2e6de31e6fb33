# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operations on the configuration of apps."""

from __future__ import annotations

import typing as t

from .call import Call


def list_apps(call: Call) -> t.Any:
    return {"data": call.state.apps.configured()}


def list_keys(call: Call) -> t.Any:
    return {"data": call.state.apps.keys(call.ids["app"])}


def value(call: Call) -> t.Any:
    default = call.params.text("defaultValue", "")
    return {"data": call.state.apps.value(call.ids["app"], call.ids["key"], default)}


def set_value(call: Call) -> t.Any:
    call.state.apps.set_value(call.ids["app"], call.ids["key"], call.params.text("value"))
    return []


def delete_value(call: Call) -> t.Any:
    call.state.apps.delete_value(call.ids["app"], call.ids["key"])
    return []
