# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What inventory and lookup plugins document: Ansible reads their options, environment and variables from there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.plugins.loader import fragment_loader
from ansible.utils.plugin_docs import get_docstring
from ansible_collections.community.nextcloud.plugins.module_utils._api import connection
from ansible_collections.community.nextcloud.plugins.plugin_utils import _inventory, _plugin_connection

CHECKOUT = Path(__file__).resolve().parents[3]
# They ask no server.
WITHOUT_CONNECTION = {"lookup/roster", "lookup/similar_variables"}
PLUGINS = sorted(
    {f"{kind}/{path.stem}" for kind in ("inventory", "lookup") for path in (CHECKOUT / "plugins" / kind).glob("*.py")}
    - WITHOUT_CONNECTION
)


def documentation(plugin: str) -> list[Any]:
    """[documentation, examples, returned, metadata]"""
    path = CHECKOUT / "plugins" / f"{plugin}.py"
    return get_docstring(
        str(path), fragment_loader, collection_name="community.nextcloud", plugin_type=plugin.split("/", maxsplit=1)[0]
    )


@pytest.mark.parametrize("plugin", PLUGINS)
def test_the_connection_is_that_of_the_modules(plugin: str) -> None:
    options = documentation(plugin)[0]["options"]
    for name, option in connection.OPTIONS.items():
        documented = options[name]
        assert (documented["type"], documented.get("default")) == (option["type"], option.get("default")), name
        assert [entry["name"] for entry in documented.get("env", ())] == (
            [option["env"]] if "env" in option else []
        ), name
        assert [entry["name"] for entry in documented["vars"]] == [f"nextcloud_{name}"]
    assert {entry["name"] for option in options.values() for entry in option.get("vars", ())} == set(
        _plugin_connection.VARIABLES
    )


def test_the_fragment_for_plugins_says_only_where_options_come_from() -> None:
    fragment = yaml.safe_load(fragment_loader.get("community.nextcloud.connection").PLUGIN)
    assert list(fragment["options"]) == list(connection.OPTIONS)
    assert {key for option in fragment["options"].values() for key in option} == {"env", "vars"}


@pytest.mark.parametrize("plugin", PLUGINS)
def test_descriptions_are_there_and_speak_of_no_module(plugin: str) -> None:
    found, examples, returned, unused = documentation(plugin)
    assert found["short_description"] and examples and (returned or plugin.startswith("inventory/"))
    assert found["requirements"] == ["requests"]
    assert [note for note in found["notes"] if "The module" in note] == []


def test_filters_and_groupings_are_those_that_are_known() -> None:
    options = documentation("inventory/users")[0]["options"]
    assert tuple(options["filters"]["suboptions"]) == _inventory.Filters._fields
    assert options["group_by"]["choices"] == options["group_by"]["default"] == list(_inventory.GROUPINGS)
