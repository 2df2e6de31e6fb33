# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Time as the collection sees it; tests bring their own."""

from __future__ import annotations

import time
from typing import Callable, NamedTuple


class Clock(NamedTuple):
    """now: seconds since the epoch; sleep: wait so many seconds."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
