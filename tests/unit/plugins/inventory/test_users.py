# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The inventory: which accounts become hosts, with which variables, in which groups, at the cost of which requests."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from ansible.errors import AnsibleError, AnsibleParserError
from ansible.plugins.loader import inventory_loader
from ansible_collections.community.nextcloud.plugins.module_utils._api import connection


@pytest.fixture
def staffed(nextcloud: Any) -> Any:
    state = nextcloud.state
    for groupid in ("design", "staff", "interns-2025"):
        state.add_group(groupid)
    state.add_account(
        "jane", groups=["design", "staff"], subadmin=["staff"], email="jane@example.org", role="Lead", language="de"
    )
    state.add_account("john", groups=["interns-2025"], enabled=False)
    state.add_account("lda@example.org", groups=["staff"], backend="LDAP")
    nextcloud.journal.clear()
    return nextcloud


def hosts(inventory: Any) -> list[str]:
    return sorted(inventory.hosts)


def members(inventory: Any, group: str) -> list[str]:
    return sorted(host.name for host in inventory.groups[group].get_hosts())


def test_accounts_are_hosts_with_variables_in_option_names(staffed: Any, load: Any) -> None:
    inventory = load()
    assert hosts(inventory) == ["admin", "jane", "john", "lda-x40-example.org"]
    variables = inventory.hosts["jane"].get_vars()
    item = staffed.task("user_info", userid="jane")["users"][0]
    expected = {**item.pop("user"), **item}
    del expected["state"]
    found = {name: value for name, value in variables.items() if name.startswith("nextcloud_")}
    assert found == {f"nextcloud_{name}": value for name, value in expected.items()}
    assert found["nextcloud_groups"] == {"set": ["design", "staff"]}
    assert found["nextcloud_role"] == "Lead"
    assert inventory.hosts["lda-x40-example.org"].get_vars()["nextcloud_userid"] == "lda@example.org"


def test_no_account_can_say_how_to_connect(staffed: Any, load: Any) -> None:
    variables = set(load().hosts["jane"].get_vars())
    assert variables & {f"nextcloud_{name}" for name in connection.OPTIONS} == set()


def test_groups_by_nextcloud_group_sub_admin_and_backend(staffed: Any, load: Any) -> None:
    inventory = load()
    assert members(inventory, "nextcloud_group_staff") == ["jane", "lda-x40-example.org"]
    assert members(inventory, "nextcloud_group_interns_2025") == ["john"]
    assert members(inventory, "nextcloud_subadmin_of_staff") == ["jane"]
    assert members(inventory, "nextcloud_backend_LDAP") == ["lda-x40-example.org"]
    assert members(inventory, "nextcloud_backend_Database") == ["admin", "jane", "john"]


@pytest.mark.parametrize("group_by", [[], ["backend"], ["groups", "subadmin_of"]])
def test_groups_can_be_left_out(staffed: Any, load: Any, group_by: list[str]) -> None:
    found = {
        re.split("_(?=[^_]*$)", name)[0] for name in load(group_by=group_by).groups if name.startswith("nextcloud")
    }
    beginnings = {"groups": "nextcloud_group", "subadmin_of": "nextcloud_subadmin_of", "backend": "nextcloud_backend"}
    assert {beginnings[name] for name in group_by} <= found
    assert [name for name in found if not any(name.startswith(beginnings[kind]) for kind in group_by)] == []


def test_groups_with_the_same_safe_name_are_not_one(staffed: Any, load: Any) -> None:
    for groupid, userid in (("a b", "one"), ("a+b", "two"), ("a_b", "three")):
        staffed.state.add_group(groupid)
        staffed.state.add_account(userid, groups=[groupid])
    groups = {name: members(load(), name) for name in load().groups if name.startswith("nextcloud_group_a_b")}
    assert groups.pop("nextcloud_group_a_b") == ["three"]
    assert sorted(groups.values()) == [["one"], ["two"]]


def test_constructed_groups_and_variables(staffed: Any, load: Any) -> None:
    inventory = load(
        strict=True,
        compose={"greeting": "'Dear ' ~ nextcloud_display_name"},
        groups={"away": "not nextcloud_enabled", "greeted": "greeting is defined"},
        keyed_groups=[{"key": "nextcloud_language", "prefix": "", "separator": "lang_"}],
    )
    assert inventory.hosts["jane"].get_vars()["greeting"] == "Dear jane"
    assert members(inventory, "away") == ["john"]
    assert len(members(inventory, "greeted")) == 4
    assert members(inventory, "lang_de") == ["jane"]


def test_an_expression_that_fails_is_an_error_where_strict(staffed: Any, load: Any) -> None:
    load(compose={"x": "nextcloud_nothing"})
    with pytest.raises(AnsibleError, match="nextcloud_nothing"):
        load(compose={"x": "nextcloud_nothing"}, strict=True)


