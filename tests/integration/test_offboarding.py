# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""People leave, by the playbook of the collection: what is done once, what is refused, and what comes later."""

from __future__ import annotations

import json
from typing import Any, Callable

import pytest

PLAYBOOK = "community.nextcloud.offboard"
LEFT = "user_offboarding_date=2026-11-24"


@pytest.fixture
def staffed(site: Any) -> Any:
    state = site.state
    state.add_account("boss", display_name="Berta Boss")
    for userid in ("jane", "john"):
        state.add_account(userid, display_name=f"{userid.title()} Doe", manager="boss", groups=["staff"])
    state.group("staff").subadmins["jane"] = None
    state.add_account("root", groups=["admin"])
    return site


def report(site: Any, *arguments: str) -> dict[str, Any]:
    """{id: what the report of a run says of it}; the report is there only if something was done."""
    path = site.folder / "report.json"
    path.unlink(missing_ok=True)
    site.run(PLAYBOOK, "-e", f"user_offboarding_report_file={path}", *arguments)
    if not path.exists():
        return {}
    assert path.stat().st_mode & 0o777 == 0o600
    return {entry["userid"]: entry for entry in json.loads(path.read_text())}


def test_somebody_leaves_once(staffed: Any) -> None:
    state, journal = staffed.state, staffed.journal
    predicted = staffed.run(PLAYBOOK, "-e", "userid=Jane", "-e", LEFT, "--check")
    assert journal.writes() == []
    assert "jane (Jane Doe): would be disabled, devices would be wiped, would be removed from staff" in predicted.output

    found = report(staffed, "-e", "userid=Jane", "-e", LEFT)
    assert found["jane"] == {
        "userid": "jane",
        "display_name": "Jane Doe",
        "action": "offboarded",
        "devices_wiped": True,
        "groups_left": ["staff"],
        "subadmin_of_left": ["staff"],
        "manager": "boss",
        "manager_name": "Berta Boss",
        "left": "2026-11-24",
        "delete_from": None,
    }
    assert not state.account("jane").enabled
    assert "jane" not in state.group("staff").members and "jane" not in state.group("staff").subadmins
    assert state.wiped == ["jane"]

    journal.clear()
    assert report(staffed, "-e", "userid=jane", "-e", "user_offboarding_date=2026-11-25") == {}
    assert journal.writes() == []


def test_what_is_handed_back_is_taken_again_but_devices_are_not_wiped_twice(staffed: Any) -> None:
    staffed.run(PLAYBOOK, "-e", "userid=jane", "-e", LEFT)
    staffed.state.group("staff").members["jane"] = None
    assert report(staffed, "-e", "userid=jane")["jane"]["action"] == "changed"
    assert staffed.state.wiped == ["jane"]

    staffed.state.account("jane").enabled = True
    found = report(staffed, "-e", "userid=jane", "-e", "user_offboarding_date=2026-12-01")["jane"]
    assert (found["action"], found["left"]) == ("offboarded", "2026-12-01")
    assert staffed.state.wiped == ["jane", "jane"]


def test_a_wipe_that_failed_is_made_up_for(staffed: Any) -> None:
    staffed.server.fail("maintenance", "POST", "/ocs/v2.php/cloud/users/jane/wipe", times=9)
    failed = staffed.run(PLAYBOOK, "-e", "userid=jane,john", "-e", LEFT, expect=2, NEXTCLOUD_RETRIES="0")
    assert "jane (Jane Doe): FAILED" in failed.output
    assert staffed.state.wiped == ["john"]
    staffed.server.faults.clear()
    found = report(staffed, "-e", "userid=jane,john", "-e", LEFT)
    assert {userid: entry["action"] for userid, entry in found.items()} == {"jane": "offboarded", "john": "none"}
    assert staffed.state.wiped == ["john", "jane"]


