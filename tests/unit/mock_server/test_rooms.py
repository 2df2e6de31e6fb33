# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rooms of the mock server: each uses those below it and no other, so that there is no circle."""

from __future__ import annotations

import ast
import pathlib
import typing as t

import mock_server

FOLDER = pathlib.Path(mock_server.__file__).parent
# From the top down. The first is the package itself.
ROOMS = ("", "faults", "web", "operations", "state", "values")


def _imports(path: pathlib.Path) -> t.Iterator[str]:
    """The rooms that a file imports from, by relative or absolute imports."""
    room = path.relative_to(FOLDER).parts[:-1]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.ImportFrom):
            continue
        parts = (node.module or "").split(".") if node.module else []
        if node.level:
            parts = [FOLDER.name, *room[: len(room) + 1 - node.level], *parts]
        if parts[0] == FOLDER.name:
            yield parts[1] if len(parts) > 1 and parts[1] in ROOMS else ""


def test_rooms_use_only_those_below() -> None:
    files = list(FOLDER.rglob("*.py"))
    assert {path.parent.name for path in files} == {FOLDER.name, *ROOMS[1:]}
    upwards = [
        f"{path.relative_to(FOLDER)} imports from {used or FOLDER.name}"
        for path in files
        for used in _imports(path)
        if ROOMS.index(used) < ROOMS.index("".join(path.relative_to(FOLDER).parts[:-1]))
    ]
    assert upwards == []