@pytest.mark.parametrize(
    ("filters", "expected", "path"),
    [
        ({"group": "staff"}, ["jane", "lda-x40-example.org"], "/groups/staff/users/details"),
        ({"group": "staff", "backend": "ldap"}, ["lda-x40-example.org"], "/groups/staff/users/details"),
        ({"group": "staff", "enabled": False}, [], "/groups/staff/users/details"),
        ({"enabled": False}, ["john"], "/users/disabled"),
        ({"enabled": "yes", "backend": "Database"}, ["admin", "jane"], "/users/details"),
        ({"search": "JANE@"}, ["jane"], "/users/details"),
        ({"group": "staff", "search": "ane"}, ["jane"], "/groups/staff/users/details"),
        ({}, ["admin", "jane", "john", "lda-x40-example.org"], "/users/details"),
        (None, ["admin", "jane", "john", "lda-x40-example.org"], "/users/details"),
    ],
)
def test_filters(staffed: Any, load: Any, filters: Any, expected: list[str], path: str) -> None:
    assert hosts(load(filters=filters)) == expected
    assert {entry.path.rpartition("/cloud")[2] for entry in staffed.journal} == {path}


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"filters": {"grop": "staff"}}, "filters.grop"),
        ({"filters": {"group": ""}}, "filters.group"),
        ({"filters": {"group": "0"}}, "filters.group"),
        ({"filters": {"group": ["staff"]}}, "filters.group"),
        ({"filters": {"group": "a" * 65}}, "filters.group"),
        ({"filters": {"search": " "}}, "filters.search"),
        ({"filters": {"search": ["a", "b"]}}, "filters.search"),
        ({"filters": {"search": {"a": "b"}}}, "filters.search"),
        ({"filters": {"search": True}}, "filters.search"),
        ({"filters": {"backend": ""}}, "filters.backend"),
        ({"filters": {"enabled": "perhaps"}}, "filters.enabled"),
        ({"concurrency": 0}, "concurrency"),
        ({"concurrency": 9}, "concurrency"),
        ({"group": "staff"}, "group"),
        ({"url": "cloud.example.org"}, "url"),
        ({"token": "x"}, "token"),
        ({"retries": -1}, "retries"),
    ],
)
def test_what_cannot_be_right_is_refused_before_a_request(
    staffed: Any, load: Any, options: dict[str, Any], named: str
) -> None:
    with pytest.raises(AnsibleParserError, match=f"^{re.escape(named)}: "):
        load(**options)
    assert len(staffed.journal) == 0


def test_options_of_the_wrong_type_are_refused(staffed: Any, load: Any) -> None:
    for options in ({"filters": "staff"}, {"group_by": ["colour"]}, {"concurrency": "many"}):
        with pytest.raises(AnsibleError, match=next(iter(options))):
            load(**options)
    assert len(staffed.journal) == 0


def test_a_group_that_is_not_there_is_an_error(staffed: Any, load: Any) -> None:
    with pytest.raises(AnsibleParserError, match=r"^filters.group: group 'stuff' does not exist"):
        load(filters={"group": "stuff"})


def test_a_refused_sign_in_is_tried_once_and_shows_no_password(staffed: Any, load: Any) -> None:
    with pytest.raises(AnsibleParserError, match="refused the sign-in") as error:
        load(password="canary")
    assert "canary" not in str(error.value)
    assert len(staffed.journal) == 1


def test_a_password_in_the_address_is_refused_without_showing_it(staffed: Any, load: Any) -> None:
    with pytest.raises(AnsibleParserError, match="^url: ") as error:
        load(url="http://admin:canary@nextcloud.test")
    assert "canary" not in str(error.value)


@pytest.mark.parametrize("concurrency", [1, 4, 8])
def test_5000_accounts_in_one_pass_of_pages(nextcloud: Any, load: Any, concurrency: int) -> None:
    for number in range(4999):
        nextcloud.state.add_account(f"p{number:04}")
    inventory = load(concurrency=concurrency)
    assert len(inventory.hosts) == 5000
    pages = 5000 // 200
    assert pages < len(nextcloud.journal) <= pages + concurrency
    assert {entry.path for entry in nextcloud.journal} == {"/ocs/v2.php/cloud/users/details"}
    assert nextcloud.server.sign_ins == 1


def test_numeric_ids_and_maps_that_come_as_lists(nextcloud: Any, load: Any) -> None:
    """Ids 0, 1, 2 … make the server answer with a list instead of a map."""
    for userid in ("0", "1", "2"):
        nextcloud.state.add_account(userid)
    nextcloud.state.add_account("3", "admin", groups=["admin"])
    nextcloud.state.directory.remove(nextcloud.state.account("admin"))
    assert hosts(load(username="3")) == ["0", "1", "2", "3"]


def test_a_sub_admin_gets_each_member_of_their_groups_once(staffed: Any, load: Any) -> None:
    staffed.state.add_account("boss", "boss", subadmin=["staff", "design"])
    inventory = load(username="boss", password="boss")
    assert hosts(inventory) == ["jane", "lda-x40-example.org"]


