# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The plan for an account: a pure function of what is declared, what the server holds and what the server can do."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import fields
from ansible_collections.community.nextcloud.plugins.module_utils._accounts import guards
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure, invalid
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.fields import FIELDS, PASSWORD, Field
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import MASK, Plan, State, Step
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.order import in_order

# Which calls add to and remove from a list of groups.
GROUP_LISTS = {
    "groups": (operations.ADD_TO_GROUP, operations.REMOVE_FROM_GROUP, "group"),
    "subadmin_of": (operations.ADD_SUBADMIN, operations.REMOVE_SUBADMIN, "sub-admin right for group"),
}


class Desired(NamedTuple):
    """A declared account. values: {option: value, or ListChange}, what is not declared is not there."""

    userid: str
    state: str = "present"
    enabled: bool | None = None
    password: str | None = None
    update_password: str = "on_create"
    values: Mapping[str, Any] = {}
    only_on_create: frozenset[str] = frozenset()
    on_readonly: str = "fail"

    def __repr__(self) -> str:  # never with its password
        return f"Desired(userid={self.userid!r})"

    @property
    def lasting(self) -> dict[str, Any]:
        """The values that are kept as declared on an account that exists."""
        return {option: value for option, value in self.values.items() if option not in self.only_on_create}

    @property
    def compares_password(self) -> bool:
        """Whether the password is set only where it differs, which a sign-in of an enabled account tells."""
        return bool(self.password) and self.state == "present" and self.update_password == "when_changed"


class Current(NamedTuple):
    """An account as read. values: all fields that the server gives back, in option names."""

    userid: str
    enabled: bool
    values: Mapping[str, Any]
    capabilities: Mapping[str, bool] = {}


class Server(NamedTuple):
    """What else of the server a plan must know; read only where it matters.

    can_patch: it takes several fields in one call.
    default_quota: what the quota `default` stands for.
    password_matches: whether the account signs in with the declared password already; None: not asked.
    """

    can_patch: bool = False
    default_quota: str | None = None
    password_matches: bool | None = None
    standing: guards.Standing | None = None


class Change(NamedTuple):
    """One field that is to be set."""

    field: Field
    value: Any


def plan(declared: Desired, current: Current | None, server: Server) -> Plan:
    """The calls from the current to the declared account. Failure where a guard or a missing option forbids it."""
    if declared.state == "absent":
        return _removal(declared, current, server)
    if current is None:
        return _creation(declared)
    return _edit(declared, current, server)


def _removal(declared: Desired, current: Current | None, server: Server) -> Plan:
    after = {"userid": current.userid if current else declared.userid, "state": "absent"}
    if current is None:
        return Plan((), after, after)
    if server.standing:
        guards.refuse_lockout(server.standing, [current.userid], f"delete {current.userid}")
    step = Step(operations.DELETE_USER(current.userid), "delete the account")
    return Plan((step,), _state(current), after)


def _creation(declared: Desired) -> Plan:
    if not declared.password and not declared.values.get("email"):
        raise invalid(
            "user_password",
            f"account {declared.userid} does not exist, and a new one needs user_password, or email for an invitation",
        )
    body: dict[str, Any] = {"userid": declared.userid}
    after: State = {"userid": declared.userid, "state": "present", "enabled": declared.enabled is not False}
    later: list[Step] = []
    if declared.password:
        body["password"] = declared.password
        after[PASSWORD.option] = MASK
    for field in FIELDS:
        if field.option in declared.values:
            value = after[field.option] = declared.values[field.option]
            if value == "":
                continue  # a new account has nothing to clear
            if field.post:
                body[field.post] = field.kind.write(value)
            else:
                later.append(_put(declared, declared.userid, Change(field, value)))
    for list_field in fields.LIST_FIELDS:
        if list_field.option in declared.values:
            items = declared.values[list_field.option].applied_to([], list_field.kind)
            after[list_field.option] = items
            if list_field.post:
                body[list_field.post] = items
            else:
                later += _email_steps(declared.userid, [], items)
    if declared.enabled is False:
        later.append(Step(operations.DISABLE_USER(declared.userid), "disable the account", field="enabled"))
    create = Step(operations.ADD_USER(), "create the account", body=body, creates=True)
    return Plan((create, *in_order(later)), None, after)


def _edit(declared: Desired, current: Current, server: Server) -> Plan:
    if server.standing and loses_rights(declared, current):
        deed = "disable" if declared.enabled is False else "take administrator rights from"
        guards.refuse_lockout(server.standing, [current.userid], f"{deed} {current.userid}")
    changes, warnings = changes_of(declared, current, server)
    before, after = _state(current), _state(current)
    steps = []
    if declared.enabled is not None and declared.enabled != current.enabled:
        operation = operations.ENABLE_USER if declared.enabled else operations.DISABLE_USER
        title = f"{'enable' if declared.enabled else 'disable'} the account"
        steps.append(Step(operation(current.userid), title, field="enabled"))
        after["enabled"] = declared.enabled
    for field in fields.LIST_FIELDS:
        if field.option in declared.lasting:
            items = declared.lasting[field.option].applied_to(current.values[field.option], field.kind)
            steps += _list_steps(field.option, current.userid, current.values[field.option], items)
            after[field.option] = items
    for change in changes:
        secret = change.field is PASSWORD
        after[change.field.option] = MASK if secret else change.value
    steps += _field_steps(declared, current, server, changes)
    return Plan(in_order(steps), before, after, tuple(warnings))


