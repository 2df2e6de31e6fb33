# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A mock server in a process of its own, so that it takes no time of the interpreter from what is measured."""

from __future__ import annotations

import multiprocessing
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any, Callable, Iterator, NamedTuple

from mock_server import MockServer, Settings, serve


class Count(NamedTuple):
    """What a server was asked. sign_ins: how many passwords it has hashed."""

    requests: int
    sign_ins: int


class Server:
    """The server as those see it who measure."""

    def __init__(self, url: str, pipe: Connection) -> None:
        self.url = url
        self._pipe = pipe

    def count(self) -> Count:
        """What it was asked so far."""
        self._pipe.send(None)
        return self._pipe.recv()

    def reads(self, work: Callable[[], object]) -> list[str]:
        """The paths, with their queries, that were asked for meanwhile."""
        before = self.count().requests
        work()
        self._pipe.send(before)
        return self._pipe.recv()

    def counted(self, work: Callable[[], object]) -> Count:
        """What it was asked meanwhile."""
        before = self.count()
        work()
        after = self.count()
        return Count(after.requests - before.requests, after.sign_ins - before.sign_ins)


@contextmanager
def served(prepare: Callable[[MockServer], None] | None = None, **settings: Any) -> Iterator[Server]:
    """A server with these settings. prepare: fills it, in its own process; a function of a module."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there, prepare, settings))
    process.start()
    there.close()
    try:
        yield Server(here.recv(), here)
    finally:
        here.close()
        process.join()


def _serve(pipe: Connection, prepare: Callable[[MockServer], None] | None, settings: dict[str, Any]) -> None:
    server = MockServer(Settings(**settings))
    if prepare:
        prepare(server)
    with serve(server) as url:
        pipe.send(url)
        try:
            while True:
                since = pipe.recv()
                if since is None:
                    pipe.send(Count(server.journal.requests, server.sign_ins))
                else:
                    pipe.send([f"{entry.path}?{entry.query}" for entry in list(server.journal)[since:]])
        except EOFError:
            pass  # nobody measures any more