def test_deletion_after_the_grace_period(staffed: Any) -> None:
    days = ("-e", "user_offboarding_delete_after_days=30")
    found = report(staffed, "-e", "userid=jane,john", "-e", LEFT, *days)
    assert found["jane"]["delete_from"] == "2026-12-24"

    staffed.journal.clear()
    assert report(staffed, "-e", "user_offboarding_date=2026-12-23", *days) == {}
    staffed.state.account("john").enabled = True
    predicted = staffed.run(PLAYBOOK, "-e", "user_offboarding_date=2026-12-24", *days, "--check")
    assert "jane (Jane Doe): would be deleted with all files; left 2026-11-24; manager: boss" in predicted.output
    assert staffed.journal.writes() == []

    assert report(staffed, "-e", "user_offboarding_date=2026-12-24", *days)["jane"]["action"] == "deleted"
    assert staffed.state.directory.account("jane") is None
    assert staffed.state.directory.account("john") is not None

    staffed.journal.clear()
    assert report(staffed, "-e", "userid=jane", "-e", "user_offboarding_date=2027-01-01", *days) == {}
    assert staffed.journal.writes() == []


def test_somebody_of_another_backend_is_deleted_only_where_that_is_named(new_site: Callable[..., Any]) -> None:
    site = new_site(ldap="on")
    site.state.add_group("local", members=["UPPER"])
    days = ("-e", "user_offboarding_delete_after_days=30")
    found = report(site, "-e", "userid=UPPER", "-e", LEFT, *days)
    # The groups of LDAP stay, and are not said to have been left.
    assert (found["UPPER"]["action"], found["UPPER"]["groups_left"]) == ("offboarded", ["local"])
    assert "UPPER" in site.state.group("ldap-staff").members
    assert not site.state.account("UPPER").enabled and "UPPER" not in site.state.group("local").members

    site.state.directory.second_backend.vanish("UPPER")
    due = ("-e", "user_offboarding_date=2026-12-24", *days)
    for check in ((), ("--check",)):
        site.journal.clear()
        refused = site.run(PLAYBOOK, *due, *check, expect=2)
        assert "it comes from the backend LDAP" in refused.output
        assert [call.method for call in site.journal.writes()] == []
    named = ("-e", '{"user_offboarding_removable_backends": ["Database", "LDAP"]}')
    assert report(site, *due, *named)["UPPER"]["action"] == "deleted"
    assert site.state.directory.account("UPPER") is None


@pytest.mark.parametrize(
    "arguments, told",
    [
        (
            ["userid=jane,admin,root,nobody"],
            "signed-in account: admin; administrators: root; accounts that do not exist: nobody",
        ),
        (["userid=jane,ADMIN", "user_offboarding_allow_administrators=true"], "the signed-in account: ADMIN"),
        (["userid=jane,nobody"], "accounts that do not exist: nobody"),
        ([], "userid is required, for example: -e userid=jane.doe"),
    ],
)
def test_refused_before_anything_is_done(staffed: Any, arguments: list[str], told: str) -> None:
    options = [part for argument in arguments for part in ("-e", argument)]
    run = staffed.run(PLAYBOOK, *options, expect=2)
    assert told in run.output
    assert staffed.journal.writes() == []


def test_an_administrator_leaves_where_that_is_allowed(staffed: Any) -> None:
    found = report(
        staffed,
        *("-e", "userid=root,nobody", "-e", "user_offboarding_allow_administrators=true"),
        *("-e", "user_offboarding_missing=skip", "-e", "user_offboarding_wipe_devices=false"),
    )
    assert found["root"]["groups_left"] == ["admin"]
    assert found["nobody"]["action"] == "missing"
    assert not staffed.state.account("root").enabled
    assert staffed.state.wiped == []


def remembered(site: Any) -> dict[str, str]:
    return {key.split(".")[0]: value for key, value in site.state.apps.config.get("ansible_offboarding", {}).items()}


def test_the_server_remembers_before_anything_is_done_and_of_a_deleted_account_only_a_digest(staffed: Any) -> None:
    staffed.run(PLAYBOOK, "-e", "userid=jane", "-e", LEFT)
    writes = [(entry.method, entry.path.rpartition("/")[2].split(".")[0]) for entry in staffed.journal.writes()]
    assert writes[0] == ("POST", "leaving")
    assert writes[-2:] == [("POST", "left"), ("DELETE", "leaving")]
    assert remembered(staffed) == {"left": "amFuZQ=="}
    staffed.run(PLAYBOOK, "-e", "user_offboarding_delete_after_days=0")
    assert remembered(staffed) == {"deleted": "2026-11-24"}


