# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mock server answers what a real server answered: every recorded request is sent again, in process."""

from __future__ import annotations

import dataclasses
import json
import pathlib
import typing as t

import pytest
import requests
from mock_server import MockServer, Settings, mounted_session
from mock_server.state.server_state import State

BASE = "http://127.0.0.1"
SCENARIOS = (
    "apps-config-preferences",
    "authentication",
    "awkward-ids",
    "brute-force",
    "groups",
    "lifecycle",
    "lists",
    "membership",
    "rate-limit",
    "rate-limit-lifted",
    "unavailable",
    "users-create",
    "users-edit",
    "34/users-patch",
)
# Times, places and sizes of files differ from server to server.
VOLATILE = ("storageLocation", "firstLoginTimestamp", "lastLoginTimestamp", "lastLogin")
# What there is to see here depends on the apps installed.
OF_APPS = ("/config/apps", "/config/apps/core", "/config/apps/theming", "/cloud/capabilities", "/cloud/user/apps")


# In the place of a step that the mock is not made for.
NOTHING = {"as": None, "method": "GET", "path": "/status.php", "status": 200, "response": ""}


def sent(session: requests.Session, step: dict[str, t.Any]) -> requests.Response:
    headers = {"OCS-APIRequest": "true", "Accept": "application/json", **step.get("headers", {})}
    if "body" in step:
        headers["Content-Type"] = "application/json"
    return session.request(
        step["method"],
        BASE + step["path"],
        params=step.get("query"),
        json=step.get("json"),
        data=step.get("form") or step.get("body"),
        headers=headers,
    )


def comparable(value: t.Any, name: str = "") -> t.Any:
    """Without what differs from server to server; lists of names in any order."""
    if isinstance(value, dict):
        if name == "quota":
            return value["quota"]
        if name == "errors":
            return sorted(value)  # the fields at fault; why, is wording
        return {key: comparable(item, key) for key, item in value.items() if key not in VOLATILE}
    if isinstance(value, list):
        items = [comparable(item) for item in value]
        return sorted(items, key=repr) if name in ("groups", "subadmin") else items
    return value


def seen(status: int, answer: t.Any, path: str) -> t.Any:
    """Status, code and data of an answer; of anything but an envelope, the status."""
    if not isinstance(answer, dict) or "ocs" not in answer:
        return status
    bare = path.removeprefix("/ocs/v2.php").removeprefix("/apps/provisioning_api/api/v1")
    data = None if bare in OF_APPS or bare.startswith("/cloud/apps") else comparable(answer["ocs"]["data"])
    return status, answer["ocs"]["meta"]["statuscode"], data


def body_of(answer: requests.Response) -> t.Any:
    try:
        return answer.json()
    except ValueError:
        return answer.text


def differences(
    steps: list[dict[str, t.Any]],
    mock: MockServer,
    maintenance_steps: int = 0,
    between: t.Mapping[int, t.Callable[[State], None]] | None = None,
) -> list[str]:
    sessions: dict[t.Any, requests.Session] = {}
    found = []
    step: dict[str, t.Any] = {}
    for number, recorded in enumerate(steps):
        mock.state.maintenance = number < maintenance_steps
        (between or {}).get(number, lambda state: None)(mock.state)
        again = recorded.get("repeat_previous", 0)
        step = step if again else recorded
        # A token comes as a header, and a password would take its place.
        token = step.get("headers", {}).get("Authorization")
        who = None if token else step["as"] and (step["as"], step.get("password", "admin"))
        session = sessions.setdefault(token or who, mounted_session(mock))
        session.auth = who
        for unused in range(again or 1):
            answer = sent(session, step)
        want = seen(step["status"], step["response"], step["path"])
        got = seen(answer.status_code, body_of(answer), step["path"])
        if got != want:
            found.append("%d %s %s: %r instead of %r" % (number, step["method"], step["path"], got, want))
    return found


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_answers_as_recorded(recordings: pathlib.Path, scenario: str) -> None:
    path = recordings / (scenario + ".json")
    mock = MockServer(
        Settings(
            version=34 if scenario.startswith("34/") else 32,
            rate_limit=scenario.startswith("rate-limit"),
            brute_force=scenario == "brute-force",
            trusted_hosts=("127.0.0.1",),
        )
    )
    maintenance_steps = 4 if scenario == "unavailable" else 0
    assert differences(json.loads(path.read_text("utf-8"))["steps"], mock, maintenance_steps) == []


def _with(**settings: t.Any) -> t.Callable[[State], None]:
    """What was set in the server's config.php before a step."""

    def change(state: State) -> None:
        state.settings = dataclasses.replace(state.settings, **settings)

    return change


def _last_name(state: State) -> None:
    """Each of the repeated requests had a value of its own."""
    state.account("r1").display_name = "v19"


