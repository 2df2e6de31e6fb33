# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a real server takes for single pieces of work, in seconds of one core: measured on two cores."""

from __future__ import annotations

HASHING = 0.45
NEW_PASSWORD = HASHING
# An account in a list, on its first sight and later.
FIRST_SIGHT = 0.040
RECORD = 0.007
