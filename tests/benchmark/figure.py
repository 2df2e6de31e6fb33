# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A figure: what something of ours costs beside a reference, and what is aimed at."""

from __future__ import annotations

import statistics
import time
from typing import Any, Callable, NamedTuple

RUNS = 5


class Figure(NamedTuple):
    """name: what was measured, with its unit; goal: in words; met: whether it was reached."""

    name: str
    ours: float
    reference: float
    goal: str
    met: bool

    def record(self) -> dict[str, Any]:
        """As it stands in build/benchmark.json."""
        ratio = round(self.ours / self.reference, 3) if self.reference else None
        return {
            "name": self.name,
            "ours": round(self.ours, 4),
            "reference": round(self.reference, 4),
            "ratio": ratio,
            "goal": self.goal,
        }

    def line(self) -> str:
        """As a line of a table."""
        verdict = "met" if self.met else "MISSED"
        return f"{self.name:72} {self.ours:10.3f} {self.reference:10.3f}  {verdict:6}  {self.goal}"


def seconds(work: Callable[[], object]) -> float:
    """How long one run takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median(measure: Callable[[], float]) -> float:
    """The median of some measurements."""
    return statistics.median(measure() for unused in range(RUNS))
