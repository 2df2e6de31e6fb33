# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever is asked of a server, and in whatever order: what it then says of itself holds together.

Requests go over the mock's HTTP surface. A small model beside it knows no more than who is there and in what.
"""

from __future__ import annotations

import urllib.parse
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule
from mock_server.state.population import PASSWORD
from mock_server.testing import Client, MockWithClock

# Ids that meet in other cases, look like numbers, or need encoding.
USERIDS = st.sampled_from(["jane", "Jane", "JOHN", "0", "1", "42", "007", "o'neil @x", "a.b-c_d", "zoe"])
GROUPIDS = st.sampled_from(["red", "Red", "a+b", "R&D / Lab", "100%", "77", "ümlaut", "with space"])
NAMES = st.sampled_from(["", "Ada", "ada", "Zoe", " trimmed ", "0", "Ünal"])
ADDRESSES = st.sampled_from(["", "one@example.org", "Two@Example.ORG", "bad"])
QUOTAS = st.sampled_from(["none", "default", "5 GB", "1234567890", "5 GiB", "lots", "-1", ""])
CASES = st.sampled_from([str, str.upper, str.lower])


def once(text: str) -> str:
    return urllib.parse.quote(text, safe="")


def twice(text: str) -> str:
    return once(once(text))


class Server(RuleBasedStateMachine):
    """Accounts, groups, memberships and sub-admins that come and go."""

    accounts = Bundle("accounts")
    groups = Bundle("groups")

    def __init__(self) -> None:
        super().__init__()
        self.server = MockWithClock(rate_limit=False)
        self.admin = self.server.client(keeps_cookies=True, cookie_test=True)
        # Small letters to the spelling that was created first; group to members; group to sub-admins.
        self.present: dict[str, str] = {"admin": "admin", "mary": "mary", "max": "Max"}
        self.members: dict[str, set[str]] = {"admin": {"admin"}, "a+c": {"mary", "Max"}}
        self.leaders: dict[str, set[str]] = {"admin": set(), "a+c": {"mary"}}
        self.disabled: set[str] = set()
        self.server.mock.state.add_group("a+c")
        self.server.mock.state.add_account("mary", PASSWORD, groups=["a+c"], subadmin=["a+c"])
        self.server.mock.state.add_account("Max", PASSWORD, groups=["a+c"])

    # The calls

    def call(self, method: str, path: str, client: Client | None = None, **given: Any) -> Any:
        return (client or self.admin)(method, path, **given)

    def data(self, path: str, **given: Any) -> Any:
        answer = self.call("GET", path, **given)
        assert answer.status_code == 200, (path, answer.text)
        return answer.json()["ocs"]["data"]

    @initialize(target=groups)
    def first_groups(self) -> Any:
        return multiple(*self.members)

    @initialize(target=accounts)
    def first_accounts(self) -> Any:
        return multiple(*self.present.values())

    @rule(target=accounts, userid=USERIDS, name=NAMES, address=ADDRESSES, group=groups)
    def create_account(self, userid: str, name: str, address: str, group: str) -> Any:
        body = {"userid": userid, "password": PASSWORD, "displayName": name, "email": address, "groups": [group]}
        answer = self.call("POST", "/cloud/users", json=body)
        possible = userid.lower() not in self.present and group in self.members
        assert (answer.status_code == 200) is possible, answer.text
        if not possible:
            return multiple()
        self.present[userid.lower()] = userid
        self.members[group].add(userid)
        return userid

    @rule(account=accounts, spelled=CASES)
    def delete_account(self, account: str, spelled: Any) -> None:
        answer = self.call("DELETE", "/cloud/users/" + once(spelled(account)))
        is_there = account.lower() in self.present and account != "admin"
        assert (answer.status_code == 200) is is_there, answer.text
        if is_there:
            stored = self.present.pop(account.lower())
            self.disabled.discard(stored)
            for people in (*self.members.values(), *self.leaders.values()):
                people.discard(stored)

    @rule(account=accounts, enabled=st.booleans())
    def switch(self, account: str, enabled: bool) -> None:
        answer = self.call("PUT", f"/cloud/users/{once(account)}/{'enable' if enabled else 'disable'}")
        if answer.status_code == 200:
            stored = self.present[account.lower()]
            (self.disabled.discard if enabled else self.disabled.add)(stored)
        else:
            assert account == "admin" or account.lower() not in self.present

    @rule(account=accounts, key=st.sampled_from(["displayname", "email", "quota", "role"]), value=st.data())
    def edit(self, account: str, key: str, value: Any) -> None:
        drawn = value.draw({"displayname": NAMES, "email": ADDRESSES, "quota": QUOTAS, "role": NAMES}[key])
        answer = self.call("PUT", "/cloud/users/" + once(account), json={"key": key, "value": drawn})
        assert (answer.status_code == 404) is (account.lower() not in self.present)

    @rule(target=groups, groupid=GROUPIDS)
    def create_group(self, groupid: str) -> Any:
        answer = self.call("POST", "/cloud/groups", json={"groupid": groupid})
        assert (answer.status_code == 200) is (groupid not in self.members)
        if groupid in self.members:
            return multiple()
        self.members[groupid], self.leaders[groupid] = set(), set()
        return groupid

    @rule(group=groups)
    def delete_group(self, group: str) -> None:
        answer = self.call("DELETE", "/cloud/groups/" + twice(group))
        is_there = group in self.members and group != "admin"
        assert (answer.status_code == 200) is is_there, answer.text
        if is_there:
            del self.members[group], self.leaders[group]

    @rule(account=accounts, group=groups, joins=st.booleans())
    def move(self, account: str, group: str, joins: bool) -> None:
        path = f"/cloud/users/{once(account)}/groups"
        if joins:
            answer = self.call("POST", path, json={"groupid": group})
        else:
            answer = self.call("DELETE", path, params={"groupid": group})
        leaves_itself = not joins and account == group == "admin"
        possible = account.lower() in self.present and group in self.members and not leaves_itself
        assert (answer.status_code == 200) is possible, answer.text
        if possible:
            people, stored = self.members[group], self.present[account.lower()]
            (people.add if joins else people.discard)(stored)

    @rule(account=accounts, group=groups, leads=st.booleans())
    def appoint(self, account: str, group: str, leads: bool) -> None:
        path = f"/cloud/users/{once(account)}/subadmins"
        if leads:
            answer = self.call("POST", path, json={"groupid": group})
        else:
            answer = self.call("DELETE", path, params={"groupid": group})
        possible = account.lower() in self.present and group in self.members and group != "admin"
        stored = self.present.get(account.lower(), "")
        possible = possible and (leads or stored in self.leaders[group])
        assert (answer.status_code == 200) is possible, answer.text
        if possible:
            (self.leaders[group].add if leads else self.leaders[group].discard)(stored)

    @rule()
    def restart(self) -> None:
        self.server.mock.restart()

    # What holds

    @invariant()
    def all_accounts_are_listed_and_no_others(self) -> None:
        assert sorted(str(userid) for userid in self.data("/cloud/users")["users"]) == sorted(self.present.values())
        assert set(self.data("/cloud/groups")["groups"]) == set(self.members)

    @invariant()
    def pages_hold_everyone_once(self) -> None:
        paged: list[str] = []
        while True:
            page = self.records("/cloud/users/details", limit=2, offset=len(paged))
            if not page:
                break
            paged += [record["id"] for record in page]
        assert sorted(paged) == sorted(self.present.values())

    @invariant()
    def members_are_listed_on_both_sides(self) -> None:
        for record in self.records("/cloud/users/details"):
            userid = record["id"]
            assert set(record["groups"]) == {group for group, people in self.members.items() if userid in people}
            assert set(record["subadmin"]) == {group for group, people in self.leaders.items() if userid in people}
            assert record["enabled"] is (userid not in self.disabled)
        for group, people in self.members.items():
            assert set(self.data(f"/cloud/groups/{twice(group)}/users")["users"]) == people
            assert set(self.data(f"/cloud/groups/{once(group)}/subadmins")) == self.leaders[group]

    @invariant()
    def counts_agree(self) -> None:
        for group in self.data("/cloud/groups/details")["groups"]:
            people = self.members[group["id"]]
            assert (group["usercount"], group["disabled"]) == (len(people), len(people & self.disabled))
        disabled = self.records("/cloud/users/disabled")
        assert {record["id"] for record in disabled} == self.disabled

    @invariant()
    def ids_of_any_case_are_one_account(self) -> None:
        for lower, stored in self.present.items():
            for spelling in (lower, stored, stored.upper()):
                assert self.data("/cloud/users/" + once(spelling))["id"] == stored

    @invariant()
    def sub_admins_reach_their_members_who_are_no_administrators(self) -> None:
        led = {
            group: people for group, people in self.leaders.items() if people - self.disabled - self.members["admin"]
        }
        for unused, people in sorted(led.items()):
            leader = sorted(people - self.disabled - self.members["admin"])[0]
            client = self.server.client(leader, PASSWORD)
            for member in sorted(self.present.values()):
                reached = (
                    member == leader
                    or member not in self.members["admin"]
                    and any(leader in self.leaders[other] and member in self.members[other] for other in self.members)
                )
                status = self.call("GET", "/cloud/users/" + once(member), client).status_code
                assert status == (200 if reached else 404), (leader, member)

    def records(self, path: str, **params: Any) -> list[dict[str, Any]]:
        users = self.data(path, params=params)["users"]
        return users if isinstance(users, list) else list(users.values())


TestServer = Server.TestCase
TestServer.settings = settings(
    max_examples=30,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
