# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The things a server keeps: accounts and groups. Plain data, no rules."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

ADMIN_GROUP = "admin"
# What a first sign-in puts into an account's files.
SKELETON_BYTES = 20174294

PROFILE_FIELDS = (
    "phone",
    "address",
    "website",
    "twitter",
    "bluesky",
    "fediverse",
    "organisation",
    "role",
    "headline",
    "biography",
    "profile_enabled",
    "pronouns",
)
FEDERATED_BY_DEFAULT = ("avatar", "email", "displayname", "pronouns")
SCOPED_FIELDS = ("avatar", "email", "displayname") + PROFILE_FIELDS + ("birthdate",)
LOCAL_SCOPE = "v2-local"


def _first_profile() -> dict[str, str]:
    return {name: "1" if name == "profile_enabled" else "" for name in PROFILE_FIELDS}


def _first_scopes() -> dict[str, str]:
    return {name: "v2-federated" if name in FEDERATED_BY_DEFAULT else LOCAL_SCOPE for name in SCOPED_FIELDS}


@dataclass
class Mail:
    """One of an account's further addresses. The server does not mind the same one twice."""

    address: str
    scope: str = LOCAL_SCOPE


@dataclass
class Account:
    """One account. An empty `display_name` was never set: the id is shown, and lists sort such accounts last."""

    userid: str
    password: str
    display_name: str = ""
    email: str | None = None
    additional_mail: list[Mail] = field(default_factory=list)
    verified_mail: set[str] = field(default_factory=set)
    notify_email: str | None = None
    quota: str = "default"
    language: str = "en"
    locale: str = ""
    timezone: str = ""
    first_day_of_week: int = -1
    birthdate: str = ""
    manager: str = ""
    profile: dict[str, str] = field(default_factory=_first_profile)
    scopes: dict[str, str] = field(default_factory=_first_scopes)
    preferences: dict[tuple[str, str], str] = field(default_factory=dict)
    enabled: bool = True
    backend: str = "Database"
    # Of another backend, whether it lets the password be set all the same.
    changes_password: bool = False
    storage_ready: bool = True
    first_login: int = 0
    last_login: int = 0
    seen: bool = False

    @property
    def writable(self) -> bool:
        """Whether the account's backend lets the name be set."""
        return self.backend == "Database"

    @property
    def password_writable(self) -> bool:
        return self.writable or self.changes_password

    @property
    def notified_at(self) -> str | None:
        return self.notify_email or self.email

    @property
    def shown_name(self) -> str:
        return self.display_name or self.userid

    @property
    def used_bytes(self) -> int:
        return SKELETON_BYTES if self.first_login else 0


@dataclass
class Group:
    """One group. Members and sub-admins are ids in the order they came in.

    `nested`: how many groups are members of a group of the second backend: they are counted, and nothing else.
    """

    groupid: str
    display_name: str
    members: dict[str, None] = field(default_factory=dict)
    subadmins: dict[str, None] = field(default_factory=dict)
    backend: str = "Database"
    nested: int = 0

    @property
    def writable(self) -> bool:
        """Whether the group's backend lets its members and its name be changed."""
        return self.backend == "Database"


Record = dict[str, t.Any]
