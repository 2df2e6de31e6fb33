# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes each task's result to a file, for the integration tests to compare, and tells them where a phase begins."""

from __future__ import annotations

import json
import os
from multiprocessing.connection import Client
from typing import Any

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = r"""
name: results
type: aggregate
short_description: Results of tasks as lines of JSON
description:
  - Appends a line of JSON for each result of a task, and for each item of a loop, to the file E(RESULTS_FILE).
  - Where the tasks of another phase of a target begin, sends its name to the port E(PHASES_PORT) on the loopback, and waits
    for an answer. The variable C(phases_name) names the phase.
"""


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "results"
    CALLBACK_NEEDS_ENABLED = True

    _phase: str | None = None

    def v2_playbook_on_task_start(self, task: Any, is_conditional: bool) -> None:
        phase, before = task.get_vars().get("phases_name"), self._phase
        self._phase = phase
        if phase not in (None, before) and "PHASES_PORT" in os.environ:
            with Client(("127.0.0.1", int(os.environ["PHASES_PORT"]))) as connection:
                connection.send(phase)
                connection.recv()

    def _write(self, result: Any, failed: bool) -> None:
        content = {name: value for name, value in result._result.items() if not name.startswith("_ansible")}
        task, host = result._task.get_name(), result._host.get_name()
        line = {
            "host": host,
            "phase": self._phase,
            "task": task,
            "action": result._task.action,
            "failed": failed,
            "result": content,
        }
        with open(os.environ["RESULTS_FILE"], "a", encoding="utf-8") as file:
            file.write(json.dumps(line, default=str) + "\n")

    def v2_runner_on_ok(self, result: Any) -> None:
        if "results" not in result._result:
            self._write(result, failed=False)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        if "results" not in result._result:
            self._write(result, failed=True)

    def v2_runner_item_on_ok(self, result: Any) -> None:
        self._write(result, failed=False)

    def v2_runner_item_on_failed(self, result: Any) -> None:
        self._write(result, failed=True)
