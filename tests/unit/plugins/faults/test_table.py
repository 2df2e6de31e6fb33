# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every writing operation under every fault, before and after its effect, for one call and for all of them.

Whatever happens on the way, `changed` is what this run did, nothing happens twice, and a rerun ends as declared.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any, Iterator

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.operations import Operation
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from unit.plugins.faults.rows import LEDGER, ROWS, Row, furnish

TIMEOUT = 10

# By what a client sees: the kind of fault, and whether it is of a sort that mostly passes by itself.
FAULTS = {
    "500 page": ("server_error", False),
    "500 JSON": ("failed_call", False),
    "502": ("bad_gateway", True),
    "503": ("unavailable", True),
    "504": ("gateway_timeout", True),
    "429 empty": ("rate_limited", False),
    "429 JSON": ("locked_out", False),
    "reset": ("reset_connection", True),
    "reset within": ("cut_answer", True),
    "lost": ("lost_answer", True),
    "cut JSON": ("truncated_json", False),
    "HTML with 200": ("login_page", False),
    "slow": ("late_answer", True),
}
# After one of these nobody has to find out that the call took effect: but whoever does not must not say otherwise.
REFUSALS = ("429 empty", "429 JSON")


def test_every_writing_operation_has_a_row() -> None:
    writing = {value for value in vars(operations).values() if isinstance(value, Operation) and value.writes}
    # It is a read with a body.
    assert {row.call.operation for row in ROWS} == writing - {operations.SEARCH_BY_PHONE}
    assert len({row.name for row in ROWS}) == len(ROWS)


# The cells


class Run:
    """One run of a row's task: what it says of itself, and what the server held before it and after it."""

    def __init__(self, nextcloud: Any, row: Row, folder: Path) -> None:
        options = {name: str(folder / "ledger") if value is LEDGER else value for name, value in row.options.items()}
        self.before = row.seen(nextcloud.state)
        try:
            self.result = nextcloud.task(row.module, timeout=TIMEOUT, **options)
        except Failure as failure:
            self.result = failure.as_result()
        self.after = row.seen(nextcloud.state)

    @property
    def failed(self) -> bool:
        return "failure" in self.result

    @property
    def changed(self) -> bool:
        return bool(self.result["changed"])

    @property
    def is_unknown(self) -> bool:
        return self.failed and self.result["failure"].get("effect") == "unknown"


def untruths(run: Run, row: Row) -> list[str]:
    """Where a run does not say what it did."""
    did = run.before != run.after
    if run.is_unknown:
        found = [] if run.changed else ["an unknown effect counts as no change"]
        return [*found, "an effect that can be looked up is unknown"] if row.readable else found
    if did and not run.changed:
        return ["it changed something and does not say so"]
    if run.changed and not did and not (row.asserts and not run.failed):
        return ["it says that it changed something and did not"]
    return []


def shortcomings(run: Run, row: Row, fault: str, carried_out: bool, lasting: bool) -> list[str]:
    """Where a run fails that could have succeeded, or leaves another state than it says."""
    if not run.failed:
        return [] if run.after == row.wanted else ["it succeeds, and the state is not as declared"]
    can_be_known = row.readable and carried_out
    passes_by = FAULTS[fault][1] or not row.readable
    repeatable = (row.readable or not row.once) and passes_by and not lasting
    if fault not in REFUSALS and (can_be_known or repeatable):
        return ["it fails, though the effect is there" if can_be_known else "it fails, though the fault passes by"]
    return []


def not_converging(nextcloud: Any, row: Row, folder: Path) -> list[str]:
    """What is wrong with two further runs without a fault. Actions act anew each time, so they are not run again."""
    if row.once and not row.readable:
        return []
    again, further = Run(nextcloud, row, folder), Run(nextcloud, row, folder)
    found = ["a rerun fails"] if again.failed or further.failed else []
    if again.after != row.wanted:
        found.append("a rerun does not end as declared")
    # A ledger knows what was last asserted for certain, and not what the server holds.
    if row.readable:
        found += [f"a rerun: {untruth}" for untruth in untruths(again, row)]
    if further.before != further.after or further.changed and not row.asserts:
        found.append("a further run still changes something")
    return found


def cells() -> Iterator[Any]:
    """All but those that no server can show and nobody could tell: refused by a limit, though it was carried out.

    A server looks at its limits before it does anything. The collection looks all the same, where it can.
    """
    for row, fault, carried_out, lasting in product(ROWS, FAULTS, (False, True), (False, True)):
        looked_up = row.readable and row.call.operation is not operations.ADD_USER_VALUE
        if looked_up or not carried_out or fault not in REFUSALS:
            name = f"{row.name}-{fault}-{'after' if carried_out else 'before'}-{'always' if lasting else 'once'}"
            yield pytest.param(row, fault, carried_out, lasting, id=name)


@pytest.mark.parametrize(("row", "fault", "carried_out", "lasting"), cells())
def test_a_fault(connect: Any, tmp_path: Path, row: Row, fault: str, carried_out: bool, lasting: bool) -> None:
    nextcloud = connect(**row.settings)
    furnish(nextcloud.state)
    operation, path = row.call
    times = 0 if lasting else 1
    nextcloud.server.fail(FAULTS[fault][0], operation.method, path, times, carried_out=carried_out, seconds=2 * TIMEOUT)

    run = Run(nextcloud, row, tmp_path)

    done = sum(entry.done for entry in nextcloud.journal if (entry.method, entry.path) == (operation.method, path))
    nextcloud.server.faults.clear()
    found = untruths(run, row) + shortcomings(run, row, fault, carried_out, lasting)
    if row.once and done > 1:
        found.append(f"it happened {done} times")
    assert found + not_converging(nextcloud, row, tmp_path) == [], run.result


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_without_a_fault(connect: Any, tmp_path: Path, row: Row) -> None:
    """The rows themselves are right: the call that is to be struck is made, and changes what is seen."""
    nextcloud = connect(**row.settings)
    furnish(nextcloud.state)
    run = Run(nextcloud, row, tmp_path)
    assert (run.failed, run.changed, run.after) == (False, True, row.wanted), run.result
    assert run.before != run.after
    struck = [
        entry
        for entry in nextcloud.journal.writes()
        if (entry.method, entry.path) == (row.call.operation.method, row.call.path)
    ]
    assert struck and all(entry.done for entry in struck)
    assert not_converging(nextcloud, row, tmp_path) == []
