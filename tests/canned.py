# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A server that says over sockets what it is given, right or wrong."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress


class CannedServer:
    """A server that answers with what it is given, and then goes on with one byte after the other, if that is wanted."""

    def __init__(self, answer: bytes, trickles: bool = False) -> None:
        self.answer, self.trickles = answer, trickles
        self.requests = 0
        self._ends = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __enter__(self) -> CannedServer:
        self._thread.start()
        return self

    def __exit__(self, *unused: object) -> None:
        self._ends.set()
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()

    def _serve(self) -> None:
        while not self._ends.is_set():
            with suppress(OSError):
                client, unused = self._socket.accept()
                with client:
                    client.recv(65536)
                    self.requests += 1
                    client.sendall(self.answer)
                    while self.trickles and not self._ends.wait(0.02):
                        client.sendall(b" ")
