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

from ansible_collections.community.nextcloud.plugins.module_utils._engine.apply import apply_one
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client, Sessions, connected
from ansible_collections.community.nextcloud.plugins.module_utils._common.clock import Clock
from ansible_collections.community.nextcloud.plugins.module_utils._api.connection import Connection
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import Plan, State, limited_calls
from ansible_collections.community.nextcloud.plugins.module_utils._common.progress import Progress
from ansible_collections.community.nextcloud.plugins.module_utils._api.session import Session


class Mode(NamedTuple):
    check: bool = False
    diff: bool = False


def result_of_one(resource: Resource, plan: Plan, mode: Mode) -> dict[str, Any]:
    """What a task returns of the plan of one resource: {changed, <resource>, warnings, rate_limit?, diff?}."""
    result: dict[str, Any] = {
        "changed": plan.changed,
        resource.name: resource.shown(plan.after or plan.before or {}),
        "warnings": [*plan.warnings],
    }
    limited = limited_calls(plan.steps)
    if limited:
        result["rate_limit"] = limited
    if mode.diff:
        result["diff"] = {"before": plan.before or {}, "after": plan.after or {}}
    return result


class Resource(NamedTuple):
    """What the engine must know of one kind of thing; all but `read`, `around` and `apply` are pure functions.

    name: key of the resource in the result.
    desired: options to the desired state; Failure (invalid) for what cannot be right.
    read: (client, desired) to (current state or None, what else of the server the plan must know).
    plan: (desired, current, server) to Plan; Failure where a guard forbids it.
    shown: a state as it stands in the result, in the shape that the options accept, without secrets.
    resumed: the desired state for going on with a resource that this very task has created.
    public: of the options as given, unchecked, the names of those that are secret in the spec and hold none this time.
    around: (client, desired) to what a real run is in from before it reads until it has succeeded or failed.
    apply: (client, resource, desired, plan) to the plan as it came out; Failure where it did not.
    result: (resource, plan, mode) to what the task returns of a plan: the prediction, or what came out.
    """

    name: str
    desired: Callable[[Mapping[str, Any]], Any]
    read: Callable[[Client, Any], tuple[Any, Any]]
    plan: Callable[[Any, Any, Any], Any]
    shown: Callable[[State], State] = dict
    resumed: Callable[[Any], Any] = lambda desired: desired
    public: Callable[[Mapping[str, Any]], frozenset[str]] = lambda options: frozenset()
    around: Callable[[Client, Any], ContextManager[None]] = lambda client, desired: nullcontext()
    apply: Callable[[Client, Any, Any, Any], Any] = apply_one
    result: Callable[[Any, Any, Any], dict[str, Any]] = result_of_one


class Reader(NamedTuple):
    """What the engine must know to answer a question.

    name: key of the answer in the result.
    desired: options to what is asked for; Failure (invalid) for what cannot be right.
    read: (client, what is asked for) to the answer, in option names.
    """

    name: str
    desired: Callable[[Mapping[str, Any]], Any]
    read: Callable[[Client, Any], Any]


class Surroundings(NamedTuple):
    """What a task is run in.

    sessions: gives the session for a connection: one that ends with the task, or one that others use too.
    progress: where a long task says how far it is, for somebody who watches it; None where nobody does.
    """

    clock: Clock = Clock()
    sessions: Sessions = Session
    progress: Progress | None = None


def run(
    resource: Resource, options: Mapping[str, Any], mode: Mode, surroundings: Surroundings = Surroundings()
) -> dict[str, Any]:
    """The result of a task: {changed, <resource>, warnings, rate_limit?, diff?}. Raises Failure."""
    connection = Connection.from_options(options.get)
    desired = resource.desired(options)
    with connected(connection, *surroundings) as client:
        if mode.check:
            plan = resource.plan(desired, *resource.read(client, desired))
            blockers = (plan.blocker.message,) if plan.blocker else ()
            return resource.result(resource, plan._replace(warnings=(*plan.warnings, *blockers)), mode)
        with resource.around(client, desired):
            plan = resource.plan(desired, *resource.read(client, desired))
            if plan.blocker:
                raise plan.blocker
            return resource.result(resource, resource.apply(client, resource, desired, plan), mode)


def answer(reader: Reader, options: Mapping[str, Any], surroundings: Surroundings = Surroundings()) -> dict[str, Any]:
    """The result of a task that only reads: {changed, <name>, warnings}. Raises Failure."""
    connection = Connection.from_options(options.get)
    asked = reader.desired(options)
    with connected(connection, *surroundings) as client:
        return {"changed": False, reader.name: reader.read(client, asked), "warnings": []}
