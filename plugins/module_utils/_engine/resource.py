# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What the engine must know of one kind of thing, and the path of a task that manages or reads it.

parameters -> declared state -> one read of the current state -> plan -> (check mode stops here) -> apply -> result.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any, Callable, ContextManager, Mapping, NamedTuple, Sequence

from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._engine.apply import apply_one
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import Plan, State, Step, limited_calls


class Mode(NamedTuple):
    check: bool = False
    diff: bool = False


def _result_of_one(resource: Resource, plan: Plan, mode: Mode) -> dict[str, Any]:
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
    """One kind of thing that a task manages; all but `read`, `around` and `apply` are pure functions.

    name: key of the resource in the result.
    argument_spec: the option spec, beside the connection.
    parse: options to what is declared; Failure (invalid) for what cannot be right.
    read: (client, declared) to (current state or None, what else of the server the plan must know).
    plan: (declared, current, facts) to Plan; Failure where a guard forbids it.
    shown: a state as it stands in the result, in the shape that the options accept, without secrets.
    foresee: (client, plan) to warnings for check mode, of what a real run needs and an earlier task may create.
    once_created: what is declared, for going on with a resource that this very task has created.
    kept_otherwise: (declared, step, data of its answer) to warnings of values that the server has accepted and not kept.
    public: of the options as given, unchecked, the names of those that are secret in the spec and hold none this time.
    around: (client, declared) to what a real run is in from before it reads until it has succeeded or failed.
    apply: (client, resource, declared, plan) to the plan as it came out; Failure where it did not.
    result: (resource, plan, mode) to what the task returns of a plan: the prediction, or what came out.
    """

    name: str
    argument_spec: Callable[[], dict[str, Any]]
    parse: Callable[[Mapping[str, Any]], Any]
    read: Callable[[Client, Any], tuple[Any, Any]]
    plan: Callable[[Any, Any, Any], Any]
    shown: Callable[[State], State] = dict
    foresee: Callable[[Client, Any], Sequence[str]] = lambda client, plan: ()
    once_created: Callable[[Any], Any] = lambda declared: declared
    kept_otherwise: Callable[[Any, Step, Any], Sequence[str]] = lambda declared, step, answer: ()
    public: Callable[[Mapping[str, Any]], frozenset[str]] = lambda options: frozenset()
    around: Callable[[Client, Any], ContextManager[None]] = lambda client, declared: nullcontext()
    apply: Callable[[Client, Any, Any, Any], Any] = apply_one
    result: Callable[[Any, Any, Mode], dict[str, Any]] = _result_of_one

    @staticmethod
    def checked(result: dict[str, Any], options: list[str]) -> dict[str, Any]:
        """As in `Reader`: the result is what was declared, and nothing is decided by it."""
        return result

    def task(self, client: Client, declared: Any, mode: Mode) -> dict[str, Any]:
        """The result: {changed, <resource>, warnings, rate_limit?, diff?}. Raises Failure."""
        if mode.check:
            plan = self.plan(declared, *self.read(client, declared))
            blockers = (plan.blocker.message,) if plan.blocker else self.foresee(client, plan)
            return self.result(self, plan._replace(warnings=(*plan.warnings, *blockers)), mode)
        with self.around(client, declared):
            plan = self.plan(declared, *self.read(client, declared))
            if plan.blocker:
                raise plan.blocker
            return self.result(self, self.apply(client, self, declared, plan), mode)


def _warn_of_masked(result: dict[str, Any], options: list[str]) -> dict[str, Any]:
    """The answer, with a warning where Ansible masks a part of it."""
    warnings = [f"The answer contains the value of {option}, and Ansible masks it there." for option in options]
    return {**result, "warnings": [*result["warnings"], *warnings]}


def refuse_masked(result: dict[str, Any], options: list[str]) -> dict[str, Any]:
    """The answer. Failure (conflict) where Ansible masks a part of it, for one that is made to be fed back."""
    if options:
        raise Failure(
            "conflict",
            f"The answer contains the value of {' and of '.join(options)}. Ansible would mask it there, and the answer would"
            " change accounts and groups if it were fed back. Sign in with another secret, such as an app password.",
        )
    return result


class Reader(NamedTuple):
    """A question that a task asks.

    name: key of the answer in the result.
    argument_spec: the option spec, beside the connection.
    parse: options to the query; Failure (invalid) for what cannot be right.
    read: (client, query) to the answer, in option names.
    checked: (result, names of secret options whose value is in it) to the result.
    """

    name: str
    argument_spec: Callable[[], dict[str, Any]]
    parse: Callable[[Mapping[str, Any]], Any]
    read: Callable[[Client, Any], Any]
    checked: Callable[[dict[str, Any], list[str]], dict[str, Any]] = _warn_of_masked

    @staticmethod
    def public(options: Mapping[str, Any]) -> frozenset[str]:
        """As in `Resource`: nothing."""
        return frozenset()

    def task(self, client: Client, query: Any, mode: Mode) -> dict[str, Any]:
        """The result: {changed, <name>, warnings}, the same in every mode. Raises Failure."""
        return {"changed": False, self.name: self.read(client, query), "warnings": []}