def test_fields_are_no_templates(staffed: Any, load: Any) -> None:
    staffed.state.add_account("mallory", biography="{{ 6 * 7 }}", role="{{ lookup('pipe', 'id') }}")
    inventory = load(compose={"told": "nextcloud_biography"}, keyed_groups=[{"key": "nextcloud_role", "prefix": "r"}])
    variables = inventory.hosts["mallory"].get_vars()
    assert variables["nextcloud_biography"] == variables["told"] == "{{ 6 * 7 }}"
    assert [name for name in inventory.groups if "uid" in name] == []


def test_templates_in_the_connection_and_the_filters(staffed: Any, load: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOUD_PASSWORD", "admin")
    monkeypatch.setenv("CLOUD_GROUP", "staff")
    inventory = load(
        password="{{ lookup('ansible.builtin.env', 'CLOUD_PASSWORD') }}",
        filters={"group": "{{ lookup('ansible.builtin.env', 'CLOUD_GROUP') }}"},
    )
    assert len(inventory.hosts) == 2


def test_a_password_from_the_environment_is_no_template(
    staffed: Any, load: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEXTCLOUD_PASSWORD", "{{ 6 * 7 }}")
    staffed.state.account("admin").password = "{{ 6 * 7 }}"
    assert len(load(password=None).hosts) == 4


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("canary{{ 1 +", "cannot be resolved"),
        ("canary{{ cloud_password }}", "cloud_password"),
    ],
)
def test_a_password_that_looks_like_a_template_is_not_shown(staffed: Any, load: Any, password: str, told: str) -> None:
    with pytest.raises(AnsibleParserError, match="^password: ") as error:
        load(password=password)
    assert told in str(error.value)
    assert "canary" not in str(error.value)


def cached(tmp_path: Path, **options: Any) -> dict[str, Any]:
    return {
        "cache": True,
        "cache_plugin": "ansible.builtin.jsonfile",
        "cache_connection": str(tmp_path / "c"),
        **options,
    }


def test_a_second_load_comes_from_the_cache(staffed: Any, load: Any, tmp_path: Path) -> None:
    first = load(**cached(tmp_path))
    staffed.journal.clear()
    staffed.state.add_account("new")
    second = load(**cached(tmp_path))
    assert len(staffed.journal) == 0
    assert {name: host.get_vars() for name, host in first.hosts.items()} == {
        name: host.get_vars() for name, host in second.hosts.items()
    }
    assert sorted(first.groups) == sorted(second.groups)
    assert "new" in load(use_cache=False, **cached(tmp_path)).hosts
    assert "new" in load(**cached(tmp_path)).hosts


def test_an_empty_inventory_is_cached_too(staffed: Any, load: Any, tmp_path: Path) -> None:
    for unused in range(2):
        assert hosts(load(**cached(tmp_path, filters={"search": "nobody"}))) == []
    assert len(staffed.journal) == 1


@pytest.mark.parametrize("other", [{"filters": {"group": "staff"}}, {"username": "jane", "password": "jane"}])
def test_a_cache_does_not_answer_for_another_question(
    staffed: Any, load: Any, tmp_path: Path, other: dict[str, Any]
) -> None:
    staffed.state.account("jane").password = "jane"
    load(**cached(tmp_path))
    staffed.journal.clear()
    assert len(load(**cached(tmp_path, **other)).hosts) == 2
    assert len(staffed.journal) > 0


def test_the_cache_holds_no_secret_and_no_template(staffed: Any, load: Any, tmp_path: Path) -> None:
    staffed.state.account("admin").password = "canary-password"
    staffed.state.sign_ins.app_passwords["canary-token"] = "admin"
    staffed.state.add_account("mallory", biography="{{ 6 * 7 }}")
    for credentials in ({"password": "canary-password"}, {"username": None, "password": None, "token": "canary-token"}):
        for unused in range(2):
            inventory = load(compose={"told": "nextcloud_biography"}, **cached(tmp_path, **credentials))
            assert inventory.hosts["mallory"].get_vars()["told"] == "{{ 6 * 7 }}"
    files = list((tmp_path / "c").iterdir())
    assert len(files) == 2
    for path in files:
        assert "canary" not in path.name + path.read_text()


@pytest.mark.parametrize(
    ("name", "accepted"),
    [
        ("nextcloud.yml", True),
        ("users.nextcloud.yaml", True),
        ("users.yml", False),
        ("nextcloud.yml.bak", False),
        ("nextcloud.json", False),
    ],
)
def test_which_files_are_for_it(tmp_path: Path, name: str, accepted: bool) -> None:
    path = tmp_path / name
    path.write_text("plugin: community.nextcloud.users\n")
    assert inventory_loader.get("community.nextcloud.users").verify_file(str(path)) is accepted
    assert not inventory_loader.get("community.nextcloud.users").verify_file(str(tmp_path / "missing.nextcloud.yml"))
