# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks of the module `preference` against the mock server: it takes preferences and never gives one back."""

from __future__ import annotations

import fcntl
import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest
import requests
from ansible_collections.community.nextcloud.plugins.module_utils._apps import ledger as _ledger
from ansible_collections.community.nextcloud.plugins.module_utils._common import private_file
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from mock_server import MockAdapter
from refusals import refused

PASSWORD = "Zk3-qweR!plo9"
COLOUR = {"app": "theming", "key": "primary_color"}


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "ledger"


def asserted(nextcloud: Any, **options: Any) -> dict[str, Any]:
    """The result of a real run, which check mode has predicted without a request; it sends in any case."""
    folder = Path(options["ledger"]).parent if "ledger" in options else None
    before = sorted(path.name for path in folder.iterdir()) if folder else None
    nextcloud.journal.clear()
    prediction = nextcloud.task("preference", check=True, **options)
    assert nextcloud.journal.requests == 0
    assert folder is None or sorted(path.name for path in folder.iterdir()) == before
    result = nextcloud.task("preference", **options)
    assert result == prediction
    assert (result["diff"]["before"] == result["diff"]["after"]) is (not result["changed"])
    assert len(nextcloud.journal.writes()) == nextcloud.journal.requests == 1
    return result


def held(nextcloud: Any, userid: str = "admin") -> dict[tuple[str, str], str]:
    return nextcloud.state.account(userid).preferences


def test_a_ledger_tells_a_change_from_a_repetition(nextcloud: Any, ledger: Path) -> None:
    options = {**COLOUR, "ledger": str(ledger)}
    result = asserted(nextcloud, **options, value="#00679e")
    assert result["changed"] is True
    assert result["preference"] == {"app": "theming", "values": {"primary_color": "#00679e"}, "state": "present"}
    assert asserted(nextcloud, **options, value="#00679e")["changed"] is False
    assert asserted(nextcloud, **options, value="#112233")["changed"] is True
    assert asserted(nextcloud, **options, value="#00679e")["changed"] is True
    assert held(nextcloud) == {("theming", "primary_color"): "#00679e"}
    assert asserted(nextcloud, **options, state="absent")["changed"] is True
    assert held(nextcloud) == {}
    assert asserted(nextcloud, **options, state="absent")["changed"] is False
    assert asserted(nextcloud, **options, value="#00679e")["changed"] is True


def test_an_absence_that_was_never_asserted_counts_once(nextcloud: Any, ledger: Path) -> None:
    # What the server holds is not known, so it may well be removed here.
    held(nextcloud)["theming", "primary_color"] = "#ffffff"
    assert asserted(nextcloud, **COLOUR, state="absent", ledger=str(ledger))["changed"] is True
    assert held(nextcloud) == {}
    assert asserted(nextcloud, **COLOUR, state="absent", ledger=str(ledger))["changed"] is False


def test_what_was_changed_elsewhere_is_put_right_all_the_same(nextcloud: Any, ledger: Path) -> None:
    asserted(nextcloud, **COLOUR, value="#00679e", ledger=str(ledger))
    held(nextcloud)["theming", "primary_color"] = "#ffffff"
    assert asserted(nextcloud, **COLOUR, value="#00679e", ledger=str(ledger))["changed"] is False
    assert held(nextcloud)["theming", "primary_color"] == "#00679e"


def test_without_a_ledger_every_run_is_a_change(nextcloud: Any) -> None:
    for unused in range(2):
        assert asserted(nextcloud, **COLOUR, value="#00679e")["changed"] is True
    for unused in range(2):
        assert asserted(nextcloud, **COLOUR, state="absent")["changed"] is True


