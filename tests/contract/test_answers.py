# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The mock server answers as the tables in `answers` say: request and precondition, status and code, effect."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Iterator

import pytest
import yaml
from contract import schemas
from mock_server.state.population import PASSWORD
from mock_server.testing import Client, MockWithClock
from mock_server.web import routes

HERE = Path(__file__).resolve().parent
WORLD = yaml.safe_load((HERE / "world.yml").read_text())
TOKEN = "an-app-password"


def cases() -> Iterator[Any]:
    for path in sorted((HERE / "answers").glob("*.yml")):
        table = yaml.safe_load(path.read_text())
        for case in table["cases"]:
            settings = {"version": table.get("version", 32), **table.get("settings", {})}
            yield pytest.param(case, settings, id=f"{path.stem}: {case['name']}")


def furnished(settings: dict[str, Any]) -> MockWithClock:
    server = MockWithClock(app_passwords={TOKEN: "admin"}, **settings)
    for groupid in WORLD["groups"]:
        server.mock.state.add_group(groupid)
    for userid, fields in WORLD["accounts"].items():
        verified = set(fields.get("verified_mail", ()))
        server.mock.state.add_account(userid, PASSWORD, **{**fields, "verified_mail": verified})
    return server


def client_of(server: MockWithClock, caller: str | None) -> Client:
    client = server.client(caller or "", {"admin": "admin", "token": TOKEN}.get(caller or "", PASSWORD))
    if caller == "token":
        client.session.auth = ("admin", TOKEN)
    if caller is None:
        client.session.auth = None
    return client


def at(data: Any, path: str) -> Any:
    """What stands at a path of names and numbers with dots between."""
    for step in path.split("."):
        data = data[int(step)] if isinstance(data, list) else data[step]
    return data


@pytest.mark.parametrize(("case", "settings"), list(cases()))
def test_answers_as_written_down(case: dict[str, Any], settings: dict[str, Any]) -> None:
    server = furnished(settings)
    second_backend = server.mock.state.directory.second_backend
    admin = server.client()
    for given in case.get("given", ()):
        assert admin(*given["call"].split(), json=given.get("body")).status_code == 200

    for userid in case.get("vanished", ()):
        second_backend.vanish(userid)
    second_backend.unmapped.update(case.get("unmapped", ()))
    if "second_backend" in case:
        second_backend.set_condition(case["second_backend"])
    sent: dict[str, Any] = {"params": case.get("query"), "data": case.get("form"), "headers": case.get("headers")}
    if "text" in case:
        sent.update(data=case["text"], headers={"Content-Type": "application/json"})
    answer = client_of(server, case.get("as", "admin"))(*case["call"].split(), json=case.get("body"), **sent)

    assert answer.status_code == case["status"]
    if "code" in case:
        assert answer.json()["ocs"]["meta"]["statuscode"] == case["code"]
        check_data(answer.json()["ocs"]["data"], case)
    if "effect" in case:
        effect = case["effect"]
        if "second_backend" in case:
            second_backend.set_condition("up")
        read = admin("GET", effect["read"])
        assert (read.status_code == 404) is effect.get("gone", False)
        for name, value in effect.get("has", {}).items():
            assert at(read.json()["ocs"]["data"], name) == value


def check_data(data: Any, case: dict[str, Any]) -> None:
    if "data" in case:
        assert data == case["data"]
    for name, value in case.get("has", {}).items():
        assert at(data, name) == value
    for name in case.get("lacks", ()):
        assert name not in data
    for name, keys in case.get("keys", {}).items():
        assert sorted(at(data, name)) == sorted(keys)
    if "ids" in case:
        assert list(data["users"]) == case["ids"]


def test_every_operation_is_in_a_table() -> None:
    operations = yaml.safe_load((HERE / "operations.yml").read_text())["operations"]
    called = set()
    for parameters in cases():
        case, settings = parameters.values
        method, path = case["call"].split()
        called.add(routes.id_of(method, path, settings["version"]))
    assert {operation["id"] for operation in operations} - called == set()


@pytest.mark.parametrize(
    ("operation", "status", "data"),
    [
        ("users-get-user", 200, {"id": "jane"}),
        ("users-get-users", 200, {"users": "jane"}),
        ("users-edit-user", 200, {"id": "jane"}),
        ("users-edit-user-multi-field", 422, {"errors": {"role": "wrong"}}),
        ("groups-get-groups-details", 200, {"groups": [{"id": "a"}]}),
    ],
)
def test_another_form_would_be_noticed(operation: str, status: int, data: Any) -> None:
    meta = {"status": "ok", "statuscode": status, "message": ""}
    assert schemas.misfits(operation, status, json.dumps({"ocs": {"meta": meta, "data": data}}))
