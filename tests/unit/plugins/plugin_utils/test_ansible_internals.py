# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each private name of ansible-core that the collection uses does what is expected of it, whatever the version."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ansible.module_utils.basic import AnsibleModule
from ansible.parsing.dataloader import DataLoader
from ansible.playbook.play_context import PlayContext
from ansible.playbook.task import Task
from ansible.plugins.action.normal import ActionModule
from ansible.plugins.loader import connection_loader, lookup_loader
from ansible.template import Templar
from ansible_collections.community.nextcloud.plugins.module_utils._engine import ansible_internals as in_module
from ansible_collections.community.nextcloud.plugins.plugin_utils import _ansible_internals as on_controller

VARIABLES = {"colour": "green"}


def trusted(text: str) -> str:
    """From ansible-core 2.19 on, templates are only those of people who write plays."""
    try:
        from ansible.template import trust_as_template
    except ImportError:
        return text
    return trust_as_template(text)


@pytest.fixture
def action() -> ActionModule:
    task = Task()
    task.action = "community.nextcloud.group"
    task.args = {"groupid": "design"}
    context = PlayContext()
    connection = connection_loader.get("local", context)
    templar = Templar(loader=DataLoader(), variables=VARIABLES)
    return ActionModule(task, connection, context, DataLoader(), templar, None)


@pytest.fixture
def module(action: ActionModule, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs what is done with an AnsibleModule, which has the options of the action's task; gives what it prints."""

    def run(done: Any, **keywords: Any) -> str:
        with on_controller.given_to_module(on_controller.options_for_module(action, {})):
            made = AnsibleModule({"groupid": {"type": "str"}}, supports_check_mode=True, **keywords)
            with pytest.raises(SystemExit):
                done(made)
        return capsys.readouterr().out

    return run


# On the controller


def test_an_action_has_its_task_and_connection(action: ActionModule) -> None:
    assert on_controller.task_of(action).action == "community.nextcloud.group"
    assert on_controller.connection_of(action).transport == "local"


def test_each_task_has_an_identity_of_its_own() -> None:
    task = Task()
    assert on_controller.identity(task) == on_controller.identity(task) == on_controller.identity(task.copy())
    assert on_controller.identity(task) != on_controller.identity(Task())


def test_templates_are_resolved_for_actions_and_lookups(action: ActionModule) -> None:
    lookup = lookup_loader.get("ansible.builtin.vars", templar=Templar(loader=DataLoader(), variables=VARIABLES))
    for plugin in (action, lookup):
        assert on_controller.templated(plugin, trusted("{{ colour }}")) == "green"


def test_the_environments_of_play_and_task_are_one(action: ActionModule) -> None:
    task = on_controller.task_of(action)
    assert on_controller.environment_of(action) == {}
    task.environment = [{"NAME": "play", "TZ": "UTC"}, {"NAME": trusted("{{ colour }}")}]
    assert on_controller.environment_of(action) == {"NAME": "green", "TZ": "UTC"}


def test_options_that_cannot_be_encoded_are_an_error(action: ActionModule) -> None:
    on_controller.task_of(action).args = {"groupid": object()}
    with pytest.raises(TypeError):
        on_controller.options_for_module(action, {})


@pytest.mark.parametrize("check", [True, False])
def test_a_module_finds_its_options_and_modes(action: ActionModule, module: Any, check: bool) -> None:
    task = on_controller.task_of(action)
    task.check_mode = task.diff = check

    def look(made: AnsibleModule) -> None:
        assert made.params == {"groupid": "design"}
        assert made.check_mode is in_module.is_diff_wanted(made) is check
        made.exit_json()

    module(look)


def test_what_a_module_prints_becomes_a_result(action: ActionModule, module: Any) -> None:
    printed = module(lambda made: made.exit_json(changed=True, text="{{ colour }}", _ansible_secret=1))
    result = on_controller.result_from(action, printed)
    assert result["changed"] is True
    assert "_ansible_secret" not in result
    # What comes from a server is no template.
    assert on_controller.templated(action, result["text"]) == "{{ colour }}"


def test_a_failure_becomes_a_result(action: ActionModule, module: Any) -> None:
    result = on_controller.result_from(action, module(lambda made: made.fail_json(msg="not today")))
    assert (result["failed"], result["msg"]) == (True, "not today")


def test_warnings_of_a_module_are_not_those_of_the_next(action: ActionModule, module: Any) -> None:
    def warn(made: AnsibleModule) -> None:
        made.warn("a warning")
        made.deprecate("a deprecation", version="9.0.0", collection_name="community.nextcloud")
        made.exit_json()

    module(warn)
    result = on_controller.result_from(action, module(lambda made: made.exit_json()))
    assert not result.get("warnings") and not result.get("deprecations")


# In a module


def test_options_are_there_before_they_are_checked(action: ActionModule) -> None:
    on_controller.task_of(action).args = {"groupid": ["design"], "unknown": True}
    with on_controller.given_to_module(on_controller.options_for_module(action, {})):
        options = in_module.unchecked_options()
    assert {name: value for name, value in options.items() if not name.startswith("_ansible_")} == {
        "groupid": ["design"],
        "unknown": True,
    }


@pytest.mark.parametrize("spec", [{"groupid": {"type": "str"}}, {"other": {"type": "str"}}])
def test_secrets_are_hidden_from_the_first_line_on(
    action: ActionModule, capsys: pytest.CaptureFixture[str], spec: dict[str, Any]
) -> None:
    on_controller.task_of(action).args = {"groupid": "canary-1"}
    with on_controller.given_to_module(on_controller.options_for_module(action, {})), pytest.raises(SystemExit):
        made = in_module.module_that_hides(["canary-1"], argument_spec=spec)
        made.exit_json(text="holds canary-1")
    printed = json.loads(capsys.readouterr().out)
    assert printed.get("failed", False) is ("other" in spec)
    # From ansible-core 2.22 on a module names its secrets to the controller, which masks them.
    assert "canary" not in str(printed) or printed["_ansible_new_secrets"] == ["canary-1"]
