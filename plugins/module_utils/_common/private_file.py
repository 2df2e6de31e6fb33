# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""A file of JSON that only its owner may read: created 0600, written whole or not at all, locked against a second task.

`option` is the name of the option that names the file, for messages.
"""

from __future__ import annotations

import fcntl
import json
import os
import stat
import tempfile
from contextlib import contextmanager
from typing import Any, Iterator

from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure, invalid


def check_folder(option: str, path: str) -> None:
    """Failure (invalid) where the file could not be written."""
    folder = os.path.dirname(os.path.abspath(path))
    if not os.access(folder, os.W_OK):
        raise invalid(option, f"directory {folder} does not exist or is not writable")


def read(option: str, path: str, keys: set[str]) -> dict[str, Any] | None:
    """What the file holds, None where there is none. Failure (invalid) unless it is an object with these keys."""
    content = read_object(option, path)
    if content is not None and set(content) != keys:
        raise _foreign(option, path)
    return content


def read_object(option: str, path: str) -> dict[str, Any] | None:
    """What the file holds, None where there is none. Failure (invalid) unless it is an object."""
    try:
        with open(path, encoding="utf-8") as file:
            mode = os.fstat(file.fileno()).st_mode
            if not stat.S_ISREG(mode) or mode & 0o077:
                raise invalid(option, f"{path} is readable by other users; set its mode to 0600")
            content = json.load(file)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise invalid(option, f"{path} cannot be read: {error.strerror}") from error
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise _foreign(option, path)
    return content


def _foreign(option: str, path: str) -> Failure:
    return invalid(option, f"{path} contains something else; delete it or set another file")


@contextmanager
def locked(option: str, path: str) -> Iterator[None]:
    """Nobody else changes the file meanwhile. The lock is a file beside it: the file itself is replaced."""
    try:
        lock = os.open(f"{path}.lock", os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise invalid(option, f"{path}.lock cannot be locked: {error.strerror}") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def replace(path: str, content: dict[str, Any]) -> None:
    """Write the file anew, whole or not at all."""
    folder = os.path.dirname(os.path.abspath(path))
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{os.path.basename(path)}-")  # created 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file, indent=4)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