def test_the_value_of_an_earlier_release_is_taken_over(staffed: Any) -> None:
    staffed.state.account("jane").enabled = False
    staffed.state.apps.set_value("ansible_offboarding", "ledger", '{"jane": {"left": "2026-11-24"}}')
    days = ("-e", "user_offboarding_delete_after_days=30", "-e", "user_offboarding_date=2026-12-24")
    predicted = staffed.run(PLAYBOOK, *days, "--check")
    assert "jane (Jane Doe): would be deleted with all files" in predicted.output
    assert staffed.journal.writes() == []
    assert report(staffed, *days)["jane"]["action"] == "deleted"
    assert remembered(staffed) == {"deleted": "2026-11-24"}


def test_a_subadmin_is_refused_before_anything_is_done(staffed: Any) -> None:
    staffed.state.account("jane").password = "Zk3-qweR!plo9"
    jane = {"NEXTCLOUD_USERNAME": "jane", "NEXTCLOUD_PASSWORD": "Zk3-qweR!plo9"}
    run = staffed.run(PLAYBOOK, "-e", "userid=john", expect=2, **jane)
    assert "Nothing was done. Only an administrator can offboard people" in run.output
    assert staffed.journal.writes() == []


# Ansible masks the password of the connection in results, also within longer text: as an id, or as a part of one.


@pytest.fixture(params=["in-process", "shipped"])
def masking(new_site: Any, request: Any) -> Callable[[str], Any]:
    """Makes a site whose administrator has this password."""

    def make(password: str) -> Any:
        site = new_site()
        site.password = site.state.account("admin").password = password
        site.environment = {"NEXTCLOUD_IN_PROCESS": str(request.param == "in-process").lower()}
        for userid in ("Clara.Zetkin", "clara.zetkin-2", "root", "jane", "adm", "admin.jane"):
            site.state.add_account(userid, groups=["staff"])
        site.state.directory.group("admin").members["root"] = None
        return site

    return make


@pytest.mark.parametrize(
    "userids, told",
    [
        ("jane,admin", "the signed-in account: "),
        ("jane,Admin", "the signed-in account: "),
        ("jane,root", ": root"),
    ],
)
def test_admin_admin_is_refused_what_others_are(masking: Any, userids: str, told: str) -> None:
    site = masking("admin")
    run = site.run(PLAYBOOK, "-e", f"userid={userids}", expect=2, **site.environment)
    # From 2.22 on, Ansible masks the words of the role too.
    assert "These are not offboarded: " in run.output and told in run.output
    assert site.journal.writes() == []


@pytest.mark.parametrize(
    "password, userid, others",
    [
        ("admin", "admin.jane", ["jane", "adm"]),
        ("Clara.Zetkin", "CLARA.zetkin", ["clara.zetkin-2"]),
        ("clara.zetkin", "clara.zetkin-2", ["Clara.Zetkin"]),
        ("jane", "Jane", ["admin.jane"]),
    ],
)
def test_an_id_that_is_masked_is_offboarded_and_deleted(
    masking: Any, password: str, userid: str, others: list[str]
) -> None:
    site = masking(password)
    site.run(PLAYBOOK, "-e", f"userid={userid}", "-e", LEFT, **site.environment)
    assert not site.state.account(userid).enabled
    site.journal.clear()
    again = site.run(PLAYBOOK, "-e", f"userid={userid}", **site.environment)
    assert "changed=0" in again.output and site.journal.writes() == []
    days = ("-e", "user_offboarding_delete_after_days=30", "-e", "user_offboarding_date=2026-12-24")
    site.run(PLAYBOOK, *days, **site.environment)
    assert site.state.directory.account(userid) is None
    assert all(site.state.account(other).enabled for other in (*others, "root", "admin"))
    assert list(remembered(site)) == ["deleted"]


def test_a_password_that_is_a_part_of_what_is_decided_by_is_refused(masking: Any) -> None:
    site = masking("2026")
    run = site.run(PLAYBOOK, "-e", "userid=jane", "-e", LEFT, expect=2, **site.environment)
    assert "Nothing was done. The value of password is a part of a date" in run.output
    assert site.journal.writes() == []
