# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the language that servers are written in reads text: where it trims, and what it takes for a number."""

from __future__ import annotations

import re

_SPACES = " \t\n\r\0\x0b"
_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"
_LEADING = r"[ \t\n\r\v\f]*"


def trim(text: str) -> str:
    return text.strip(_SPACES)


def is_numeric(text: str) -> bool:
    return re.fullmatch(_LEADING + _NUMBER + _LEADING, text, re.ASCII) is not None


def is_whole(text: str) -> bool:
    """Whether a key of a map is kept as a number."""
    return re.fullmatch(r"0|-?[1-9]\d*", text, re.ASCII) is not None and abs(int(text)) < 2**63


def number(text: str) -> float:
    """The number at the front; nothing of the kind is 0."""
    found = re.match(_LEADING + "(" + _NUMBER + ")", text, re.ASCII)
    return float(found.group(1)) if found else 0.0


def integer(text: str) -> int:
    """The whole number at the front, without what stands after its point; a word is 0."""
    found = number(text)
    return int(found) if abs(found) < 2**63 else 0
