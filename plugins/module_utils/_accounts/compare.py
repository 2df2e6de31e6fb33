# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""An account as it is beside an account as it is declared: what differs, and what must be known to say so. Pure."""

from __future__ import annotations

from typing import Any, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import guards
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.account import Current, Declared, Facts
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.fields import FIELDS, PASSWORD, Field
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.spelling import is_certain
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._values.lists import ListChange


class Change(NamedTuple):
    """One field that is to be set."""

    field: Field
    value: Any

    @property
    def goes_with_others(self) -> bool:
        """Whether it may be one of several changes in one call."""
        return self.field.goes_with_others(self.value)


def needs(declared: Declared, current: Current, known: Facts) -> frozenset[str]:
    """The facts, by their names, that the plan for an existing account still needs. One may depend on another."""
    wanted = set()
    if not is_certain(declared.userid, current.userid, current.backend):
        wanted.add("spellings")
    if loses_rights(declared, current):
        wanted.add("kept_rights")
    if declared.state == "present" and _changes_groups(declared, current):
        wanted.add("groups")
    if declared.state == "present" and declared.lasting(current).get("quota") == "default":
        wanted.add("default_quota")
    if declared.compares_password and current.enabled:
        wanted.add("password_matches")
    missing = {name for name in wanted if getattr(known, name) is None}
    undecided = not missing and known.can_patch is None and declared.state == "present"
    if undecided and sum(change.goes_with_others for change in differences(declared, current, known)) > 1:
        missing.add("can_patch")
    return frozenset(missing)


def _changes_groups(declared: Declared, current: Current) -> bool:
    change = declared.lasting(current).get("groups")
    return change is not None and set(change.applied_to(current.values["groups"], kinds.GROUPID)) != set(
        current.values["groups"]
    )


def differences(declared: Declared, current: Current, facts: Facts) -> list[Change]:
    """The fields of an existing account that are not as declared, whether or not its backend lets them be set."""
    lasting = declared.lasting(current)
    changes = []
    for field in FIELDS:
        if field.option in lasting:
            value = lasting[field.option]
            # A field that the server does not give back cannot be compared, so it is always asserted.
            known = field.option in current.values
            wanted = facts.default_quota if field.option == "quota" and value == "default" else value
            if not (known and wanted is not None and field.kind.same(current.values[field.option], wanted)):
                changes.append(Change(field, value))
    can_differ = declared.password and declared.update_password != "on_create" and not facts.password_matches
    if can_differ and (current.enabled or not declared.compares_password):
        changes.append(Change(PASSWORD, declared.password))
    return changes


def edit_count(declared: Declared, current: Current | None, facts: Facts) -> int:
    """How many calls it may take that a server limits; fewer where it takes several fields in one."""
    addresses = declared.lasting(current) if current else declared.values
    change = addresses.get("additional_emails", ListChange())
    items = current.values["additional_emails"] if current and change != ListChange() else []
    emails = len(set(items) ^ set(change.applied_to(items, kinds.EMAIL)))
    if declared.state == "absent":
        return 0
    if current is None:
        return emails + sum(1 for field in FIELDS if not field.post and declared.values.get(field.option))
    return emails + len(differences(declared, current, facts))


def changes_of(declared: Declared, current: Current, facts: Facts) -> tuple[list[Change], list[str]]:
    """The fields of an existing account that are to be set, and warnings about those that cannot be.

    Failure (read_only) where the account's backend does not let a field be set, and that is not to be passed over.
    """
    possible, warnings = [], []
    if declared.compares_password and not current.enabled:
        warnings.append("user_password: a disabled account cannot sign in, so its password was not compared.")
    for change in differences(declared, current, facts):
        kinds.check_settable(change.field.option, change.value)
        if change.field.capability is None or current.capabilities.get(change.field.capability, True):
            possible.append(change)
        elif declared.on_readonly == "fail":
            raise Failure(
                "read_only",
                f"{change.field.option}: the backend of account {current.userid} does not allow it to be set. Set it in"
                " the backend, omit the option, or set on_readonly to warn or skip.",
            )
        elif declared.on_readonly == "warn":
            warnings.append(
                f"{change.field.option}: the account's backend does not allow it to be set, so it was skipped."
            )
    return possible, warnings


def loses_rights(declared: Declared, current: Current) -> bool:
    """Whether the account can do less afterwards: it is gone, cannot sign in, or is no administrator any more."""
    if declared.state == "absent":
        return True
    return (declared.enabled is False and current.enabled) or _leaves_administrators(declared, current)


def _leaves_administrators(declared: Declared, current: Current) -> bool:
    change = declared.lasting(current).get("groups")
    groups = current.values["groups"]
    return (
        change is not None
        and guards.ADMIN_GROUP in groups
        and guards.ADMIN_GROUP not in change.applied_to(groups, kinds.GROUPID)
    )
