# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A directory is read in one of two ways, by pages or account by account: the plan must be the same."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._directory import read as reading
from ansible_collections.community.nextcloud.plugins.module_utils._directory.options import parse
from ansible_collections.community.nextcloud.plugins.module_utils._directory.plan import plan
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

USERIDS = ("admin", "jane", "John", "o'neil", "a b", "max@example.org", "42")
GROUPIDS = ("admin", "staff", "a+b", "a/b", "Ö & Ü", "0x", "...")
OPTIONS: dict[str, Any] = {
    "groups": None,
    "users": None,
    "defaults": None,
    "purge": None,
    "protected": None,
    "max_removals": "100%",
    "concurrency": 2,
    "on_error": "stop",
    "diff_limit": 100,
    "min_accounts": 0,
    "removable_backends": ["Database"],
}

some_users = st.lists(st.sampled_from(USERIDS), unique=True, max_size=4)
some_groups = st.lists(st.sampled_from(GROUPIDS[1:]), unique=True, max_size=3)


def changes(items: st.SearchStrategy[list[str]]) -> st.SearchStrategy[dict[str, list[str]]]:
    return st.one_of(*(st.fixed_dictionaries({form: items}) for form in ("add", "remove", "set")))


accounts_held = st.dictionaries(
    st.sampled_from(USERIDS[1:]),
    st.fixed_dictionaries({"groups": some_groups, "subadmin": some_groups, "role": st.sampled_from(["", "Lead"])}),
)
users_declared = st.lists(
    st.fixed_dictionaries(
        {"userid": st.sampled_from(USERIDS), "email": st.just("x@example.org")},
        optional={
            "role": st.sampled_from(["", "Lead"]),
            "groups": changes(some_groups),
            "subadmin_of": changes(some_groups),
            "enabled": st.booleans(),
        },
    ),
    unique_by=lambda user: user["userid"],
    max_size=4,
)
groups_declared = st.lists(
    st.fixed_dictionaries(
        {"groupid": st.sampled_from(GROUPIDS[1:])},
        optional={"users": changes(some_users), "subadmins": changes(some_users)},
    ),
    unique_by=lambda group: group["groupid"],
    max_size=3,
)
purges = st.fixed_dictionaries(
    {
        "users": st.sampled_from(["nothing", "disable", "delete"]),
        "groups": st.booleans(),
        "memberships": st.booleans(),
    }
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(accounts_held, users_declared, groups_declared, purges, st.sampled_from([0, 120]))
def test_both_ways_of_reading_give_the_same_plan(
    connect: Any, held: Any, users: Any, groups: Any, purge: Any, others: int
) -> None:
    nextcloud = connect()
    for groupid in GROUPIDS[1:]:
        nextcloud.state.add_group(groupid)
    for userid, account in held.items():
        nextcloud.state.add_account(userid, **account)
    for number in range(others):
        nextcloud.state.add_account(f"other{number}", groups=["staff"])
    declared = parse({**OPTIONS, "users": users, "groups": groups, "purge": purge})

    def planned(way: Any) -> Any:
        with nextcloud.client() as client:
            found = way(client, declared, reading.listing(client, declared))
            facts = reading.read_facts(client, declared, found)
        try:
            made = plan(declared, found, facts)
        except Failure as failure:
            return failure.as_result()
        return made._replace(blocker=None), made.blocker and made.blocker.as_result()

    assert planned(reading.singly) == planned(reading.on_pages)


@pytest.mark.parametrize(
    "declared",
    [
        {"groups": [{"groupid": "a+b", "subadmins": {"set": ["jane"]}}]},
        {"groups": [{"groupid": "a+b"}], "users": [{"userid": "jane"}], "purge": {"memberships": True}},
    ],
)
def test_few_are_declared_on_a_server_with_many(nextcloud: Any, declared: dict[str, Any]) -> None:
    nextcloud.state.add_group("a+b")
    for number in range(300):
        nextcloud.state.add_account(f"u{number}")
    nextcloud.state.add_account("jane")
    nextcloud.state.add_account("john", groups=["a+b"], subadmin=["a+b"])
    nextcloud.settled("directory", max_removals="100%", **declared)
    assert "john" not in nextcloud.state.directory.group("a+b").subadmins
    assert not [entry for entry in nextcloud.journal if entry.path.endswith("/users/details")]
