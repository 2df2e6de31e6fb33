# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each operation of the API is written down, answered by the mock, known to the client, and really called.

Who calls what is not believed but seen: modules and plugins run here, and the mock's journal says what they called.
"""

from __future__ import annotations

import inspect
import json
import re
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Callable

import pytest
import yaml
from ansible.inventory.data import InventoryData
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import inventory_loader, lookup_loader
from ansible.template import Templar
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.plugin_utils._action import shipped
from mock_server.web.routes import ROUTES

CHECKOUT = Path(__file__).resolve().parents[3]
CONTRACT = yaml.safe_load((CHECKOUT / "tests" / "contract" / "operations.yml").read_text())["operations"]
CLIENT = [value for value in vars(operations).values() if isinstance(value, operations.Operation) and value.enveloped]
SCOPES = {"account": "account", "sub-admin": "subadmin", "administrator": "admin"}
PASSWORD = "Zk3-qweR!plo9"
CONNECTION = {"url": "http://nextcloud.test", "username": "admin", "password": "admin"}


def shape(path: str) -> str:
    """A path without its host part, and with its placeholders nameless."""
    return re.sub(r"\{\w+\}", "{}", path.removeprefix("/ocs/v2.php"))


def path_of(operation: operations.Operation[Any]) -> str:
    """A path of an operation, with placeholders for the ids."""
    ids = ["ID"] * len(inspect.signature(operation.path).parameters)
    return operation(*ids).path.replace("/ID", "/{}")


def test_all_operations_are_written_down_once() -> None:
    assert len({operation["id"] for operation in CONTRACT}) == len(CONTRACT) == 49
    keys = {"id", "method", "path", "parameters", "body", "responses", "scope", "used_by"}
    assert [operation["id"] for operation in CONTRACT if set(operation) != keys] == []


def test_the_mock_answers_just_these() -> None:
    written = {(entry["method"], shape(entry["path"]), SCOPES[entry["scope"]]) for entry in CONTRACT}
    assert {(route.method, shape(route.path), route.role) for route in ROUTES} == written


def test_the_client_knows_them_under_these_names() -> None:
    written = {(entry["id"], entry["method"], shape(entry["path"])) for entry in CONTRACT}
    known = {(operation.id, operation.method, shape(path_of(operation))) for operation in CLIENT}
    assert known - {(operations.CAPABILITIES.id, "GET", "/cloud/capabilities")} == written


def test_which_want_the_password_confirmed() -> None:
    wanting = {operation.id for operation in CLIENT if operation.writes and operation.confirmed}
    assert wanting == {route.id for route in ROUTES if route.confirmed and route.id in {known.id for known in CLIENT}}


def test_of_which_modules_a_change_tells_that_it_was_confirmed() -> None:
    unconfirmed = {operation.id for operation in CLIENT if operation.writes and not operation.confirmed}
    reading = {operations.SEARCH_BY_PHONE.id}
    users = {user for entry in CONTRACT if entry["id"] in unconfirmed - reading for user in entry["used_by"]}
    assert users <= shipped.UNCONFIRMED
    writing = {user for entry in CONTRACT if entry["method"] != "GET" for user in entry["used_by"]}
    assert {"directory", "group", "user", "welcome_email"} <= writing - shipped.UNCONFIRMED


def test_what_stands_in_a_path_is_a_parameter() -> None:
    for entry in CONTRACT:
        in_path = {parameter["name"] for parameter in entry["parameters"] if parameter["in"] == "path"}
        assert in_path == set(re.findall(r"\{(\w+)\}", entry["path"])), entry["id"]


# Who calls what


def _tasks(*tasks: tuple[str, dict[str, Any]]) -> Callable[[Any], None]:
    def run(nextcloud: Any) -> None:
        for module, options in tasks:
            nextcloud.task(module, **options)

    return run


def _lookup(name: str, *terms: str) -> Callable[[Any], None]:
    def run(nextcloud: Any) -> None:
        loader = DataLoader()
        plugin = lookup_loader.get(f"community.nextcloud.{name}", loader=loader, templar=Templar(loader))
        assert len(plugin.run(list(terms), variables={}, **CONNECTION)) == len(terms)

    return run


def _inventory(**options: Any) -> Callable[[Any], None]:
    def run(nextcloud: Any) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder, "users.nextcloud.yml")
            path.write_text(yaml.safe_dump({"plugin": "community.nextcloud.users", **CONNECTION, **options}))
            inventory_loader.get("community.nextcloud.users").parse(InventoryData(), DataLoader(), str(path))

    return run


def _all(*uses: Callable[[Any], None]) -> Callable[[Any], None]:
    def run(nextcloud: Any) -> None:
        for use in uses:
            use(nextcloud)

    return run


def _complete(nextcloud: Any) -> None:
    """An earlier run owes somebody an email: that run is none of this use."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "pending.json"
        entry = {"runs": 1, "welcome_email": True, "password": False, "sending": False}
        file.write_text(json.dumps({"servers": {CONNECTION["url"]: {"jane": entry}}}))
        file.chmod(0o600)
        nextcloud.task("onboarding_complete", users=[], pending_file=str(file))


