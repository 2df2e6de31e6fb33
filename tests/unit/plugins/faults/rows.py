# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rows of the table of faults: each writing operation, as a task calls it in a small world."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Callable, Mapping

from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.operations import Call

PASSWORD, NEW_PASSWORD = "Zk3-qweR!plo9", "Yt7-asdF!gbn2"
# Stands for the path of a ledger in the options.
LEDGER = object()


@dataclass(frozen=True)
class Row:
    """One operation, as a task of a module calls it in a world of a few accounts and groups.

    call: the call that is struck.
    seen: what of the server's state the task is about; wanted: that, as declared.
    once: the effect must not happen twice. Where it cannot be seen either, nobody can know whether it has happened.
    readable: whether the collection can look up the effect.
    asserts: every run counts as a change.
    settings: of the server.
    """

    name: str
    call: Call
    module: str
    options: Mapping[str, Any]
    seen: Callable[[Any], Any]
    wanted: Any
    once: bool = False
    readable: bool = True
    asserts: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)


def furnish(state: Any) -> None:
    """The world of all rows."""
    state.add_account("admin2", PASSWORD, groups=["admin"])
    state.add_account(
        "jane",
        PASSWORD,
        email="jane@example.org",
        groups=["staff"],
        subadmin=["staff"],
        additional_mail=["old@example.org"],
    )
    state.add_account("away", PASSWORD, enabled=False)
    state.add_group("design", "Design")
    state.apps.set_value("mail", "old", "1")
    state.allow_list.add("192.0.2.0", 24)
    state.account("admin").preferences.update(
        {("theming", "primary_color"): "#000000", ("theming", "shortcuts_disabled"): "yes"}
    )


# What is seen of the state


def of_account(userid: str, *names: str) -> Callable[[Any], Any]:
    """Fields of an account; None where there is none."""

    def seen(state: Any) -> Any:
        account = state.directory.account(userid)
        if account is None:
            return None
        values = {
            **account.profile,
            **vars(account),
            "additional_mail": [mail.address for mail in account.additional_mail],
        }
        return tuple(values[name] for name in names)

    return seen


def group_name(groupid: str) -> Callable[[Any], Any]:
    def seen(state: Any) -> Any:
        group = state.directory.group(groupid)
        return group and group.display_name

    return seen


def members(groupid: str) -> Callable[[Any], Any]:
    return lambda state: sorted(state.group(groupid).members)


def leaders(groupid: str) -> Callable[[Any], Any]:
    return lambda state: sorted(state.group(groupid).subadmins)


def app(name: str) -> Callable[[Any], Any]:
    return lambda state: name in state.apps.enabled()


def config(key: str) -> Callable[[Any], Any]:
    return lambda state: state.apps.config["mail"].get(key)


def preferences(state: Any) -> Any:
    return {key: value for (unused_app, key), value in state.account("admin").preferences.items()}


def networks(state: Any) -> Any:
    return sorted(state.allow_list.networks.values())


# The rows


def task(
    name: str,
    call: Call,
    seen: Callable[[Any], Any],
    wanted: Any,
    once: bool = False,
    readable: bool = True,
    asserts: bool = False,
    **options: Any,
) -> Row:
    """A row whose name begins with its module."""
    return Row(name, call, name.partition(":")[0], options, seen, wanted, once, readable, asserts)


def in_directory(single: Row, **options: Any) -> Row:
    """The same call, as a task of the bulk module makes it."""
    return replace(single, name=f"directory, as {single.name}", module="directory", options=options)


def at_version(version: int, made: Row) -> Row:
    return replace(made, settings={"version": version})


OF_JANE = {"userid": "jane"}
JOHN = {"userid": "john", "email": "john@example.org"}
JOHN_LATER = {**JOHN, "phone": "+4971125242890", "locale": "de_DE", "only_on_create": ["phone", "locale"]}
COLOUR = {"app": "theming", "key": "primary_color", "value": "#112233"}
OLD = {"primary_color": "#000000", "shortcuts_disabled": "yes"}
SEVERAL = {"primary_color": "#112233", "force_enable_blur_filter": "yes"}

