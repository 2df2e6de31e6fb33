# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What people who join are owed survives a run that is killed at any request, and is paid once.

The steps are those of the role user_onboarding: prepare, directory, complete.
"""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, Callable, Sequence

import pytest
from ansible_collections.community.nextcloud.plugins.filter.onboarding_accounts import onboarding_accounts
from ansible_collections.community.nextcloud.plugins.filter.onboarding_outcomes import onboarding_outcomes
from ansible_collections.community.nextcloud.plugins.filter.onboarding_owed import onboarding_owed
from ansible_collections.community.nextcloud.plugins.filter.onboarding_passwords import onboarding_passwords
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from refusals import refused

PEOPLE = (
    {"userid": "Jane", "email": "jane@example.org"},
    {"userid": "john"},
    {"userid": "joan", "email": "joan@example.org", "user_password": "Zk3-qweR!plo9"},
)
GENERATED = ("jane", "john")


class Killed(BaseException):
    """A run ends here, and nothing of it is carried on."""


class Site:
    """A server, and a folder of one controller."""

    def __init__(self, nextcloud: Any, folder: Path) -> None:
        self.nextcloud = nextcloud
        self.passwords_file = folder / "passwords.json"
        self.pending_file = folder / "passwords.json.pending"
        folder.mkdir(exist_ok=True)

    def prepare(self, people: Sequence[dict[str, Any]] = PEOPLE, **options: Any) -> Any:
        owed = onboarding_owed(people, True, True, True)
        return self.task("onboarding_prepare", users=owed, **options)

    def create(self, prepared: Any, people: Sequence[dict[str, Any]] = PEOPLE) -> Any:
        """What module directory returns, also where it failed."""
        kept = self.passwords()
        passwords = onboarding_passwords(people, prepared, kept)
        assert passwords == {userid: kept[userid] for userid in passwords}
        try:
            return self.nextcloud.task("directory", users=onboarding_accounts(people, passwords), on_error="continue")
        except Failure as failure:
            return failure.more

    def complete(self, prepared: Any, result: Any, people: Sequence[dict[str, Any]] = PEOPLE, **options: Any) -> Any:
        owed = onboarding_owed(people, True, True, True)
        users = onboarding_outcomes(people, owed, prepared, result)
        return self.task("onboarding_complete", users=users, **options)

    def run(self, people: Sequence[dict[str, Any]] = PEOPLE) -> Any:
        prepared = self.prepare(people)
        return self.complete(prepared, self.create(prepared, people), people)

    def task(self, module: str, **options: Any) -> Any:
        return self.nextcloud.task(module, passwords_file=str(self.passwords_file), **options)

    def passwords(self) -> dict[str, str]:
        if not self.passwords_file.exists():
            return {}
        assert self.passwords_file.stat().st_mode & 0o777 == 0o600
        return json.loads(self.passwords_file.read_text())

    def pending(self) -> dict[str, Any]:
        if not self.pending_file.exists():
            return {}
        assert self.pending_file.stat().st_mode & 0o777 == 0o600
        return json.loads(self.pending_file.read_text())["servers"]["http://nextcloud.test"]

    def check_settled(self) -> None:
        """All accounts are there, each password in the file is the account's, and nothing is owed."""
        accounts = {person["userid"].lower() for person in PEOPLE}
        assert accounts <= {account.userid.lower() for account in self.nextcloud.state.directory.accounts()}
        assert self.passwords() == {userid: self.nextcloud.state.account(userid).password for userid in GENERATED}
        assert not self.pending_file.exists()


@pytest.fixture
def here(nextcloud: Any, tmp_path: Path) -> Site:
    return Site(nextcloud, tmp_path / "here")


def kill_at(nextcloud: Any, request: int, after: bool) -> Callable[[], int]:
    """The run is killed before, or after, the server has done what the request asks; gives the number of requests."""
    adapter, lock, seen = nextcloud.adapter, threading.Lock(), [0]

    class Killing(type(adapter)):  # type: ignore[misc]  # the class of an object
        def send(self, *args: Any, **kwargs: Any) -> Any:
            with lock:
                seen[0] += 1
                number = seen[0]
            if number > request or number == request and not after:
                raise Killed
            answer = adapter.send(*args, **kwargs)
            if number == request:
                raise Killed
            return answer

    nextcloud.adapter = Killing(nextcloud.server)
    return lambda: seen[0]


