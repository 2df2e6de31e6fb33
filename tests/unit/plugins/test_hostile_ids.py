# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every id, key and value is refused before anything is written, or it is right: on the server just as it was declared."""

from __future__ import annotations

from typing import Any, Callable, NamedTuple

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from hostile import hostile_texts
from mock_server.state.model import Group
from mock_server.web import reading, routes

# For each use, beside its share of the others.
ALWAYS = [
    "",
    "\0",
    "a\0b",
    ".",
    "..",
    "details",
    "a\nb",
    "%2F",
    "%252F",
    "a/b",
    "a/../b",
    "\\",
    "?",
    "ü 🎉",
    " ",
    "x" * 5000,
]
HARMLESS = ["abc", "a.b-c'd@example.org"]
NEWEST = 34
# What else may stand in the paths of requests.
KNOWN = ["admin", "jane", "design", "files", "key", "other", "theming", "primary_color"]
OTHERS = [text for text in dict.fromkeys(hostile_texts(300)) if text not in (*KNOWN, *ALWAYS)]


class Use(NamedTuple):
    """A task that declares a text. effect: what is on the server then. gone: options that undo it."""

    module: str
    options: Callable[[str], dict[str, Any]]
    effect: Callable[[str], tuple[str, ...]]
    gone: Callable[[str], dict[str, Any]]


def _use(module: str, effect: Callable[[str], tuple[str, ...]], options: Callable[[str], dict[str, Any]]) -> Use:
    return Use(module, options, effect, lambda text: {**options(text), "state": "absent"})


USES = {
    "group": _use("group", lambda text: ("group", text), lambda text: {"groupid": text}),
    "user": _use("user", lambda text: ("account", text), lambda text: {"userid": text, "email": "x@example.org"}),
    "group of user": Use(
        "user",
        lambda text: {"userid": "jane", "groups": {"add": [text]}},
        lambda text: ("member", "jane", text),
        lambda text: {"userid": "jane", "groups": {"remove": [text]}},
    ),
    "subadmin": _use(
        "subadmin", lambda text: ("leads", "jane", text), lambda text: {"userid": "jane", "groups": [text]}
    ),
    "group_member": _use(
        "group_member", lambda text: ("member", "jane", text), lambda text: {"groupid": text, "users": ["jane"]}
    ),
    "member": _use(
        "group_member", lambda text: ("member", text, "design"), lambda text: {"groupid": "design", "users": [text]}
    ),
    "group of directory": Use(
        "directory",
        lambda text: {"groups": [{"groupid": text, "users": {"set": ["jane"]}, "subadmins": {"set": ["jane"]}}]},
        lambda text: ("member", "jane", text),
        lambda text: {"groups": [{"groupid": text, "users": {"set": []}, "subadmins": {"set": []}}]},
    ),
    "user of directory": Use(
        "directory",
        lambda text: {"users": [{"userid": text, "email": "x@example.org", "groups": {"set": ["design"]}}]},
        lambda text: ("member", text, "design"),
        lambda text: {"users": [{"userid": text, "state": "absent"}], "max_removals": "100%"},
    ),
    "app": _use(
        "app_config", lambda text: ("config", text, "key", "v"), lambda text: {"app": text, "key": "key", "value": "v"}
    ),
    "key": _use(
        "app_config",
        lambda text: ("config", "files", text, "v"),
        lambda text: {"app": "files", "key": text, "value": "v"},
    ),
    "keys": _use(
        "app_config",
        lambda text: ("config", "files", text, "v"),
        lambda text: {"app": "files", "values": {text: "v", "other": "w"}},
    ),
    "value": _use(
        "app_config",
        lambda text: ("config", "files", "key", text),
        lambda text: {"app": "files", "key": "key", "value": text},
    ),
}
# A task of another use that comes first, where what is named must be there.
FIRST = dict.fromkeys(("group of user", "subadmin", "group_member", "group of directory"), "group") | {"member": "user"}


def state_of(nextcloud: Any) -> set[tuple[str, ...]]:
    directory, apps = nextcloud.state.directory, nextcloud.state.apps
    found: set[tuple[str, ...]] = {("account", account.userid) for account in directory.accounts()}
    for group in directory.groups():
        found |= {("group", group.groupid)}
        found |= {("member", userid, group.groupid) for userid in group.members}
        found |= {("leads", userid, group.groupid) for userid in group.subadmins}
    for app in apps.configured():
        found |= {("config", app, key, apps.value(app, key, "")) for key in apps.keys(app)}
    return found


def named_in(nextcloud: Any) -> set[str]:
    """The ids, apps and keys in the paths of all requests, as the server takes them."""
    calls = [(entry.method, reading.api_path(entry.path, "")) for entry in nextcloud.journal]
    return {name for method, call in calls for name in routes.find(method, call[1], NEWEST)[1].values()}


def done(nextcloud: Any, module: str, options: dict[str, Any], text: str) -> bool:
    """Whether the task was done. If not, nothing was written. No request is about anything but what is declared."""
    nextcloud.journal.clear()
    try:
        nextcloud.task(module, **options)
    except Failure as failure:
        assert failure.category in ("invalid", "not_found")
        assert [entry for entry in nextcloud.journal.writes() if entry.done] == []
        return False
    finally:
        assert named_in(nextcloud) <= {text, *KNOWN}, text
    return True


