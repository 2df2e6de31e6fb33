# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Carrying out a plan: call after call, and what to do where one is refused or gets no answer."""

from __future__ import annotations

from typing import Any, Callable, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import (
    FINAL_CATEGORIES,
    Failure,
    Unanswered,
)
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import Plan, Step


class Planned(NamedTuple):
    """How one resource is read and planned again, once it is uncertain what a call has done to it.

    read, plan, resumed: as in `_run.Resource`.
    desired: what `read` and `plan` take.
    """

    read: Callable[[Client, Any], tuple[Any, Any]]
    plan: Callable[[Any, Any, Any], Plan]
    resumed: Callable[[Any], Any]
    desired: Any


def apply_one(client: Client, resource: Any, desired: Any, plan: Plan) -> Plan:
    """Carry out the plan of one resource; the plan as it came out, without what had to be left as it was."""
    work = Work(Planned(resource.read, resource.plan, resource.resumed, desired), plan.steps)
    work.carry_out(client)
    if refusal := work.refusal():
        raise refusal
    return work.came_out(plan)


class Work:
    """One resource on its way from a plan to being as declared.

    left: the steps that are still to be called; done: titles of those that succeeded.
    refused: steps whose value the server refused; skipped: steps left out for a backend that does not allow them.
    """

    def __init__(self, planned: Planned, steps: tuple[Step, ...]) -> None:
        self._planned = planned
        self._attempt = 0
        self.left = list(steps)
        self.done: list[str] = []
        self.refused: list[tuple[Step, Failure]] = []
        self.skipped: list[Step] = []

    def carry_out(self, client: Client, wanted: Callable[[Step], bool] = lambda step: True) -> None:
        """Call the steps that are left, in their order, as far as they are wanted.

        A refused value does not keep the others from being set. Raises Failure where no further call can succeed.
        """
        while self.left and wanted(self.left[0]):
            step = self.left[0]
            try:
                client.call(step.call, step.body, step.query)
            except Failure as failure:
                self._met(client, step, failure)
            else:
                self.done.append(step.title)
                self.left.pop(0)

    def refusal(self) -> Failure | None:
        """One failure for all steps that were refused; `partial` where others were not."""
        if not self.refused:
            return None
        first = self.refused[0][1]
        category = first.category
        message = " ".join(f"{step.title}: {refusal.message}" for step, refusal in self.refused)
        if self.done:
            category = "partial"
            message += f" The rest is done: {', '.join(self.done)}."
        failure = Failure(category, message, first.operation, first.http_status, first.ocs_code)
        failure.changed = bool(self.done)
        return failure

    def came_out(self, plan: Plan) -> Plan:
        """The plan that this work carried out, without the fields that were left as they were."""
        fields = {step.field for step in self.skipped}
        if not fields:
            return plan
        after = {name: value for name, value in (plan.after or {}).items() if name not in fields}
        after.update({name: value for name, value in (plan.before or {}).items() if name in fields})
        warnings = [
            f"{step.title}: this field cannot be set for this account, so it was left as it is."
            for step in self.skipped
            if step.on_readonly == "warn"
        ]
        return plan._replace(
            steps=tuple(step for step in plan.steps if step.field is None or step.field not in fields),
            after=after if plan.after is not None else None,
            warnings=(*plan.warnings, *warnings),
        )

    def _met(self, client: Client, step: Step, failure: Failure) -> None:
        """Leave out, replace or look into a step that failed; raise where no further call can succeed."""
        if failure.http_status == 405 and step.instead:
            self.left[:1] = step.instead
        elif failure.category == "read_only" and step.on_readonly != "fail":
            self.skipped.append(self.left.pop(0))
        elif isinstance(failure, Unanswered) and step.once:
            failure.message += " It is not known whether the call was carried out, so it was not sent again."
            raise self._told(failure)
        elif isinstance(failure, Unanswered) or step.creates and failure.category not in FINAL_CATEGORIES:
            self._look_again(client, step, failure)
        elif failure.category in FINAL_CATEGORIES:
            raise self._told(failure)
        else:
            self.refused.append((self.left.pop(0), failure))

    def _look_again(self, client: Client, step: Step, failure: Failure) -> None:
        """It is uncertain what the step has done: read again and plan what is left."""
        unanswered = isinstance(failure, Unanswered)
        if unanswered:
            self._attempt += 1
            client.pause(self._attempt)
        planned = self._planned
        current, server = planned.read(client, planned.desired)
        if step.creates and current is not None:
            self.done.append(step.title)
            self._planned = planned = planned._replace(desired=planned.resumed(planned.desired))
        elif not unanswered or self._attempt > client.retries:
            failure.message = f"{step.title}: {failure.message}"
            raise self._told(failure)
        self.left = list(planned.plan(planned.desired, current, server).steps)

    def _told(self, failure: Failure) -> Failure:
        """The failure, saying what was done before it and what is left to do."""
        failure.changed = bool(self.done)
        if self.done or failure.category == "rate_limited":
            left = ", ".join(step.title for step in self.left)
            failure.message += f" Done before: {', '.join(self.done) or 'nothing'}. Left to do: {left}."
        return failure
