# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What a task returns of the plan for a whole directory, as it is predicted or as it came out."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._directory.items import Entry
from ansible_collections.community.nextcloud.plugins.module_utils._directory.plan import DirectoryPlan, Outcome
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import Plan, State, limited_calls
from ansible_collections.community.nextcloud.plugins.module_utils._engine.resource import Mode

ID = {"groups": "groupid", "users": "userid"}


def result(resource: Any, plan: DirectoryPlan, mode: Mode) -> dict[str, Any]:
    """{changed, groups, users, summary, warnings, rate_limit?, diff?}. Failure, with the same, where an entry failed."""
    items: dict[str, list[dict[str, Any]]] = {kind: [] for kind in ID}
    for number, entry in enumerate(plan.entries):
        items[entry.kind].append(_item(entry, plan.outcomes.get(number)))
    made: dict[str, Any] = {"changed": plan.changed, **items, "summary": {kind: _counts(items[kind]) for kind in ID}}
    warnings = [*plan.warnings]
    limited = limited_calls(plan.steps)
    if limited:
        made["rate_limit"] = {**limited, "seconds": 0} if plan.exempt else limited
        if mode.check and made["rate_limit"]["seconds"]:
            warnings.append(_limit_warning(limited))
    if mode.diff:
        changing = [entry for number, entry in enumerate(plan.entries) if number not in plan.outcomes]
        made["diff"] = _diff([entry for entry in changing if entry.plan.steps], plan.diff_limit)
    if plan.failure:
        raise plan.failure.but(more=made)
    return {**made, "warnings": warnings}


def _item(entry: Entry, outcome: Outcome | None) -> dict[str, Any]:
    after = changes(entry.plan)[1]
    item: dict[str, Any] = {
        ID[entry.kind]: entry.id,
        "result": outcome.result if outcome else "done" if entry.plan.steps else "unchanged",
        "action": _action(entry.plan),
        "fields": sorted(after),
    }
    if outcome and outcome.failure:
        item.update(msg=outcome.failure.message, failure=outcome.failure.described())
    return item


def changes(plan: Plan) -> tuple[State, State]:
    """The fields that differ before and after, without the id of what they belong to."""
    if not plan.steps or plan.after is None:
        return {}, {}
    before = plan.before or {}
    after = {
        name: value
        for name, value in plan.after.items()
        if name not in ID.values() and (name not in before or before[name] != value)
    }
    return {name: before[name] for name in after if name in before}, after


def _action(plan: Plan) -> str:
    before, after = plan.before, plan.after or {}
    if not plan.steps:
        return "none"
    if before is None:
        return "created"
    if after.get("state") == "absent":
        return "deleted"
    return "disabled" if before.get("enabled") and not after.get("enabled") else "changed"


def _counts(items: list[dict[str, Any]]) -> dict[str, int]:
    """How many of each action, of those that are as declared, and of those that failed or were not tried."""
    names = ("created", "changed", "disabled", "deleted", "unchanged", "failed", "not_tried")
    found = Counter(item["action"] if item["result"] == "done" else item["result"] for item in items)
    return {name: found[name] for name in names}


def _diff(entries: list[Entry], limit: int) -> dict[str, Any]:
    """What changes, field by field, by kind and id; the first `limit` of all that change."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for entry in entries[:limit]:
        was, wanted = changes(entry.plan)
        before.setdefault(entry.kind, {})[entry.id] = was
        after.setdefault(entry.kind, {})[entry.id] = wanted
    if len(entries) > limit:
        after["not_shown"] = f"{len(entries) - limit} more (diff_limit is {limit})"
    return {"before": before, "after": after}


def _limit_warning(limited: dict[str, int]) -> str:
    edits = operations.EDITS
    return (
        f"{limited['calls']} of the requests are edits, of which the server accepts {edits.calls} in {edits.seconds}"
        f" seconds. They take at least {limited['seconds']} seconds. Set rate_limit_wait to this value, or exempt this"
        " address with community.nextcloud.rate_limit_exemption."
    )
