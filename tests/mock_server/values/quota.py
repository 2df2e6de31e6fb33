# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sizes as the server reads and keeps them: units are binary, and only one decimal of the largest unit survives."""

from __future__ import annotations

import math
import re

from . import php

UNLIMITED = -3
_UNIT = re.compile(r"([kmgtp]?b?)$")
_POWER = {"b": 0, "k": 1, "kb": 1, "m": 2, "mb": 2, "g": 3, "gb": 3, "t": 4, "tb": 4, "p": 5, "pb": 5}
_KEPT_DIGITS = 14


class InvalidSize(ValueError):
    """Not a size at all."""


class NegativeSize(ValueError):
    """A number below zero, over which the server stumbles."""


def parse_size(text: str) -> float:
    """Bytes meant by `text`. A number is read from the front and a unit from the end: '5 GiB' is 5 bytes."""
    text = text.lower()
    if php.is_numeric(text):
        return php.number(text)
    unit = _UNIT.search(text)
    if unit is None or unit.group(1) not in _POWER:
        raise InvalidSize(text)
    size = php.number(text) * 1024 ** _POWER[unit.group(1)]
    return _half_up(size, 0) if math.isfinite(size) else size


def shorten(size: float) -> str:
    """The largest unit with one decimal: 1234567890 becomes '1.1 GB'."""
    if size < 0:
        raise NegativeSize(size)
    if size < 1024:
        return "%.14g B" % size
    size = _half_up(size / 1024, 0)
    for unit in ("KB", "MB", "GB", "TB"):
        if size < 1024:
            return "%.14g %s" % (size, unit)
        size = _half_up(size / 1024, 1)
    return "%.14g PB" % size


def stored_form(text: str) -> str:
    """What the server keeps when a quota is set to `text`. It shortens twice, so that no more than that is kept."""
    if text in ("none", "default"):
        return text
    size = parse_size(text)
    if size == -1 and not php.is_numeric(text):
        return "none"
    return shorten(parse_size(shorten(size)))


def in_bytes(stored: str) -> int:
    """What reading gives for a stored quota. 1 PB shows that only 14 digits come through. What is no size is 0."""
    if stored in ("none", ""):
        return UNLIMITED
    try:
        size = parse_size(stored)
    except InvalidSize:
        return 0
    return int(float("%.*g" % (_KEPT_DIGITS, size)))


def _half_up(value: float, digits: int) -> float:
    """Away from zero, as the server rounds."""
    if not math.isfinite(value):
        return value
    factor = 10.0**digits
    return math.copysign(math.floor(abs(value) * factor + 0.5) / factor, value)
