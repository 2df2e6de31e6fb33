# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Ansible masks of a result: every place where the value of a secret option stands, though it may be an id there."""

from __future__ import annotations

import json
from typing import Any, Mapping


def masked_options(result: Mapping[str, Any], secrets: Mapping[str, str]) -> list[str]:
    """Of the secret options, by name, those whose value is in the result. No value of one is in the names."""
    text = json.dumps(result, ensure_ascii=False, default=str)
    return sorted(name for name, value in secrets.items() if json.dumps(value, ensure_ascii=False)[1:-1] in text)
