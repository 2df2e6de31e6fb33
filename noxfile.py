# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The supported versions of ansible-core: sanity on each; unit tests, playbooks and roles on the lowest and the highest.

A version whose Python is not on this machine is skipped, and the summary says so.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import nox

nox.needs_version = ">=2024.4.15"
nox.options.envdir = ".build/nox"
nox.options.reuse_venv = "yes"
nox.options.error_on_missing_interpreters = False

# pyenv shows only those of its Pythons that were chosen, here all are wanted.
os.environ["PATH"] = os.pathsep.join(
    [*map(str, Path.home().glob(".pyenv/versions/3.*/bin")), os.environ.get("PATH", "")]
)


def found(python: str) -> bool:
    return shutil.which(f"python{python}") is not None


LOWEST = nox.param(next(filter(found, ("3.11", "3.12", "3.13")), "3.11"), "2.18.0", id="2.18")
# A pre-release in a requirement lets pip take pre-releases: only where there is nothing else yet.
HIGHEST = nox.param("3.13", "2.22.0b1", id="2.22")
# From 2.22 on secrets are masked where they are shown and not in the module, whose output some unit tests search.
LAST_THAT_MASKS_IN_MODULES = nox.param("3.13", "2.21.0", id="2.21")
SUPPORTED = [
    LOWEST,
    nox.param("3.11", "2.19.0", id="2.19"),
    nox.param("3.12", "2.20.0", id="2.20"),
    LAST_THAT_MASKS_IN_MODULES,
    HIGHEST,
]
# ansible-core 2.22.0rc1 takes a requirement of pylint from a repository of source, which a package registry does not have.
SKIPPED = {"2.22.0b1": ["--skip-test", "pylint"]}


@nox.session
@nox.parametrize("python,core", SUPPORTED)
def sanity(session: nox.Session, core: str) -> None:
    session.install(f"ansible-core~={core}")
    folder = session.run("python", "tests/copied.py", "sanity", silent=True)
    session.run("python", "tests/sanity/run.py", str(folder).strip(), *SKIPPED.get(core, []))


@nox.session
@nox.parametrize("python,core", [LOWEST, LAST_THAT_MASKS_IN_MODULES])
def unit(session: nox.Session, core: str) -> None:
    session.install(f"ansible-core~={core}", "--requirement", "tests/unit/requirements.txt", "pytest-xdist")
    session.run("python", "-m", "pytest", "tests/unit", "-n", "2")


@nox.session
@nox.parametrize("python,core", [LOWEST, HIGHEST])
def playbooks(session: nox.Session, core: str) -> None:
    make(session, core, "integration", "molecule", worlds="even" if core == LOWEST.args[1] else "odd")


@nox.session(default=False)
@nox.parametrize("python,core", [LOWEST, HIGHEST])
def worlds(session: nox.Session, core: str) -> None:
    make(session, core, "targets", worlds="all")


def make(session: nox.Session, core: str, *targets: str, worlds: str) -> None:
    """With this ansible-core. worlds: as tests/integration/worlds.py has it."""
    session.install(f"ansible-core~={core}", "--requirement", "tests/requirements.txt")
    environment = Path(session.virtualenv.location).absolute().relative_to(Path.cwd())
    (environment / "ready").touch()  # the Makefile takes the environment for its own
    chosen = {"NEXTCLOUD_TEST_WORLDS": worlds}
    if core != LOWEST.args[1]:  # many runs are killed on one version alone: what heals them does not depend on it
        chosen["KILLED_RUNS"] = ""
    session.run("make", f"VENV={environment}", *targets, external=True, env=chosen)
