# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Carrying out the plan for a whole directory: stage after stage, in each of them several calls at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ansible_collections.community.nextcloud.plugins.module_utils._accounts import order
from ansible_collections.community.nextcloud.plugins.module_utils._accounts.user import RESOURCE as USER
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._directory.items import Declared, Entry
from ansible_collections.community.nextcloud.plugins.module_utils._directory.plan import DirectoryPlan, Outcome
from ansible_collections.community.nextcloud.plugins.module_utils._engine.apply import Work
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import limited_calls
from ansible_collections.community.nextcloud.plugins.module_utils._groups.group import RESOURCE as GROUP

# Whatever comes next would fail in the same way. What is refused for one account need not be for the next.
ENDS_ALL = frozenset(("authentication", "confirmation", "locked_out", "rate_limited", "unavailable"))

SHOWN = 10

_RESOURCES = {"groups": GROUP, "users": USER}


def apply(client: Client, resource: Any, declared: Declared, plan: DirectoryPlan) -> DirectoryPlan:
    """The plan as it came out, with an outcome for each entry and a failure where one of them failed."""
    jobs = {number: _EntryWork(entry) for number, entry in enumerate(plan.entries) if entry.plan.steps}
    runner = _StageRunner(client, declared)
    for stage, name in enumerate(order.NAMES):
        runner.carry_out(stage, name, list(jobs.values()), plan.exempt)
    entries = list(plan.entries)
    for number, job in jobs.items():
        if not job.refusal:
            entries[number] = entries[number]._replace(plan=job.work.outcome())
    outcomes = {number: outcome for number, job in jobs.items() if (outcome := job.outcome())}
    return plan._replace(entries=tuple(entries), outcomes=outcomes, failure=_failure(plan, outcomes, runner.ending))


class _EntryWork:
    """One entry on its way."""

    def __init__(self, entry: Entry) -> None:
        self.work = Work(_RESOURCES[entry.kind], entry.declared, entry.plan)
        self.failure: Failure | None = None

    @property
    def refusal(self) -> Failure | None:
        """Why it failed, so far."""
        return self.failure or self.work.refusal()

    def steps_in(self, stage: int) -> int:
        return sum(1 for step in self.work.left if order.stage(step) == stage)

    def outcome(self) -> Outcome | None:
        """None where all of it is done."""
        if refusal := self.refusal:
            return Outcome("failed", refusal)
        if not self.work.left:
            return None
        if not self.work.done:
            return Outcome("not_tried")
        left = ", ".join(step.title for step in self.work.left)
        message = f"The task ended before everything was done. Done: {', '.join(self.work.done)}. Left to do: {left}."
        return Outcome("failed", Failure("partial", message, changed=True))


class _StageRunner:
    """Works on the jobs, until one fails if that is to stop the task, or if all others would fail as well."""

    def __init__(self, client: Client, declared: Declared) -> None:
        self._client = client
        self._declared = declared
        self._ended = threading.Event()
        self.ending: Failure | None = None

    def carry_out(self, stage: int, name: str, jobs: list[_EntryWork], exempt: bool) -> None:
        """One stage of all jobs that have steps in it."""
        jobs = [job for job in jobs if not job.failure and job.steps_in(stage)]
        if not jobs or self._ended.is_set():
            return
        steps = [step for job in jobs for step in job.work.left if order.stage(step) == stage]
        limited = None if exempt else limited_calls(steps)
        self._client.progress.begin(name, len(steps), limited["seconds"] if limited else 0)
        with ThreadPoolExecutor(self._declared.concurrency) as pool:
            list(pool.map(lambda job: self._work_on(job, stage), jobs))

    def _work_on(self, job: _EntryWork, stage: int) -> None:
        if self._ended.is_set():
            return
        steps = job.steps_in(stage)
        try:
            job.work.carry_out(self._client, lambda step: order.stage(step) <= stage)
        except Failure as failure:
            job.failure = failure
        self._client.progress.advance(steps)
        refusal = job.refusal
        if refusal and (self._declared.stops or refusal.category in ENDS_ALL):
            self.ending = self.ending or refusal
            self._ended.set()


def _failure(plan: DirectoryPlan, outcomes: dict[int, Outcome], ending: Failure | None) -> Failure | None:
    """One failure for the task: of the category that ended it, or `partial` where something is done."""
    if not outcomes:
        return None
    refusals = [(plan.entries[number], outcome.failure) for number, outcome in outcomes.items() if outcome.failure]
    changing = sum(1 for entry in plan.entries if entry.plan.steps)
    done = len(outcomes) < changing or any(failure.changed for unused, failure in refusals)
    first = ending or refusals[0][1]
    lines = [f"{entry.where or entry.id}: {failure.message}" for entry, failure in refusals[:SHOWN]]
    if len(refusals) > SHOWN:
        lines.append(f"and {len(refusals) - SHOWN} more, see users and groups")
    counts = f"{len(refusals)} of {changing} groups and accounts to change failed"
    if len(outcomes) > len(refusals):
        counts += f", and {len(outcomes) - len(refusals)} were not tried"
    category = "partial" if done and first.category not in ENDS_ALL else first.category
    return first.but(category=category, message="\n".join([f"{counts}:", *lines]), changed=done)
