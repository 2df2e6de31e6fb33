# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Preferences of an account: write-only, and only the keys and values that an app allows."""

from __future__ import annotations

import json
import re
import typing as t

from ..values import php
from ..values.errors import BadField, OcsError
from .model import Account

_ALLOWED = {
    ("theming", "shortcuts_disabled"): "yes",
    ("theming", "primary_color"): "#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})",
    ("theming", "force_enable_blur_filter"): "yes|no",
    ("dav", "user_status_automation"): "yes",
    ("core", "apporder"): None,
}


def set_all(account: Account, app: str, values: dict[str, str], enabled_apps: t.Collection[str]) -> None:
    """Set several at once: all of them or, where one is refused, none."""
    for key, value in values.items():
        _check(app, key, value, enabled_apps)
    account.preferences.update({(app, key): value for key, value in values.items()})


def delete_all(account: Account, app: str, keys: list[str]) -> None:
    if any((app, key) not in _ALLOWED for key in keys):
        raise OcsError(400)
    for key in keys:
        account.preferences.pop((app, key), None)


def _check(app: str, key: str, value: str, enabled_apps: t.Collection[str]) -> None:
    if (app, key) not in _ALLOWED:
        raise OcsError(400)
    pattern = _ALLOWED[app, key]
    if pattern is not None:
        if not re.fullmatch(pattern, value):
            raise OcsError(400)
        return
    try:
        order = json.loads(value)
    except ValueError as exc:
        raise BadField() from exc
    if order != [] and not (isinstance(order, dict) and all(_is_place(*item, enabled_apps) for item in order.items())):
        raise OcsError(400)


def _is_place(entry: str, place: t.Any, enabled_apps: t.Collection[str]) -> bool:
    """Where an entry stands in the menu: {order, app}, the app enabled. A number is no name of an entry."""
    if php.is_whole(entry) or not isinstance(place, dict):
        return False
    order, app = place.get("order"), place.get("app")
    numeric = isinstance(order, (int, float)) and not isinstance(order, bool)
    numeric = numeric or isinstance(order, str) and php.is_numeric(order)
    return numeric and (app is None or app in enabled_apps)
