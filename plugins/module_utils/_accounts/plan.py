# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The plan for an account: a pure function of what is declared, what the server holds and what the server can do."""

from __future__ import annotations

from typing import Any, Mapping

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import fields, group_rules, guards
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.account import (
    DATABASE,
    Current,
    Declared,
    Facts,
)
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.compare import (
    Change,
    changes_of,
    loses_rights,
)
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.fields import FIELDS, PASSWORD
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.list_calls import (
    ADDRESSES,
    MEMBERSHIPS,
    SUBADMIN_RIGHTS,
)
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.order import in_order
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.spelling import is_certain, refuse_twins
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure, invalid
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import (
    MASK,
    Plan,
    State,
    Step,
    list_steps,
)
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds

# By option: the calls that change the list, and what an item is called in the title of a step.
LISTS = {
    "groups": (MEMBERSHIPS, "group"),
    "subadmin_of": (SUBADMIN_RIGHTS, "sub-admin right for group"),
    "additional_emails": (ADDRESSES, "e-mail address"),
}


def plan(declared: Declared, current: Current | None, facts: Facts) -> Plan:
    """The calls from the current to the declared account. Failure where a guard or a missing option forbids it."""
    _check_spelling(declared, current, facts)
    if declared.state == "absent":
        return _removal(declared, current, facts)
    if current is None:
        return _creation(declared, facts)
    return _edit(declared, current, facts)


def _check_spelling(declared: Declared, current: Current | None, facts: Facts) -> None:
    """Failure (conflict) where the id may lead to another account than the declared one.

    Case makes no difference for accounts of the database, so another spelling that is not found as declared belongs to a
    backend that tells case apart: the server would create a second account beside it. With two of them, it is the one of
    the database that its own spelling finds; which one the other spelling finds, depends on the server's cache.
    """
    listed = facts.spellings or ()
    is_of_database = current is not None and current.backend == DATABASE
    if current is None or not is_certain(declared.userid, current.userid, current.backend):
        refuse_twins("userid", declared.userid, listed)
    spelling = current.userid if current else "".join(listed)
    if spelling not in ("", declared.userid) and not is_of_database:
        raise Failure(
            "conflict",
            f"userid: must be {spelling}, because the backend of this account distinguishes upper and lower case. The server"
            f" would create a second account for {declared.userid}.",
        )


def _check_removable(declared: Declared, current: Current) -> None:
    """Failure (conflict) for an account of a backend that no option names.

    A server deletes such an account, with its files, if the backend merely does not find it at the moment.
    """
    if current.backend not in declared.removable_backends:
        raise Failure(
            "conflict",
            f"Refused to delete {current.userid}: it comes from the backend {current.backend}. Remove it there. To delete"
            f" it here all the same, add {current.backend} to removable_backends.",
        )


def _removal(declared: Declared, current: Current | None, facts: Facts) -> Plan:
    after = {"userid": current.userid if current else declared.userid, "state": "absent"}
    if current is None:
        return Plan((), after, after)
    _check_removable(declared, current)
    if facts.kept_rights:
        guards.refuse_lockout(facts.kept_rights, [current.userid], f"delete {current.userid}")
    step = Step(operations.DELETE_USER(current.userid), "delete the account")
    return Plan((step,), _state(current), after)


