# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A mock Nextcloud server that behaves as recorded, for tests, demonstrations and benchmarks."""

from __future__ import annotations

from .admin import Admin
from .faults.planned import Fault
from .server import MockServer
from .state.clock import HandClock, SystemClock
from .state.population import fill
from .state.settings import Settings
from .web.adapter import MockAdapter, mounted_session
from .web.serving import serve

__all__ = [
    "Admin",
    "Fault",
    "HandClock",
    "MockAdapter",
    "MockServer",
    "Settings",
    "SystemClock",
    "fill",
    "mounted_session",
    "serve",
]
