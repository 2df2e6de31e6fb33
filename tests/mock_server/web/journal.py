# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a mock server was asked, for tests to look at. Passwords are kept out."""

from __future__ import annotations

import typing as t

HIDDEN = "********"
READS = ("GET", "HEAD", "OPTIONS")
_SECRET_FIELDS = ("password",)


class Entry(t.NamedTuple):
    """One request. `path` is as it came over the wire, without the query; `account` is who was signed in.

    `done`: whether the server did what was asked, whatever became of the answer.
    """

    method: str
    path: str
    query: str
    body: dict[str, t.Any]
    account: str | None
    status: int
    done: bool

    @property
    def write(self) -> bool:
        return self.method not in READS


class Journal:
    """All requests in their order."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []

    def add(self, entry: Entry) -> None:
        self._entries.append(entry._replace(body=_without_secrets(entry.body)))

    def clear(self) -> None:
        self._entries.clear()

    @property
    def requests(self) -> int:
        return len(self._entries)

    def writes(self) -> list[Entry]:
        return [entry for entry in self if entry.write]

    def __iter__(self) -> t.Iterator[Entry]:
        return iter(tuple(self._entries))

    def __len__(self) -> int:
        return len(self._entries)

    @t.overload
    def __getitem__(self, position: int) -> Entry:
        """One of them."""

    @t.overload
    def __getitem__(self, position: slice) -> list[Entry]:
        """Several."""

    def __getitem__(self, position: int | slice) -> Entry | list[Entry]:
        return self._entries[position]


def _without_secrets(body: dict[str, t.Any]) -> dict[str, t.Any]:
    kept = {name: HIDDEN if name in _SECRET_FIELDS else value for name, value in body.items()}
    if body.get("key") in _SECRET_FIELDS and "value" in body:
        kept["value"] = HIDDEN
    return kept
