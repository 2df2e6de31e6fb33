# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""An answer comes within a time and a size, or not at all."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from typing import TYPE_CHECKING, Callable, TypeVar

if TYPE_CHECKING:
    import requests

MIB = 1024 * 1024
_CHUNK = 64 * 1024
# A network library that notices by itself says more of it than that the time is over.
_GRACE = 2.0

Result = TypeVar("Result")


class TookTooLong(Exception):
    """An answer was not whole within the time, or what it came in had no end."""


class TooLarge(Exception):
    """An answer is larger than may be."""


def within(seconds: float, work: Callable[[], Result]) -> Result:
    """What `work` returns or raises. TookTooLong: it goes on in a thread that nobody waits for.

    The timeouts of sockets are no limit: they begin anew with every byte that arrives.
    """
    outcome: Future[Result] = Future()

    def run() -> None:
        try:
            outcome.set_result(work())
        except BaseException as error:  # noqa: BLE001  # pylint: disable=broad-exception-caught  # who waits raises it
            outcome.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    try:
        return outcome.result(seconds + min(seconds, _GRACE))
    except FutureTimeout:
        if outcome.done():
            raise
        raise TookTooLong from None


def content_of(response: requests.Response, most: int) -> bytes:
    """The body of a response that is being streamed. TooLarge: it has more bytes, once unpacked, than `most`."""
    parts = []
    size = 0
    for part in response.iter_content(_CHUNK):
        size += len(part)
        if size > most:
            response.close()
            raise TooLarge
        parts.append(part)
    return b"".join(parts)
