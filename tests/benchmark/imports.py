# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What it costs to import the collection, beside what it costs to import `requests`."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from typing import Iterator

from benchmark.figure import Figure, median
from benchmark.playbook import COLLECTIONS

PACKAGE = "ansible_collections.community.nextcloud.plugins.module_utils"
SCRIPT = """
import time
import ansible.module_utils.basic
times = [time.perf_counter()]
import requests
times.append(time.perf_counter())
import {package}._engine.module, {package}._accounts.user
times.append(time.perf_counter())
print(times[{number} + 1] - times[{number}])
"""


def figures() -> Iterator[Figure]:
    """Milliseconds."""
    library, own = (1000 * median(partial(_seconds, number)) for number in (0, 1))
    yield Figure(
        "import of the collection, beside requests (ms)", own, library, "no more than requests", own <= library
    )


def _seconds(number: int) -> float:
    script = SCRIPT.format(package=PACKAGE, number=number)
    environment = {**os.environ, "PYTHONPATH": COLLECTIONS}
    command = [sys.executable, "-c", script]
    return float(subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout)
