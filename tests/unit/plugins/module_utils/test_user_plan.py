# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The planner of accounts as tables: what is declared, what is there, which calls follow."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._accounts import guards
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.account import Current, Declared, Facts
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.options import parse
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.plan import plan
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import Plan
from refusals import refused

PASSWORD = "Zk3-qweR!plo9"

RECORD: dict[str, Any] = {
    "display_name": "Jane",
    "email": "jane@example.org",
    "quota": "5 GB",
    "language": "en",
    "locale": "",
    "timezone": "",
    "manager": "",
    "phone": "",
    "twitter": "",
    "profile_enabled": True,
    "notify_email": "",
    "groups": ["design"],
    "subadmin_of": [],
    "additional_emails": ["j@example.org"],
}


def declare(**options: Any) -> Declared:
    return parse({"userid": "jane", **options})


def current(enabled: bool = True, capabilities: dict[str, bool] | None = None, **values: Any) -> Current:
    return Current("jane", enabled, {**RECORD, **values}, capabilities or {})


def calls(made: Plan) -> list[tuple[str, Any]]:
    return [(step.operation.id, step.body or step.query) for step in made.steps]


def edit(key: str, value: str) -> tuple[str, dict[str, str]]:
    return "users-edit-user", {"key": key, "value": value}


EDITS: list[tuple[dict[str, Any], dict[str, Any], list[Any]]] = [
    # declared, what the account holds, calls
    ({}, {}, []),
    ({"display_name": "Jane"}, {}, []),
    ({"display_name": "Janet"}, {}, [edit("displayname", "Janet")]),
    ({"email": " JANE@Example.org "}, {}, []),
    ({"email": ""}, {}, [edit("email", "")]),
    ({"quota": "5 GiB"}, {}, []),
    ({"quota": "5368709120"}, {}, []),
    ({"quota": "none"}, {}, [edit("quota", "none")]),
    ({"quota": "none"}, {"quota": "none"}, []),
    ({"phone": "+49 (0)711 252428-90"}, {"phone": "+4971125242890"}, []),
    ({"phone": "+49 711 1234567"}, {}, [edit("phone", "+497111234567")]),
    ({"twitter": "@Jane"}, {"twitter": "jane"}, []),
    ({"manager": "BOSS"}, {"manager": "boss"}, []),
    ({"profile_enabled": True}, {}, []),
    ({"profile_enabled": False}, {}, [edit("profile_enabled", "0")]),
    ({"first_day_of_week": 1}, {}, [edit("first_day_of_week", "1")]),
    ({"first_day_of_week": 1, "only_on_create": ["first_day_of_week"]}, {}, []),
    ({"language": "de", "only_on_create": ["language"]}, {}, []),
    ({"groups": {"add": ["design"]}}, {}, []),
    ({"groups": {"add": ["Design"]}}, {}, [("users-add-to-group", {"groupid": "Design"})]),
    ({"groups": {"remove": ["design", "other"]}}, {}, [("users-remove-from-group", {"groupid": "design"})]),
    (
        {"groups": {"set": ["staff"]}},
        {},
        [("users-add-to-group", {"groupid": "staff"}), ("users-remove-from-group", {"groupid": "design"})],
    ),
    ({"groups": {"set": []}, "only_on_create": ["groups"]}, {}, []),
    ({"subadmin_of": {"add": ["design"]}}, {}, [("users-add-sub-admin", {"groupid": "design"})]),
    (
        {"subadmin_of": {"set": []}},
        {"subadmin_of": ["design"]},
        [("users-remove-sub-admin", {"groupid": "design"})],
    ),
    ({"additional_emails": {"add": ["J@example.org"]}}, {}, []),
    (
        {"additional_emails": {"set": ["k@example.org"]}},
        {},
        [
            ("users-edit-user-multi-value", {"key": "j@example.org", "value": ""}),
            edit("additional_mail", "k@example.org"),
        ],
    ),
    ({"enabled": True}, {}, []),
    ({"enabled": False}, {}, [("users-disable-user", None)]),
    ({"user_password": PASSWORD}, {}, []),
    ({"user_password": PASSWORD, "update_password": "always"}, {}, [edit("password", PASSWORD)]),
    # Calls that no rate limit touches never wait behind those that one does; what takes something away comes last of them.
    (
        {"role": "Lead", "groups": {"add": ["staff"]}, "enabled": False},
        {"role": ""},
        [("users-add-to-group", {"groupid": "staff"}), ("users-disable-user", None), edit("role", "Lead")],
    ),
]