def _offboarding(nextcloud: Any) -> None:
    """With an entry of a release before 0.3.0."""
    nextcloud.state.apps.set_value("ansible_offboarding", "ledger", '{"jane": {"left": "2026-11-24"}}')
    nextcloud.task("offboarding_prepare", userids=["jane"], date="2026-11-24")


def _leaving(nextcloud: Any) -> None:
    """A sub-admin takes somebody out of one of two groups."""
    nextcloud.state.group("b").members["jane"] = None
    nextcloud.state.add_account("lead", PASSWORD, subadmin=["a", "b"])
    lead = {"username": "lead", "password": PASSWORD}
    nextcloud.task("group_member", **lead, groupid="b", users=["jane"], state="absent")


USES: dict[str, Callable[[Any], None]] = {
    "inventory/users": _all(_inventory(), _inventory(filters={"group": "a"}), _inventory(filters={"enabled": False})),
    "lookup/user": _lookup("user", "jane"),
    "lookup/group": _lookup("group", "a"),
    "lookup/app_config": _lookup("app_config", "core/vendor"),
    "user": _tasks(
        ("user", {"userid": "new", "email": "new@example.org"}),
        ("user", {"userid": "jane", "display_name": "J", "language": "de", "role": "Lead", "quota": "default"}),
        ("user", {"userid": "jane", "enabled": False, "additional_emails": {"set": ["a@example.org"]}}),
        ("user", {"userid": "jane", "enabled": True, "additional_emails": {"set": []}}),
        ("user", {"userid": "jane", "groups": {"set": ["b"]}, "subadmin_of": {"set": ["b"]}}),
        ("user", {"userid": "jane", "subadmin_of": {"set": []}}),
        ("user", {"userid": "jane", "state": "absent"}),
    ),
    "group": _tasks(
        ("group", {"groupid": "new"}),
        ("group", {"groupid": "a", "display_name": "A"}),
        ("group", {"groupid": "a", "state": "absent"}),
    ),
    "group_member": _all(
        _tasks(
            ("group_member", {"groupid": "b", "users": ["jane"]}),
            ("group_member", {"groupid": "b", "users": [], "state": "exact"}),
        ),
        _leaving,
    ),
    "subadmin": _tasks(
        ("subadmin", {"userid": "jane", "groups": ["a"]}),
        ("subadmin", {"userid": "jane", "groups": [], "state": "exact"}),
    ),
    "app": _tasks(
        ("app", {"app": "dashboard", "state": "disabled"}),
        ("app", {"app": "dashboard", "state": "enabled"}),
    ),
    "app_config": _tasks(
        ("app_config", {"app": "files", "key": "default_quota", "value": "3 GB"}),
        ("app_config", {"app": "files", "key": "default_quota", "state": "absent"}),
    ),
    "preference": _tasks(
        ("preference", {"app": "theming", "key": "shortcuts_disabled", "value": "yes"}),
        ("preference", {"app": "theming", "values": {"shortcuts_disabled": "yes", "primary_color": "#00679e"}}),
        ("preference", {"app": "theming", "key": "shortcuts_disabled", "state": "absent"}),
        (
            "preference",
            {"app": "theming", "values": {"shortcuts_disabled": "", "primary_color": ""}, "state": "absent"},
        ),
    ),
    "rate_limit_exemption": _tasks(
        ("rate_limit_exemption", {"network": "192.0.2.1"}),
        ("rate_limit_exemption", {"network": "192.0.2.1", "state": "absent"}),
    ),
    "directory": _tasks(
        (
            "directory",
            {
                "groups": [
                    {"groupid": "new"},
                    {"groupid": "b", "display_name": "B"},
                    {"groupid": "a", "state": "absent"},
                ],
                "users": [
                    {"userid": "new", "email": "new@example.org"},
                    {"userid": "jane", "quota": "default", "additional_emails": {"set": ["a@example.org"]}},
                ],
                "max_removals": "1",
            },
        ),
        (
            "directory",
            {
                "groups": [{"groupid": "b", "users": {"set": ["new", "jane"]}, "subadmins": {"set": ["jane"]}}],
                "users": [
                    {"userid": "new", "groups": {"set": ["b"]}},
                    {"userid": "jane", "display_name": "J", "language": "de", "enabled": False},
                ],
            },
        ),
        (
            "directory",
            {
                "groups": [{"groupid": "b", "users": {"set": []}, "subadmins": {"set": []}}],
                "users": [
                    {"userid": "new", "state": "absent"},
                    {"userid": "jane", "enabled": True, "additional_emails": {"set": []}},
                ],
                "max_removals": "1",
            },
        ),
    ),
    "directory_info": _tasks(("directory_info", {})),
    "device_wipe": _tasks(("device_wipe", {"userid": "jane"})),
    "welcome_email": _tasks(("welcome_email", {"userid": "jane"})),
    "onboarding_prepare": _tasks(("onboarding_prepare", {"users": [{"userid": "jane"}], "sign_ins": True})),
    "onboarding_complete": _complete,
    "offboarding_prepare": _offboarding,
    "app_info": _tasks(("app_info", {}), ("app_info", {"app": "dashboard"})),
    "app_config_info": _tasks(("app_config_info", {}), ("app_config_info", {"app": "core"})),
    "server_info": _tasks(("server_info", {})),
    "group_info": _tasks(
        ("group_info", {}),
        ("group_info", {"details": False}),
        ("group_info", {"groupid": "a", "members": True, "subadmins": True}),
    ),
    "user_info": _tasks(
        ("user_info", {}),
        ("user_info", {"userid": "jane", "editable_fields": True, "group_details": True}),
        ("user_info", {"userid": "admin", "editable_fields": True}),
        ("user_info", {"details": False}),
        ("user_info", {"group": "a"}),
        ("user_info", {"enabled": False}),
        ("user_info", {"recent": True}),
        ("user_info", {"phone_numbers": ["+49 711 25242890"], "phone_region": "DE"}),
    ),
}


