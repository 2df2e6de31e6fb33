# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Two runs at once: a task reports as changed what it has done itself, and what it finds done is as declared."""

from __future__ import annotations

from typing import Any, Callable

import pytest

PASSWORD = "Zk3-qweR!plo9"


@pytest.fixture
def meanwhile(nextcloud: Any) -> Any:
    """Lets somebody else do something right before the first write of the next task."""

    def arrange(deed: Callable[[], Any]) -> None:
        pending = [deed]
        answered = nextcloud.server.__call__

        def server(environ: Any, start_response: Any) -> Any:
            if pending and environ["REQUEST_METHOD"] != "GET":
                pending.pop()()
            return answered(environ, start_response)

        nextcloud.adapter._mock_server = server

    return arrange


def test_a_group_that_somebody_else_creates_is_none_of_this_run(nextcloud: Any, meanwhile: Any) -> None:
    meanwhile(lambda: nextcloud.state.add_group("design", "design"))
    result = nextcloud.task("group", groupid="design")
    assert result["changed"] is False
    assert result["diff"]["before"] == result["diff"]["after"]


def test_it_is_compared_and_completed(nextcloud: Any, meanwhile: Any) -> None:
    meanwhile(lambda: nextcloud.state.add_group("design", "Other"))
    result = nextcloud.task("group", groupid="design", display_name="Design")
    assert result["changed"] is True
    assert result["diff"]["before"]["display_name"] == "Other"
    assert nextcloud.state.directory.group("design").display_name == "Design"


def test_an_account_that_somebody_else_creates_keeps_what_is_set_on_creation_only(
    nextcloud: Any, meanwhile: Any
) -> None:
    nextcloud.state.add_group("staff")
    meanwhile(lambda: nextcloud.state.add_account("jane", PASSWORD, email="jane@example.org", language="de"))
    result = nextcloud.task(
        "user",
        userid="jane",
        email="jane@example.org",
        language="en",
        only_on_create=["language"],
        groups={"add": ["staff"]},
    )
    assert result["changed"] is True
    assert [step.path.rpartition("/")[2] for step in nextcloud.journal.writes()] == ["users", "groups"]
    assert nextcloud.account("jane")["language"] == "de"


@pytest.mark.parametrize(
    ("module", "options", "deed"),
    [
        ("user", {"userid": "jane", "state": "absent"}, lambda state: state.delete(state.account("jane"))),
        (
            "group",
            {"groupid": "design", "state": "absent"},
            lambda state: state.directory.remove_group(state.directory.group("design")),
        ),
        (
            "subadmin",
            {"userid": "jane", "groups": ["design"], "state": "absent"},
            lambda state: state.directory.group("design").subadmins.clear(),
        ),
    ],
)
def test_what_somebody_else_removes_is_none_of_this_run(
    nextcloud: Any, meanwhile: Any, module: str, options: dict[str, Any], deed: Any
) -> None:
    nextcloud.state.add_group("design")
    nextcloud.state.add_account("jane", PASSWORD, groups=["design"], subadmin=["design"])
    meanwhile(lambda: deed(nextcloud.state))
    assert nextcloud.task(module, **options)["changed"] is False


def test_a_directory_counts_what_somebody_else_creates_as_unchanged(nextcloud: Any, meanwhile: Any) -> None:
    meanwhile(lambda: nextcloud.state.add_group("design", "design"))
    result = nextcloud.task("directory", groups=[{"groupid": "design"}, {"groupid": "new"}])
    assert {item["groupid"]: item["result"] for item in result["groups"]} == {"design": "unchanged", "new": "done"}


@pytest.mark.parametrize("attempts", [1, 2])
def test_reading_is_tried_again_while_the_server_fails(nextcloud: Any, attempts: int) -> None:
    nextcloud.state.add_account("jane", PASSWORD)
    nextcloud.server.fail("server_error", "GET", times=attempts)
    assert nextcloud.task("user_info", userid="jane")["users"][0]["userid"] == "jane"