def _last_role(state: State) -> None:
    state.account("r1").profile["role"] = "v48"


def steps_of_34(recordings: pathlib.Path, scenario: str) -> list[dict[str, t.Any]]:
    return json.loads((recordings / "34" / (scenario + ".json")).read_text("utf-8"))["steps"]


def test_edits_of_several_fields_are_limited_as_recorded(recordings: pathlib.Path) -> None:
    mock = MockServer(Settings(version=34))
    steps = steps_of_34(recordings, "users-patch-rate-limit")
    assert differences(steps, mock, between={12: _last_name, 20: _last_role}) == []


def test_edits_of_several_fields_follow_the_rules_of_the_server_as_recorded(recordings: pathlib.Path) -> None:
    mock = MockServer(Settings(version=34, rate_limit=False, delegates=("deleg",)))
    steps = steps_of_34(recordings, "users-patch-policy")

    def noted(what: str) -> list[int]:
        return [number for number, step in enumerate(steps) if what in step.get("note", "")]

    forced, locked = noted("force_language"), noted("allow_user_to_change_display_name")
    between = {
        forced[0]: _with(forced_language="de"),
        locked[0]: _with(forced_language="", names_locked=True),
        locked[-1] + 1: _with(names_locked=False),
    }
    assert differences(steps, mock, between=between) == []


def test_app_passwords_confirm_as_recorded(recordings: pathlib.Path) -> None:
    mock = MockServer(Settings(version=34, rate_limit=False, app_passwords={"APP-PASSWORD": "admin"}))
    steps = steps_of_34(recordings, "password-confirmation")
    told = [NOTHING if step["path"].endswith("/core/getapppassword") else step for step in steps]
    exempt = [number for number, step in enumerate(steps) if "allowed_no_password" in step.get("note", "")]
    between = {exempt[0]: _with(app_passwords_confirm=True), exempt[-1] + 1: _with(app_passwords_confirm=False)}
    assert differences(told, mock, between=between) == []


def _edited(state: State) -> None:
    """What was set between two steps of the recording, and the address that a sync brought back."""
    mueller = state.account("mueller")
    state.directory.sync(mueller)
    mueller.locale, mueller.timezone, mueller.manager = "de_DE", "Europe/Berlin", "admin"
    mueller.profile.update(
        address="Street 1",
        website="https://example.org",
        twitter="jm",
        fediverse="jm@m.example",
        organisation="Org",
        role="Boss",
        headline="Head",
        biography="Bio",
        profile_enabled="0",
        pronouns="they",
    )


def _hired(state: State) -> None:
    for userid in ("gone1", "gone2"):
        state.add_account(userid, email=userid + "@ldap.example.org", backend="LDAP")


def _stopped(state: State) -> None:
    state.delete(state.account("gone1"))
    state.directory.remove_group(state.group("local1"))
    state.add_group("local1", members=["ldap10"])
    state.directory.second_backend.set_condition("down but cached")


def _up_again(state: State) -> None:
    state.directory.second_backend.set_condition("up")
    state.directory.second_backend.accounts["UPPER"].password = "Ldap-Pass-54!"


def _limited(state: State) -> None:
    for userid in ("newhire", "sub1"):
        state.delete(state.account(userid))
    state.directory.remove_group(state.group("both"))
    state.add_account("onb1")
    for userid in ("ldap47", "ldap50"):
        state.account(userid).quota = "11 GB"
        state.account(userid).profile["organisation"] = "Mid"
    state.account("ldap48").seen = True
    state.directory.second_backend.set_condition("size limit")


def _in_condition(name: str) -> t.Callable[[State], None]:
    return lambda state: state.directory.second_backend.set_condition(name)


def _removed(userid: str) -> t.Callable[[State], None]:
    return lambda state: state.directory.second_backend.vanish(userid)


# What was done to LDAP, and to the server without a recording, before a step.
BETWEEN = {
    15: _edited,
    23: lambda state: state.set_enabled(state.account("ldap01"), True),
    36: lambda state: state.group("ldap-eng").subadmins.clear(),
    50: _hired,
    52: _removed("gone1"),
    58: _removed("gone2"),
    60: _stopped,
    65: _in_condition("down"),
    76: _up_again,
    86: _limited,
    93: _in_condition("agent refused"),
    97: _in_condition("wrong base"),
    101: _in_condition("filter matches nobody"),
}


def test_answers_as_recorded_with_a_second_backend(recordings: pathlib.Path) -> None:
    mock = MockServer(Settings(rate_limit=False, brute_force=False, ldap="on"))
    steps = json.loads((recordings / "ldap" / "ldap.json").read_text("utf-8"))["steps"]
    assert differences(steps, mock, between=BETWEEN) == []
