# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Copies what belongs to the project to a folder that is named as Ansible wants it, and prints that folder.

ansible-test wants a git checkout in such a folder, and a tarball must hold nothing that merely lies about.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
COPY = CHECKOUT / ".build" / "copied" / "ansible_collections" / "community" / "nextcloud"
GIT_FILES = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]


def copy_checkout() -> None:
    shutil.rmtree(COPY, ignore_errors=True)
    names = subprocess.run(GIT_FILES, cwd=CHECKOUT, check=True, capture_output=True).stdout.decode().split("\0")
    for name in filter(None, names):
        if (CHECKOUT / name).exists():
            (COPY / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(CHECKOUT / name, COPY / name, follow_symlinks=False)
    for command in (["init", "--quiet"], ["add", "--all"]):
        subprocess.run(["git", *command], cwd=COPY, check=True)


if __name__ == "__main__":
    copy_checkout()
    print(COPY)