@pytest.mark.parametrize(("declared", "held", "expected"), EDITS)
def test_only_differences_are_sent(declared: dict[str, Any], held: dict[str, Any], expected: list[Any]) -> None:
    made = plan(declare(**declared), current(**held), Facts())
    assert calls(made) == expected
    assert (made.before == made.after) is (not expected)


def test_an_account_that_is_as_the_plan_leaves_it_needs_no_further_plan() -> None:
    for declared, held, expected in EDITS:
        made = plan(declare(**declared), current(**held), Facts())
        after = {name: value for name, value in (made.after or {}).items() if name in RECORD or name in held}
        again = plan(declare(**declared), current(enabled=made.after["enabled"], **after), Facts())
        unreadable = [edit("first_day_of_week", "1"), edit("password", PASSWORD)]
        assert calls(again) == [call for call in expected if call in unreadable]


def test_a_creation_packs_all_it_can_into_one_call() -> None:
    made = plan(
        declare(
            user_password=PASSWORD,
            display_name="Jane",
            email="Jane@example.org",
            quota="5 GiB",
            language="de",
            manager="boss",
            groups={"add": ["design"]},
            subadmin_of={"set": ["staff"]},
            phone="+49 711 1234567",
            additional_emails={"add": ["j@example.org"]},
            enabled=False,
        ),
        None,
        Facts(),
    )
    assert calls(made) == [
        (
            "users-add-user",
            {
                "userid": "jane",
                "password": PASSWORD,
                "displayName": "Jane",
                "email": "jane@example.org",
                "quota": "5 GB",
                "language": "de",
                "manager": "boss",
                "groups": ["design"],
                "subadmin": ["staff"],
            },
        ),
        ("users-disable-user", None),
        edit("phone", "+497111234567"),
        edit("additional_mail", "j@example.org"),
    ]
    assert made.before is None
    assert PASSWORD not in repr(made.after)


def test_a_new_account_needs_a_password_or_an_address() -> None:
    with pytest.raises(Failure, match="^user_password: .*email") as caught:
        plan(declare(), None, Facts())
    assert caught.value.category == "invalid"


def test_what_is_set_on_creation_only_is_set_on_creation() -> None:
    made = plan(declare(email="j@example.org", language="de", only_on_create=["language"]), None, Facts())
    assert calls(made) == [("users-add-user", {"userid": "jane", "email": "j@example.org", "language": "de"})]


def test_several_fields_are_one_call_where_the_server_takes_that() -> None:
    declared = declare(display_name="Janet", language="de", role="Lead", quota="none")
    made = plan(declared, current(role=""), Facts(can_patch=True))
    assert calls(made) == [
        ("users-edit-user-multi-field", {"displayName": "Janet", "quota": "none", "language": "de"}),
        edit("role", "Lead"),
    ]
    assert [step.body for step in made.steps[0].instead] == [
        {"key": "displayname", "value": "Janet"},
        {"key": "quota", "value": "none"},
        {"key": "language", "value": "de"},
    ]


def test_one_field_needs_no_call_for_several() -> None:
    made = plan(declare(language="de", role="Lead"), current(role=""), Facts(can_patch=True))
    assert calls(made) == [edit("language", "de"), edit("role", "Lead")]


@pytest.mark.parametrize(
    ("held", "default_quota", "expected"),
    [("none", "none", []), ("3 GB", "3 GB", []), ("5 GB", "3 GB", [edit("quota", "default")])],
)
def test_the_default_quota_is_compared_with_what_it_stands_for(
    held: str, default_quota: str, expected: list[Any]
) -> None:
    made = plan(declare(quota="default"), current(quota=held), Facts(default_quota=default_quota))
    assert calls(made) == expected


@pytest.mark.parametrize(("matches", "expected"), [(True, []), (False, [edit("password", PASSWORD)])])
def test_a_password_is_set_when_it_has_changed(matches: bool, expected: list[Any]) -> None:
    declared = declare(user_password=PASSWORD, update_password="when_changed")
    assert calls(plan(declared, current(), Facts(password_matches=matches))) == expected