@pytest.mark.parametrize("count", [1, 2])
def test_all_values_go_in_one_call(nextcloud: Any, ledger: Path, count: int) -> None:
    values = dict(list({"shortcuts_disabled": True, "force_enable_blur_filter": False}.items())[:count])
    result = asserted(nextcloud, app="theming", values=values, ledger=str(ledger))
    assert sorted(held(nextcloud).values()) == ["no", "yes"][-count:]
    assert nextcloud.journal.writes()[0].path.endswith("/theming/shortcuts_disabled" if count == 1 else "/theming")
    assert asserted(nextcloud, **result["preference"], ledger=str(ledger))["changed"] is False
    removed = asserted(nextcloud, **{**result["preference"], "state": "absent"}, ledger=str(ledger))
    assert removed["changed"] is True
    assert nextcloud.journal.writes()[0].path.endswith("/theming/shortcuts_disabled" if count == 1 else "/theming")
    assert held(nextcloud) == {}
    assert asserted(nextcloud, **removed["preference"], ledger=str(ledger))["changed"] is False


def test_one_of_several_that_differs_is_a_change(nextcloud: Any, ledger: Path) -> None:
    first = {"shortcuts_disabled": "yes", "primary_color": "#00679e"}
    asserted(nextcloud, app="theming", values=first, ledger=str(ledger))
    result = asserted(nextcloud, app="theming", values={**first, "primary_color": "#112233"}, ledger=str(ledger))
    assert result["changed"] is True
    assert result["diff"]["before"]["values"] == {"shortcuts_disabled": "yes", "primary_color": None}
    assert (
        asserted(nextcloud, app="theming", key="shortcuts_disabled", value="yes", ledger=str(ledger))["changed"]
        is False
    )


def test_no_keys_take_no_request(nextcloud: Any, ledger: Path) -> None:
    for state in ("present", "absent"):
        assert nextcloud.task("preference", app="core", values={}, state=state, ledger=str(ledger))["changed"] is False
    assert nextcloud.journal.requests == 0


def test_each_account_and_server_is_remembered_by_itself(connect: Any, ledger: Path) -> None:
    nextcloud = connect(app_passwords={"token-of-admin": "admin", "token-of-jane": "jane"})
    nextcloud.state.add_account("jane", PASSWORD)
    connections: list[dict[str, Any]] = [
        {},
        {"username": "jane", "password": PASSWORD},
        {"url": "http://nextcloud.test/index.php"},
        {"url": "http://other.test"},
        {"username": None, "password": None, "token": "token-of-admin"},
        {"username": None, "password": None, "token": "token-of-jane"},
    ]
    changes = [
        asserted(nextcloud, **COLOUR, value="#00679e", ledger=str(ledger), **connection)["changed"]
        for connection in connections
    ]
    assert changes == [True, True, False, True, True, True]
    for connection in connections:
        assert asserted(nextcloud, **COLOUR, value="#00679e", ledger=str(ledger), **connection)["changed"] is False
    nextcloud.state.account("jane").password = "another-Zk3!"
    again = asserted(nextcloud, **COLOUR, value="#00679e", ledger=str(ledger), username="jane", password="another-Zk3!")
    assert again["changed"] is False


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"app": "theming", "key": "nope", "value": "1"}, "set key nope of app theming"),
        ({"app": "theming", "key": "primary_color", "value": "canary"}, "set key primary_color of app theming"),
        ({"app": "ghost", "key": "k", "value": "1"}, "set key k of app ghost"),
        (
            {"app": "theming", "values": {"shortcuts_disabled": "yes", "nope": "canary"}},
            "shortcuts_disabled, nope of app",
        ),
        ({"app": "theming", "key": "nope", "state": "absent"}, "remove key nope of app theming"),
        (
            {"app": "theming", "values": {"primary_color": None, "nope": None}, "state": "absent"},
            "remove keys primary_",
        ),
    ],
)
def test_what_an_app_does_not_allow(nextcloud: Any, ledger: Path, options: dict[str, Any], named: str) -> None:
    nextcloud.task("preference", **COLOUR, value="#00679e", ledger=str(ledger))
    content = ledger.read_bytes()
    with pytest.raises(Failure, match=f"{named}.*app does not let accounts") as caught:
        nextcloud.task("preference", **options, ledger=str(ledger))
    assert (caught.value.category, caught.value.http_status, caught.value.changed) == ("invalid", 400, False)
    assert "canary" not in str(caught.value.as_result())
    assert held(nextcloud) == {("theming", "primary_color"): "#00679e"}
    assert ledger.read_bytes() == content