def test_a_run_pays_everybody_once(here: Site) -> None:
    prepared = here.prepare()
    assert [(item["exists"], item["noted"], item["interrupted"]) for item in prepared["users"]] == [
        (False, True, False)
    ] * 3
    assert list(here.pending()) == ["jane", "john", "joan"]
    assert list(here.passwords()) == list(GENERATED)
    assert "canary" not in here.pending_file.read_text()

    completed = here.complete(prepared, here.create(prepared))
    assert [item["welcome_email"] for item in completed["users"]] == ["sent", "none", "sent"]
    assert completed["changed"] is True and completed["owed"] == 0
    assert here.nextcloud.state.welcomed == ["Jane", "joan"]
    here.check_settled()

    again = here.prepare()
    assert again["changed"] is False
    completed = here.complete(again, here.create(again))
    assert completed["changed"] is False
    assert here.nextcloud.state.welcomed == ["Jane", "joan"]
    here.check_settled()


def test_check_mode_predicts_and_writes_nothing(here: Site) -> None:
    prepared = here.prepare(check=True)
    assert prepared["changed"] is True
    result = {"users": [{"action": "created", "result": "done"}] * 3}
    completed = here.complete(prepared, result, check=True)
    assert [item["welcome_email"] for item in completed["users"]] == ["sent", "none", "sent"]
    assert completed["changed"] is True
    assert here.nextcloud.journal.writes() == []
    assert list(here.passwords_file.parent.iterdir()) == []


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_run_that_is_killed_at_any_request_loses_nothing(connect: Any, tmp_path: Path, after: bool) -> None:
    request = 0
    while True:
        request += 1
        nextcloud = connect()
        here = Site(nextcloud, tmp_path / str(request))
        adapter = nextcloud.adapter
        requests = kill_at(nextcloud, request, after)
        with suppress(Killed):
            here.run()
        nextcloud.adapter = adapter
        was_killed = requests() >= request
        completed = here.run()
        here.check_settled()
        welcomed = [userid.lower() for userid in nextcloud.state.welcomed]
        assert len(set(welcomed)) == len(welcomed), request
        told = [
            userid
            for userid, item in zip(("jane", "john", "joan"), completed["users"], strict=True)
            if item["welcome_email"] == "unknown"
        ]
        assert len(told) == len(completed["warnings"]) <= 1
        # Everybody has got an email, or may have got one and is named.
        assert set(welcomed) | set(told) == {"jane", "joan"}, request
        assert here.run()["changed"] is False
        if not was_killed:
            assert request > 8
            return


def test_an_account_of_a_killed_run_is_known_from_that_of_somebody_else(here: Site) -> None:
    here.nextcloud.state.add_account("john", "Other-1-password")
    here.create(here.prepare())
    prepared = here.prepare()
    assert [item["interrupted"] for item in prepared["users"]] == [True, False, True]
    assert list(here.passwords()) == ["jane"]


def test_what_somebody_else_has_created_meanwhile_is_owed_nothing(here: Site) -> None:
    prepared = here.prepare()
    here.nextcloud.state.add_account("jane", "Other-1-password", email="jane@example.org")
    completed = here.complete(prepared, here.create(prepared))
    assert [item["welcome_email"] for item in completed["users"]] == ["none", "none", "sent"]
    assert here.nextcloud.state.welcomed == ["joan"]
    assert list(here.passwords()) == ["john"]
    assert here.pending() == {}


def test_who_could_not_be_created_is_owed_nothing_until_the_next_run(here: Site) -> None:
    people = [{**PEOPLE[0], "user_password": "welcome123"}, PEOPLE[2]]  # a password that servers refuse
    completed = here.run(people)
    assert here.nextcloud.state.welcomed == ["joan"]
    assert here.pending() == {}
    assert completed["owed"] == 0
    # A person who is then created by hand has got a mail by hand.
    here.nextcloud.state.add_account("jane", "Other-1-password", email="jane@example.org")
    here.run()
    assert here.nextcloud.state.welcomed == ["joan"]


