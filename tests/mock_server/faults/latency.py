# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a real server takes, measured on two cores: hashing a password is dear, all else is cheap."""

from __future__ import annotations

import threading
import time

from ..operations.seconds import HASHING

# Opening a session after the password was found right.
NEW_SESSION = 0.7
WITH_SESSION = 0.030
WITHOUT_SESSION = 0.040


def cost(hashings: int, new_session: bool, has_session: bool, work: float) -> float:
    """Seconds of one core that a request takes."""
    signing_in = hashings * (HASHING + (NEW_SESSION if new_session else 0))
    return signing_in + (WITH_SESSION if has_session else WITHOUT_SESSION) + work


class Latency:
    """Makes requests take their time. So many workers work at once, and further requests wait."""

    def __init__(self, workers: int) -> None:
        self._workers = threading.BoundedSemaphore(workers)

    def spend(self, seconds: float) -> None:
        with self._workers:
            time.sleep(max(0.0, seconds))