@pytest.mark.parametrize(
    ("options", "option"),
    [
        ({"app": "core", "key": "apporder", "value": "notjson"}, "value"),
        ({"app": "core", "key": "apporder", "value": "NaN"}, "value"),
        ({"app": "core", "values": {"apporder": "{"}}, "values.apporder"),
        ({"app": "core", "key": "apporder", "value": {"files": {"order": 1}}}, "value"),
        ({"app": "core", "key": "a/b", "value": "1"}, "key"),
        ({"app": "core", "key": "..", "state": "absent"}, "key"),
        ({"app": "a..b", "key": "k", "value": "1"}, "app"),
        ({"app": "core", "key": "k"}, "value"),
        ({"app": "core", "key": "k", "value": "1", "values": {}}, "key"),
        ({**COLOUR, "value": "#00679e", "ledger": "/nowhere/at/all"}, "ledger"),
        ({**COLOUR, "value": "#00679e", "ledger": "same", "session_file": "same"}, "ledger"),
    ],
)
def test_what_cannot_be_right_is_refused_before_any_request(
    nextcloud: Any, options: dict[str, Any], option: str
) -> None:
    with refused(option):
        nextcloud.task("preference", **options)
    assert nextcloud.journal.requests == 0


def test_an_order_of_apps_is_json(nextcloud: Any) -> None:
    asserted(nextcloud, app="core", key="apporder", value='{"files": {"order": 1}}')
    assert held(nextcloud) == {("core", "apporder"): '{"files": {"order": 1}}'}


def test_a_key_of_one_app_is_not_that_of_another(ledger: Path) -> None:
    whose, path = ("http://nextcloud.test", "jane"), str(ledger)
    with _ledger.recording(path, whose, "one", {"key": "1"}):
        pass
    assert _ledger.compare(path, whose, "one", {"key": "1", "other": "1"}) == {"key": True, "other": None}
    assert _ledger.compare(path, whose, "one", {"key": "2"}) == {"key": False}
    assert _ledger.compare(path, whose, "other", {"key": "1"}) == {"key": None}


# The file


def test_nothing_in_the_ledger_is_in_clear(connect: Any, ledger: Path) -> None:
    nextcloud = connect(app_passwords={"canary-token": "admin"})
    nextcloud.state.add_account("canary-jane", PASSWORD)
    value = '{"canary-value": {"order": 1}}'
    for connection in (
        {"username": "canary-jane", "password": PASSWORD, "url": "http://canary.test"},
        {"username": None, "password": None, "token": "canary-token"},
    ):
        nextcloud.task("preference", app="core", key="apporder", value=value, ledger=str(ledger), **connection)
    content = ledger.read_text()
    assert [word for word in ("canary", "core", "apporder", "value") if word in content] == []
    assert len(json.loads(content)["assertions"]) == 2
    assert ledger.stat().st_mode & 0o777 == 0o600


def test_the_same_value_looks_different_each_time(nextcloud: Any, tmp_path: Path) -> None:
    for name in ("one", "other"):
        for key in ("shortcuts_disabled", "force_enable_blur_filter"):
            nextcloud.task("preference", app="theming", key=key, value="yes", ledger=str(tmp_path / name))
    texts = [
        text
        for name in ("one", "other")
        for pair in json.loads((tmp_path / name).read_text())["assertions"].items()
        for text in pair
    ]
    assert len(set(texts)) == len(texts) == 8


