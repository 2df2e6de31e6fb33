# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each module has an action under its own name: one that is reached by `plugin_routing` is loaded for every task again."""

from __future__ import annotations

import ast
from pathlib import Path

import yaml

CHECKOUT = Path(__file__).resolve().parents[4]
PLUGINS = CHECKOUT / "plugins"
THREE_LINES = '''
from __future__ import annotations
from ansible_collections.community.nextcloud.plugins.plugin_utils._action.dispatch import DispatchingAction
class ActionModule(DispatchingAction):
    """Runs tasks of the module of this name."""
'''


def test_every_module_has_its_action() -> None:
    actions, modules = ({path.name for path in (PLUGINS / kind).glob("*.py")} for kind in ("action", "modules"))
    assert actions == modules


def test_an_action_is_three_lines() -> None:
    wanted = ast.dump(ast.parse(THREE_LINES))
    others = [
        path.name for path in (PLUGINS / "action").glob("*.py") if ast.dump(ast.parse(path.read_text())) != wanted
    ]
    assert others == []


def test_nothing_is_routed() -> None:
    runtime = yaml.safe_load((CHECKOUT / "meta" / "runtime.yml").read_text())
    assert set(runtime) == {"requires_ansible", "action_groups"}
