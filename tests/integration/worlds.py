# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Worlds that people's servers are in, and which targets run in which of them, on which ansible-core, and where.

NEXTCLOUD_TEST_WORLDS chooses: `one` (default: each target in one world), `even` and `odd` (two halves, for two versions of
ansible-core, that have each pair of target, world, version and place) or `all`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from integration.targets import TARGETS
from mock_server import fill

PLACES = ("in-process", "shipped")


class World(NamedTuple):
    """settings: of the mock server. furnish: what is on it before a target is set up.

    signs_in: the account that declares; an administrator sets up and cleans up. appoint: gives that account its rights over
    what was set up for this prefix. environment: of Ansible.
    """

    name: str
    settings: Mapping[str, Any]
    furnish: Callable[[Any], None]
    signs_in: str = "admin"
    appoint: Callable[[Any, str], None] = lambda state, prefix: None
    environment: Mapping[str, str] = {}


def _crowd(state: Any) -> None:
    """Others' accounts and groups, some of which have names much like those of a run."""
    state.add_group("staff", "All of us")
    for userid in ("jane", "John.Roe@example.org", "ansible-test-jane", "42"):
        state.add_account(userid, groups=["staff", "ansible-test-people"], subadmin=["staff"], email="x@example.org")
    state.account("jane").enabled = False
    state.allow_list.add("192.0.2.0", 24)
    state.apps.set_value("provisioning_api", "ansible-test-mode", "x")


def _crowd_of_thousands(state: Any) -> None:
    _crowd(state)
    fill(state, 2_000)


GROUP_ADMIN = "office"


def _crowd_with_group_admin(state: Any) -> None:
    _crowd(state)
    state.add_account(GROUP_ADMIN)


def _appoint_group_admin(state: Any, prefix: str) -> None:
    for group in state.directory.groups():
        if group.groupid.startswith(prefix):
            group.subadmins[GROUP_ADMIN] = None


WORLDS = (
    World("small", {}, _crowd),
    # So many that single accounts are read where pages of all would be read otherwise.
    World("large", {}, _crowd_of_thousands),
    World("34", {"version": 34}, _crowd),
    World("group-admin", {}, _crowd_with_group_admin, GROUP_ADMIN, _appoint_group_admin),
    # People and groups of a second backend are beside those of a run.
    World("ldap", {"ldap": "on"}, _crowd),
    World(
        "sub-path",
        {"base_path": "/nextcloud", "gateway_header": "X-Gateway-Key: canary-Gateway-7Hq"},
        _crowd,
        environment={"NEXTCLOUD_HEADERS": '{"X-Gateway-Key": "canary-Gateway-7Hq"}'},
    ),
)


class Combination(NamedTuple):
    """A target in a world. places: where its tasks run; in all of them the same must come of it.

    A target says in its own files where it differs: `worlds.yml` maps a world to `refused`, the words in which the first task
    of `declare` is refused there. What is left out for all who are no administrators is in its tasks (`administrator`).
    """

    target: Path
    world: World
    places: tuple[str, ...]

    @property
    def name(self) -> str:
        return "-".join((self.target.name, self.world.name, *(self.places if len(self.places) == 1 else ())))

    @property
    def refused(self) -> str | None:
        """The words of the refusal; None for a target that passes."""
        file = self.target / "worlds.yml"
        differences = yaml.safe_load(file.read_text()) if file.exists() else {}
        return differences.get(self.world.name, {}).get("refused")


def combinations(which: str) -> list[Combination]:
    if which == "one":
        return [Combination(target, WORLDS[row % len(WORLDS)], PLACES) for row, target in enumerate(TARGETS)]
    if which == "all":
        return [Combination(target, world, PLACES) for target in TARGETS for world in WORLDS]
    half = ("even", "odd").index(which)
    return [
        Combination(target, world, (PLACES[column == _shipped_in(row)],))
        for row, target in enumerate(TARGETS)
        for column, world in enumerate(WORLDS)
        if (row + column) % 2 == half
    ]


def _shipped_in(row: int) -> int:
    """The one world in which the halves ship a target: that costs five times as much. Even and odd rows and worlds mix."""
    return (row + row // len(WORLDS)) % len(WORLDS)


def worlds_of(scenarios: list[str], which: str) -> dict[str, World]:
    """One world for each Molecule scenario, another in each half. Their roles are for administrators."""
    worlds = [world for world in WORLDS if world.signs_in == "admin"]
    shift = {"one": 0, "even": 2, "odd": 4, "all": 0}[which]
    return {scenario: worlds[(row + shift) % len(worlds)] for row, scenario in enumerate(scenarios)}


WHICH = os.environ.get("NEXTCLOUD_TEST_WORLDS", "one")
CHOSEN = combinations(WHICH)