@pytest.mark.parametrize("name", USES)
def test_each_text_is_refused_or_right(nextcloud: Any, name: str) -> None:
    use = USES[name]
    nextcloud.state.add_group("design")
    nextcloud.state.add_account("jane")
    outcomes = []
    for text in [*HARMLESS, *ALWAYS, *OTHERS[list(USES).index(name) :: len(USES)]]:
        if name in FIRST:
            done(nextcloud, USES[FIRST[name]].module, USES[FIRST[name]].options(text), text)
        before = state_of(nextcloud)
        is_done = done(nextcloud, use.module, use.options(text), text)
        outcomes.append(is_done)
        after = state_of(nextcloud)
        if not is_done:
            assert after == before, text
            continue
        assert use.effect(text) in after and before <= after, text
        assert done(nextcloud, use.module, use.gone(text), text), text
        assert state_of(nextcloud) == before, text
    assert outcomes[0] is True


PREFERENCE = {"app": "theming", "key": "primary_color", "value": "#00ff00"}
PREFERENCES: dict[str, Callable[[str], dict[str, Any]]] = {
    "app": lambda text: {**PREFERENCE, "app": text},
    "key": lambda text: {**PREFERENCE, "key": text},
    "keys": lambda text: {"app": "theming", "values": {text: "#00ff00", "primary_color": "#00ff00"}},
    "value": lambda text: {**PREFERENCE, "value": text},
}


@pytest.mark.parametrize("option", PREFERENCES)
def test_no_such_preference_is_set(nextcloud: Any, option: str) -> None:
    """A server takes none of these."""
    assert done(nextcloud, "preference", PREFERENCE, "")
    for text in [*ALWAYS, *OTHERS[list(PREFERENCES).index(option) : 100 : len(PREFERENCES)]]:
        assert not done(nextcloud, "preference", PREFERENCES[option](text), text), text


def test_groups_of_any_id_are_read(nextcloud: Any) -> None:
    """Also those that a backend has, or an administrator made elsewhere, and that a task cannot declare."""
    possible = [
        text for text in (*ALWAYS, *OTHERS[:60]) if 0 < len(text) <= 64 and "\0" not in text and "\ud800" not in text
    ]
    members = {text: f"u{number}" for number, text in enumerate(possible)}
    for text, userid in members.items():
        nextcloud.state.directory.put_group(Group(text, text, {userid: None}, {userid: None}))
        nextcloud.state.add_account(userid)
    found = {group["groupid"]: group for group in nextcloud.task("group_info", members=True, subadmins=True)["groups"]}
    assert {text: found[text]["users"] for text in members} == {text: [userid] for text, userid in members.items()}
    subadmins = {text: found[text]["subadmins"] for text in members}
    assert {text for text in members if subadmins[text] is None} >= {".", "..", "a\nb", "a/../b"}
    assert {text for text in members if subadmins[text] is not None} >= {"details", "a/b", "%2F", "%252F", "\\", "ü 🎉"}
    assert all(subadmins[text] in (None, [userid]) for text, userid in members.items())


@pytest.mark.parametrize("userid", ["jane/disable", "..", "a/b", "details"])
def test_an_account_that_the_api_cannot_address_is_in_nobodys_way(nextcloud: Any, userid: str) -> None:
    """Another backend may have it, or a field may name it."""
    nextcloud.state.add_group("design")
    nextcloud.state.add_account(userid, groups=["design"])
    nextcloud.state.add_account("jane", manager=userid, groups=["design"])
    for number in range(20):
        nextcloud.state.add_account(f"u{number}")
    assert nextcloud.task("user_info", details=False)["users"]
    declared = {"userid": "jane", "email": "x@example.org", "groups": {"set": ["design"]}}
    assert nextcloud.task("directory", users=[declared])["changed"] is True
    users = {"groupid": "design", "users": {"add": ["u1"]}, "subadmins": {"set": ["u2"]}}
    assert nextcloud.task("directory", groups=[users])["changed"] is True
    assert nextcloud.task("group_member", groupid="design", users=["u3"])["changed"] is True
    assert nextcloud.task("offboarding_prepare", userids=["jane"], date="2026-11-25")["changed"] is True
    assert [account.userid for account in nextcloud.state.directory.accounts() if not account.enabled] == []


@pytest.mark.parametrize("purge", ["disable", "delete"])
def test_a_purge_tells_which_account_the_api_cannot_address(nextcloud: Any, purge: str) -> None:
    for userid in ("jane", "john", "jane/disable"):
        nextcloud.state.add_account(userid)
    declared = {
        "users": [{"userid": "jane"}, {"userid": "admin"}],
        "purge": {"users": purge},
        "max_removals": "100%",
        "on_error": "continue",
    }
    with pytest.raises(Failure) as caught:
        nextcloud.task("directory", **declared)
    assert caught.value.category == "invalid" and "jane/disable" in caught.value.message
    assert nextcloud.journal.writes() == []
    result = nextcloud.task("directory", **declared, protected=["jane/*"])
    assert (result["changed"], nextcloud.state.account("jane/disable").enabled) == (True, True)
