# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""A file of JSON that only its owner may read: created 0600, written whole or not at all, locked against a second task.

`option` is the name of the option that names the file, for messages.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import socket
import stat
import tempfile
from contextlib import contextmanager, suppress
from typing import Any, Iterator

from ansible_collections.community.nextcloud.plugins.module_utils._common.clock import Clock
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure, invalid

# How long a task waits for another one that holds a lock, and between two looks.
LOCK_SECONDS = 300
_LOCK_PAUSE = 0.1
_SHOWN_HOLDER = 200


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
        with open(_opened(option, path, os.O_RDONLY), encoding="utf-8") as file:
            if os.fstat(file.fileno()).st_mode & 0o077:
                raise invalid(option, f"{path} is readable by other users; set its mode to 0600")
            content = json.load(file)
        json.dumps(content, ensure_ascii=False).encode()  # half of a pair is no text
    except FileNotFoundError:
        return None
    except OSError as error:
        raise invalid(option, f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise _foreign(option, path)
    return content


def _foreign(option: str, path: str) -> Failure:
    return invalid(option, f"{path} is damaged or contains something else; delete it or set another file")


def _opened(option: str, path: str, flags: int) -> int:
    """A descriptor of an ordinary file of this user. To open something else could wait forever, or do something.

    Failure (invalid) says so; OSError where it cannot be opened.
    """
    # What is there may be replaced between the look and the opening: so a second look, and nothing waits in between.
    with suppress(FileNotFoundError):
        _check_ordinary(option, path, os.stat(path))
    descriptor = os.open(path, flags | os.O_NONBLOCK | os.O_CLOEXEC, 0o600)
    try:
        _check_ordinary(option, path, os.fstat(descriptor))
    except Failure:
        os.close(descriptor)
        raise
    return descriptor


def _check_ordinary(option: str, path: str, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise invalid(option, f"{path} must be a regular file")
    # Root can read the files of others too, but whoever owns one decides what is in it.
    if found.st_uid != os.geteuid():
        raise invalid(option, f"{path} belongs to another user; change its owner, or set another file")


@contextmanager
def locked(option: str, path: str, clock: Clock = Clock()) -> Iterator[None]:
    """Nobody else changes the file meanwhile. The lock is a file beside it: the file itself is replaced.

    Failure (conflict) where another process holds it for longer than `LOCK_SECONDS`; it says which.
    """
    name = f"{path}.lock"
    try:
        lock = _opened(option, name, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW)
    except OSError as error:
        reason = "it is a symbolic link" if error.errno == errno.ELOOP else error.strerror
        raise invalid(option, f"{name} cannot be locked: {reason}") from error
    try:
        _wait_for(option, name, lock, clock)
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"process {os.getpid()} on {socket.gethostname()}".encode(), 0)
        yield
    finally:
        os.close(lock)


def _wait_for(option: str, name: str, lock: int, clock: Clock) -> None:
    end = clock.now() + LOCK_SECONDS
    while True:
        try:
            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if clock.now() < end:
                clock.sleep(_LOCK_PAUSE)
                continue
        holder = os.pread(lock, _SHOWN_HOLDER, 0).decode("ascii", "replace")
        who = holder if holder.isprintable() and holder else "another process"
        raise Failure(
            "conflict",
            f"{option}: {name} has been locked by {who} for more than {LOCK_SECONDS} seconds. Wait until that has ended, or"
            " end it, and run the task again. The lock ends with the process; the file can stay.",
        )


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
