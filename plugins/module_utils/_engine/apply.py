# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Carrying out a plan: call after call, and what to do where one is refused or gets no answer."""

from __future__ import annotations

from typing import Any, Callable, Iterable

from ansible_collections.community.nextcloud.plugins.module_utils._api.answers import refusal_of
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import FINAL_CATEGORIES, Failure
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import Plan, Step

_LIMITS = ("rate_limited", "locked_out")


def apply_one(client: Client, resource: Any, declared: Any, plan: Plan) -> Plan:
    """Carry out the plan of one resource; the plan as it came out, without what had to be left as it was."""
    work = Work(resource, declared, plan)
    work.carry_out(client)
    if refusal := work.refusal():
        raise refusal
    return work.outcome()


class Work:
    """One resource on its way from a plan to being as declared.

    left: the steps that are still to be called; done: titles of those that this run has carried out.
    settled: steps that somebody else had carried out meanwhile. refused: steps whose value the server refused; skipped:
    steps left out for a backend that does not allow them.
    """

    def __init__(self, resource: Any, declared: Any, plan: Plan) -> None:
        """resource: an `_engine.resource.Resource`, by which it is read and planned again where that becomes necessary."""
        self._resource = resource
        self._declared = declared
        self._plan = plan
        self._attempt = 0
        self.left = list(plan.steps)
        self.done: list[str] = []
        self.settled: list[Step] = []
        self.refused: list[tuple[Step, Failure]] = []
        self.skipped: list[Step] = []
        self._warnings: list[str] = []

    def carry_out(self, client: Client, wanted: Callable[[Step], bool] = lambda step: True) -> None:
        """Call the steps that are left, in their order, as far as they are wanted.

        A refused value does not keep the others from being set. Raises Failure where no further call can succeed.
        """
        while self.left and wanted(self.left[0]):
            step = self.left[0]
            try:
                by_this_run, answer = client.write(step.call, step.body, step.query)
            except Failure as failure:
                self._handle_failure(client, step, failure)
            else:
                if by_this_run:
                    self.done.append(step.title)
                else:
                    self.settled.append(step)
                self._warnings += self._resource.kept_otherwise(self._declared, step, answer)
                self.left.pop(0)
                if step.creates:
                    self._declared = self._resource.once_created(self._declared)

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
        return first.but(category=category, message=message, changed=bool(self.done))

    def outcome(self) -> Plan:
        """The plan that this work has carried out: without what others had done, and fields that were left as they were."""
        plan = self._plan
        fields = {step.field for step in self.skipped} - {None}
        after = {name: value for name, value in (plan.after or {}).items() if name not in fields}
        after.update({name: value for name, value in (plan.before or {}).items() if name in fields})
        warnings = [
            f"{step.title}: this field cannot be set for this account and was skipped."
            for step in self.skipped
            if step.on_readonly == "warn"
        ]
        steps = tuple(step for step in plan.steps if step not in self.settled and step.field not in fields)
        return plan._replace(
            steps=steps,
            before=plan.before if steps or not self.settled else plan.after,
            after=after if plan.after is not None else None,
            warnings=(*plan.warnings, *warnings, *self._warnings),
        )

    def _handle_failure(self, client: Client, step: Step, failure: Failure) -> None:
        """Leave out, replace or look into a step that failed; raise where no further call can succeed."""
        if step.instead and _wants_single_calls(step, failure):
            self.left[:1] = step.instead
        elif failure.category == "read_only" and step.on_readonly != "fail":
            self.skipped.append(self.left.pop(0))
        elif failure.effect == "unknown" and step.unreadable:
            raise self._unknown(failure, "this leaves nothing that could be read") from failure
        elif failure.effect == "unknown" or failure.category in _LIMITS and not step.unreadable:
            self._look_again(client, step, failure)
        elif step.creates and failure.category not in FINAL_CATEGORIES:
            self._look_at_refused_creation(client, step, failure)
        elif failure.category in FINAL_CATEGORIES:
            raise self._with_progress(failure) from failure
        else:
            self.refused.append((self.left.pop(0), _in_option_names(step, failure)))

    def _look_again(self, client: Client, step: Step, failure: Failure) -> None:
        """It is uncertain whether the step was carried out: read again and plan what is left.

        After a refusal by a limit, which a server makes before it does anything, the step is not called again.
        """
        is_unknown = failure.effect == "unknown"
        if is_unknown:
            self._attempt += 1
            client.pause(self._attempt)
        try:
            current, facts = self._resource.read(client, self._declared)
        except Failure as error:
            if not is_unknown:
                raise self._with_progress(failure) from failure
            raise self._unknown(failure, f"reading failed too: {error.message}") from error
        if step.creates and current is not None:
            self._declared = self._resource.once_created(self._declared)
        left = list(self._resource.plan(self._declared, current, facts).steps)
        if failure.http_status == 500:
            left = _singly(left)  # so that it is known over which value the server stumbles
        done = [part.title for part in _singly([step]) if part not in _singly(left)]
        if done:
            self.done += [step.title] if len(done) == len(_singly([step])) else done
        elif not is_unknown:
            raise self._with_progress(failure) from failure
        elif self._attempt > client.retries:
            message = f"{step.title}: {failure.message} It was not carried out."
            raise self._with_progress(failure.but(message=message, effect="none")) from failure
        self.left = left

    def _look_at_refused_creation(self, client: Client, step: Step, failure: Failure) -> None:
        """A server may keep what it refuses to create; or somebody else has just created it, which is no work of this run."""
        current, facts = self._resource.read(client, self._declared)
        if current is None:
            raise self._with_progress(failure.but(message=f"{step.title}: {failure.message}")) from failure
        if failure.category == "conflict":
            self._plan = self._resource.plan(self._declared, current, facts)
            self.left = list(self._plan.steps)
        else:
            self.done.append(step.title)
            self._declared = self._resource.once_created(self._declared)
            self.left = list(self._resource.plan(self._declared, current, facts).steps)

    def _unknown(self, failure: Failure, why: str) -> Failure:
        """The failure of a step that may have been carried out, so that it counts as a change."""
        message = f"{failure.message} Whether the call was carried out is not known: {why}."
        return self._with_progress(failure.but(message=message)).but(changed=True)

    def _with_progress(self, failure: Failure) -> Failure:
        """The failure, saying what was done before it and what is left to do."""
        message = failure.message
        if self.done or failure.category == "rate_limited":
            left = ", ".join(step.title for step in self.left)
            message += f" Done before: {', '.join(self.done) or 'nothing'}. Left to do: {left}."
        return failure.but(message=message, changed=bool(self.done))


def _wants_single_calls(step: Step, failure: Failure) -> bool:
    """Whether the server does not know a call with several values, or only single calls tell which cannot be set at all.

    A call with several values is also refused to accounts that may set each of them, such as an account for itself.
    """
    is_closed = failure.http_status == 405 or failure.category == "permission"
    return is_closed or bool(failure.refused) and step.on_readonly != "fail"


def _singly(steps: Iterable[Step]) -> list[Step]:
    """The steps, with one for each value instead of one for several."""
    return [single for step in steps for single in step.instead or (step,)]


def _in_option_names(step: Step, failure: Failure) -> Failure:
    """The failure of a call with several values, naming them by their options."""
    if not failure.refused:
        return failure
    options = dict(zip(step.body or {}, (single.field for single in step.instead), strict=False))
    return failure.but(message=refusal_of({options.get(name) or name: why for name, why in failure.refused.items()}))
