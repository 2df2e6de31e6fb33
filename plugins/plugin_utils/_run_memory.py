# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What the tasks, lookups and inventories of one run of Ansible know of each other's sign-ins.

It is in the folder that Ansible makes for each run, which all processes of the run see and which ends with it. A run that is
killed leaves the folder behind. So the content is encrypted, and names say nothing: the key of both is the one by which
Python's processes know each other, which never leaves the memory of the run.
"""

from __future__ import annotations

import fcntl
import hmac
import json
import os
import tempfile
import threading
import time
from base64 import urlsafe_b64encode
from contextlib import contextmanager, suppress
from multiprocessing import current_process
from pathlib import Path
from typing import Any, Callable, Iterable, Iterator, Mapping

from ansible import constants
from ansible_collections.community.nextcloud.plugins.module_utils._api.answers import TELLING_HEADERS, restored
from ansible_collections.community.nextcloud.plugins.module_utils._api.connection import Connection
from ansible_collections.community.nextcloud.plugins.module_utils._api.memory import Failures, Known, Memory
from ansible_collections.community.nextcloud.plugins.module_utils._api.session import Session, memory_of
from ansible_collections.community.nextcloud.plugins.module_utils._common.clock import Clock

try:
    from cryptography.fernet import Fernet, InvalidToken
except ImportError:  # it comes with ansible-core; without it there is no memory
    HAS_CRYPTOGRAPHY = False
else:
    HAS_CRYPTOGRAPHY = True
    # The first use in a process takes longer. This is before workers are forked, so it is the first one of all.
    _first = Fernet(Fernet.generate_key())
    _first.decrypt(_first.encrypt(b""))

# A server locks an address out after ten failed sign-ins. Tasks that are to try again may send so many in all.
MOST_REFUSALS = 5
# Of the environment, what decides how a server is reached.
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
WAY = frozenset((*_PROXIES, *(name.upper() for name in _PROXIES), "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"))
_KEPT_HEADERS = ("Content-Type", *TELLING_HEADERS)
# The locks that each thread holds: a lookup in the environment of a task does not wait for the task.
_HELD: set[tuple[int, Path]] = set()


class RunFailures(Failures):
    """The failed sign-ins of all tasks of the run on one server."""

    def __init__(self, path: Path, seconds: float) -> None:
        super().__init__()
        self._path = path
        self._seconds = seconds

    @contextmanager
    def counted(self) -> Iterator[int]:
        with _locked(self._path.with_suffix(".comparing"), self._seconds):
            yield self._read()

    def add(self, count: int) -> None:
        if count:
            with _locked(self._path.with_suffix(".lock"), self._seconds):
                _write(self._path, {"count": self._read() + count})

    def _read(self) -> int:
        return int(_read(self._path).get("count", 0))


class RunMemory:
    """The memory of one connection for the run; without a session in it, that of the session file counts."""

    def __init__(self, path: Path, connection: Connection, failures: Failures, tries_again: bool = False) -> None:
        """tries_again: a refusal is not the end, as for a task with `until`."""
        self.failures = failures
        self._path = path
        self._beyond = memory_of(connection)
        self._seconds = connection.timeout
        self._tries_again = tries_again

    @contextmanager
    def turn(self, suffices: Callable[[Known], bool]) -> Iterator[Known]:
        known = self._known(suffices)
        if suffices(known):
            yield known
            return
        began = time.time()
        with _locked(self._path.with_suffix(".lock"), self._seconds):
            known = self._known(suffices)
            yield known if suffices(known) else known._replace(silence=self._silence(began))

    def remember(self, known: Known) -> None:
        if known.silence:
            _write(self._path.with_suffix(".silence"), {"at": time.time(), "silence": known.silence})
            return
        self._beyond.remember(known)
        content = known._asdict()
        if known.refusal:
            # Of the headers, all that may matter for a refusal.
            headers = {name: known.refusal.headers[name] for name in _KEPT_HEADERS if name in known.refusal.headers}
            content["refusal"] = known.refusal._replace(headers=headers)
            content["refusals"] = _read(self._path).get("refusals", 0) + 1
            self.failures.add(1)
        _write(self._path, content)

    def writes_confirmed(self) -> bool | None:
        confirmed: bool | None = _read(self._path.with_suffix(".writes")).get("confirmed")
        return confirmed

    def remember_writes(self, confirmed: bool) -> None:
        _write(self._path.with_suffix(".writes"), {"confirmed": confirmed})

    def _known(self, suffices: Callable[[Known], bool]) -> Known:
        content = _read(self._path)
        refusals = content.pop("refusals", 0)
        known = Known(**content)
        if known.refusal:
            known = known._replace(refusal=restored(*known.refusal))
            if self._tries_again and refusals < MOST_REFUSALS:
                known = Known()
        if suffices(known):
            return known
        with self._beyond.turn(suffices) as beyond:
            if not suffices(beyond):
                return known
        _write(self._path, beyond._asdict())
        return beyond

    def _silence(self, since: float) -> tuple[str, bool] | None:
        """Of the request that this one has waited for."""
        content = _read(self._path.with_suffix(".silence"))
        if content.get("at", 0) <= since:
            return None
        reason, lasting = content["silence"]
        return reason, lasting


def open_session(
    connection: Connection,
    clock: Clock = Clock(),
    environment: Mapping[str, str] | None = None,
    tries_again: bool = False,
) -> Session:
    """The session on a connection. environment: variables that decide how it is reached, such as proxies."""
    return Session(connection, clock, of_connection(connection, environment or {}, tries_again=tries_again))


def of_connection(
    connection: Connection, environment: Mapping[str, str], host: str = "", tries_again: bool = False
) -> Memory:
    """host: the one from which the connection is made, where that is not this one."""
    base = _base()
    if not base or not connection.share_session or not HAS_CRYPTOGRAPHY:
        return memory_of(connection)
    folder = _folder_of(base, connection.url, connection.username or "")
    with suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
    decisive = connection._replace(
        timeout=0, max_answer_size=0, retries=0, rate_limit_wait=0, session_file=None, warnings=()
    )
    way = sorted((name, value) for name, value in environment.items() if name in WAY)
    failures = RunFailures(base / f"nextcloud-{_name('failures', connection.url, host)}", connection.timeout)
    return RunMemory(folder / _name(*decisive, way, host), connection, failures, tries_again)


def forget(url: str, userids: Iterable[str]) -> None:
    """What is known of these accounts no longer holds: they have another password, or another state."""
    base = _base()
    if not base:
        return
    for userid in userids:
        for path in _folder_of(base, url, userid).glob("*"):
            if path.suffix != ".lock":
                path.unlink(missing_ok=True)


def _base() -> Path | None:
    """The folder of the run, None where there is none that nobody else can look into."""
    base = Path(constants.DEFAULT_LOCAL_TMP)
    try:
        found = base.stat()
    except OSError:
        return None
    return None if found.st_uid != os.geteuid() or found.st_mode & 0o077 else base


def _folder_of(base: Path, url: str, username: str) -> Path:
    """Where the credentials of an account are."""
    return base / f"nextcloud-{_name(url, username.casefold())}"


def _name(*parts: Any) -> str:
    return hmac.digest(_key("names"), json.dumps(parts).encode(), "sha256").hex()


def _cipher() -> Fernet:
    return Fernet(urlsafe_b64encode(_key("content")))


def _key(purpose: str) -> bytes:
    return hmac.digest(bytes(current_process().authkey), f"community.nextcloud {purpose}".encode(), "sha256")


def _read(path: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(_cipher().decrypt(path.read_bytes()))
    except (OSError, InvalidToken):
        return {}
    return content


def _write(path: Path, content: Mapping[str, Any]) -> None:
    """Write the file whole or not at all, for its owner alone. All that is lost without it is a sign-in."""
    with suppress(OSError):
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".new")
        with os.fdopen(handle, "wb") as file:
            file.write(_cipher().encrypt(json.dumps(content).encode()))
        os.replace(temporary, path)


@contextmanager
def _locked(path: Path, seconds: float) -> Iterator[None]:
    """Nobody else is inside at the same time, unless that lasts so long that it cannot be a sign-in any more.

    Whoever is inside lets the next one in then: one, and not all that wait.
    """
    held = (threading.get_ident(), path)
    lock = None if held in _HELD else _opened(path)
    if lock is None:
        yield
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _HELD.add(held)
        with _let_go(lock, seconds):
            yield
    finally:
        _HELD.discard(held)
        os.close(lock)


def _opened(path: Path) -> int | None:
    try:
        return os.open(path, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError:
        return None


@contextmanager
def _let_go(lock: int, seconds: float) -> Iterator[None]:
    timer = threading.Timer(seconds, fcntl.flock, (lock, fcntl.LOCK_UN))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
