# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The networks that are exempt from lock-out, and on demand from rate limits."""

from __future__ import annotations

import ipaddress


class AllowList:
    """Networks an administrator has exempted. They are listed as they were written."""

    def __init__(self) -> None:
        self.networks: dict[int, tuple[str, int]] = {}
        self.last_id = 0

    def add(self, ip: str, mask: int) -> int:
        """The new entry's id; ValueError where it is no network."""
        ipaddress.ip_network((ip, mask), strict=False)
        self.last_id += 1
        self.networks[self.last_id] = (ip, mask)
        return self.last_id

    def remove(self, entry: int) -> None:
        self.networks.pop(entry, None)

    def entries(self) -> list[tuple[int, str, int]]:
        return [(entry, ip, mask) for entry, (ip, mask) in self.networks.items()]

    def holds(self, address: str) -> bool:
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(found in ipaddress.ip_network(network, strict=False) for network in self.networks.values())
