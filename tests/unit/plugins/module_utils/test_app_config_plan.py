# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The planner of app configuration as tables: what is declared, what is held, and the calls between them."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._apps import config as _app_config
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import MASK, Plan
from refusals import refused

SET, DELETE = "app_config-set-value", "app_config-delete-key"


def planned(values: dict[str, Any], current: dict[str, str | None], **options: Any) -> Plan:
    return _app_config.plan(_app_config.parse({"app": "files", "values": values, **options}), current)


def calls(made: Plan) -> list[tuple[str, str, Any]]:
    return [
        (step.operation.id, step.call.path.rpartition("/")[2], (step.body or {}).get("value")) for step in made.steps
    ]


@pytest.mark.parametrize(
    ("declared", "held", "sent"),
    [
        ("3 GB", "3 GB", None),
        ("3 GB", "4 GB", "3 GB"),
        ("3 GB", None, "3 GB"),
        # A missing key and an empty value are two things.
        ("", "", None),
        ("", None, ""),
        ("a", "", "a"),
        ("", "a", ""),
        # A switch as a key with a type stores it, both ways, in every word for it.
        *((word, "1", None) for word in ("1", "yes", "true", "on", "Yes", "TRUE", True, 1)),
        *((word, "0", None) for word in ("0", "no", "false", "off", "No", "FALSE", False, 0)),
        ("yes", "0", "yes"),
        ("1", "0", "1"),
        (True, "0", "yes"),
        ("no", "1", "no"),
        (False, "1", "no"),
        # A key that holds a word has no type: there each spelling is a value of its own.
        ("1", "yes", "1"),
        ("true", "yes", "true"),
        ("Yes", "yes", "Yes"),
        (True, "yes", None),
        (True, "true", "yes"),
        ("0", "no", "0"),
        ("no", "", "no"),
        # Numbers are no switches, and versions are no numbers.
        (14, "14", None),
        (14, "7", "14"),
        (1.5, "1.5", None),
        ("3.10", "3.1", "3.10"),
        ("01", "1", "01"),
        ("2", "1", "2"),
        # JSON is the same where it holds the same.
        ('["a", "b/c"]', '["a","b\\/c"]', None),
        ('{"a": 1, "b": {}}', '{"b":{},"a":1}', None),
        ("{}", "[]", None),
        ('["a", "b"]', '["b","a"]', '["a", "b"]'),
        ("[1]", "[true]", "[1]"),
        ("[1]", '["1"]', "[1]"),
        ("[", "[", None),
        ("[" * 100_000, "[", "[" * 100_000),
    ],
)
def test_value(declared: Any, held: str | None, sent: str | None) -> None:
    made = planned({"k": declared}, {"k": held})
    assert calls(made) == ([] if sent is None else [(SET, "k", sent)])
    assert (made.before == made.after) is (sent is None)
    assert made.after == {"app": "files", "values": {"k": held if sent is None else sent}, "state": "present"}


def test_only_the_keys_that_differ_are_sent() -> None:
    made = planned({"a": "1", "b": "2", "c": "3"}, {"a": "1", "b": None, "c": ""})
    assert calls(made) == [(SET, "b", "2"), (SET, "c", "3")]
    assert made.before == {"app": "files", "values": {"a": "1", "b": None, "c": ""}, "state": "present"}


@pytest.mark.parametrize("value", [None, "", "whatever", ["a"]])
@pytest.mark.parametrize(("held", "expected"), [("x", [DELETE]), ("", [DELETE]), (None, [])])
def test_absent_looks_at_keys_alone(value: Any, held: str | None, expected: list[str]) -> None:
    made = planned({"k": value}, {"k": held}, state="absent")
    assert [operation for operation, key, sent in calls(made)] == expected
    assert made.after == {"app": "files", "values": {"k": None}, "state": "absent"}
    assert (made.before == made.after) is (not expected)


@pytest.mark.parametrize("state", ["present", "absent"])
def test_no_keys_are_nothing_to_do(state: str) -> None:
    made = planned({}, {}, state=state)
    assert made.steps == () and made.before == made.after


def test_sensitive_values_are_masked_on_both_sides() -> None:
    made = planned({"a": "new", "b": "x"}, {"a": "old", "b": None}, sensitive=True)
    assert made.before is not None and made.before["values"] == {"a": MASK, "b": None}
    assert made.after is not None and made.after["values"] == {"a": MASK, "b": MASK}
    assert calls(made) == [(SET, "a", "new"), (SET, "b", "x")]


@pytest.mark.parametrize(
    ("app", "key"),
    [
        *(("files", key) for key in ("installed_version", "enabled", "types")),
        *(("core", key) for key in ("installed_version", "encryption_enabled", "public_files", "remote_x", "public_")),
    ],
)
def test_protected_keys_are_refused(app: str, key: str) -> None:
    for options in (
        {"key": key, "value": "yes"},
        {"values": {"fine": "1", key: "yes"}},
        {"key": key, "state": "absent"},
    ):
        with refused("values" if "values" in options else "key", f"{key} of {app}"):
            _app_config.parse({"app": app, **options})


@pytest.mark.parametrize(("app", "key"), [("files", "public_files"), ("core", "publication"), ("core", "types_of_it")])
def test_what_only_looks_protected_is_not(app: str, key: str) -> None:
    assert _app_config.parse({"app": app, "key": key, "value": "1"}).values == {key: "1"}
