# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The client's manners: credentials, retries, lost answers, rate limits, addresses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from refusals import refused

PASSWORD = "Zk3-qweR!plo9"


def category(nextcloud: Any, module: str = "group", **options: Any) -> str:
    with pytest.raises(Failure) as caught:
        nextcloud.task(module, **{"groupid": "design", **options} if module == "group" else options)
    return caught.value.category


# Credentials


def test_a_wrong_password_is_one_request(nextcloud: Any) -> None:
    assert category(nextcloud, password="wrong") == "authentication"
    assert nextcloud.journal.requests == 1


def test_an_address_that_is_shut_out_is_told_so(nextcloud: Any) -> None:
    for unused in range(10):
        category(nextcloud, password="wrong")
    assert category(nextcloud) == "locked_out"


def test_a_password_of_any_characters(nextcloud: Any) -> None:
    nextcloud.state.add_account("grün", "пароль-Zk3-ü", groups=["admin"])
    assert nextcloud.task("group", groupid="design", username="grün", password="пароль-Zk3-ü")["changed"] is True


def test_a_netrc_file_does_not_take_the_place_of_a_token(
    connect: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nextcloud = connect(app_passwords={"app-token": "admin"})
    netrc = tmp_path / "netrc"
    netrc.write_text("machine nextcloud.test login admin password wrong\n")
    monkeypatch.setenv("NETRC", str(netrc))
    nextcloud.task("group", groupid="design", username=None, password=None, token="app-token")
    assert nextcloud.server.sign_ins == 0


def test_a_line_break_behind_a_secret_is_no_part_of_it(connect: Any) -> None:
    nextcloud = connect(app_passwords={"app-token": "admin"})
    nextcloud.task("group", groupid="design", username=None, password=None, token="app-token\n")
    assert nextcloud.task("group", groupid="design", password="admin\r\n")["changed"] is False


@pytest.mark.parametrize(
    "options",
    [
        {"username": None, "password": None, "token": "canary one"},
        {"username": None, "password": None, "token": "canary-ü€"},
        {"password": "canary-\udcff"},
        {"username": "canary-\udcff"},
    ],
)
def test_a_secret_that_cannot_be_sent_is_refused_and_not_repeated(nextcloud: Any, options: dict[str, Any]) -> None:
    (option,) = (name for name, value in options.items() if value)
    with refused(option) as caught:
        nextcloud.task("group", groupid="design", **options)
    assert "canary" not in repr(caught.value.as_result())
    assert nextcloud.journal.requests == 0


def test_an_account_without_rights(nextcloud: Any) -> None:
    nextcloud.state.add_account("plain", PASSWORD)
    assert category(nextcloud, username="plain", password=PASSWORD) == "permission"


@pytest.mark.parametrize(
    ("options", "option"),
    [
        ({"url": None}, "url"),
        ({"url": "cloud.example.org"}, "url"),
        ({"url": "ftp://cloud.example.org"}, "url"),
        ({"url": "https://cloud.example.org:port"}, "url"),
        ({"url": "https://cloud.example.org/?x=1"}, "url"),
        ({"token": "t"}, "token"),
        ({"username": None}, "username"),
        ({"password": None}, "password"),
        ({"password": ""}, "password"),
        ({"username": "a:b"}, "username"),
        ({"ca_path": "/nowhere/ca.pem"}, "ca_path"),
        ({"client_cert": "/nowhere/cert.pem"}, "client_cert"),
        ({"timeout": 0}, "timeout"),
        ({"retries": -1}, "retries"),
        ({"rate_limit_wait": -1}, "rate_limit_wait"),
    ],
)
def test_a_connection_that_cannot_be_right_is_refused_before_any_request(
    nextcloud: Any, options: dict[str, Any], option: str
) -> None:
    with pytest.raises(Failure, match=f"^{option}: ") as caught:
        nextcloud.task("group", groupid="design", **options)
    assert caught.value.category == "invalid"
    assert nextcloud.journal.requests == 0


def test_credentials_in_the_address_are_refused_and_not_repeated(nextcloud: Any) -> None:
    with pytest.raises(Failure, match="^url: ") as caught:
        nextcloud.task("group", groupid="design", url="https://admin:canary-in-url@cloud.example.org")
    assert "canary" not in str(caught.value.as_result())


# Retries


@pytest.mark.parametrize("kind", ["refused_connection", "lost_answer", "unavailable", "maintenance"])
def test_a_read_is_tried_again(nextcloud: Any, kind: str) -> None:
    nextcloud.state.add_group("design")
    start = nextcloud.clock.now()
    nextcloud.server.fail(kind, "GET", times=3)
    assert nextcloud.task("group", groupid="design")["changed"] is False
    assert nextcloud.clock.now() - start == 1 + 2 + 4


@pytest.mark.parametrize("kind", ["refused_connection", "unavailable", "maintenance"])
def test_a_server_that_stays_away_is_a_failure(nextcloud: Any, kind: str) -> None:
    nextcloud.server.fail(kind, times=100)
    assert category(nextcloud) == "unavailable"
    assert category(nextcloud, retries=0) == "unavailable"


@pytest.mark.parametrize("kind", ["refused_connection", "lost_answer", "unavailable", "maintenance"])
@pytest.mark.parametrize("path", ["/enable", "/disable", "/groups", "/subadmins", "/cloud/users/jane"])
def test_a_write_that_is_safe_to_repeat_is_tried_again(nextcloud: Any, kind: str, path: str) -> None:
    nextcloud.state.add_group("design")
    nextcloud.state.add_account("jane", PASSWORD)
    for method in ("PUT", "POST"):
        nextcloud.server.fail(kind, method, path)
    result = nextcloud.task(
        "user", userid="jane", role="Lead", groups={"add": ["design"]}, subadmin_of={"add": ["design"]}, enabled=False
    )
    assert result["changed"] is True
    held = nextcloud.account("jane")
    assert (held["role"], held["groups"], held["subadmin"], held["enabled"]) == ("Lead", ["design"], ["design"], False)


@pytest.mark.parametrize("kind", ["refused_connection", "lost_answer"])
def test_deleting_is_tried_again(nextcloud: Any, kind: str) -> None:
    nextcloud.state.add_account("jane", PASSWORD)
    nextcloud.server.fail(kind, "DELETE")
    assert nextcloud.task("user", userid="jane", state="absent")["changed"] is True
    assert nextcloud.state.directory.account("jane") is None


@pytest.mark.parametrize("kind", ["refused_connection", "lost_answer", "unavailable", "maintenance"])
def test_a_creation_without_an_answer_is_looked_up_before_it_is_sent_again(nextcloud: Any, kind: str) -> None:
    nextcloud.server.fail(kind, "POST", "/cloud/users")
    result = nextcloud.task(
        "user", userid="jane", email="jane@example.org", role="Lead", phone="+49 711 1234567", only_on_create=["phone"]
    )
    assert result["changed"] is True
    held = nextcloud.account("jane")
    assert (held["email"], held["role"], held["phone"]) == ("jane@example.org", "Lead", "+497111234567")
    carried_out = [entry for entry in nextcloud.journal if entry.method == "POST" and entry.status == 200]
    assert len(carried_out) == 1


@pytest.mark.parametrize("kind", ["refused_connection", "lost_answer"])
def test_a_group_without_an_answer_is_looked_up_before_it_is_sent_again(nextcloud: Any, kind: str) -> None:
    nextcloud.server.fail(kind, "POST", "/cloud/groups")
    assert nextcloud.task("group", groupid="design")["changed"] is True
    assert nextcloud.state.directory.group("design") is not None
    assert {entry.status for entry in nextcloud.journal} == {200}


@pytest.mark.parametrize("kind", ["refused_connection", "lost_answer"])
def test_an_added_address_without_an_answer_is_looked_up(nextcloud: Any, kind: str) -> None:
    nextcloud.state.add_account("jane", PASSWORD)
    nextcloud.server.fail(kind, "PUT", "/cloud/users/jane")
    result = nextcloud.task("user", userid="jane", additional_emails={"add": ["j@example.org"]})
    assert result["changed"] is True
    assert nextcloud.account("jane")["additional_mail"] == ["j@example.org"]


def test_a_creation_that_never_gets_an_answer_is_a_failure(nextcloud: Any) -> None:
    nextcloud.server.fail("refused_connection", "POST", times=100)
    assert category(nextcloud) == "unavailable"
    assert category(nextcloud, "user", userid="jane", email="jane@example.org", retries=0) == "unavailable"


# Rate limits


def use_up_edits(nextcloud: Any) -> None:
    nextcloud.state.add_account("busy", PASSWORD)
    for number in range(50):
        nextcloud.task("user", userid="busy", role=f"role {number}")


def test_a_task_waits_for_the_rate_limit_and_goes_on_where_it_stopped(nextcloud: Any) -> None:
    use_up_edits(nextcloud)
    start = nextcloud.clock.now()
    result = nextcloud.task("user", userid="busy", role="Lead", headline="Head", enabled=False)
    assert result["changed"] is True
    assert 0 < nextcloud.clock.now() - start <= 660
    held = nextcloud.account("busy")
    assert (held["role"], held["headline"], held["enabled"]) == ("Lead", "Head", False)


def test_a_task_that_may_not_wait_says_what_is_done_and_what_is_left(nextcloud: Any) -> None:
    use_up_edits(nextcloud)
    start = nextcloud.clock.now()
    with pytest.raises(Failure) as caught:
        nextcloud.task("user", userid="busy", role="Lead", headline="Head", enabled=False, rate_limit_wait=0)
    assert caught.value.category == "rate_limited"
    assert "Done before: disable the account. Left to do: set role, set headline." in caught.value.message
    assert "exempt this address" in caught.value.message
    assert nextcloud.clock.now() == start


def test_a_task_that_has_used_up_the_limit_itself_waits_until_its_first_call_leaves_the_window(nextcloud: Any) -> None:
    nextcloud.state.add_account("jane", PASSWORD)
    addresses = [f"j{number}@example.org" for number in range(7)]
    nextcloud.task("user", userid="jane", additional_emails={"set": addresses})
    nextcloud.journal.clear()
    start = nextcloud.clock.now()
    result = nextcloud.task("user", userid="jane", additional_emails={"set": []})
    assert result["rate_limit"] == {"calls": 7, "seconds": 60}
    assert nextcloud.clock.now() - start == 60
    # Five, those refused every five seconds of the wait, and the last two.
    statuses = [entry.status for entry in nextcloud.journal.writes()]
    assert statuses == [200] * 5 + [429] * 12 + [200] * 2


def test_a_limit_that_is_lifted_meanwhile_is_not_waited_for(nextcloud: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    use_up_edits(nextcloud)
    start, advance = nextcloud.clock.now(), nextcloud.clock.advance

    def lifted(seconds: float) -> None:
        nextcloud.state.rate_limits.clear()
        advance(seconds)

    monkeypatch.setattr(nextcloud.clock, "advance", lifted)
    nextcloud.task("user", userid="busy", role="Lead")
    assert nextcloud.clock.now() - start == 5


def test_what_is_not_limited_does_not_wait(nextcloud: Any) -> None:
    use_up_edits(nextcloud)
    nextcloud.state.add_group("design")
    start = nextcloud.clock.now()
    nextcloud.task("user", userid="busy", groups={"add": ["design"]}, rate_limit_wait=0)
    assert nextcloud.clock.now() == start


# Addresses


@pytest.mark.parametrize("slash", ["", "/", "/index.php"])
def test_a_server_below_a_path(connect: Any, slash: str) -> None:
    nextcloud = connect(base_path="/nextcloud")
    url = f"http://nextcloud.test/nextcloud{slash}"
    assert nextcloud.task("group", groupid="a+b", url=url)["changed"] is True
    assert category(nextcloud, url="http://nextcloud.test") == "protocol"


def test_a_host_name_that_the_server_does_not_trust(connect: Any) -> None:
    nextcloud = connect(trusted_hosts=("cloud.example.org",))
    with pytest.raises(Failure, match="trusted_domains"):
        nextcloud.task("group", groupid="design")


def test_pages_are_read_until_one_is_empty(nextcloud: Any) -> None:
    for number in range(430):
        nextcloud.state.add_group(f"g{number:03}")
    with nextcloud.client() as client:
        pages = list(client.pages(operations.GET_GROUPS_DETAILS()))
    assert [group["id"] for page in pages for group in page["groups"]] == sorted(
        ["admin", *(f"g{number:03}" for number in range(430))]
    )
    assert nextcloud.journal.requests == 4


def test_many_pages_at_once_hold_the_same(nextcloud: Any) -> None:
    for number in range(95):
        nextcloud.state.add_group(f"g{number:02}")
    with nextcloud.client() as client:
        pages = list(client.pages(operations.GET_GROUPS_DETAILS(), concurrency=4, size=10))
    assert [len(page["groups"]) for page in pages] == [*[10] * 9, 6]
    assert nextcloud.server.sign_ins == 1


def test_a_short_list_asks_for_no_pages_beyond_its_end(nextcloud: Any) -> None:
    with nextcloud.client() as client:
        list(client.pages(operations.GET_GROUPS(), concurrency=8))
    assert nextcloud.journal.requests == 2


# No secret in a failure


@pytest.mark.parametrize(
    "options",
    [
        {"password": "canary-1"},
        {"password": None, "username": None, "token": "canary-2"},
        {"token": "canary-3"},
        {"user_password": "canary-4"},
        {"user_password": "canary-5-long-enough", "groups": {"add": ["nope"]}},
        {"user_password": "canary-6-long-enough", "language": "xx"},
        {"user_password": "canary-7-long-enough", "quota": "lots"},
    ],
)
def test_no_failure_holds_a_secret(nextcloud: Any, options: dict[str, Any]) -> None:
    with pytest.raises(Failure) as caught:
        nextcloud.task("user", userid="jane", **options)
    assert "canary" not in repr(caught.value.as_result())