def test_a_password_of_nobody_is_not_in_the_file(here: Site) -> None:
    here.nextcloud.server.fail("maintenance", "POST", "/cloud/users", times=99)
    here.run()
    assert not here.passwords_file.exists()
    assert here.pending() == {}


def test_who_was_created_in_part_is_paid_when_the_rest_is_done(here: Site) -> None:
    people = [{**PEOPLE[0], "language": "xx"}]
    assert here.run(people)["owed"] == 1
    assert here.nextcloud.state.welcomed == []
    completed = here.run([PEOPLE[0]])
    assert completed["users"][0]["welcome_email"] == "sent"
    assert here.passwords() == {"jane": here.nextcloud.state.account("Jane").password}
    assert here.pending() == {}


@pytest.mark.parametrize("same_files", [True, False])
@pytest.mark.parametrize("first_pays", [True, False])
def test_two_runs_of_the_same_people_at_once(
    nextcloud: Any, tmp_path: Path, same_files: bool, first_pays: bool
) -> None:
    one, two = Site(nextcloud, tmp_path / "one"), Site(nextcloud, tmp_path / ("one" if same_files else "two"))
    prepared = [site.prepare() for site in (one, two)]
    created = [one.create(prepared[0]), two.create(prepared[1])]
    runs = list(zip((one, two), prepared, created, strict=True))
    for site, found, result in runs if first_pays else reversed(runs):
        site.complete(found, result)
    assert sorted(nextcloud.state.welcomed) == ["Jane", "joan"]
    one.check_settled()
    assert two.passwords() == (one.passwords() if same_files else {})
    assert two.pending() == {}


def test_a_run_beside_one_that_was_killed_leaves_it_its_debts(nextcloud: Any, tmp_path: Path) -> None:
    here = Site(nextcloud, tmp_path / "here")
    first, second = here.prepare(), here.prepare()
    here.create(first)  # and is killed
    here.complete(second, here.create(second))
    assert nextcloud.state.welcomed == []
    here.run()
    assert sorted(nextcloud.state.welcomed) == ["Jane", "joan"]
    here.check_settled()


def test_a_later_run_for_others_pays_too(here: Site) -> None:
    here.create(here.prepare())
    completed = here.run([{"userid": "jack", "email": "jack@example.org"}])
    assert here.nextcloud.state.welcomed == ["jack", "jane", "joan"] or here.nextcloud.state.welcomed == [
        "jack",
        "Jane",
        "joan",
    ]
    assert [other["userid"] for other in completed["others"]] == ["jane", "joan"]
    assert here.pending() == {}


def test_others_without_an_account_stay_noted(here: Site) -> None:
    here.prepare()
    here.run([{"userid": "jack", "email": "jack@example.org"}])
    assert list(here.pending()) == ["jane", "john", "joan"]
    assert here.nextcloud.state.welcomed == ["jack"]


def test_emails_that_are_switched_off_stay_owed(here: Site) -> None:
    prepared = here.prepare()
    completed = here.complete(prepared, here.create(prepared), send=False)
    assert completed["owed"] == 2 and completed["changed"] is False
    assert here.nextcloud.state.welcomed == []
    here.run()
    assert here.nextcloud.state.welcomed == ["Jane", "joan"]


@pytest.mark.parametrize(
    "kind, left", [("lost_answer", "unknown"), ("failed_call", "unknown"), ("maintenance", "sent")]
)
def test_an_email_without_an_answer_is_told_and_not_sent_again(here: Site, kind: str, left: str) -> None:
    prepared = here.prepare()
    result = here.create(prepared)
    here.nextcloud.server.fail(kind, "POST", "/Jane/welcome" if kind == "maintenance" else "/welcome", times=1)
    if left == "sent":
        here.complete(prepared, result)
        assert here.nextcloud.state.welcomed == ["Jane", "joan"]
        return
    with pytest.raises(Failure, match="welcome emails failed:\njane: ") as caught:
        here.complete(prepared, result)
    assert caught.value.changed is True and caught.value.effect == "unknown"
    assert caught.value.more["users"][0]["welcome_email"] == "unknown"
    before = here.nextcloud.state.welcomed.count("Jane")
    completed = here.run()
    assert completed["users"][0]["welcome_email"] == "unknown"
    assert "jane: an earlier run was interrupted" in completed["warnings"][0]
    assert here.nextcloud.state.welcomed.count("Jane") == before <= 1
    assert here.nextcloud.state.welcomed.count("joan") == 1
    assert here.run()["warnings"] == []
    here.check_settled()