def test_the_password_of_a_disabled_account_cannot_be_compared() -> None:
    made = plan(declare(user_password=PASSWORD, update_password="when_changed"), current(enabled=False), Facts())
    assert calls(made) == []
    assert "disabled" in made.warnings[0]


@pytest.mark.parametrize(("on_readonly", "warnings"), [("warn", 1), ("skip", 0)])
def test_a_read_only_field_is_left_alone_where_that_is_asked_for(on_readonly: str, warnings: int) -> None:
    backend = {"setDisplayName": False, "setPassword": False}
    declared = declare(display_name="Janet", language="de", on_readonly=on_readonly)
    made = plan(declared, current(capabilities=backend), Facts())
    assert calls(made) == [edit("language", "de")]
    assert len(made.warnings) == warnings
    assert made.after is not None and made.after["display_name"] == "Jane"


def test_a_read_only_field_fails_before_anything_is_sent() -> None:
    backend = {"setDisplayName": False, "setPassword": False}
    with pytest.raises(Failure, match="^display_name: ") as caught:
        plan(declare(display_name="Janet"), current(capabilities=backend), Facts())
    assert caught.value.category == "read_only"
    # As long as it is as declared, there is nothing to fail about.
    assert calls(plan(declare(display_name="Jane"), current(capabilities=backend), Facts())) == []


ME = guards.KeptRights("jane", frozenset({"jane", "root"}))
LAST = guards.KeptRights("other", frozenset({"jane"}))
OTHER = guards.KeptRights("other", frozenset({"jane", "other"}))


@pytest.mark.parametrize(
    "options",
    [{"state": "absent"}, {"enabled": False}, {"groups": {"remove": ["admin"]}}, {"groups": {"set": []}}],
)
@pytest.mark.parametrize(("kept_rights", "reason"), [(ME, "signed-in account"), (LAST, "without an administrator")])
def test_nobody_is_locked_out(options: dict[str, Any], kept_rights: guards.KeptRights, reason: str) -> None:
    with pytest.raises(Failure, match=reason) as caught:
        plan(declare(**options), current(groups=["admin", "design"]), Facts(kept_rights=kept_rights))
    assert caught.value.category == "conflict"
    assert plan(declare(**options), current(groups=["admin", "design"]), Facts(kept_rights=OTHER)).steps


def test_deleting() -> None:
    made = plan(declare(state="absent"), current(), Facts(kept_rights=OTHER))
    assert calls(made) == [("users-delete-user", None)]
    assert made.after == {"userid": "jane", "state": "absent"}
    assert plan(declare(state="absent"), None, Facts()).steps == ()


@pytest.mark.parametrize(
    ("options", "option"),
    [
        ({"userid": "a/b"}, "userid"),
        ({"userid": ".."}, "userid"),
        ({"quota": "lots"}, "quota"),
        ({"email": "user"}, "email"),
        ({"display_name": "J\udcfcrgen"}, "display_name"),
        ({"language": "German"}, "language"),
        ({"user_password": ""}, "user_password"),
        ({"groups": {"set": ["a"], "add": ["b"]}}, "groups.set"),
        ({"groups": {"set": ["a"], "remove": ["b"]}}, "groups.set"),
        ({"groups": {"add": ["a"], "remove": ["a"]}}, "groups"),
        ({"groups": {"add": ["x" * 65]}}, "groups.add"),
        ({"additional_emails": {"add": ["x"]}}, "additional_emails.add"),
        ({"email": "a@example.org", "additional_emails": {"add": ["A@example.org"]}}, "additional_emails"),
        ({"userid": "Details"}, "userid"),
        ({"userid": "disabled"}, "userid"),
        ({"userid": "recent"}, "userid"),
        ({"quota": "99999999999999999999 PB"}, "quota"),
        ({"quota": "9" * 40}, "quota"),
        ({"subadmin_of": {"add": ["admin"]}}, "subadmin_of"),
        ({"subadmin_of": {"set": ["admin"]}}, "subadmin_of"),
    ],
)
def test_what_cannot_be_right_names_the_option(options: dict[str, Any], option: str) -> None:
    with refused(option):
        declare(**options)


def test_everything_that_cannot_be_right_is_named_at_once() -> None:
    with pytest.raises(Failure) as caught:
        declare(quota="5,5 GB", email="jane", groups={"add": [""]})
    for option in ("quota", "email", "groups.add"):
        assert f"{option}: " in str(caught.value)
