# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in: passwords, app passwords and sessions, and how old the last proof of a password is."""

from __future__ import annotations

import secrets
import typing as t
from dataclasses import dataclass

from ..values.errors import UNAUTHORISED, OcsError
from .clock import Clock
from .directory import Directory
from .lock_out import LockOut
from .model import Account

PASSWORD_AGE = 30 * 60.0
SESSION_IDLE = 24 * 60 * 60.0

BY_PASSWORD = "password"
BY_TOKEN = "app password"


class Credentials(t.NamedTuple):
    """What a request brings: a login with a secret (Basic), a secret alone (Bearer), a session, or nothing."""

    login: str | None = None
    secret: str | None = None
    session: str | None = None
    keeps_sessions: bool = False
    address: str = "127.0.0.1"


@dataclass
class Session:
    """A sign-in that is remembered: who, when, how."""

    userid: str
    how: str
    since: float
    used: float


class Identity(t.NamedTuple):
    """Who a request is from. `new_session` is set where one was opened; `hashed` where a password was checked."""

    account: Account | None = None
    how: str = ""
    since: float = 0.0
    new_session: str | None = None
    hashed: bool = False


class SignIns:
    """Checks credentials. `hashings` counts passwords checked, which is what a sign-in costs the server."""

    def __init__(
        self, directory: Directory, lock_out: LockOut | None, clock: Clock, is_exempt: t.Callable[[str], bool]
    ) -> None:
        self._directory = directory
        self._lock_out = lock_out
        self._clock = clock
        self._is_exempt = is_exempt
        self._sessions: dict[str, Session] = {}
        self.app_passwords: dict[str, str] = {}
        self.hashings = 0

    def identify(self, given: Credentials) -> Identity:
        """The session decides where there is one: a password sent along is not even looked at."""
        known = self._by_session(given.session)
        if known is not None or given.secret is None:
            return known or Identity()
        guard = None if self._is_exempt(given.address) else self._lock_out
        login = given.login or ""
        if guard is not None:
            guard.check(given.address)
        account, how = self._by_secret(given)
        if account is None:
            if guard is not None:
                guard.failed(given.address, login)
            raise OcsError(UNAUTHORISED, "Unauthorised")
        if not account.enabled:
            raise OcsError(UNAUTHORISED, "Unauthorised")
        if guard is not None:
            guard.succeeded(given.address, login)
        return self._signed_in(account, how, given.keeps_sessions)

    def is_confirmed(self, who: Identity, tokens_confirm: bool) -> bool:
        """Whether a sign-in may make writes that ask for a password."""
        if who.how == BY_TOKEN:
            return tokens_confirm
        return self._clock.now() - who.since <= PASSWORD_AGE

    def end_all_sessions(self) -> None:
        self._sessions.clear()

    def keep_sessions(self, sessions: t.Mapping[str, Session]) -> None:
        self._sessions.update(sessions)

    def end_sessions(self, account: Account) -> None:
        self._sessions = {key: kept for key, kept in self._sessions.items() if kept.userid != account.userid}

    def forget(self, account: Account) -> None:
        """Nothing of a deleted account signs in again, even if its id comes back."""
        self.end_sessions(account)
        self.app_passwords = {
            token: userid for token, userid in self.app_passwords.items() if userid.lower() != account.userid.lower()
        }

    @property
    def sessions(self) -> dict[str, Session]:
        return dict(self._sessions)

    def _by_session(self, key: str | None) -> Identity | None:
        found = self._sessions.get(key or "")
        now = self._clock.now()
        account = self._directory.stored(found.userid) if found else None
        if key is None or found is None or account is None or now - found.used > SESSION_IDLE:
            self._sessions.pop(key or "", None)
            return None
        found.used = now
        return Identity(account, found.how, found.since)

    def _by_secret(self, given: Credentials) -> tuple[Account | None, str]:
        owner = self._directory.account(self.app_passwords.get(given.secret or "", ""))
        if given.login is None:
            return owner, BY_TOKEN
        candidates = self._directory.candidates(given.login)
        if owner is not None and owner in candidates:
            return owner, BY_TOKEN
        self.hashings += bool(candidates)
        found = [account for account in candidates if account.password == given.secret]
        return (found[0] if found else None), BY_PASSWORD

    def _signed_in(self, account: Account, how: str, keep: bool) -> Identity:
        now = self._clock.now()
        if how == BY_PASSWORD:
            self._directory.sync(account)
        account.last_login = int(now)
        account.first_login = account.first_login or int(now)
        key = None
        if keep:
            key = secrets.token_hex(16)
            self._sessions[key] = Session(account.userid, how, now, now)
        return Identity(account, how, now, key, how == BY_PASSWORD)