CREATE_ACCOUNT = task(
    "user: create", operations.ADD_USER(), of_account("john", "email"), ("john@example.org",), once=True, **JOHN
)
FINISH_ACCOUNT = task(
    "user: what follows a creation",
    operations.EDIT_USER("john"),
    of_account("john", "phone", "locale"),
    ("+4971125242890", "de_DE"),
    **JOHN_LATER,
)
EDIT = task("user: edit", operations.EDIT_USER("jane"), of_account("jane", "role"), ("Lead",), **OF_JANE, role="Lead")
EDIT_SEVERAL = at_version(
    34,
    task(
        "user: edit several",
        operations.PATCH_USER("jane"),
        of_account("jane", "quota", "language"),
        ("5 GB", "de"),
        **OF_JANE,
        quota="5 GB",
        language="de",
    ),
)
EDIT_UNSHOWN = task(
    "user: edit what is never shown",
    operations.EDIT_USER("jane"),
    of_account("jane", "first_day_of_week"),
    (1,),
    readable=False,
    asserts=True,
    **OF_JANE,
    first_day_of_week=1,
)
CHANGE_PASSWORD = task(
    "user: change the password",
    operations.EDIT_USER("jane"),
    of_account("jane", "password"),
    (NEW_PASSWORD,),
    # A sign-in would tell, but each that fails brings the address nearer to being shut out.
    readable=False,
    **OF_JANE,
    user_password=NEW_PASSWORD,
    update_password="when_changed",
)
SET_PASSWORD = task(
    "user: set the password",
    operations.EDIT_USER("jane"),
    of_account("jane", "password"),
    (NEW_PASSWORD,),
    readable=False,
    asserts=True,
    **OF_JANE,
    user_password=NEW_PASSWORD,
    update_password="always",
)
ADD_ADDRESS = task(
    "user: add an address",
    operations.ADD_USER_VALUE("jane"),
    of_account("jane", "additional_mail"),
    (["old@example.org", "new@example.org"],),
    **OF_JANE,
    additional_emails={"add": ["new@example.org"]},
)
REMOVE_ADDRESS = task(
    "user: remove an address",
    operations.EDIT_USER_COLLECTION("jane", "additional_mail"),
    of_account("jane", "additional_mail"),
    ([],),
    **OF_JANE,
    additional_emails={"set": []},
)
ENABLE = task(
    "user: enable",
    operations.ENABLE_USER("away"),
    of_account("away", "enabled"),
    (True,),
    userid="away",
    enabled=True,
)
DISABLE = task(
    "user: disable", operations.DISABLE_USER("jane"), of_account("jane", "enabled"), (False,), **OF_JANE, enabled=False
)
DELETE_ACCOUNT = task(
    "user: delete", operations.DELETE_USER("jane"), of_account("jane"), None, **OF_JANE, state="absent"
)
CREATE_GROUP = task(
    "group: create",
    operations.ADD_GROUP(),
    group_name("new"),
    "New",
    once=True,
    groupid="new",
    display_name="New",
)
RENAME_GROUP = task(
    "group: rename",
    operations.EDIT_GROUP("design"),
    group_name("design"),
    "Print",
    groupid="design",
    display_name="Print",
)
DELETE_GROUP = task(
    "group: delete",
    operations.DELETE_GROUP("design"),
    group_name("design"),
    None,
    groupid="design",
    state="absent",
)
JOIN = task(
    "group_member: add",
    operations.ADD_TO_GROUP("jane"),
    members("design"),
    ["jane"],
    groupid="design",
    users=["jane"],
)
LEAVE = task(
    "group_member: remove",
    operations.REMOVE_FROM_GROUP("jane"),
    members("staff"),
    [],
    groupid="staff",
    users=["jane"],
    state="absent",
)
APPOINT = task(
    "subadmin: add", operations.ADD_SUBADMIN("jane"), leaders("design"), ["jane"], **OF_JANE, groups=["design"]
)
DISMISS = task(
    "subadmin: remove",
    operations.REMOVE_SUBADMIN("jane"),
    leaders("staff"),
    [],
    **OF_JANE,
    groups=["staff"],
    state="absent",
)
APPS = (
    task("app: enable", operations.ENABLE_APP("admin_audit"), app("admin_audit"), True, app="admin_audit"),
    task("app: disable", operations.DISABLE_APP("photos"), app("photos"), False, app="photos", state="disabled"),
    task(
        "app_config: set",
        operations.SET_APP_CONFIG("mail", "new"),
        config("new"),
        "x",
        app="mail",
        key="new",
        value="x",
    ),
    task(
        "app_config: delete",
        operations.DELETE_APP_CONFIG("mail", "old"),
        config("old"),
        None,
        app="mail",
        key="old",
        state="absent",
    ),
)
PREFERENCES = (
    task(
        "preference: set",
        operations.SET_PREFERENCE("theming", "primary_color"),
        preferences,
        {**OLD, "primary_color": "#112233"},
        readable=False,
        asserts=True,
        **COLOUR,
    ),
    task(
        "preference: set, with a ledger",
        operations.SET_PREFERENCE("theming", "primary_color"),
        preferences,
        {**OLD, "primary_color": "#112233"},
        readable=False,
        **COLOUR,
        ledger=LEDGER,
    ),
    task(
        "preference: set several",
        operations.SET_PREFERENCES("theming"),
        preferences,
        {**OLD, **SEVERAL},
        readable=False,
        asserts=True,
        app="theming",
        values=SEVERAL,
    ),
    task(
        "preference: delete",
        operations.DELETE_PREFERENCE("theming", "primary_color"),
        preferences,
        {"shortcuts_disabled": "yes"},
        readable=False,
        asserts=True,
        app="theming",
        key="primary_color",
        state="absent",
    ),
    task(
        "preference: delete several",
        operations.DELETE_PREFERENCES("theming"),
        preferences,
        {},
        readable=False,
        asserts=True,
        app="theming",
        values=dict.fromkeys(OLD),
        state="absent",
    ),
)
EXEMPTIONS = (
    task(
        "rate_limit_exemption: add",
        operations.ADD_TO_ALLOW_LIST(),
        networks,
        [("192.0.2.0", 24), ("198.51.100.7", 32)],
        once=True,
        network="198.51.100.7",
    ),
    task(
        "rate_limit_exemption: remove",
        operations.REMOVE_FROM_ALLOW_LIST("1"),
        networks,
        [],
        network="192.0.2.0/24",
        state="absent",
    ),
)
ACTIONS = (
    task(
        "device_wipe",
        operations.WIPE_DEVICES("jane"),
        lambda state: list(state.wiped),
        ["jane"],
        once=True,
        readable=False,
        asserts=True,
        **OF_JANE,
    ),
    task(
        "welcome_email",
        operations.RESEND_WELCOME("jane"),
        lambda state: list(state.welcomed),
        ["jane"],
        once=True,
        readable=False,
        asserts=True,
        **OF_JANE,
    ),
)
DIRECTORY = (
    in_directory(CREATE_ACCOUNT, users=[CREATE_ACCOUNT.options]),
    in_directory(FINISH_ACCOUNT, users=[FINISH_ACCOUNT.options]),
    in_directory(EDIT, users=[EDIT.options]),
    in_directory(EDIT_SEVERAL, users=[EDIT_SEVERAL.options]),
    in_directory(ADD_ADDRESS, users=[ADD_ADDRESS.options]),
    in_directory(REMOVE_ADDRESS, users=[REMOVE_ADDRESS.options]),
    in_directory(ENABLE, users=[ENABLE.options]),
    in_directory(DISABLE, users=[DISABLE.options], max_removals="100%"),
    in_directory(DELETE_ACCOUNT, users=[DELETE_ACCOUNT.options], max_removals="100%"),
    in_directory(CREATE_GROUP, groups=[CREATE_GROUP.options]),
    in_directory(RENAME_GROUP, groups=[RENAME_GROUP.options]),
    in_directory(DELETE_GROUP, groups=[DELETE_GROUP.options], max_removals="100%"),
    in_directory(JOIN, groups=[{"groupid": "design", "users": {"add": ["jane"]}}]),
    in_directory(LEAVE, groups=[{"groupid": "staff", "users": {"remove": ["jane"]}}], max_removals="100%"),
    in_directory(APPOINT, groups=[{"groupid": "design", "subadmins": {"add": ["jane"]}}]),
    in_directory(DISMISS, groups=[{"groupid": "staff", "subadmins": {"remove": ["jane"]}}], max_removals="100%"),
)
ROWS = (
    *(CREATE_ACCOUNT, FINISH_ACCOUNT, EDIT, EDIT_SEVERAL, EDIT_UNSHOWN, CHANGE_PASSWORD, SET_PASSWORD),
    *(ADD_ADDRESS, REMOVE_ADDRESS, ENABLE, DISABLE, DELETE_ACCOUNT),
    *(CREATE_GROUP, RENAME_GROUP, DELETE_GROUP, JOIN, LEAVE, APPOINT, DISMISS),
    *APPS,
    *PREFERENCES,
    *EXEMPTIONS,
    *ACTIONS,
    *DIRECTORY,
)
