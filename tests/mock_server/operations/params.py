# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fields that a call brings, and which types they must have."""

from __future__ import annotations

import typing as t

from ..values import php
from ..values.errors import BadField


class Params:
    """The fields of a call. What is missing without a default, or of the wrong type, is a server error."""

    def __init__(self, values: t.Mapping[str, t.Any]) -> None:
        self._values = values

    def text(self, name: str, default: str | None = None) -> str:
        value = self._values.get(name)
        if value is None:
            value = default
        if not isinstance(value, str):
            raise BadField()
        return value

    def optional_text(self, name: str) -> str | None:
        return None if self._values.get(name) is None else self.text(name)

    def texts(self, name: str, required: bool = False) -> list[str]:
        value = self._values.get(name)
        if value is None and not required:
            return []
        if isinstance(value, dict):
            value = list(value.values())
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise BadField()
        return value

    def optional_texts(self, name: str) -> list[str] | None:
        """A list in which numbers are taken for texts; None where there is none."""
        value = self._values.get(name)
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list):
            value = [str(item) if isinstance(item, (int, float)) else item for item in value]
        return None if value is None else Params({name: value}).texts(name)

    def mapping(self, name: str) -> dict[str, t.Any]:
        """A map; an empty list is an empty map."""
        value = self._values.get(name)
        if value == []:
            return {}
        if not isinstance(value, dict):
            raise BadField()
        return value

    def number(self, name: str) -> int | None:
        """A whole number read from the front, so that a word is 0."""
        value = self._values.get(name)
        return None if value is None else php.integer(str(value))
