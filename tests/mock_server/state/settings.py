# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a mock server can be told: version, limits, latency, where it lives, and which clock it reads."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from .clock import Clock, SystemClock

VERSIONS = (32, 34)
LATENCIES = ("none", "measured")
LDAP = ("off", "on", "passwords")


@dataclass(frozen=True)
class Settings:
    """How a mock server behaves.

    `rate_limit_window`: seconds in which 50 edits fit; the window of collections is a tenth of it.
    `workers`: requests that are worked on at once where latency is measured.
    `app_passwords`: a token to the account it belongs to.
    `ldap`: `on`: people and groups of a second backend; `passwords`: it lets passwords be changed.
    `app_passwords_confirm`: whether they make writes that want a confirmed password, as of a network that is exempt from
    it; None is as the version does.
    `forced_language`: of all accounts, whatever they set; '' is none.
    `heeds_offset`: whether lists go on where a page asks for it; a backend may begin each page anew.
    `names_locked`: nobody sets the own display name or address.
    `delegates`: ids of accounts to which the administration of accounts is delegated, as far as PATCH shows.
    `gateway_header`: such as `X-Gateway-Key: open`; what stands in front of the server refuses requests without it.
    `state_file`: where the state is read at the start and kept after each write; '' is nowhere.
    """

    version: int = 32
    rate_limit: bool = True
    brute_force: bool = True
    rate_limit_window: float = 600.0
    latency: str = "none"
    workers: int = 2
    base_path: str = ""
    gateway_header: str = ""
    trusted_hosts: tuple[str, ...] = ()
    app_passwords: t.Mapping[str, str] = field(default_factory=dict)
    app_passwords_confirm: bool | None = None
    forced_language: str = ""
    names_locked: bool = False
    delegates: tuple[str, ...] = ()
    default_phone_region: str = ""
    ldap: str = "off"
    heeds_offset: bool = True
    state_file: str = ""
    clock: Clock = field(default_factory=SystemClock)

    @property
    def tokens_confirm(self) -> bool:
        """Whether app passwords make writes that want a confirmed password."""
        return self.version < 34 if self.app_passwords_confirm is None else self.app_passwords_confirm

    def __post_init__(self) -> None:
        if self.version not in VERSIONS:
            raise ValueError("version must be one of %s, not %r" % (", ".join(map(str, VERSIONS)), self.version))
        if self.latency not in LATENCIES:
            raise ValueError("latency must be one of %s, not %r" % (", ".join(LATENCIES), self.latency))
        if self.ldap not in LDAP:
            raise ValueError("ldap must be one of %s, not %r" % (", ".join(LDAP), self.ldap))
        if self.rate_limit_window <= 0:
            raise ValueError("rate_limit_window must be more than 0 seconds, not %r" % self.rate_limit_window)
        if self.workers < 1:
            raise ValueError("workers must be 1 or more, not %r" % self.workers)
        if self.gateway_header and ": " not in self.gateway_header:
            raise ValueError("gateway_header must be empty or like X-Gateway-Key: open, not %r" % self.gateway_header)
        if self.base_path and (not self.base_path.startswith("/") or self.base_path.endswith("/")):
            raise ValueError("base_path must be empty or like /nextcloud, not %r" % self.base_path)
