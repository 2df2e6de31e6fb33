# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What modules let out of values that are secret in one task and not in the next: in results and in the system log."""

from __future__ import annotations

import html
import io
import json
import syslog
from importlib import import_module
from pathlib import Path
from typing import Any, Callable

import pytest
import requests
from ansible.module_utils import basic
from ansible.module_utils.common import warnings
from ansible.module_utils.common.parameters import PASS_VARS
from canaries import shown

MODULES = "ansible_collections.community.nextcloud.plugins.modules"
CONNECTION = {"url": "http://nextcloud.test", "username": "admin", "password": "admin", "retries": 0}
# The result shows the options too: from ansible-core 2.21 on where it is asked for, always before.
SHOWN = {"_ansible_diff": True, **({"_ansible_inject_invocation": True} if "inject_invocation" in PASS_VARS else {})}
Task = Callable[..., tuple[dict[str, Any], str]]


@pytest.fixture
def task(nextcloud: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Task:
    """Runs a module as Ansible does; gives its result, and all that it has printed and logged."""
    logged: list[str] = []
    monkeypatch.setattr(basic, "has_journal", False)
    # Up to ansible-core 2.18 they are kept until the process ends, which is another one for each module.
    monkeypatch.setattr(warnings, "_global_warnings", type(warnings._global_warnings)())
    monkeypatch.setattr(syslog, "syslog", lambda *arguments: logged.append(str(arguments)))

    def run(module: str, **options: Any) -> tuple[dict[str, Any], str]:
        logged.clear()
        given = {"ANSIBLE_MODULE_ARGS": {**CONNECTION, **SHOWN, **options}}
        monkeypatch.setattr(basic, "_ANSIBLE_ARGS", json.dumps(given).encode())
        monkeypatch.setattr(basic, "_ANSIBLE_PROFILE", "legacy", raising=False)  # from ansible-core 2.19 on
        with pytest.raises(SystemExit):
            import_module(f"{MODULES}.{module}").main()
        printed = capsys.readouterr()
        return json.loads(printed.out), printed.out + printed.err + "".join(logged)

    return run


FORMS: list[dict[str, Any]] = [
    {"key": "k", "value": "canary-1"},
    {"values": {"k": "canary-1", "l": "canary-2"}},
    {"key": "k", "value": 4711_4711},
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("check", [False, True])
def test_sensitive_values_show_nowhere(nextcloud: Any, task: Task, form: dict[str, Any], check: bool) -> None:
    nextcloud.state.apps.config["files"]["k"] = "canary-old"
    result, everything = task("app_config", app="files", **form, sensitive=True, _ansible_check_mode=check)
    assert result["changed"] is True
    assert "canary" not in everything and "4711" not in everything
    assert (nextcloud.state.apps.config["files"]["k"] == "canary-old") is check


@pytest.mark.parametrize("form", FORMS)
def test_other_values_show_in_result_and_diff(task: Task, form: dict[str, Any]) -> None:
    result, everything = task("app_config", app="files", **form)
    assert "Invoked with" in everything
    values = {key: str(value) for key, value in (form.get("values") or {"k": form.get("value")}).items()}
    assert result["app_config"]["values"] == result["diff"]["after"]["values"] == values


def test_a_value_that_is_the_password_too_stays_hidden(task: Task) -> None:
    result, everything = task("app_config", app="files", key="k", value="canary-9", password="canary-9")
    assert result["failure"]["category"] == "authentication"
    assert "canary" not in everything


@pytest.mark.parametrize(
    "wrong",
    [
        {"retries": "many"},
        {"retries": -1},
        {"password": "wrong"},
        {"app": "a/b"},
        {"key": "enabled"},
        {"key": "a/b"},
        {"value": ["canary-1"]},
        {"value": {"a": "canary"}},
        {"values": {"l": "canary-2"}},
        {"surplus": 1},
    ],
)
def test_a_failure_shows_no_sensitive_value(task: Task, wrong: dict[str, Any]) -> None:
    options = {"app": "files", "key": "k", "value": "canary-1", "sensitive": True, **wrong}
    result, everything = task("app_config", **options)
    assert result["failed"] is True
    assert "canary" not in everything


def test_a_refusal_by_the_server_shows_no_sensitive_value(nextcloud: Any, task: Task) -> None:
    nextcloud.server.fail("maintenance", method="POST")
    result, everything = task("app_config", app="files", key="k", value="canary-1", sensitive=True)
    assert result["failure"]["category"] == "unavailable"
    assert "canary" not in everything


def test_a_refused_preference_is_not_repeated(task: Task, tmp_path: Path) -> None:
    options = {"app": "theming", "key": "primary_color", "value": "canary", "ledger": str(tmp_path / "ledger")}
    result, unused = task("preference", **options)
    assert result["failure"]["category"] == "invalid"
    result.pop("invocation")
    assert "canary" not in str(result)
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.lock"]


def test_a_preference_shows_in_the_result_and_not_in_the_ledger(task: Task, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger"
    result, unused = task(
        "preference", app="core", key="apporder", value='{"canary": {"order": 1}}', ledger=str(ledger)
    )
    assert result["preference"]["values"] == {"apporder": '{"canary": {"order": 1}}'}
    assert "canary" not in ledger.read_text()


# What a connection holds

CANARY = "canary-/+%&-Zk3"
KEY = f"-----BEGIN PRIVATE KEY-----\n{CANARY}\n-----END PRIVATE KEY-----"
HELD: dict[str, dict[str, Any]] = {
    "password": {"password": CANARY},
    "password with a line break": {"password": f"{CANARY}\n"},
    "token": {"token": CANARY, "password": None, "username": None},
    "token beside a password": {"token": CANARY},
    "headers": {"headers": {"X-Gateway-Token": CANARY}},
    "wrong headers": {"headers": {"X-Gateway-Token": f"a\n{CANARY}"}},
    "headers of another type": {"headers": ["X-Gateway-Token", CANARY]},
    "headers as text": {"headers": f"X-Gateway-Token: {CANARY}"},
    "url": {"url": f"http://admin:{CANARY}@nextcloud.test"},
    "url without a scheme": {"url": f"admin:{CANARY}@nextcloud.test"},
    "url with more": {"url": f"http://admin:{CANARY}#?@nextcloud.test/"},
    "client_key": {"client_key": KEY, "client_cert": __file__},
    "client_cert": {"client_cert": f"-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n{KEY}"},
    "user_password": {},
}
OUTCOMES: dict[str, dict[str, Any]] = {
    "right": {},
    "surplus": {"surplus": 1},
    "of a wrong type": {"retries": "many"},
    "out of range": {"timeout": 0},
    "invalid": {"quota": "lots"},
    "refused": {"language": "xx"},
}
FAULTS = ("access_denied", "locked_out", "maintenance", "lost_answer", "refused_connection", "redirect_to_disguise")


@pytest.mark.parametrize("outcome", [*OUTCOMES, *FAULTS])
@pytest.mark.parametrize("held", HELD)
def test_a_secret_of_the_connection_shows_nowhere(nextcloud: Any, task: Task, held: str, outcome: str) -> None:
    if outcome in FAULTS:
        nextcloud.server.fail(outcome, times=0)
    options = {**HELD[held], **OUTCOMES.get(outcome, {}), "user_password": f"{CANARY}-User"}
    unused, everything = task("user", userid="jane", **options)
    assert shown([CANARY], everything.encode()) == []


@pytest.mark.parametrize("before", [0, 34, 70])
@pytest.mark.parametrize("by_body", [False, True])
@pytest.mark.parametrize("status", [200, 401, 403, 502])
@pytest.mark.parametrize("held", ["password", "token", "headers"])
def test_a_page_that_repeats_the_request_shows_no_secret(
    nextcloud: Any, task: Task, held: str, status: int, before: int, by_body: bool
) -> None:
    """Nor a part of one, where a message ends."""

    def repeat(request: requests.PreparedRequest, **unused: Any) -> requests.Response:
        answer = requests.Response()
        answer.status_code, answer.url = status, str(request.url)
        answer.headers["Content-Type"] = "text/html"
        said = f"{request.body!r} {request.headers}" if by_body else f"{request.headers} {request.body!r}"
        said = f"{CANARY} {said}" if before else said
        answer.raw = io.BytesIO(f"{'y' * before}<html><title>{'x' * before} {html.escape(said)}</title>".encode())
        return answer

    nextcloud.adapter.send = repeat
    result, everything = task("user", userid="jane", **HELD[held], user_password=f"{CANARY}-User")
    assert "HTTP" in result["msg"]
    assert shown([CANARY[:8]], everything.encode()) == []


# An account whose id is the password of the task: Ansible masks both.


def test_what_is_made_to_be_fed_back_fails_where_it_would_be_masked(task: Task) -> None:
    result, unused = task("directory_info")
    assert result["failed"] is True
    assert (result["failure"]["category"], result["changed"]) == ("conflict", False)
    assert "the value of password" in result["msg"]
    assert "directory" not in result


def test_other_answers_warn(task: Task) -> None:
    result, everything = task("user_info")
    assert "users" in result
    assert "the value of password" in everything


@pytest.mark.parametrize("module", ["directory_info", "user_info"])
def test_nothing_is_said_where_nothing_is_masked(nextcloud: Any, task: Task, module: str) -> None:
    nextcloud.state.account("admin").password = "Zk3-qweR!plo9"
    result, everything = task(module, password="Zk3-qweR!plo9")
    assert "failed" not in result
    assert "contains the value" not in everything
