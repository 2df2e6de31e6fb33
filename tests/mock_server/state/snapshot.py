# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The state of a server as plain data, in a file or for a server that starts anew."""

from __future__ import annotations

import json
import os
import typing as t
from collections import deque

from .model import Account, Group, Mail
from .server_state import State
from .settings import Settings
from .signin import Session

_FORM = 1
Taken = dict[str, t.Any]


def taken(state: State) -> Taken:
    """All that a server remembers, as JSON has it."""
    return {
        "form": _FORM,
        "accounts": [_account(account) for account in state.directory.accounts()],
        "groups": [
            {**vars(group), "members": list(group.members), "subadmins": list(group.subadmins)}
            for group in state.directory.groups()
        ],
        "second_backend": state.directory.second_backend.taken(),
        "app_config": state.apps.config,
        "installed_apps": sorted(state.apps.installed),
        "allow_list": {"last_id": state.allow_list.last_id, "networks": state.allow_list.entries()},
        "limited_calls": [[*key, *calls] for key, calls in state.rate_limits.calls.items()],
        "failed_sign_ins": state.lock_out.failures,
        "sessions": {key: vars(session) for key, session in state.sign_ins.sessions.items()},
        "app_passwords": state.sign_ins.app_passwords,
        "maintenance": state.maintenance,
        "wiped": state.wiped,
        "welcomed": state.welcomed,
    }


def restored(settings: Settings, data: Taken) -> State:
    """A state from what was taken of one; ValueError where it was written by another version of the mock."""
    if data.get("form") != _FORM:
        raise ValueError("a state of another version")
    state = State(settings, empty=True)
    for account in data["accounts"]:
        state.directory.add(_restored_account(account))
    for group in data["groups"]:
        state.directory.put_group(
            Group(
                **{**group, "members": dict.fromkeys(group["members"]), "subadmins": dict.fromkeys(group["subadmins"])}
            )
        )
    state.directory.second_backend.restore(data["second_backend"])
    state.apps.config = {app: dict(values) for app, values in data["app_config"].items()}
    state.apps.installed = set(data["installed_apps"])
    state.allow_list.last_id = data["allow_list"]["last_id"]
    state.allow_list.networks = {entry: (ip, mask) for entry, ip, mask in data["allow_list"]["networks"]}
    for bucket, userid, *calls in data["limited_calls"]:
        state.rate_limits.calls[bucket, userid] = deque(calls)
    for address, failures in data["failed_sign_ins"].items():
        state.lock_out.failures[address] = [tuple(failure) for failure in failures]
    state.sign_ins.keep_sessions({key: Session(**session) for key, session in data["sessions"].items()})
    state.sign_ins.app_passwords.update(data["app_passwords"])
    state.maintenance = data["maintenance"]
    state.wiped, state.welcomed = list(data["wiped"]), list(data["welcomed"])
    return state


def as_json(data: t.Any) -> str:
    return json.dumps(data)


def read(settings: Settings) -> State | None:
    """The state that was kept in the file; None where there is none yet."""
    if not settings.state_file or not os.path.exists(settings.state_file):
        return None
    with open(settings.state_file, encoding="utf-8") as file:
        try:
            return restored(settings, json.load(file))
        except (AttributeError, KeyError, TypeError, ValueError) as exc:
            raise ValueError("%s holds no state of this version of the mock server" % settings.state_file) from exc


def write(settings: Settings, state: State) -> None:
    """Keep the state in its file, whole or not at all: a process that is killed leaves what was kept before."""
    if not settings.state_file:
        return
    unfinished = settings.state_file + ".new"
    with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(as_json(taken(state)))
    os.replace(unfinished, settings.state_file)


def _account(account: Account) -> Taken:
    return {
        **vars(account),
        "additional_mail": [[mail.address, mail.scope] for mail in account.additional_mail],
        "verified_mail": sorted(account.verified_mail),
        "preferences": [[*key, value] for key, value in account.preferences.items()],
    }


def _restored_account(data: Taken) -> Account:
    return Account(
        **{
            **data,
            "additional_mail": [Mail(*mail) for mail in data["additional_mail"]],
            "verified_mail": set(data["verified_mail"]),
            "preferences": {(app, key): value for app, key, value in data["preferences"]},
            # Maps of their own, so that the two servers do not share any.
            "profile": dict(data["profile"]),
            "scopes": dict(data["scopes"]),
        }
    )
