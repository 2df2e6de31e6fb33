# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is written down in one place and told in another: table of fields, option specs, documentation, roles."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.plugins.loader import fragment_loader
from ansible.utils.plugin_docs import get_docstring
from ansible_collections.community.nextcloud.plugins.module_utils._accounts import fields
from ansible_collections.community.nextcloud.plugins.module_utils._common import errors
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import connection_argument_spec

CHECKOUT = Path(__file__).resolve().parents[3]
PACKAGE = "ansible_collections.community.nextcloud.plugins.modules"
MODULES = sorted(path.stem for path in (CHECKOUT / "plugins" / "modules").glob("*.py"))


def docstring(module: str) -> Any:
    """(documentation, examples, return values, metadata)"""
    path = CHECKOUT / "plugins" / "modules" / f"{module}.py"
    return get_docstring(str(path), fragment_loader, collection_name="community.nextcloud", plugin_type="module")


def documentation(module: str) -> dict[str, Any]:
    return docstring(module)[0]


def returned(module: str) -> dict[str, Any]:
    return docstring(module)[2]


def compared(options: dict[str, Any], subkey: str) -> dict[str, Any]:
    """Of an option spec, or of documented options, what the two must have in common."""
    return {
        name: {
            "type": option.get("type", "str"),
            "elements": option.get("elements"),
            "choices": option.get("choices"),
            "default": option.get("default"),
            "required": bool(option.get("required")),
            "options": compared(option.get(subkey) or {}, subkey),
        }
        for name, option in options.items()
    }


@pytest.mark.parametrize("module", MODULES)
def test_documented_options_are_the_options(module: str) -> None:
    spec = {**connection_argument_spec(), **import_module(f"{PACKAGE}.{module}").RESOURCE.argument_spec()}
    assert compared(documentation(module)["options"], "suboptions") == compared(spec, "options")


def test_every_module_is_in_the_action_group() -> None:
    runtime = yaml.safe_load((CHECKOUT / "meta" / "runtime.yml").read_text())
    assert runtime["action_groups"]["nextcloud"] == MODULES


def test_the_environment_variables_are_documented() -> None:
    options = documentation("user")["options"]
    for name, option in connection_argument_spec().items():
        if "fallback" in option:
            variable = option["fallback"][1][0]
            assert f"E({variable})" in str(options[name]["description"])


def test_the_failure_of_user_is_described_in_full() -> None:
    keys = returned("user")["failure"]["contains"]
    assert list(keys) == list(errors.Failure("invalid", "").described())
    assert re.findall(r"V\((\w+)\)", str(keys["category"]["description"])) == list(errors.CATEGORIES)


@pytest.mark.parametrize("module", [name for name in MODULES if name != "user"])
def test_the_failure_of_another_module_points_there(module: str) -> None:
    failure = returned(module)["failure"]
    assert "RV(community.nextcloud.user#module:failure)" in failure["description"] and "contains" not in failure
    assert list(failure["sample"]) == list(returned("user")["failure"]["contains"])
    assert failure["sample"]["category"] in errors.CATEGORIES
    operations = yaml.safe_load((CHECKOUT / "tests" / "contract" / "operations.yml").read_text())["operations"]
    used = {operation["id"] for operation in operations if module in operation["used_by"]}
    assert failure["sample"]["operation"] in used


def test_an_account_has_the_same_options_in_defaults_as_in_users() -> None:
    options = documentation("directory")["options"]
    defaults, users = options["defaults"]["suboptions"], options["users"]["suboptions"]
    assert {name: users[name] for name in defaults} == defaults


@pytest.mark.parametrize("module", MODULES)
def test_attributes_are_those_of_a_reader_or_of_a_writer(module: str) -> None:
    attributes = documentation(module)["attributes"]
    reads = module.endswith("_info")
    assert attributes["check_mode"]["support"] == "full" and attributes["check_mode"]["description"]
    assert (attributes["diff_mode"]["support"] == "N/A") == reads
    assert attributes["action_group"]["membership"] == ["community.nextcloud.nextcloud"]


def test_the_readme_names_every_plugin_and_role() -> None:
    readme = (CHECKOUT / "README.md").read_text()
    plugins = [
        path.stem for kind in ("inventory", "lookup", "filter") for path in (CHECKOUT / "plugins" / kind).glob("*.py")
    ]
    roles = [path.name for path in (CHECKOUT / "roles").iterdir()]
    playbooks = [path.stem for path in (CHECKOUT / "playbooks").glob("*.yml")]
    names = [*MODULES, *plugins, *roles, *playbooks]
    assert [name for name in names if f"`community.nextcloud.{name}`" not in readme] == []


def test_each_key_of_the_api_belongs_to_one_field() -> None:
    for column in ("answer", "put", "post", "patch"):
        keys = [getattr(field, column) for field in fields.FIELDS if getattr(field, column)]
        assert len(keys) == len(set(keys)), column
