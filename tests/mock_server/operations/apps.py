# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operations on apps."""

from __future__ import annotations

import typing as t

from .call import Call


def list_ids(call: Call) -> t.Any:
    return {"apps": call.state.apps.listed(call.params.optional_text("filter"))}


def show(call: Call) -> t.Any:
    return call.state.apps.info(call.ids["app"])


def enable(call: Call) -> t.Any:
    call.state.apps.enable(call.ids["app"])
    return []


def disable(call: Call) -> t.Any:
    call.state.apps.disable(call.ids["app"])
    return []


def list_enabled(call: Call) -> t.Any:
    return {"apps": call.state.apps.enabled()}
