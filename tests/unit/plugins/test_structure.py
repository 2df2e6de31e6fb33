# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The house as docs/architecture.md and the guide on modules show it: rooms, arrows, and which files a change touches."""

from __future__ import annotations

import ast
import graphlib
import re
from pathlib import Path
from typing import Iterator

import docutils.core
import pytest
from docutils import nodes

CHECKOUT = Path(__file__).resolve().parents[3]
PLUGINS = CHECKOUT / "plugins"
PACKAGE = "ansible_collections.community.nextcloud.plugins."
GUIDE = CHECKOUT / "docs" / "docsite" / "rst" / "guide_new_module.rst"
MODULES = sorted(path.stem for path in (PLUGINS / "modules").glob("*.py"))


def room_of(parts: list[str]) -> str:
    """`module_utils/_api`, or `lookup`: a folder, or a file beside folders."""
    shared = parts[0] in ("module_utils", "plugin_utils")
    return "/".join(parts[:2]).removesuffix(".py") if shared else parts[0]


def imported(path: Path) -> Iterator[list[str]]:
    """The files of the collection that a file imports from, as parts of their paths."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and f"{node.module}.".startswith(PACKAGE):
            for alias in node.names:
                yield [*str(node.module).removeprefix(PACKAGE).split("."), alias.name]


def rooms() -> dict[str, set[str]]:
    """Of each room of code, the rooms that it imports from."""
    found: dict[str, set[str]] = {}
    for path in PLUGINS.rglob("*.py"):
        room = room_of(list(path.relative_to(PLUGINS).parts))
        used = {room_of(parts) for parts in imported(path)}
        found.setdefault(room, set()).update(used - {room})
    del found["doc_fragments"]  # text alone
    return found


def layers(graph: dict[str, set[str]]) -> int:
    """The length of the longest way down."""
    depth: dict[str, int] = {}
    for room in graphlib.TopologicalSorter(graph).static_order():
        depth[room] = 1 + max((depth[used] for used in graph[room]), default=0)
    return max(depth.values())


def test_rooms_are_few_and_arrows_only_go_down() -> None:
    graph = rooms()  # a circle is an error of graphlib
    assert len(graph) <= 20
    assert layers(graph) <= 8


def test_what_is_shipped_uses_nothing_that_stays_on_the_controller() -> None:
    shipped = {room: used for room, used in rooms().items() if room.startswith("module_utils/") or room == "modules"}
    assert {used for rooms_used in shipped.values() for used in rooms_used} <= set(shipped)


def test_no_function_is_longer_than_40_lines() -> None:
    long = [
        f"{path.relative_to(PLUGINS)}:{node.lineno} {node.name}"
        for path in PLUGINS.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and int(node.end_lineno or 0) - node.lineno >= 40
    ]
    assert long == []


def test_the_architecture_names_every_room() -> None:
    text = (CHECKOUT / "docs" / "architecture.md").read_text()
    assert [room for room in rooms() if f"`{room}`" not in text] == []


def test_the_architecture_names_files_that_exist() -> None:
    text = (CHECKOUT / "docs" / "architecture.md").read_text()
    named = re.findall(r"`((?:\w+/)*\w+\.(?:py|yml|md))`", text)
    shared = PLUGINS / "module_utils"
    folders = (CHECKOUT, PLUGINS, shared, shared / "_directory", PLUGINS / "plugin_utils")
    assert named and [name for name in named if not any((folder / name).is_file() for folder in folders)] == []


def files_of(table: str) -> list[str]:
    """The files that a table of the guide names, in its first column."""
    document = docutils.core.publish_doctree(GUIDE.read_text(), settings_overrides={"report_level": 5, "halt_level": 5})
    (found,) = (node for node in document.findall(nodes.table) if table in node["names"])
    (body,) = found.findall(nodes.tbody)
    return [row[0].astext() for row in body.findall(nodes.row)]


def product_files(*folders: str) -> list[Path]:
    """The product, without its guides."""
    found = [CHECKOUT / "README.md", CHECKOUT / "galaxy.yml"]
    for folder in folders:
        found += [
            path for path in (CHECKOUT / folder).rglob("*") if path.suffix in (".py", ".yml", ".md", ".j2", ".csv")
        ]
    return found


def files_with(word: str, *folders: str) -> set[str]:
    """The files of the product that hold a word."""
    whole = re.compile(rf"\b{word}\b")
    return {
        str(path.relative_to(CHECKOUT)) for path in product_files(*folders) if whole.search(path.read_text("utf-8"))
    }


@pytest.mark.parametrize("field", ["pronouns", "headline", "biography", "bluesky", "fediverse", "first_day_of_week"])
def test_a_field_of_an_account_touches_the_files_of_the_guide(field: str) -> None:
    named = files_of("files-of-a-field")
    assert len(named) <= 3
    assert files_with(field, "plugins", "roles", "playbooks", "meta") == set(named)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_has_the_files_of_the_guide(module: str) -> None:
    resource, *others = files_of("files-of-a-module")
    assert resource == "plugins/module_utils/_ROOM/NAME.py" and len(others) <= 4
    source = CHECKOUT / "plugins" / "modules" / f"{module}.py"
    (where,) = (parts for parts in imported(source) if parts[-1] == "RESOURCE")
    assert (PLUGINS / "/".join(where[:-1])).with_suffix(".py").is_file()
    for name in others:
        path = CHECKOUT / name.replace("NAME", module)
        assert path.stem == module or module in path.read_text()


def test_a_module_touches_no_others() -> None:
    module = "device_wipe"  # whose name is a word of nothing else
    named = {name.replace("NAME", module).replace("_ROOM", "_accounts") for name in files_of("files-of-a-module")}
    files = {str(path.relative_to(CHECKOUT)) for path in PLUGINS.rglob(f"{module}.py")}
    assert files_with(module, "plugins", "meta") | files == named


@pytest.mark.parametrize("operation", ["groups-add-group", "users-wipe-user-devices"])
def test_an_operation_touches_the_file_of_the_guide(operation: str) -> None:
    documented = re.compile(rf"operation: {operation}$", re.MULTILINE)  # a sample of what a failure returns
    found = files_with(operation, "plugins", "meta")
    samples = {name for name in found if documented.search((CHECKOUT / name).read_text())}
    assert found - samples == set(files_of("files-of-an-operation"))
