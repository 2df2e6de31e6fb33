# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measure all, or the modules named as arguments: print a table, and write build/benchmark.json.

The figures are of a machine with nothing else to do. A goal that is missed is said, and is no error.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

from benchmark.figure import Figure

HERE = Path(__file__).parent
RESULT = HERE.parents[1] / "build" / "benchmark.json"


def main(names: list[str]) -> None:
    measured: list[Figure] = []
    for name in names or sorted(path.stem for path in HERE.glob("[a-z]*.py")):
        for figure in getattr(import_module(f"benchmark.{name}"), "figures", tuple)():
            print(figure.line(), flush=True)
            measured.append(figure)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps([figure.record() for figure in measured], indent=2) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
