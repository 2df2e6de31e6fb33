# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks of the module `app_config` against the mock server."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import MASK
from refusals import refused

TYPED = "shareapi_default_expire_date"


def test_one_value_lives_its_whole_life(nextcloud: Any) -> None:
    key = {"app": "files", "key": "default_quota"}
    result = nextcloud.settled("app_config", **key, value="3 GB")
    assert result["changed"] is True
    assert result["app_config"] == {"app": "files", "values": {"default_quota": "3 GB"}, "state": "present"}
    assert result["diff"]["before"]["values"] == {"default_quota": None}
    changed = nextcloud.settled("app_config", **key, value="")
    assert changed["diff"]["before"]["values"] == {"default_quota": "3 GB"}
    assert changed["diff"]["after"]["values"] == {"default_quota": ""}
    assert nextcloud.state.apps.config["files"]["default_quota"] == ""
    assert nextcloud.settled("app_config", **key, state="absent")["changed"] is True
    assert "default_quota" not in nextcloud.state.apps.config["files"]


@pytest.mark.parametrize(
    ("word", "other"), [("yes", "no"), ("no", "yes"), ("true", "off"), ("On", "FALSE"), (True, False), (False, True)]
)
def test_a_key_with_a_type_is_no_endless_change(nextcloud: Any, word: Any, other: Any) -> None:
    for value in (word, other, word):
        assert nextcloud.settled("app_config", app="core", key=TYPED, value=value)["changed"] is True


def test_a_key_without_a_type_keeps_words_apart_but_for_a_switch_that_is_held(nextcloud: Any) -> None:
    held = nextcloud.state.apps.config.setdefault("files", {})
    held["switch"] = "yes"
    assert nextcloud.settled("app_config", app="files", key="switch", value="1")["changed"] is True
    assert held["switch"] == "1"
    # The documented limit: a 1 may be what a key with a type makes of yes.
    assert nextcloud.settled("app_config", app="files", key="switch", value="yes")["changed"] is False
    assert nextcloud.settled("app_config", app="files", key="switch", state="absent")["changed"] is True
    assert nextcloud.settled("app_config", app="files", key="switch", value="yes")["changed"] is True
    assert held["switch"] == "yes"


def test_many_keys_of_an_app_in_one_task(nextcloud: Any) -> None:
    values = {"a": "x", "b c": "", "d%2F+": 5, "e": True, "f": 1.5, "ü": "ü 🎉"}
    result = nextcloud.settled("app_config", app="notanapp", values=values)
    stored = {"a": "x", "b c": "", "d%2F+": "5", "e": "yes", "f": "1.5", "ü": "ü 🎉"}
    assert nextcloud.state.apps.config["notanapp"] == stored
    assert result["app_config"]["values"] == stored
    one_more = nextcloud.settled("app_config", app="notanapp", values={**values, "a": "y"})
    assert one_more["changed"] is True
    absent = nextcloud.settled(
        "app_config", app="notanapp", values={"a": None, "e": None, "ghost": None}, state="absent"
    )
    assert absent["diff"]["before"]["values"] == {"a": "y", "e": "yes", "ghost": None}
    assert sorted(nextcloud.state.apps.config["notanapp"]) == ["b c", "d%2F+", "f", "ü"]


def test_only_what_differs_is_written(nextcloud: Any) -> None:
    nextcloud.task("app_config", app="notanapp", values={"a": "1", "b": "2"})
    nextcloud.journal.clear()
    nextcloud.task("app_config", app="notanapp", values={"a": "1", "b": "3"})
    assert [entry.path.rpartition("/")[2] for entry in nextcloud.journal.writes()] == ["b"]


@pytest.mark.parametrize("sensitive", [False, True])
def test_a_result_can_be_fed_back_in(nextcloud: Any, sensitive: bool) -> None:
    result = nextcloud.task("app_config", app="core", values={TYPED: "yes", "a": ""}, sensitive=sensitive)["app_config"]
    if sensitive:
        with refused(f"values.{TYPED}"):
            nextcloud.task("app_config", **result)
    else:
        assert nextcloud.task("app_config", **result)["changed"] is False
    removed = nextcloud.settled("app_config", **{**result, "state": "absent"})
    assert removed["changed"] is True
    assert nextcloud.settled("app_config", **removed["app_config"])["changed"] is False


def test_no_keys_take_no_request(nextcloud: Any) -> None:
    assert nextcloud.task("app_config", app="files", values={})["changed"] is False
    assert nextcloud.journal.requests == 0


def test_sensitive_values_are_masked(nextcloud: Any) -> None:
    nextcloud.state.apps.config["files"]["token"] = "canary-old"
    result = nextcloud.settled("app_config", app="files", key="token", value="canary-new", sensitive=True)
    assert result["changed"] is True
    assert "canary" not in str(result)
    assert result["diff"]["before"]["values"] == result["diff"]["after"]["values"] == {"token": MASK}
    assert nextcloud.state.apps.config["files"]["token"] == "canary-new"


FINE = {"app": "files", "key": "k", "value": "v"}


@pytest.mark.parametrize(
    ("options", "option"),
    [
        ({**FINE, "app": "bad..id"}, "app"),
        ({**FINE, "app": "a/b"}, "app"),
        ({**FINE, "app": ""}, "app"),
        ({**FINE, "key": "a/b"}, "key"),
        ({**FINE, "key": ""}, "key"),
        ({**FINE, "key": "."}, "key"),
        ({**FINE, "key": ".."}, "key"),
        ({**FINE, "key": "a\nb"}, "key"),
        ({**FINE, "key": "k" * 65}, "key"),
        ({**FINE, "key": "enabled"}, "key"),
        ({**FINE, "value": None}, "value"),
        ({**FINE, "value": ["a"]}, "value"),
        ({**FINE, "value": {"a": 1}}, "value"),
        ({**FINE, "value": "a\0b"}, "value"),
        ({**FINE, "value": "\udcff"}, "value"),
        ({**FINE, "value": float("nan")}, "value"),
        ({**FINE, "values": {"a": "1"}}, "key"),
        ({"app": "files", "value": "v", "values": {"a": "1"}}, "value"),
        ({"app": "files", "value": "v"}, "key"),
        ({"app": "files"}, "key"),
        ({"app": "files", "state": "absent"}, "key"),
        ({"app": "files", "values": {"a": "1", "b/c": "2"}}, "values"),
        ({"app": "files", "values": {"a": "1", "b": None}}, "values.b"),
        ({"app": "files", "values": {"a": "1", "b": ["x"]}}, "values.b"),
        ({"app": "core", "values": {"a": "1", "public_files": "2"}}, "values"),
        ({"app": "core", "values": {"a/b": None}, "state": "absent"}, "values"),
    ],
)
def test_what_cannot_be_right_is_refused_before_any_request(
    nextcloud: Any, options: dict[str, Any], option: str
) -> None:
    with refused(option):
        nextcloud.task("app_config", **options)
    assert nextcloud.journal.requests == 0


def test_only_an_administrator_may(nextcloud: Any) -> None:
    nextcloud.state.add_account("jane", "Zk3-qweR!plo9")
    with pytest.raises(Failure) as caught:
        nextcloud.task("app_config", app="files", values={"a": "1"}, username="jane", password="Zk3-qweR!plo9")
    assert caught.value.category == "permission"
    assert nextcloud.journal.writes() == []
