# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What preferences were last asserted, in a file of the user's choice: for a server does not give them back.

The file contains only salted hashes of account, key and value. Hashing is slow, but a value with few possibilities
(yes/no) can still be guessed by anyone who can read the file, hence mode 0600.

`whose` is what tells one account on one server from all others.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from contextlib import contextmanager
from typing import Any, Iterator, Mapping

from ansible_collections.community.nextcloud.plugins.module_utils._common import private_file
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import invalid

_OPTION = "ledger"
_ROUNDS = 50_000


def check(path: str) -> None:
    """Failure (invalid) where the file could not be written."""
    private_file.check_folder(_OPTION, path)


def compare(path: str, whose: tuple[str, str], app: str, values: Mapping[str, str | None]) -> dict[str, bool | None]:
    """Of each key, whether this value (None: no such key) was the last to be asserted; None where nothing was."""
    content = _read(path)
    found: dict[str, bool | None] = dict.fromkeys(values)
    for key, name in _names(content["salt"], whose, app, values).items():
        kept = content["assertions"].get(name)
        if kept is not None:
            found[key] = kept == _digest(name, values[key])
    return found


@contextmanager
def recording(path: str, whose: tuple[str, str], app: str, values: Mapping[str, str | None]) -> Iterator[None]:
    """The file is locked while the values are asserted, and holds them once that has succeeded."""
    with private_file.locked(_OPTION, path):
        content = _read(path)
        yield
        for key, name in _names(content["salt"], whose, app, values).items():
            content["assertions"][name] = _digest(name, values[key])
        try:
            private_file.replace(path, content)
        except OSError as error:
            raise invalid(
                _OPTION,
                f"the preferences are set, but {path} cannot be written ({error.strerror}), so the next run will count"
                " them as a change again. Make the file writable.",
            ).but(changed=True) from error


def _read(path: str) -> dict[str, Any]:
    found = private_file.read(_OPTION, path, {"salt", "assertions"})
    if found is None:
        return {"salt": os.urandom(16).hex(), "assertions": {}}
    if not isinstance(found["salt"], str) or not isinstance(found["assertions"], dict):
        raise invalid(
            _OPTION, f"{path} is damaged; delete it. Then the next run counts the preferences as a change again."
        )
    return found


def _names(salt: str, whose: tuple[str, str], app: str, keys: Mapping[str, Any]) -> dict[str, str]:
    """Under what name the file keeps each key."""
    secret = _slow("\0".join(whose), salt)
    return {key: hmac.new(secret, f"{app}\0{key}".encode(), "sha256").hexdigest() for key in keys}


def _digest(name: str, value: str | None) -> str:
    return _slow("absent" if value is None else f"present {value}", name).hex()


def _slow(text: str, salt: str) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", text.encode(), salt.encode(), _ROUNDS)
