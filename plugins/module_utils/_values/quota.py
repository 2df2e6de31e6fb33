# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Quotas as a server will store them.

A server keeps one decimal of the largest unit that fits, with binary units under decimal names (`5 GB` is 5 x 1024^3),
and reads a size it does not know by its last letter: `5 GiB` would silently become 5 bytes. So a quota is brought to
the server's own spelling before it is compared or sent.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

UNITS = ("B", "KB", "MB", "GB", "TB", "PB")
MUST_BE = "must be none, default, a whole number of bytes, or a size such as 5 GB or 1.5 TiB (units of 1024)"
UNLIMITED = -3  # what the server answers for an account without a limit

_MOST = 2**63 - 1  # bytes

_SIZE = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?)\s*(?P<unit>[KMGTP]?)(?P<suffix>I?B)?", re.IGNORECASE)


def _round(number: Decimal, decimals: str) -> Decimal:
    return number.quantize(Decimal(decimals), rounding=ROUND_HALF_UP)


def _spell(size: Decimal) -> str:
    """A number of bytes as the server stores it: whole bytes and KB, one decimal from MB on."""
    if size < 1024:
        return f"{_round(size, '1')} B"
    size = _round(size / 1024, "1")
    units = iter(UNITS[1:])
    unit = next(units)
    while size >= 1024 and (larger := next(units, None)):
        size, unit = _round(size / 1024, "0.1"), larger
    return f"{size.normalize():f} {unit}"


def parse(value: str) -> str:
    """A declared quota in the server's spelling; ValueError says what it must be."""
    text = value.strip()
    if text.lower() in ("none", "default"):
        return text.lower()
    match = _SIZE.fullmatch(text)
    if not match or (match["suffix"] or "").upper() == "IB" and not match["unit"]:
        raise ValueError(MUST_BE)
    number, unit = Decimal(match["number"]), match["unit"].upper()
    if not unit and "." in match["number"]:
        raise ValueError(MUST_BE)
    size = number * 1024 ** (" KMGTP".index(unit) if unit else 0)
    if size > _MOST:
        raise ValueError(f"{MUST_BE}, smaller than 8192 PB")
    return _spell(size)


def read(answer: int | float | str) -> str:
    """`quota.quota` of an account, in bytes, in the spelling that `parse` gives."""
    if answer in ("none", "default", ""):
        return str(answer) or "none"
    size = Decimal(str(answer))
    return "none" if size < 0 else _spell(size)
