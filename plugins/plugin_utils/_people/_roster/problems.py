# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""All that is wrong with a roster, told at once."""

from __future__ import annotations

from typing import Sequence

MOST = 50


class Problems:
    """Messages by line; line 0: of the settings, or of the file as a whole."""

    def __init__(self) -> None:
        self._found: list[tuple[int, str]] = []
        self._seen: set[tuple[int, str]] = set()

    def add(self, line: int, message: str) -> None:
        if (line, message) not in self._seen:  # a column for two options is wrong once
            self._seen.add((line, message))
            self._found.append((line, message))

    def raise_if_any(self) -> None:
        """ValueError with the first messages by line, each in a line of its own, and the number of the others."""
        if not self._found:
            return
        messages = [message for unused, message in sorted(self._found, key=lambda found: found[0])]
        more = len(messages) - MOST
        raise ValueError("\n".join([*messages[:MOST], *([f"and {more} more"] if more > 0 else [])]))


def place(line: int, headers: Sequence[str]) -> str:
    """line 3, columns "a" and "b"; line 0: the place is no line of the file."""
    if not headers:
        return f"line {line}"
    return f"line {line}, {'column' if len(headers) == 1 else 'columns'} {quoted(headers)}"


def quoted(names: Sequence[str]) -> str:
    """ "a", "b" and "c"; at most 30 of them, each of at most 80 characters."""
    texts = [f'"{name[:80]}"' for name in names[:30]]
    if len(names) > 30:
        texts.append(f"{len(names) - 30} more")
    return " and ".join(filter(None, [", ".join(texts[:-1]), texts[-1]]))