def test_an_email_that_is_refused_stays_owed_and_the_next_is_sent(here: Site) -> None:
    prepared = here.prepare()
    result = here.create(prepared)
    here.nextcloud.state.account("Jane").email = None
    with pytest.raises(Failure, match="1 of 2 welcome emails failed:\njane: userid: account jane has no e-mail"):
        here.complete(prepared, result)
    assert here.nextcloud.state.welcomed == ["joan"]
    assert list(here.pending()) == ["jane"]
    here.nextcloud.state.account("Jane").email = "jane@example.org"
    here.run()
    assert here.nextcloud.state.welcomed == ["joan", "Jane"]


def test_who_has_never_signed_in(nextcloud: Any) -> None:
    nextcloud.state.add_account("jane", "Zk3-qweR!plo9")
    nextcloud.state.add_account("john", "Zk3-qweR!plo9")
    with nextcloud.client() as client:
        assert client.passwords_match({"john": "Zk3-qweR!plo9"})["john"]
    users = [{"userid": userid} for userid in ("joan", "JANE", "john")]
    found = nextcloud.task("onboarding_prepare", users=users, sign_ins=True)
    assert [item["never_signed_in"] for item in found["users"]] == [False, True, False]
    assert [item["exists"] for item in found["users"]] == [False, True, True]
    assert found["changed"] is False


def test_servers_share_a_pending_file(connect: Any, tmp_path: Path) -> None:
    pending = tmp_path / "pending.json"
    users = [{"userid": "jane", "welcome_email": True}]
    nextcloud = connect()
    for url in ("http://nextcloud.test", "http://other.test"):
        nextcloud.task("onboarding_prepare", users=users, pending_file=str(pending), url=url)
    nextcloud.state.add_account("jane", "Zk3-qweR!plo9", email="jane@example.org")
    done = [{"userid": "jane", "noted": True, "welcome_email": True}]
    nextcloud.task("onboarding_complete", users=done, pending_file=str(pending))
    assert list(json.loads(pending.read_text())["servers"]) == ["http://other.test"]
    assert nextcloud.state.welcomed == ["jane"]
    nextcloud.task("onboarding_complete", users=done, pending_file=str(pending), url="http://other.test")
    assert not pending.exists()


@pytest.mark.parametrize(
    "options, option",
    [
        ({"users": [{"userid": "a/b"}]}, "users[0].userid"),
        ({"users": [{"userid": "a", "generate_password": True}]}, "users.generate_password"),
        ({"users": [{"userid": "a", "welcome_email": True}]}, "users.welcome_email"),
        ({"users": [], "passwords_file": "/missing/x"}, "passwords_file"),
        ({"users": [], "pending_file": "/missing/x"}, "pending_file"),
        ({"users": [], "pending_file": "x", "passwords_file": "y"}, "passwords_file"),
    ],
)
def test_what_cannot_be_right_is_refused_before_any_request(
    nextcloud: Any, options: dict[str, Any], option: str
) -> None:
    with refused(option):
        nextcloud.task("onboarding_prepare", **options)
    assert nextcloud.journal.requests == 0


def test_a_file_to_complete_from_is_required(nextcloud: Any) -> None:
    with refused("pending_file"):
        nextcloud.task("onboarding_complete", users=[])


@pytest.mark.parametrize("content", ["[]", "{}", '{"servers": {"http://nextcloud.test": {"jane": {"x": 1}}}}', "{"])
def test_a_file_of_something_else_is_not_overwritten(nextcloud: Any, tmp_path: Path, content: str) -> None:
    pending = tmp_path / "pending.json"
    pending.write_text(content)
    pending.chmod(0o600)
    with refused("pending_file"):
        nextcloud.task(
            "onboarding_prepare", users=[{"userid": "jane", "welcome_email": True}], pending_file=str(pending)
        )
    assert pending.read_text() == content
