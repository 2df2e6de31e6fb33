# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Shows the person at the terminal how far a long task is, while it runs.

It goes to the standard error, because programs may read the standard output as JSON. A task that runs in this process is
asked directly; a shipped module writes a file that is read here.
"""

from __future__ import annotations

import copy
import shlex
import threading
import uuid
from contextlib import contextmanager
from typing import Callable, Iterator

from ansible.errors import AnsibleError
from ansible.module_utils.common.text.converters import to_text
from ansible.plugins.action import ActionBase
from ansible.plugins.connection import ConnectionBase
from ansible.utils.display import Display
from ansible_collections.community.nextcloud.plugins.module_utils._engine.progress_file import VARIABLE
from ansible_collections.community.nextcloud.plugins.plugin_utils import _ansible_internals

# The modules that may run for long; a file for each item of a loop would cost more than it tells.
LONG = frozenset(("directory", "directory_info", "onboarding_complete"))
SECONDS_BETWEEN = 4.0


@contextmanager
def shown(host: str, line: Callable[[], str]) -> Iterator[None]:
    """Show what `line` says of the task of a host every few seconds; '' is not shown."""
    ended = threading.Event()

    def show() -> None:
        while not ended.wait(SECONDS_BETWEEN):
            if text := line():
                Display().display(f"{host}: {text}", stderr=True)

    thread = threading.Thread(target=show, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


@contextmanager
def of_shipped(action: ActionBase, module: str, host: str) -> Iterator[None]:
    """Show what the module writes of its progress, if it may run for long."""
    task = _ansible_internals.task_of(action)
    read = _reader(_ansible_internals.connection_of(action)) if module in LONG and not task.async_val else None
    if read is None:
        yield
        return
    path = f"/tmp/ansible-nextcloud-progress-{uuid.uuid4()}"
    with _ansible_internals.more_environment(task, {VARIABLE: path}), shown(host, lambda: read(path)):
        yield


def _reader(connection: ConnectionBase) -> Callable[[str], str] | None:
    """How a file of the host is read beside a module that runs there; None where there is no way."""
    if connection.transport == "local":
        return _read_here
    if connection.transport == "ssh":
        # The connection itself is busy with the module.
        beside = copy.copy(connection)
        return lambda path: _read_there(beside, path)
    return None


def _read_here(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read().strip()
    except OSError:
        return ""  # the module has not begun, or has ended


def _read_there(connection: ConnectionBase, path: str) -> str:
    try:
        status, output, unused = connection.exec_command(f"cat {shlex.quote(path)}", sudoable=False)
    except AnsibleError:
        return ""
    return "" if status else to_text(output).strip()
