# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""A signed-in session kept between tasks, in a file of the user's choice.

The file is as good as a password for as long as the session lives. Its entries are found only by who knows url, account
and password.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager, suppress
from typing import Any, Callable, Iterator

from ansible_collections.community.nextcloud.plugins.module_utils._api.connection import Connection
from ansible_collections.community.nextcloud.plugins.module_utils._api.memory import Failures, Known, MemoryOfWrites
from ansible_collections.community.nextcloud.plugins.module_utils._common import private_file
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure, invalid

# Slow enough that the file is of no help in guessing a password, fast enough beside one request.
_KEY_ROUNDS = 50_000


class SessionFile(MemoryOfWrites):
    """The memory of a connection in its session file. It keeps no refusals, and does not keep others from signing in."""

    def __init__(self, path: str, connection: Connection) -> None:
        self._path = path
        self._connection = connection
        self.failures = Failures()

    @contextmanager
    def turn(self, suffices: Callable[[Known], bool]) -> Iterator[Known]:
        """Failure (invalid) for a file that cannot be used."""
        content = _read(self._path)
        session = content["sessions"].get(_key(self._connection, content["salt"]))
        if session is not None and not _is_session(session):
            raise _damaged(self._path)
        yield Known(session, accepted=session is not None)

    def remember(self, known: Known) -> None:
        if known.silence:
            return
        session = known.session if known.session and known.session["cookies"] else None
        with suppress(OSError), private_file.locked("session_file", self._path):
            content = _read(self._path)
            key = _key(self._connection, content["salt"])
            if session != content["sessions"].pop(key, None):
                if session:
                    content["sessions"][key] = session
                private_file.replace(self._path, content)


def _read(path: str) -> dict[str, Any]:
    found = private_file.read("session_file", path, {"salt", "sessions"})
    if found is None:
        return {"salt": os.urandom(16).hex(), "sessions": {}}
    if not isinstance(found["salt"], str) or not isinstance(found["sessions"], dict):
        raise _damaged(path)
    return found


def _damaged(path: str) -> Failure:
    return invalid("session_file", f"{path} is damaged; delete it")


def _is_session(found: Any) -> bool:
    """Whether an entry has the form of `Known.session`."""
    if not isinstance(found, dict) or not isinstance(found.get("cookies"), list):
        return False
    at = found.get("signed_in_at")
    return isinstance(at, (int, float)) and not isinstance(at, bool) and all(map(_is_cookie, found["cookies"]))


def _is_cookie(found: Any) -> bool:
    """Whether it is [name, value, domain, path], of which a cookie may be without a value."""
    if not isinstance(found, list) or len(found) != 4:
        return False
    name, value, domain, path = found
    parts = (name, "" if value is None else value, domain, path)
    return bool(name) and all(isinstance(part, str) and part.isascii() and part.isprintable() for part in parts)


def _key(connection: Connection, salt: str) -> str:
    parts = [connection.url, connection.username or "", connection.password or "", connection.token or ""]
    # A gateway may let others in by other headers, or as somebody else.
    who = "\0".join((*parts, *(part for header in connection.headers for part in header)))
    return hashlib.pbkdf2_hmac("sha256", who.encode(), salt.encode(), _KEY_ROUNDS).hex()
