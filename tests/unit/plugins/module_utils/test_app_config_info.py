# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module `app_config_info` against the mock server: a missing key, an empty value, and what the API cannot reach."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from refusals import refused


@pytest.fixture(autouse=True)
def config(nextcloud: Any) -> None:
    nextcloud.state.apps.config["notanapp"] = {"empty": "", "key with space": "1", "a?b#c%d": "2"}


def answer(nextcloud: Any, **options: Any) -> list[dict[str, Any]]:
    return nextcloud.task("app_config_info", **options)["app_config"]


def test_the_apps_that_have_a_configuration(nextcloud: Any) -> None:
    apps = [item["app"] for item in answer(nextcloud, check=True)]
    assert apps == sorted(apps)
    assert {"core", "files", "notanapp"} <= set(apps)
    assert nextcloud.journal.requests == 1


def test_the_values_of_an_app(nextcloud: Any) -> None:
    values = {"a?b#c%d": "2", "empty": "", "key with space": "1"}
    assert answer(nextcloud, app="notanapp") == [{"app": "notanapp", "values": values}]
    assert nextcloud.journal.requests == 1 + 3
    assert nextcloud.journal.writes() == []


def test_the_keys_of_an_app(nextcloud: Any) -> None:
    assert answer(nextcloud, app="notanapp", values=False) == [
        {"app": "notanapp", "keys": ["a?b#c%d", "empty", "key with space"]}
    ]
    assert nextcloud.journal.requests == 1
    assert answer(nextcloud, app="notanapp", key="empty", values=False)[0]["keys"] == ["empty"]
    assert answer(nextcloud, app="notanapp", key="ghost", values=False)[0]["keys"] == []


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("empty", {"empty": ""}),
        ("ghost", {}),
        ("key with space", {"key with space": "1"}),
        ("a?b#c%d", {"a?b#c%d": "2"}),
    ],
)
def test_a_missing_key_is_told_from_an_empty_value(nextcloud: Any, key: str, values: dict[str, str]) -> None:
    assert answer(nextcloud, app="notanapp", key=key) == [{"app": "notanapp", "values": values}]


@pytest.mark.parametrize("value", ["no such key", "still no such key"])
def test_a_value_that_reads_as_if_it_were_missing_is_not(nextcloud: Any, value: str) -> None:
    nextcloud.state.apps.set_value("notanapp", "odd", value)
    assert answer(nextcloud, app="notanapp", key="odd")[0]["values"] == {"odd": value}


def test_one_value_is_one_request(nextcloud: Any) -> None:
    answer(nextcloud, app="notanapp", key="empty")
    assert nextcloud.journal.requests == 1


def test_an_app_without_configuration(nextcloud: Any) -> None:
    assert answer(nextcloud, app="ghost") == [{"app": "ghost", "values": {}}]
    assert answer(nextcloud, app="ghost", values=False) == [{"app": "ghost", "keys": []}]


def test_a_key_that_the_api_cannot_reach_keeps_nothing_else_out(nextcloud: Any) -> None:
    nextcloud.state.apps.config["notanapp"].update({"a/b": "3", "..": "4"})
    values = answer(nextcloud, app="notanapp")[0]["values"]
    assert (values["a/b"], values[".."], values["key with space"]) == (None, None, "1")


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"app": "bad..id"}, "app"),
        ({"app": ".."}, "app"),
        ({"app": "a/b"}, "app"),
        ({"app": ""}, "app"),
        ({"app": "files", "key": "a/b"}, "key"),
        ({"app": "files", "key": ".."}, "key"),
        ({"app": "files", "key": ""}, "key"),
        ({"key": "default_quota"}, "key"),
    ],
)
def test_what_the_api_cannot_address_fails_before_any_request(
    nextcloud: Any, options: dict[str, Any], named: str
) -> None:
    with refused(named):
        nextcloud.task("app_config_info", **options)
    assert nextcloud.journal.requests == 0


def test_administrators_only(nextcloud: Any) -> None:
    nextcloud.state.add_account("plain", "Zk3-qweR!plo9")
    with pytest.raises(Failure) as caught:
        nextcloud.task("app_config_info", username="plain", password="Zk3-qweR!plo9", app="files")
    assert caught.value.category == "permission"