def changes_of(declared: Desired, current: Current, server: Server) -> tuple[list[Change], list[str]]:
    """The fields of an existing account that are to be set, and warnings about those that cannot be."""
    changes, warnings = [], []
    for field in FIELDS:
        if field.option in declared.lasting:
            value = declared.lasting[field.option]
            # A field that the server does not give back cannot be compared, so it is always asserted.
            known = field.option in current.values
            wanted = server.default_quota if field.option == "quota" and value == "default" else value
            if not (known and wanted is not None and field.kind.same(current.values[field.option], wanted)):
                changes.append(Change(field, value))
    if declared.password and declared.update_password != "on_create":
        if declared.update_password == "when_changed" and not current.enabled:
            warnings.append("user_password: a disabled account cannot sign in, so its password was not compared.")
        elif not server.password_matches:
            changes.append(Change(PASSWORD, declared.password))
    possible = []
    for change in changes:
        if change.field.capability is None or current.capabilities.get(change.field.capability, True):
            possible.append(change)
        elif declared.on_readonly == "fail":
            raise Failure(
                "read_only",
                f"{change.field.option}: the backend of account {current.userid} does not let it be set. Set it where"
                " the account comes from, leave the option out, or set on_readonly to warn or skip.",
            )
        elif declared.on_readonly == "warn":
            warnings.append(f"{change.field.option}: the account's backend does not let it be set, so it was left.")
    return possible, warnings


def _field_steps(declared: Desired, current: Current, server: Server, changes: list[Change]) -> list[Step]:
    """Several fields in one call where the server takes that, else a call for each."""
    together = [change for change in changes if change.field.patch] if server.can_patch else []
    if len(together) < 2:
        return [_put(declared, current.userid, change) for change in changes]
    step = Step(
        operations.PATCH_USER(current.userid),
        f"set {', '.join(change.field.option for change in together)}",
        {str(change.field.patch): change.field.kind.write(change.value) for change in together},
        instead=tuple(_put(declared, current.userid, change) for change in together),
    )
    return [step, *(_put(declared, current.userid, change) for change in changes if change not in together)]


def _put(declared: Desired, userid: str, change: Change) -> Step:
    return Step(
        operations.EDIT_USER(userid),
        f"set {change.field.option}",
        {"key": change.field.put, "value": change.field.kind.write(change.value)},
        field=change.field.option,
        on_readonly=declared.on_readonly,
    )


def _list_steps(option: str, userid: str, current: list[str], wanted: list[str]) -> list[Step]:
    if option not in GROUP_LISTS:
        return _email_steps(userid, current, wanted)
    add, remove, what = GROUP_LISTS[option]
    adding = [
        Step(add(userid), f"add {what} {groupid}", {"groupid": groupid}) for groupid in wanted if groupid not in current
    ]
    removing = [
        Step(remove(userid), f"remove {what} {groupid}", query={"groupid": groupid})
        for groupid in current
        if groupid not in wanted
    ]
    return adding + removing


def _email_steps(userid: str, current: list[str], wanted: list[str]) -> list[Step]:
    """An address is added by an edit and removed by the collection's own call, whose rate limit is another."""
    adding = [
        Step(
            operations.ADD_USER_VALUE(userid),
            f"add e-mail address {address}",
            {"key": "additional_mail", "value": address},
        )
        for address in wanted
        if address not in current
    ]
    removing = [
        Step(
            operations.EDIT_USER_COLLECTION(userid, "additional_mail"),
            f"remove e-mail address {address}",
            {"key": address, "value": ""},
        )
        for address in current
        if address not in wanted
    ]
    return adding + removing


def _state(current: Current) -> State:
    return {"userid": current.userid, "state": "present", "enabled": current.enabled, **current.values}


def loses_rights(declared: Desired, current: Current) -> bool:
    """Whether the account can do less afterwards: it is gone, cannot sign in, or is no administrator any more."""
    if declared.state == "absent":
        return True
    return (declared.enabled is False and current.enabled) or _leaves_administrators(declared, current)


def _leaves_administrators(declared: Desired, current: Current) -> bool:
    change = declared.lasting.get("groups")
    groups = current.values["groups"]
    return (
        change is not None
        and guards.ADMIN_GROUP in groups
        and guards.ADMIN_GROUP not in change.applied_to(groups, kinds.GROUPID)
    )
