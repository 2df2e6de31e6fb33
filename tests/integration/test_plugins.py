# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The inventory with ansible-inventory and under a play, and the lookups in a play."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
HOSTS = ["admin", "jane", "john-x20-roe", "mallory"]
TEMPLATE = "{{ lookup('pipe', 'echo evalu''ated') }}"
PASSWORD = "canary-Admin-Zk3!"


@pytest.fixture
def staffed(site: Any) -> Any:
    site.state.add_group("staff")
    site.state.add_group("design")
    site.state.add_account("jane", groups=["staff"], subadmin=["design"])
    site.state.add_account("john roe", groups=["staff", "design"], enabled=False)
    site.state.add_account("mallory", biography=TEMPLATE, role="{{ 6 * 7 }}")
    return site


def no_canary(site: Any, *texts: str) -> None:
    for text in texts:
        assert [line for line in text.splitlines() if "canary" in line] == []
    for path in site.folder.rglob("*"):
        if path.is_file():
            assert b"canary" not in path.read_bytes(), path


def test_a_list(staffed: Any) -> None:
    listed = staffed.inventory({})
    assert sorted(listed.hosts) == HOSTS
    assert listed.hosts["jane"]["nextcloud_groups"] == {"set": ["staff"]}
    assert listed.groups["nextcloud_group_staff"] == ["jane", "john-x20-roe"]
    assert listed.groups["nextcloud_subadmin_of_design"] == ["jane"]
    assert listed.groups["nextcloud_backend_Database"] == HOSTS
    assert listed.messages == ""


def test_a_graph(staffed: Any) -> None:
    graph = staffed.inventory({"filters": {"enabled": False}, "group_by": ["groups"]}, "--graph").output
    assert graph.splitlines() == [
        "@all:",
        "  |--@ungrouped:",
        "  |--@nextcloud_group_design:",
        "  |  |--john-x20-roe",
        "  |--@nextcloud_group_staff:",
        "  |  |--john-x20-roe",
    ]


def test_a_play_over_accounts_takes_no_field_for_a_template(staffed: Any) -> None:
    staffed.state.directory.group("staff").members["mallory"] = None
    inventory = staffed.inventory({"keyed_groups": [{"key": "nextcloud_role", "prefix": "role"}]})
    assert [name for name in inventory.groups if "42" in name] == []
    assert inventory.hosts["mallory"]["nextcloud_biography"] == TEMPLATE
    run = staffed.run(HERE / "users.yml", "-i", str(inventory.path))
    assert "evaluated" not in run.output
    assert f"mallory wrote {TEMPLATE}" in [line["result"].get("msg") for line in run.results]
    assert len(run.changed) == 3
    assert staffed.state.account("john roe").profile["organisation"] == "Example of john roe"
    assert staffed.state.account("mallory").profile["biography"] == TEMPLATE


def test_a_cache_spares_all_requests_and_keeps_no_secret(staffed: Any) -> None:
    options = {
        "cache": True,
        "cache_plugin": "ansible.builtin.jsonfile",
        "cache_connection": str(staffed.folder / "cache"),
        "password": "{{ lookup('ansible.builtin.env', 'NEXTCLOUD_PASSWORD') }}",
    }
    first = staffed.inventory(options)
    assert staffed.server.sign_ins == 1
    staffed.journal.clear()
    second = staffed.inventory(options)
    assert len(staffed.journal) == 0
    assert (second.hosts, second.groups) == (first.hosts, first.groups)
    assert len(list((staffed.folder / "cache").iterdir())) == 1
    no_canary(staffed, first.output, first.messages)


def test_a_password_in_a_vault(staffed: Any) -> None:
    secret = staffed.folder / "vault"
    secret.write_text("of the vault\n")
    encrypted = subprocess.run(
        [Path(sys.executable).with_name("ansible-vault"), "encrypt_string", "--vault-password-file", secret, PASSWORD],
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    ).stdout
    content = f"plugin: community.nextcloud.users\npassword: {encrypted}"
    arguments = ("--list", "--vault-password-file", str(secret))
    assert sorted(staffed.inventory(content, *arguments, NEXTCLOUD_PASSWORD="").hosts) == HOSTS
    listed = staffed.inventory(content, *arguments, "-vvvv", NEXTCLOUD_PASSWORD="")
    no_canary(staffed, listed.output, listed.messages)


def test_extra_variables_say_how_to_connect(staffed: Any) -> None:
    variables = ("-e", f"nextcloud_url={staffed.url}", "-e", "nextcloud_username={{ who }}", "-e", "who=admin")
    listed = staffed.inventory({}, "--list", *variables, NEXTCLOUD_URL="", NEXTCLOUD_USERNAME="")
    assert sorted(listed.hosts) == HOSTS


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"password": "canary-wrong"}, "The server refused the sign-in."),
        ({"url": "http://admin:canary@127.0.0.1:9"}, "url: must not contain credentials"),
        ({"password": "canary{{ 1 +"}, "password: must be text or a template without errors"),
        ({"filters": {"grop": "staff"}}, "filters.grop: must be one of: group"),
        ({"filters": {"group": "stuff"}}, "filters.group: group 'stuff' does not exist"),
        ({"url": "http://127.0.0.1:9", "retries": 0}, "http://127.0.0.1:9 cannot be reached"),
    ],
)
def test_what_goes_wrong_is_told_without_secrets(staffed: Any, options: dict[str, Any], told: str) -> None:
    failed = staffed.inventory(options, "--list", "-vvvv", expect=1)
    assert told in " ".join(failed.messages.split())
    assert "canary" not in failed.output + failed.messages


def test_lookups_in_a_play(staffed: Any) -> None:
    staffed.state.directory.group("staff").members.pop("john roe")
    staffed.state.add_account("john", groups=["staff"])
    run = staffed.run(HERE / "lookups.yml", "-vvvv", NEXTCLOUD_PASSWORD="", TEST_PASSWORD=PASSWORD)
    results = {result["task"]: result for result in run.results}
    assert results["A field that somebody has written into their profile"]["result"]["msg"] == TEMPLATE
    assert [task for task, result in results.items() if result["failed"]] == [
        "An account that is missing",
        "A password that is refused",
    ]
    assert "does not have nobody" in str(results["An account that is missing"]["result"])
    assert "refused the sign-in" in str(results["A password that is refused"]["result"])
    # The task that asks with a wrong password has it in its own text.
    no_canary(staffed, "\n".join(line for line in run.output.splitlines() if "password='canary-wrong'" not in line))