def _creation(declared: Declared, facts: Facts) -> Plan:
    kinds.check_settable("userid", declared.userid)
    if not declared.password and not declared.values.get("email"):
        raise invalid(
            "user_password",
            f"one of the following is required to create account {declared.userid}: user_password, email (for an"
            " invitation)",
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
            kinds.check_settable(field.option, value)
            if value == "":
                continue  # a new account has nothing to clear
            if field.post:
                body[field.post] = field.kind.write(value)
            else:
                later.append(_put(declared, declared.userid, Change(field, value)))
    lists, warnings = _lists(declared, declared.values, {}, facts)
    if facts.groups:
        group_rules.check_new(lists.get("groups", []), lists.get("subadmin_of", []), facts.groups)
    after.update(lists)
    body.update(
        {field.post: lists[field.option] for field in fields.LIST_FIELDS if field.post and field.option in lists}
    )
    later += _list_steps("additional_emails", declared.userid, [], lists.get("additional_emails", []))
    if declared.enabled is False:
        later.append(Step(operations.DISABLE_USER(declared.userid), "disable the account", field="enabled"))
    create = Step(operations.ADD_USER(), "create the account", body=body, creates=True)
    return Plan((create, *in_order(later)), None, after, tuple(warnings))


def _lists(
    declared: Declared, values: Mapping[str, Any], current: Mapping[str, list[str]], facts: Facts
) -> tuple[dict[str, list[str]], list[str]]:
    """The declared lists as they will be, by option, and warnings about memberships that cannot be changed."""
    lists = {
        field.option: values[field.option].applied_to(current.get(field.option, []), field.kind)
        for field in fields.LIST_FIELDS
        if field.option in values
    }
    for item in lists.get("additional_emails", []):
        if item not in current.get("additional_emails", []):
            kinds.check_settable("additional_emails", item)
    warnings: list[str] = []
    if "groups" in lists and facts.groups:
        change, held = values["groups"], current.get("groups", [])
        lists["groups"], warnings = group_rules.possible(change, held, facts.groups, declared.on_readonly)
    return lists, warnings


def _edit(declared: Declared, current: Current, facts: Facts) -> Plan:
    if facts.kept_rights and loses_rights(declared, current):
        deed = "disable" if declared.enabled is False else "take administrator rights from"
        guards.refuse_lockout(facts.kept_rights, [current.userid], f"{deed} {current.userid}")
    changes, warnings = changes_of(declared, current, facts)
    before, after = _state(current), _state(current)
    steps, lasting = [], declared.lasting(current)
    if declared.enabled is not None and declared.enabled != current.enabled:
        operation = operations.ENABLE_USER if declared.enabled else operations.DISABLE_USER
        title = f"{'enable' if declared.enabled else 'disable'} the account"
        steps.append(Step(operation(current.userid), title, field="enabled"))
        after["enabled"] = declared.enabled
    lists, of_lists = _lists(declared, lasting, current.values, facts)
    _check_lists(lists, current, facts)
    for option, items in lists.items():
        steps += _list_steps(option, current.userid, current.values[option], items)
        after[option] = items
    for change in changes:
        secret = change.field is PASSWORD
        after[change.field.option] = MASK if secret else change.value
    steps += _field_steps(declared, current, facts, changes)
    return Plan(in_order(steps), before, after, (*warnings, *of_lists))


def _check_lists(lists: Mapping[str, list[str]], current: Current, facts: Facts) -> None:
    """Failure (permission) where a list is to change in a way that a signed-in sub-admin may not."""
    if not facts.groups:
        return
    if "groups" in lists:
        group_rules.check_memberships(current.values["groups"], lists["groups"], facts.groups)
    if "subadmin_of" in lists:
        group_rules.check_subadmin_rights(current.values["subadmin_of"], lists["subadmin_of"], facts.groups)


def _field_steps(declared: Declared, current: Current, facts: Facts, changes: list[Change]) -> list[Step]:
    """Several fields in one call where the server takes that, else a call for each."""
    together = [change for change in changes if change.goes_with_others] if facts.can_patch else []
    if len(together) < 2:
        return [_put(declared, current.userid, change) for change in changes]
    step = Step(
        operations.PATCH_USER(current.userid),
        f"set {', '.join(change.field.option for change in together)}",
        {str(change.field.patch): change.field.kind.write(change.value) for change in together},
        instead=tuple(_put(declared, current.userid, change) for change in together),
        on_readonly=declared.on_readonly,
    )
    return [step, *(_put(declared, current.userid, change) for change in changes if change not in together)]


def _put(declared: Declared, userid: str, change: Change) -> Step:
    return Step(
        operations.EDIT_USER(userid),
        f"set {change.field.option}",
        {"key": change.field.put, "value": change.field.kind.write(change.value)},
        field=change.field.option,
        unreadable=change.field.answer is None,
        on_readonly=declared.on_readonly,
    )


def _list_steps(option: str, userid: str, current: list[str], wanted: list[str]) -> list[Step]:
    calls, called = LISTS[option]
    return list_steps(
        current,
        wanted,
        lambda item: calls.add(userid, item, f"add {called} {item}"),
        lambda item: calls.remove(userid, item, f"remove {called} {item}"),
    )


def _state(current: Current) -> State:
    return {"userid": current.userid, "state": "present", "enabled": current.enabled, **current.values}
