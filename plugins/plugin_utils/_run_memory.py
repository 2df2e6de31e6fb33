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
import time
from base64 import urlsafe_b64encode
from contextlib import contextmanager, suppress
from multiprocessing import current_process
from pathlib import Path
from typing import Any, Callable, Iterable, Iterator, Mapping

from ansible import constants
from ansible_collections.community.nextcloud.plugins.module_utils._api.answers import Answer
from ansible_collections.community.nextcloud.plugins.module_utils._api.connection import Connection
from ansible_collections.community.nextcloud.plugins.module_utils._api.memory import Known, Memory
from ansible_collections.community.nextcloud.plugins.module_utils._api.session import Session, memory_of
from ansible_collections.community.nextcloud.plugins.module_utils._common.clock import Clock

try:
    from cryptography.fernet import Fernet, InvalidToken
except ImportError:  # it comes with ansible-core; without it there is no memory
    HAS_CRYPTOGRAPHY = False
else:
    HAS_CRYPTOGRAPHY = True

# A server locks an address out after ten failed sign-ins. Tasks that are to try again may send so many in all.
MOST_REFUSALS = 5
_SECONDS_BETWEEN = 0.02


class RunMemory:
    """The memory of one connection for the run; without a session in it, that of the session file counts."""

    def __init__(self, path: Path, connection: Connection, tries_again: bool = False) -> None:
        """tries_again: a refusal is not the end, as for a task with `until`."""
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
        with _locked(self._path.with_suffix(".lock"), self._seconds):
            yield self._known(suffices)

    def remember(self, known: Known) -> None:
        self._beyond.remember(known)
        content = known._asdict()
        if known.refusal:
            # Whatever the headers are, they do not matter for a refusal.
            content["refusal"] = known.refusal._replace(headers={})
            content["refusals"] = self._read().get("refusals", 0) + 1
        with suppress(OSError):
            _write(self._path, _cipher().encrypt(json.dumps(content).encode()))

    def _known(self, suffices: Callable[[Known], bool]) -> Known:
        content = self._read()
        refusals = content.pop("refusals", 0)
        known = Known(**content)
        if known.refusal:
            known = known._replace(refusal=Answer(*known.refusal))
            if self._tries_again and refusals < MOST_REFUSALS:
                known = Known()
        if suffices(known):
            return known
        with self._beyond.turn(suffices) as beyond:
            return beyond if suffices(beyond) else known

    def _read(self) -> dict[str, Any]:
        try:
            content: dict[str, Any] = json.loads(_cipher().decrypt(self._path.read_bytes()))
        except (OSError, InvalidToken):
            return {}
        return content


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
    folder = _folder_of(connection.url, connection.username or "")
    if not folder or not connection.share_session or not HAS_CRYPTOGRAPHY:
        return memory_of(connection)
    with suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
    decisive = connection._replace(timeout=0, retries=0, rate_limit_wait=0, session_file=None, warnings=())
    return RunMemory(folder / _name(*decisive, sorted(environment.items()), host), connection, tries_again)


def forget(url: str, userids: Iterable[str]) -> None:
    """What is known of these accounts no longer holds: they have another password, or another state."""
    for userid in userids:
        folder = _folder_of(url, userid)
        for path in folder.glob("*") if folder else ():
            if path.suffix != ".lock":
                path.unlink(missing_ok=True)


def _folder_of(url: str, username: str) -> Path | None:
    """Where the credentials of an account are, None where the run has no folder that nobody else can look into."""
    base = Path(constants.DEFAULT_LOCAL_TMP)
    try:
        found = base.stat()
    except OSError:
        return None
    if found.st_uid != os.geteuid() or found.st_mode & 0o077:
        return None
    return base / f"nextcloud-{_name(url, username.casefold())}"


def _name(*parts: Any) -> str:
    return hmac.digest(_key("names"), json.dumps(parts).encode(), "sha256").hex()


def _cipher() -> Fernet:
    return Fernet(urlsafe_b64encode(_key("content")))


def _key(purpose: str) -> bytes:
    return hmac.digest(bytes(current_process().authkey), f"community.nextcloud {purpose}".encode(), "sha256")


def _write(path: Path, content: bytes) -> None:
    """Write the file whole or not at all, for its owner alone."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".new")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.replace(temporary, path)


@contextmanager
def _locked(path: Path, seconds: float) -> Iterator[None]:
    """Nobody else is inside at the same time, unless that has lasted so long that it cannot be a sign-in any more."""
    try:
        lock = os.open(path, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError:
        yield
        return
    try:
        until = time.monotonic() + seconds
        while not _is_locked(lock) and time.monotonic() < until:
            time.sleep(_SECONDS_BETWEEN)
        yield
    finally:
        os.close(lock)


def _is_locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
