# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs `ansible-test sanity` on a copy of the checkout, from the environment that this file is run with.

ansible-test wants a git checkout in a folder named after the collection, and keeps environments in its user's home:
it gets a folder and a home of its own below .build.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
COPY = CHECKOUT / ".build" / "copied" / "ansible_collections" / "community" / "nextcloud"
HOME = CHECKOUT / ".build" / "home"
GIT_FILES = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]


def copy_checkout() -> None:
    shutil.rmtree(COPY, ignore_errors=True)
    names = subprocess.run(GIT_FILES, cwd=CHECKOUT, check=True, capture_output=True).stdout.decode().split("\0")
    for name in filter(None, names):
        if (CHECKOUT / name).exists():
            (COPY / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(CHECKOUT / name, COPY / name)
    for command in (["init", "--quiet"], ["add", "--all"]):
        subprocess.run(["git", *command], cwd=COPY, check=True)


def lay_pip_bootstrap() -> None:
    """Where ansible-test keeps the one it would fetch; the name says which version of pip it wants."""
    package = find_spec("ansible_test")
    assert package and package.submodule_search_locations
    source = Path(package.submodule_search_locations[0], "_internal", "python_requirements.py").read_text()
    cache = HOME / ".ansible" / "test" / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    for version in re.findall(r"pip='([0-9.]+)'", source):
        shutil.copy(Path(__file__).with_name("get_pip.py"), cache / f"get_pip_{version.replace('.', '_')}.py")


def main() -> int:
    copy_checkout()
    lay_pip_bootstrap()
    config = os.environ.get("XDG_CONFIG_HOME", str(Path.home() / ".config"))  # the user's settings of pip stay
    python = "%d.%d" % sys.version_info[:2]
    return subprocess.run(
        [Path(sys.executable).with_name("ansible-test"), "sanity", "--venv", "--color", "no", "--python", python],
        cwd=COPY,
        env={**os.environ, "HOME": str(HOME), "XDG_CONFIG_HOME": config},
        check=False,
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
