# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What a task is going to do, as data: made by a resource's pure `plan`, carried out by `_run`."""

from __future__ import annotations

from typing import Any, Callable, Iterable, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._api.operations import Call, Limit, Operation
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure

# Stands for a secret in every diff; the option's own value never gets there.
MASK = "********"

# A resource's state in its option names, lists as sorted lists; None where the resource is absent.
State = dict[str, Any]


class Step(NamedTuple):
    """One call that changes something.

    title: what it does in plain words, without any value that is a secret.
    field: the option that the step brings about, where it is one.
    creates: it makes the resource; where it is refused or unanswered, the resource may exist all the same.
    unreadable: it leaves nothing that could be read, so nobody can look whether it was carried out.
    instead: steps for a server that does not know the operation, each for one of the values of the body, in its order.
    on_readonly: fail, warn or skip where the server says that the field cannot be set.
    """

    call: Call
    title: str
    body: Mapping[str, Any] | None = None
    query: Mapping[str, Any] | None = None
    field: str | None = None
    creates: bool = False
    unreadable: bool = False
    instead: tuple[Step, ...] = ()
    on_readonly: str = "fail"

    @property
    def operation(self) -> Operation[...]:
        return self.call.operation


def list_steps(
    current: Iterable[str], wanted: Iterable[str], add: Callable[[str], Step], remove: Callable[[str], Step]
) -> list[Step]:
    """The steps from the items that a list holds to those that are wanted: what is added comes first."""
    held, kept = set(current), set(wanted)
    adding = [add(item) for item in wanted if item not in held]
    return adding + [remove(item) for item in current if item not in kept]


class Plan(NamedTuple):
    """The steps, and the states before and after them.

    blocker: why the steps cannot succeed unless something else comes first. A real run fails with it, check mode
    warns of it, because an earlier task of the same play may be what comes first.
    asserts: the steps are carried out although nothing is known to change by them.
    """

    steps: tuple[Step, ...]
    before: State | None
    after: State | None
    warnings: tuple[str, ...] = ()
    blocker: Failure | None = None
    asserts: bool = False

    @property
    def changed(self) -> bool:
        return bool(self.steps) and not self.asserts


def limited_calls(steps: Iterable[Step]) -> dict[str, int] | None:
    """{calls, seconds}: how many of the calls the server limits, and the seconds they take at least.

    Different limits are counted, and waited for, at the same time.
    """
    counts: dict[Limit, int] = {}
    for step in steps:
        if step.operation.limit:
            counts[step.operation.limit] = counts.get(step.operation.limit, 0) + 1
    if not counts:
        return None
    return {
        "calls": sum(counts.values()),
        "seconds": max((count - 1) // limit.calls * limit.seconds for limit, count in counts.items()),
    }
