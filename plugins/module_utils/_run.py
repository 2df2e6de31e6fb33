# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The engine: one run of one resource, the same path for all of them.

parameters -> desired state -> one read of the current state -> plan -> (check mode stops here) -> apply -> result.
It knows neither modules nor action plugins; either is a door to it.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any, Callable, ContextManager, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._apply import Planned, Work
from ansible_collections.community.nextcloud.plugins.module_utils._client import Client, Sessions, connected
from ansible_collections.community.nextcloud.plugins.module_utils._clock import Clock
from ansible_collections.community.nextcloud.plugins.module_utils._connection import Connection
from ansible_collections.community.nextcloud.plugins.module_utils._plan import Plan, State, Step, limited_calls
from ansible_collections.community.nextcloud.plugins.module_utils._session import Session


class Resource(NamedTuple):
    """What the engine must know of one kind of thing; all but `read` and `around` are pure functions.

    name: key of the resource in the result.
    desired: options to the desired state; Failure (invalid) for what cannot be right.
    read: (client, desired) to (current state or None, what else of the server the plan must know).
    plan: (desired, current, server) to Plan; Failure where a guard forbids it.
    shown: a state as it stands in the result, in the shape that the options accept, without secrets.
    resumed: the desired state for going on with a resource that this very task has created.
    public: the names of those options, out of the secret ones of the spec, that hold no secret in this task.
    around: (client, desired) to what a real run is in from before it reads until it has succeeded or failed.
    """

    name: str
    desired: Callable[[Mapping[str, Any]], Any]
    read: Callable[[Client, Any], tuple[Any, Any]]
    plan: Callable[[Any, Any, Any], Plan]
    shown: Callable[[State], State]
    resumed: Callable[[Any], Any] = lambda desired: desired
    public: Callable[[Mapping[str, Any]], frozenset[str]] = lambda options: frozenset()
    around: Callable[[Client, Any], ContextManager[None]] = lambda client, desired: nullcontext()


class Reader(NamedTuple):
    """What the engine must know to answer a question.

    name: key of the answer in the result.
    desired: options to what is asked for; Failure (invalid) for what cannot be right.
    read: (client, what is asked for) to the answer, in option names.
    """

    name: str
    desired: Callable[[Mapping[str, Any]], Any]
    read: Callable[[Client, Any], Any]


class Mode(NamedTuple):
    check: bool = False
    diff: bool = False


class Surroundings(NamedTuple):
    """What a task is run in.

    sessions: gives the session for a connection: one that ends with the task, or one that others use too.
    """

    clock: Clock = Clock()
    sessions: Sessions = Session


def run(
    resource: Resource, options: Mapping[str, Any], mode: Mode, surroundings: Surroundings = Surroundings()
) -> dict[str, Any]:
    """The result of a task: {changed, <resource>, warnings, rate_limit?, diff?}. Raises Failure."""
    connection = Connection.from_options(options.get)
    desired = resource.desired(options)
    with connected(connection, surroundings.clock, surroundings.sessions) as client:
        if mode.check:
            plan = resource.plan(desired, *resource.read(client, desired))
            return _result(resource, plan, mode, warnings=[plan.blocker.message] if plan.blocker else [])
        with resource.around(client, desired):
            plan = resource.plan(desired, *resource.read(client, desired))
            if plan.blocker:
                raise plan.blocker
            work = Work(Planned(resource.read, resource.plan, resource.resumed, desired), plan.steps)
            work.carry_out(client)
            if refusal := work.refusal():
                raise refusal
    warnings = [
        f"{step.title}: this field cannot be set for this account, so it was left as it is."
        for step in work.skipped
        if step.on_readonly == "warn"
    ]
    return _result(resource, _without(plan, work.skipped), mode, warnings)


def answer(reader: Reader, options: Mapping[str, Any], surroundings: Surroundings = Surroundings()) -> dict[str, Any]:
    """The result of a task that only reads: {changed, <name>, warnings}. Raises Failure."""
    connection = Connection.from_options(options.get)
    asked = reader.desired(options)
    with connected(connection, surroundings.clock, surroundings.sessions) as client:
        return {"changed": False, reader.name: reader.read(client, asked), "warnings": []}


def _result(resource: Resource, plan: Plan, mode: Mode, warnings: list[str]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "changed": plan.changed,
        resource.name: resource.shown(plan.after or plan.before or {}),
        "warnings": [*plan.warnings, *warnings],
    }
    limited = limited_calls(plan)
    if limited:
        result["rate_limit"] = limited
    if mode.diff:
        result["diff"] = {"before": plan.before or {}, "after": plan.after or {}}
    return result


def _without(plan: Plan, skipped: list[Step]) -> Plan:
    """The plan as it came out where fields were left as they were."""
    fields = {step.field for step in skipped}
    after = {name: value for name, value in (plan.after or {}).items() if name not in fields}
    after.update({name: value for name, value in (plan.before or {}).items() if name in fields})
    steps = tuple(step for step in plan.steps if step.field is None or step.field not in fields)
    return plan._replace(steps=steps, after=after if plan.after is not None else None)
