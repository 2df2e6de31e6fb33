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
from typing import Any

from ansible_collections.community.nextcloud.plugins.module_utils._api.connection import Connection
from ansible_collections.community.nextcloud.plugins.module_utils._common import private_file
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import invalid

# Slow enough that the file is of no help in guessing a password, fast enough beside one request.
_KEY_ROUNDS = 50_000


def load(path: str, connection: Connection) -> dict[str, Any] | None:
    """The session kept for this connection: {cookies: [[name, value, domain, path]], signed_in_at: epoch seconds}, or None."""
    content = _read(path)
    kept: dict[str, Any] | None = content["sessions"].get(_key(connection, content["salt"]))
    return kept


def store(path: str, connection: Connection, session: dict[str, Any] | None) -> None:
    """Keep `session` for this connection, or forget what is kept for it where it is None."""
    with private_file.locked("session_file", path):
        content = _read(path)
        key = _key(connection, content["salt"])
        if session is None:
            content["sessions"].pop(key, None)
        else:
            content["sessions"][key] = session
        private_file.replace(path, content)


def _read(path: str) -> dict[str, Any]:
    found = private_file.read("session_file", path, {"salt", "sessions"})
    if found is None:
        return {"salt": os.urandom(16).hex(), "sessions": {}}
    if not isinstance(found["salt"], str) or not isinstance(found["sessions"], dict):
        raise invalid("session_file", f"{path} is damaged; delete it")
    return found


def _key(connection: Connection, salt: str) -> str:
    who = "\0".join((connection.url, connection.username or "", connection.password or "", connection.token or ""))
    return hashlib.pbkdf2_hmac("sha256", who.encode(), salt.encode(), _KEY_ROUNDS).hex()
