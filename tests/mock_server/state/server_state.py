# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The state of one server, put together from its parts. Knows nothing of HTTP."""

from __future__ import annotations

import typing as t

from ..values import fields, php, quota
from . import ldap_people
from .allow_list import AllowList
from .apps import Apps
from .directory import Directory
from .lock_out import LockOut
from .model import ADMIN_GROUP, PROFILE_FIELDS, Account, Group, Mail, Record
from .rate_limits import RateLimits
from .record import Viewer
from .settings import Settings
from .signin import SignIns

_VERSIONS = {32: (32, 0, 1, 2), 34: (34, 0, 0, 5)}
_APP_ID = "bruteforcesettings"


class State:
    """Everything a server remembers, and short ways to fill it for a test."""

    def __init__(self, settings: Settings, empty: bool = False) -> None:
        """As a server is after its installation; or without any account and group."""
        self.settings = settings
        self.clock = settings.clock
        self.maintenance = False
        self.directory = Directory(frozenset(settings.delegates))
        self.apps = Apps(settings.version)
        self.allow_list = AllowList()
        self.rate_limits = RateLimits(settings.clock, settings.rate_limit_window)
        self.lock_out = LockOut(settings.clock)
        self.sign_ins = SignIns(
            self.directory, self.lock_out if settings.brute_force else None, settings.clock, self.allow_list.holds
        )
        self.sign_ins.app_passwords.update(settings.app_passwords)
        # What happened that leaves no other trace, as account ids.
        self.wiped: list[str] = []
        self.welcomed: list[str] = []
        if not empty:
            self.add_group(ADMIN_GROUP)
            self.add_account("admin", "admin", groups=[ADMIN_GROUP])
            if settings.ldap != "off":
                ldap_people.fill(self.directory, settings.ldap == "passwords")

    # Filling it

    def add_account(
        self,
        userid: str,
        password: str = "Zk3-qweR!plo9",
        *,
        groups: t.Iterable[str] = (),
        subadmin: t.Iterable[str] = (),
        **fields: t.Any,
    ) -> Account:
        """An account as a test wants it, unchecked. `fields` are those of Account, or of its profile."""
        profile = {name: fields.pop(name) for name in PROFILE_FIELDS if name in fields}
        if "quota" in fields:
            fields["quota"] = quota.stored_form(fields["quota"])
        mails = fields.pop("additional_mail", ())
        account = Account(userid, password, **fields)
        account.profile.update(profile)
        account.additional_mail.extend(map(Mail, mails))
        self.directory.add(account)
        for groupid in groups:
            self._seeded_group(groupid).members[userid] = None
        for groupid in subadmin:
            self._seeded_group(groupid).subadmins[userid] = None
        return account

    def add_group(self, groupid: str, display_name: str = "", members: t.Iterable[str] = ()) -> Group:
        group = self.directory.add_group(groupid, display_name)
        group.members.update((userid, None) for userid in members)
        return group

    def account(self, userid: str) -> Account:
        """An account that must be there."""
        found = self.directory.account(userid)
        if found is None:
            raise KeyError(userid)
        return found

    def group(self, groupid: str) -> Group:
        """A group that must be there."""
        found = self.directory.group(groupid)
        if found is None:
            raise KeyError(groupid)
        return found

    def _seeded_group(self, groupid: str) -> Group:
        return self.directory.group(groupid) or self.add_group(groupid)

    # Asking it

    @property
    def version(self) -> tuple[int, int, int, int]:
        return _VERSIONS[self.settings.version]

    @property
    def default_quota(self) -> str:
        """The quota of accounts without their own. Where none is set and none is forbidden, the first that is offered."""
        unset = "none" if self._may_be_unlimited else self._first_preset
        return self.apps.value("files", "default_quota", unset)

    @property
    def _first_preset(self) -> str:
        """Of the quotas that the page of accounts offers; none where it offers no size."""
        presets = map(php.trim, self.apps.value("files", "quota_preset", "1 GB, 5 GB, 10 GB").split(","))
        return next((preset for preset in presets if preset not in ("", "default", "none")), "none")

    @property
    def _may_be_unlimited(self) -> bool:
        return self.apps.value("files", "allow_unlimited_quota", "1") == "1"

    def size(self, value: str) -> str:
        """The stored form of a quota that this server allows; ValueError where it is none or too large."""
        stored = fields.size(value)
        most = php.integer(self.apps.value("files", "max_quota", "-1"))
        if stored == "none" and not self._may_be_unlimited:
            raise ValueError("Unlimited quota is forbidden")
        if most != -1 and stored not in ("none", "default") and quota.parse_size(value) > most:
            raise ValueError("Invalid quota value: %s is too large" % value)
        return stored

    def viewer(self, actor: Account) -> Viewer:
        return Viewer(self.directory, actor, self.default_quota, self.settings.forced_language)

    def record(self, account: Account, actor: Account, own: bool = False) -> Record:
        return self.viewer(actor).record(account, self.directory.ties_of([account])[account.userid], own)

    # Rules that need several parts

    def count_limited(self, bucket: str, actor: Account, address: str) -> None:
        """Count a limited call; not where limits are off or the address is exempt from them."""
        lifted = self.apps.value(_APP_ID, "apply_allowlist_to_ratelimit").lower() in ("1", "true", "yes", "on")
        if self.settings.rate_limit and not (lifted and self.allow_list.holds(address)):
            self.rate_limits.count(bucket, actor.userid)

    def set_password(self, account: Account, password: str) -> None:
        """A new password ends every session."""
        account.password = password
        self.sign_ins.end_sessions(account)

    def set_enabled(self, account: Account, enabled: bool) -> None:
        account.enabled = enabled
        if not enabled:
            self.sign_ins.end_sessions(account)

    def delete(self, account: Account) -> None:
        self.directory.remove(account)
        self.sign_ins.forget(account)
