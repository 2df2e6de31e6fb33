# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""A signed-in session kept between tasks, in a file of the user's choice.

The file is as good as a password for as long as the session lives: it is created 0600, refused where others can read
it, written whole or not at all, and its entries are found only by who knows url, account and password.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import stat
import tempfile
from contextlib import contextmanager
from typing import Any, Iterator

from ansible_collections.community.nextcloud.plugins.module_utils._connection import Connection
from ansible_collections.community.nextcloud.plugins.module_utils._errors import invalid

# Slow enough that the file is of no help in guessing a password, fast enough beside one request.
_KEY_ROUNDS = 50_000


def load(path: str, connection: Connection) -> dict[str, Any] | None:
    """The session kept for this connection: {cookies: {name: value}, signed_in_at: epoch seconds}, or None."""
    return _read(path)["sessions"].get(_key(connection, _read(path)["salt"]))


def store(path: str, connection: Connection, session: dict[str, Any] | None) -> None:
    """Keep `session` for this connection, or forget what is kept for it where it is None."""
    with _locked(path):
        content = _read(path)
        key = _key(connection, content["salt"])
        if session is None:
            content["sessions"].pop(key, None)
        else:
            content["sessions"][key] = session
        _replace(path, content)


def _key(connection: Connection, salt: str) -> str:
    who = "\0".join((connection.url, connection.username or "", connection.password or "", connection.token or ""))
    return hashlib.pbkdf2_hmac("sha256", who.encode(), bytes.fromhex(salt), _KEY_ROUNDS).hex()


def _read(path: str) -> dict[str, Any]:
    empty: dict[str, Any] = {"salt": os.urandom(16).hex(), "sessions": {}}
    try:
        with open(path, encoding="utf-8") as file:
            mode = os.fstat(file.fileno()).st_mode
            if not stat.S_ISREG(mode) or mode & 0o077:
                raise invalid("session_file", f"{path} can be read by others; a file of mode 0600 is accepted")
            content = json.load(file)
    except FileNotFoundError:
        return empty
    except OSError as error:
        raise invalid("session_file", f"{path} cannot be read: {error.strerror}") from error
    except ValueError:
        raise invalid("session_file", f"{path} does not hold sessions; remove it or name another file") from None
    if not isinstance(content, dict) or set(content) != set(empty):
        raise invalid("session_file", f"{path} does not hold sessions; remove it or name another file")
    return content


@contextmanager
def _locked(path: str) -> Iterator[None]:
    """Two tasks at once must not lose each other's session."""
    lock = os.open(f"{path}.lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _replace(path: str, content: dict[str, Any]) -> None:
    folder = os.path.dirname(os.path.abspath(path))
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".session-")  # created 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
