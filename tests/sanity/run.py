# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs `ansible-test sanity` in a folder, with further arguments, from the environment that this file is run with.

The folder is what `tests/copied.py` prints. ansible-test keeps environments in its user's home: it gets a home of its
own, one for each version of ansible-core.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from ansible.release import __version__ as ansible_version

HOME = Path(__file__).resolve().parents[2] / ".build" / "home" / ansible_version


def lay_pip_bootstrap() -> None:
    """Where ansible-test keeps the one it would fetch; the name says which version of pip it wants."""
    package = find_spec("ansible_test")
    assert package and package.submodule_search_locations
    source = Path(package.submodule_search_locations[0], "_internal", "python_requirements.py").read_text()
    cache = HOME / ".ansible" / "test" / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    for version in re.findall(r"pip='([0-9.]+)'", source):
        shutil.copy(Path(__file__).with_name("get_pip.py"), cache / f"get_pip_{version.replace('.', '_')}.py")


def main(folder: str, *arguments: str) -> int:
    lay_pip_bootstrap()
    config = os.environ.get("XDG_CONFIG_HOME", str(Path.home() / ".config"))  # the user's settings of pip stay
    python = "%d.%d" % sys.version_info[:2]
    return subprocess.run(
        [
            Path(sys.executable).with_name("ansible-test"),
            "sanity",
            "--venv",
            "--color",
            "no",
            "--python",
            python,
            *arguments,
        ],
        cwd=folder,
        env={**os.environ, "HOME": str(HOME), "XDG_CONFIG_HOME": config},
        check=False,
    ).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
