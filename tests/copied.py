# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Copies what belongs to the project to a folder that is named as Ansible wants it, and prints that folder.

The argument says for what: each purpose has a copy of its own.
ansible-test wants a git checkout in such a folder, and a tarball must hold nothing that merely lies about.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
GIT_FILES = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]


def copy_checkout(copy: Path) -> None:
    shutil.rmtree(copy, ignore_errors=True)
    names = subprocess.run(GIT_FILES, cwd=CHECKOUT, check=True, capture_output=True).stdout.decode().split("\0")
    for name in filter(None, names):
        if (CHECKOUT / name).exists():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(CHECKOUT / name, copy / name, follow_symlinks=False)
    for command in (["init", "--quiet"], ["add", "--all"]):
        subprocess.run(["git", *command], cwd=copy, check=True)


if __name__ == "__main__":
    folder = CHECKOUT / ".build" / "copied" / sys.argv[1] / "ansible_collections" / "community" / "nextcloud"
    copy_checkout(folder)
    print(folder)
