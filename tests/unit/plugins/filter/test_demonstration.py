# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The roster of the demonstration, and the role that takes it: both follow the options of module user."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import yaml
from ansible_collections.community.nextcloud.plugins.filter.roster import roster
from ansible_collections.community.nextcloud.plugins.module_utils._accounts import user
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster import options as _roster

CHECKOUT = Path(__file__).resolve().parents[4]
ROLE = CHECKOUT / "roles" / "user_onboarding"
IN_THE_CREATION_CALL = {"userid", "display_name", "email", "quota", "language", "manager", "groups", "subadmin_of"}


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def demonstration() -> dict[str, Any]:
    text = (CHECKOUT / "playbooks" / "files" / "roster.csv").read_text(encoding="utf-8")
    columns = load(CHECKOUT / "playbooks" / "vars" / "roster.yml")["roster_columns"]
    found = roster(text, columns)
    # An office exports it with a byte order mark and other line ends, which sanity does not let us keep.
    assert roster("\ufeff" + text.replace("\n", "\r\n"), columns) == found
    return found


def test_the_demonstration_has_40_people_whom_the_module_accepts() -> None:
    people = demonstration()["users"]
    assert len(people) == 40
    for person in people:
        assert user.parse({**person, "email": person["email"]}).userid == person["userid"]
        assert set(person) <= IN_THE_CREATION_CALL, "another field would run into the server's rate limit"
        assert person["email"].endswith("@example.org")


def test_each_group_of_the_demonstration_is_led_by_one_of_its_members() -> None:
    found = demonstration()
    groups = [group["groupid"] for group in found["groups"]]
    assert 6 <= len(groups) <= 8
    leads = Counter()
    for person in found["users"]:
        led = person.get("subadmin_of", {"add": []})["add"]
        assert set(led) <= set(person["groups"]["add"])
        leads.update(led)
    assert leads == dict.fromkeys(groups, 1)
    assert any(len(person["groups"]["add"]) > 2 for person in found["users"])


def test_every_manager_of_the_demonstration_is_in_it() -> None:
    people = demonstration()["users"]
    managers = [person.get("manager") for person in people]
    assert set(managers) - {None} <= {person["userid"] for person in people}
    assert managers.count(None) == 1


def test_the_filter_takes_every_field_of_an_account() -> None:
    settings = {"state", "update_password", "only_on_create", "on_readonly", "removable_backends"}
    assert set(_roster.KINDS) == set(user.argument_spec()) - settings


def test_the_defaults_of_the_role_are_documented() -> None:
    options = load(ROLE / "meta" / "argument_specs.yml")["argument_specs"]["main"]["options"]
    documented = {name: option["default"] for name, option in options.items() if "default" in option}
    assert load(ROLE / "defaults" / "main.yml") == documented