def called_by(nextcloud: Any) -> set[str]:
    """The operations that the journal holds, by the contract's ids; words before placeholders."""
    patterns = sorted(
        ((re.sub(r"\{\w+\}", "[^/]+", entry["path"]), entry) for entry in CONTRACT), key=lambda pair: "[" in pair[0]
    )
    found = set()
    for request in nextcloud.journal:
        for pattern, entry in patterns:
            if request.method == entry["method"] and re.fullmatch(pattern, request.path):
                found.add(entry["id"])
                break
    return found


def test_who_calls_what_is_as_written(connect: Any) -> None:
    users: dict[str, list[str]] = defaultdict(list)
    for name, use in USES.items():
        called: set[str] = set()
        for version in (32, 34):
            nextcloud = connect(version=version, app_passwords={"token": "admin"})
            for groupid in ("a", "b"):
                nextcloud.state.add_group(groupid)
            nextcloud.state.add_account("jane", PASSWORD, groups=["a"], email="jane@example.org")
            use(nextcloud)
            called |= called_by(nextcloud)
        for operation in called:
            users[operation].append(name)
    assert {entry["id"]: sorted(users[entry["id"]]) for entry in CONTRACT} == {
        entry["id"]: entry["used_by"] for entry in CONTRACT
    }


@pytest.mark.parametrize("entry", CONTRACT, ids=lambda entry: entry["id"])
def test_every_operation_is_used(entry: dict[str, Any]) -> None:
    assert entry["used_by"]
