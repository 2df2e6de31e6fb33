# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The progress of a module that was shipped, in a file that whoever shipped it reads: one line, without secrets."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from typing import Iterator

from ansible_collections.community.nextcloud.plugins.module_utils._common.progress import Progress
from ansible_collections.community.nextcloud.plugins.module_utils._engine.run import Context

# The variable of the module's environment that names the file.
VARIABLE = "NEXTCLOUD_PROGRESS_FILE"
SECONDS_BETWEEN = 1.0
# Each line is written over the last one, so all are of one length.
_LENGTH = 200


@contextmanager
def watched(context: Context) -> Iterator[Context]:
    """The context with a progress that is written to the file, where one is wanted."""
    path = os.environ.get(VARIABLE)
    if not path:
        yield context
        return
    # Whoever signed in to the host may read it, though the module may run as somebody else.
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)
    progress = Progress()
    ended = threading.Event()

    def write() -> None:
        while not ended.wait(SECONDS_BETWEEN):
            os.pwrite(file, progress.line().ljust(_LENGTH).encode()[:_LENGTH], 0)

    thread = threading.Thread(target=write, daemon=True)
    thread.start()
    try:
        yield context._replace(progress=progress)
    finally:
        ended.set()
        thread.join()
        os.close(file)
        os.unlink(path)
