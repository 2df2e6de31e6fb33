# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secrets that are looked for wherever they might have been left, in every form that they might have been left in."""

from __future__ import annotations

import base64
import html
import json
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Callable, Iterable, Iterator
from urllib.parse import quote, quote_plus


def forms(secret: str) -> set[bytes]:
    """A secret as it may be written: as it is, escaped for a URL, JSON or HTML, and in base64, whatever is before it.

    So the base64 of `user:secret` is among them.
    """
    found = {secret, quote(secret, safe=""), quote(secret), quote_plus(secret), html.escape(secret)}
    found |= {json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
    for before in range(3):
        encoded = base64.b64encode(b"x" * before + secret.encode()).decode().rstrip("=")
        # The first and the last characters also depend on what is beside the secret.
        inner = encoded[4:-2] if before else encoded[:-2]
        found |= {inner, inner.translate(str.maketrans("+/", "-_")), quote(inner, safe="")}
    return {form.encode() for form in found}


def shown(secrets: Iterable[str], said: bytes) -> list[bytes]:
    """The forms of secrets that are in what was said."""
    return sorted(form for secret in secrets for form in forms(secret) if form in said)


def contents(folder: Path, without: Iterable[Path] = ()) -> bytes:
    """The names and the contents of all files but these."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path not in without]
    return b"\n".join(str(path.relative_to(folder)).encode() + b"\n" + path.read_bytes() for path in files)


@contextmanager
def processes_watched() -> Iterator[Callable[[], bytes]]:
    """Gives the command lines of all processes that have been seen since, as `ps` shows them to everybody."""
    seen: set[bytes] = set()
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.02):
            for path in Path("/proc").glob("[0-9]*/cmdline"):
                with suppress(OSError):
                    seen.add(path.read_bytes())

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield lambda: b"\n".join(seen)
    finally:
        ended.set()
        thread.join()
