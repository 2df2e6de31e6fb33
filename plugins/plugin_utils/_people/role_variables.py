# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Variables whose names are much like those of options of a role that nobody has set: `team_member` for `team_members`."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any, Collection, Iterable, Mapping

# How alike two names must be, from 0 to 1. A name that says what to do is also looked for in other words (`users` for
# `userids`). Of all others only spelling mistakes are: `user_onboarding_passwords` may be a variable of the play.
_NAMING = 0.72
_OTHERS = 0.88


def misnamed(role: str, options: Mapping[str, Any], naming: Collection[str], variables: Mapping[str, Any]) -> str:
    """What to tell of variables that are likely meant for others, or ''.

    options: the role's options as in its argument spec. naming: those that say what to do, all of which are empty.
    variables: all that are set, with the defaults of the role among them.
    """
    unset = [*naming, *(name for name in options if name not in naming and _is_unset(name, options[name], variables))]
    strangers = sorted(name for name in variables if name.startswith(f"{role}_") and name not in options)
    found = {name: meant for name in strangers if (meant := _meant(role, name, unset, naming))}
    return " ".join(f"{name} is no variable of the role {role}: use {meant}." for name, meant in found.items())


def _is_unset(name: str, option: Mapping[str, Any], variables: Mapping[str, Any]) -> bool:
    return name not in variables or bool("default" in option and variables[name] == option["default"])


def _meant(role: str, name: str, unset: Iterable[str], naming: Collection[str]) -> str | None:
    """The option that is most like a name, if one is alike enough."""
    ratios = {option: _ratio(role, name, option) for option in unset}
    alike = {
        option: ratio
        for option, ratio in ratios.items()
        if ratio >= (_NAMING if option in naming else _OTHERS) and not name.startswith(f"{option}_")
    }
    return max(alike, key=lambda option: alike[option]) if alike else None


def _ratio(role: str, one: str, other: str) -> float:
    """How alike two names are, without the prefix that all have."""
    one, other = (name.removeprefix(f"{role}_").replace("_", "").lower() for name in (one, other))
    return SequenceMatcher(None, one, other).ratio()
