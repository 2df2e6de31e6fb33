# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of the app `bruteforcesettings`: networks exempt from brute-force protection, and on demand from limits."""

from __future__ import annotations

import re
import typing as t

from ..state.server_state import State
from ..values.errors import BadField
from .params import Params

_PATH = re.compile(r"(?:/index\.php)?/apps/bruteforcesettings/ipwhitelist(?:/(\d+))?")


class IpList:
    """Not part of the OCS API: plain JSON without an envelope."""

    def __init__(self, state: State) -> None:
        self._state = state

    def lives_at(self, path: str) -> bool:
        """Nowhere while the app is disabled."""
        return _PATH.fullmatch(path) is not None and "bruteforcesettings" in self._state.apps.enabled()

    def answer(self, method: str, path: str, params: Params) -> tuple[int, t.Any]:
        """Status and data. Masks are numbers when an entry is made, and text when it is listed."""
        found = _PATH.fullmatch(path)
        entry = found.group(1) if found else None
        allowed = self._state.allow_list
        if method == "GET" and entry is None:
            return 200, [{"id": number, "ip": ip, "mask": str(mask)} for number, ip, mask in allowed.entries()]
        if method == "DELETE" and entry is not None:
            allowed.remove(int(entry))
            return 200, []
        if method == "POST" and entry is None:
            ip, mask = params.text("ip"), params.number("mask")
            if mask is None:
                raise BadField()
            try:
                return 200, {"id": allowed.add(ip, mask), "ip": ip, "mask": mask}
            except ValueError:
                return 400, []
        return 405, None