@pytest.mark.parametrize("check", [False, True])
def test_a_ledger_that_others_can_read_is_refused(nextcloud: Any, ledger: Path, check: bool) -> None:
    nextcloud.task("preference", **COLOUR, value="#00679e", ledger=str(ledger))
    nextcloud.journal.clear()
    ledger.chmod(0o640)
    with refused("ledger", "0600"):
        nextcloud.task("preference", check=check, **COLOUR, value="#00679e", ledger=str(ledger))
    assert nextcloud.journal.requests == 0


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"salt": "x", "sessions": {}}', "\x00", '{"salt": "x"'])
def test_something_else_in_the_file_is_refused_and_kept(nextcloud: Any, ledger: Path, content: str) -> None:
    ledger.write_text(content)
    ledger.chmod(0o600)
    with pytest.raises(Failure, match="^ledger: "):
        nextcloud.task("preference", **COLOUR, value="#00679e", ledger=str(ledger))
    assert nextcloud.journal.requests == 0
    assert ledger.read_text() == content


def test_a_folder_in_the_place_of_the_ledger_is_refused(nextcloud: Any, ledger: Path) -> None:
    for path in (ledger, ledger.with_name("locked.lock")):
        path.mkdir()
    for name in (ledger, ledger.with_name("locked")):
        with pytest.raises(Failure, match="^ledger: "):
            nextcloud.task("preference", **COLOUR, value="#00679e", ledger=str(name))
    assert nextcloud.journal.requests == 0


@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_a_ledger_that_cannot_be_written_stays_as_it_was(
    nextcloud: Any, ledger: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    nextcloud.task("preference", **COLOUR, value="#00679e", ledger=str(ledger))
    content = ledger.read_bytes()

    def fail(*unused: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, moment, fail)
        with pytest.raises(Failure, match="^ledger: the preferences are set, but .*No space left") as caught:
            nextcloud.task("preference", **COLOUR, value="#112233", ledger=str(ledger))
    assert caught.value.changed is True
    assert held(nextcloud)["theming", "primary_color"] == "#112233"
    assert ledger.read_bytes() == content
    assert sorted(path.name for path in ledger.parent.iterdir()) == ["ledger", "ledger.lock"]
    assert asserted(nextcloud, **COLOUR, value="#112233", ledger=str(ledger))["changed"] is True


@pytest.mark.parametrize("kind", ["refused_connection", "lost_answer", "maintenance"])
def test_a_call_without_an_answer_is_not_written_down(nextcloud: Any, ledger: Path, kind: str) -> None:
    nextcloud.server.fail(kind, times=4)
    with pytest.raises(Failure) as caught:
        nextcloud.task("preference", **COLOUR, value="#00679e", ledger=str(ledger))
    assert caught.value.category == "unavailable"
    assert not ledger.exists()
    assert asserted(nextcloud, **COLOUR, value="#00679e", ledger=str(ledger))["changed"] is True


def test_the_ledger_is_locked_while_the_server_is_asked(
    nextcloud: Any, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second task starts in the middle of the first: it waits, and then knows what the first has asserted."""
    options = {**COLOUR, "value": "#00679e", "ledger": str(ledger)}
    results: list[dict[str, Any]] = []
    second = threading.Thread(target=lambda: results.append(nextcloud.task("preference", **options)))
    arrived: list[bool] = []

    class Meanwhile(MockAdapter):
        def send(self, *args: Any, **kwargs: Any) -> requests.Response:
            arrived.append(_is_locked(ledger))
            if len(arrived) == 1:
                second.start()
            return super().send(*args, **kwargs)

    adapter = Meanwhile(nextcloud.server)
    monkeypatch.setattr(requests.Session, "get_adapter", lambda session, url: adapter)
    first = nextcloud.task("preference", **options)
    second.join()
    assert arrived == [True, True]
    assert (first["changed"], results[0]["changed"]) == (True, False)


def _is_locked(path: Path) -> bool:
    with open(f"{path}.lock", "rb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def test_a_lock_is_given_back_by_a_task_that_fails(nextcloud: Any, ledger: Path) -> None:
    with pytest.raises(Failure):
        nextcloud.task("preference", app="theming", key="nope", value="1", ledger=str(ledger))
    with private_file.locked("ledger", str(ledger)):
        assert _is_locked(ledger)
    assert not _is_locked(ledger)
