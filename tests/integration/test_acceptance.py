# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What protects a real server from `make acceptance`: it clears up after failures, and after runs that were broken off."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime, timedelta
from typing import Any

import pytest
from integration.conftest import ADMIN_PASSWORD
from integration.observer import FLAG, LONGEST_RUN, Observer, new_prefix
from integration.targets import HERE, run_phases

BEGAN = datetime(2026, 11, 24, 20, 15)
PREFIX = "ansible-test-261124201500-"

TASKS = {
    "setup": """
- community.nextcloud.group:
    groupid: "{{ prefix }}R&D / Lab 100%"
- community.nextcloud.user:
    userid: "{{ prefix }}jane"
    user_password: "{{ user_password }}"
- community.nextcloud.user:
    userid: "{{ prefix }}fails"
    quota: lots
""",
    "cleanup": """
- community.nextcloud.user:
    userid: "{{ prefix }}jane"
    state: absent
- community.nextcloud.group:
    groupid: "{{ prefix }}R&D / Lab 100%"
    state: absent
""",
}


@pytest.fixture
def crowded(site: Any) -> Any:
    site.state.add_account("ansible-test-jane", groups=["ansible-test-people"])
    site.state.allow_list.add("192.0.2.0", 24)
    site.state.apps.set_value(*FLAG, "yes")
    return site


def observer(site: Any) -> Observer:
    return Observer(site.url, "admin", ADMIN_PASSWORD)


def test_a_target_that_fails_while_it_is_set_up_is_cleaned_up(crowded: Any) -> None:
    before = observer(crowded).others()
    (crowded.folder / "tasks").mkdir()
    for phase, tasks in TASKS.items():
        (crowded.folder / "tasks" / f"{phase}.yml").write_text(tasks)
    variables, began = {"prefix": PREFIX, "rate_limit_wait": 0}, []
    with pytest.raises(AssertionError, match="'lots' is invalid"):
        run_phases(crowded, crowded.folder, variables, "Zk3-qweR!plo9", began.append)
    assert began == ["setup", "cleanup"]
    assert {entry.method for entry in crowded.journal.writes()} == {"POST", "DELETE"}
    assert (observer(crowded).clear(), observer(crowded).others()) == ([], before)


def left_behind(site: Any) -> list[str]:
    """A run that begins, changes what targets change, and is broken off. Gives what must be put right."""
    before = observer(site).begin(PREFIX)
    assert before["spare_apps"] == ["admin_audit", "files_external"]
    site.state.add_account(f"{PREFIX}Jane.Doe@example.org", groups=[f"{PREFIX}R&D / Lab 100%", "ansible-test-people"])
    site.state.allow_list.add("2001:db8:a57e:1::", 64)
    site.state.apps.set_value("provisioning_api", f"{PREFIX}awkward + 100%", "x")
    site.state.apps.set_value(*FLAG, "0")
    site.state.apps.enable("admin_audit")
    return [
        "2001:db8:a57e:1::/64",
        "admin_audit",
        f"{PREFIX}Jane.Doe@example.org",
        f"{PREFIX}R&D / Lab 100%",
        FLAG[1],
        f"{PREFIX}awkward + 100%",
    ]


def test_what_a_run_that_was_broken_off_has_left_is_put_right_by_the_next(crowded: Any) -> None:
    before = observer(crowded).others()
    left_behind(crowded)
    assert observer(crowded).others() != before
    next_prefix = new_prefix(BEGAN + LONGEST_RUN)
    observer(crowded).begin(next_prefix)
    assert observer(crowded).others() == before
    assert crowded.state.group("ansible-test-people").members == {"ansible-test-jane": None}
    assert crowded.state.apps.keys("provisioning_api").count(f"{next_prefix}before") == 1
    assert observer(crowded).clear() == []
    assert observer(crowded).others() == before


def test_what_is_left_at_the_end_of_a_run_is_told(crowded: Any) -> None:
    left = left_behind(crowded)
    assert sorted(observer(crowded).clear()) == sorted(left)


def test_a_run_does_not_disturb_one_that_may_be_going_on(crowded: Any) -> None:
    observer(crowded).begin(PREFIX)
    crowded.journal.clear()
    with pytest.raises(RuntimeError, match=f"{PREFIX}before"):
        observer(crowded).begin(new_prefix(BEGAN + LONGEST_RUN - timedelta(seconds=1)))
    assert crowded.journal.writes() == []


def test_targets_against_a_server_that_is_named(crowded: Any) -> None:
    before = observer(crowded).others()
    finished = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            HERE / "acceptance.py",
            "-k",
            "lifted or lookup_user",
            "-p",
            "no:cacheprovider",
        ],
        cwd=HERE.parents[1],
        env={
            **os.environ,
            "NEXTCLOUD_URL": crowded.url,
            "NEXTCLOUD_USERNAME": "admin",
            "NEXTCLOUD_PASSWORD": ADMIN_PASSWORD,
            "PYTEST_ADDOPTS": "",
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "2 passed" in finished.stdout, finished.stdout + finished.stderr
    assert ADMIN_PASSWORD not in finished.stdout + finished.stderr
    assert observer(crowded).others() == before
    assert len({entry.path for entry in crowded.journal.writes() if "ansible-test-" in entry.path}) > 2
