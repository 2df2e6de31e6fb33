# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Module `rate_limit_exemption`: networks, its planner as a table, and its tasks against the mock server."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.answers import Answer, failure_of
from ansible_collections.community.nextcloud.plugins.module_utils._apps import exemption
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from refusals import refused

PASSWORD = "Zk3-qweR!plo9"
FLAG = ("bruteforcesettings", "apply_allowlist_to_ratelimit")


def flag(nextcloud: Any) -> str:
    return nextcloud.state.apps.value(*FLAG, "not set")


def entries(nextcloud: Any) -> list[tuple[str, int]]:
    return [(ip, mask) for unused, ip, mask in nextcloud.state.allow_list.entries()]


@pytest.mark.parametrize(
    ("network", "shown", "sent"),
    [
        ("192.0.2.5", "192.0.2.5", ("192.0.2.5", 32)),
        ("192.0.2.5/32", "192.0.2.5", ("192.0.2.5", 32)),
        ("192.0.2.0/24", "192.0.2.0/24", ("192.0.2.0", 24)),
        ("2001:DB8:0:0::1", "2001:db8::1", ("2001:db8::1", 128)),
        ("2001:db8:0::/32", "2001:db8::/32", ("2001:db8::", 32)),
        ("::1", "::1", ("::1", 128)),
    ],
)
def test_a_network_comes_and_goes(nextcloud: Any, network: str, shown: str, sent: tuple[str, int]) -> None:
    result = nextcloud.settled("rate_limit_exemption", network=network)
    assert result["rate_limit_exemption"] == {"network": shown, "state": "present", "apply_to_rate_limit": True}
    assert entries(nextcloud) == [sent]
    assert flag(nextcloud) == "1"
    assert nextcloud.task("rate_limit_exemption", **result["rate_limit_exemption"])["changed"] is False
    gone = nextcloud.settled("rate_limit_exemption", network=shown, state="absent")
    assert gone["rate_limit_exemption"] == {"network": shown, "state": "absent"}
    assert entries(nextcloud) == []
    assert flag(nextcloud) == "1"


@pytest.mark.parametrize(
    "network",
    ["", "all", "192.0.2", "192.0.2.256", "192.0.2.0/33", "192.0.2.0/", "192.0.2.0/-1", "192.0.2.0/255.255.255.0"]
    + ["192.0.2.0/0.0.0.255", "192.0.2.0-192.0.2.9", "192.0.2.5, 192.0.2.6", " 192.0.2.5", "2001:db8::/129"]
    + ["2001:db8:::1", "fe80::1%eth0", "example.org", "192.0.2.0/24/8", "192.0.2.0/²"],
)
def test_what_is_no_network_is_refused_before_any_request(nextcloud: Any, network: str) -> None:
    with refused("network"):
        nextcloud.task("rate_limit_exemption", network=network)
    assert nextcloud.journal.requests == 0


@pytest.mark.parametrize(
    ("network", "right"),
    [("192.0.2.5/24", "192.0.2.0/24"), ("2001:db8::1/32", "2001:db8::/32"), ("10.1.1.1/0", "0.0.0.0/0")],
)
def test_an_address_with_the_length_of_a_network_is_told_the_network(nextcloud: Any, network: str, right: str) -> None:
    with refused("network", right):
        nextcloud.task("rate_limit_exemption", network=network)
    assert nextcloud.journal.requests == 0


ADD = (operations.ADD_TO_ALLOW_LIST(), {"ip": "192.0.2.0", "mask": 24})
ON = (operations.SET_APP_CONFIG(*FLAG), {"value": "1"})
OFF = (operations.SET_APP_CONFIG(*FLAG), {"value": "0"})


def remove(entry: str) -> tuple[Any, Any]:
    return operations.REMOVE_FROM_ALLOW_LIST(entry), None


@pytest.mark.parametrize(
    ("state", "declared", "held", "switched_on", "expected"),
    [
        ("present", None, (), False, [ADD, ON]),
        ("present", None, ("7",), True, []),
        ("present", None, ("7",), False, [ON]),
        ("present", True, (), True, [ADD]),
        ("present", False, (), False, [ADD]),
        ("present", False, ("7",), True, [OFF]),
        ("absent", None, ("7", "9"), None, [remove("7"), remove("9")]),
        ("absent", None, (), None, []),
        ("absent", False, ("7",), True, [remove("7"), OFF]),
        ("absent", False, (), False, []),
        ("absent", True, (), False, [ON]),
    ],
)
def test_plan(
    state: str, declared: bool | None, held: tuple[str, ...], switched_on: bool | None, expected: list[Any]
) -> None:
    options = {"network": "192.0.2.0/24", "state": state, "apply_to_rate_limit": declared}
    made = exemption.plan(exemption.parse(options), exemption.Current(held, switched_on))
    assert [(step.call, step.body) for step in made.steps] == expected
    assert (made.before == made.after) is (not expected)


def test_an_exemption_lifts_the_rate_limit(nextcloud: Any) -> None:
    nextcloud.state.add_account("busy", PASSWORD)
    for number in range(50):
        nextcloud.task("user", userid="busy", role=f"role {number}")
    with pytest.raises(Failure, match="exempt this address .*community.nextcloud.rate_limit_exemption"):
        nextcloud.task("user", userid="busy", role="Lead", rate_limit_wait=0)
    nextcloud.task("rate_limit_exemption", network="127.0.0.0/8")
    assert nextcloud.task("user", userid="busy", role="Lead", rate_limit_wait=0)["changed"] is True


def test_it_undoes_only_what_it_is_told_to(nextcloud: Any) -> None:
    for ip, mask in (("192.0.2.0", 24), ("192.0.2.5", 32), ("2001:db8::", 32)):
        nextcloud.state.allow_list.add(ip, mask)
    nextcloud.settled("rate_limit_exemption", network="192.0.2.5", apply_to_rate_limit=True)
    nextcloud.settled("rate_limit_exemption", network="192.0.2.5", state="absent")
    assert entries(nextcloud) == [("192.0.2.0", 24), ("2001:db8::", 32)]
    assert flag(nextcloud) == "1"
    switched = nextcloud.settled("rate_limit_exemption", network="192.0.2.5", state="absent", apply_to_rate_limit=False)
    assert switched["changed"] is True
    assert entries(nextcloud) == [("192.0.2.0", 24), ("2001:db8::", 32)]
    assert flag(nextcloud) == "0"


def test_every_spelling_of_a_network_is_the_same_network(nextcloud: Any) -> None:
    for ip, mask in (("2001:DB8:0:0:0:0:0:1", 128), ("2001:db8::1", 128), ("192.0.2.77", 24)):
        nextcloud.state.allow_list.add(ip, mask)
    for network in ("2001:db8::1", "192.0.2.0/24"):
        task = {"network": network, "apply_to_rate_limit": False}
        assert nextcloud.task("rate_limit_exemption", **task)["changed"] is False
    assert nextcloud.settled("rate_limit_exemption", network="2001:db8:0::1", state="absent")["changed"] is True
    assert entries(nextcloud) == [("192.0.2.77", 24)]


def test_a_flag_in_another_spelling_is_on_already(nextcloud: Any) -> None:
    nextcloud.state.apps.set_value(*FLAG, "true")
    nextcloud.settled("rate_limit_exemption", network="192.0.2.5")
    assert flag(nextcloud) == "true"


@pytest.mark.parametrize("kind", ["refused_connection", "lost_answer", "unavailable"])
def test_an_addition_without_an_answer_is_looked_up_before_it_is_sent_again(nextcloud: Any, kind: str) -> None:
    nextcloud.server.fail(kind, "POST", "/ipwhitelist")
    assert nextcloud.task("rate_limit_exemption", network="192.0.2.5")["changed"] is True
    assert entries(nextcloud) == [("192.0.2.5", 32)]
    assert flag(nextcloud) == "1"


@pytest.mark.parametrize("state", ["present", "absent"])
def test_a_server_without_the_list(nextcloud: Any, state: str) -> None:
    nextcloud.task("app", app="bruteforcesettings", state="disabled")
    nextcloud.journal.clear()
    prediction = nextcloud.task("rate_limit_exemption", check=True, network="192.0.2.5", state=state)
    assert prediction["changed"] is (state == "present")
    assert "the app bruteforcesettings, which is not enabled" in prediction["warnings"][0]
    with pytest.raises(Failure, match="bruteforcesettings, which is not enabled") as caught:
        nextcloud.task("rate_limit_exemption", network="192.0.2.5", state=state)
    assert caught.value.category == "not_found"
    assert nextcloud.journal.writes() == []


@pytest.mark.parametrize("state", ["present", "absent"])
def test_a_wrong_address_is_not_taken_for_a_missing_app(connect: Any, state: str) -> None:
    nextcloud = connect(base_path="/nextcloud")
    with pytest.raises(Failure, match="Check url") as caught:
        nextcloud.task("rate_limit_exemption", network="192.0.2.5", state=state, url="http://nextcloud.test/cloud")
    assert caught.value.category == "protocol"


def test_a_server_below_a_path(connect: Any) -> None:
    nextcloud = connect(base_path="/nextcloud")
    url = "http://nextcloud.test/nextcloud"
    assert nextcloud.task("rate_limit_exemption", network="192.0.2.5", url=url)["changed"] is True
    assert entries(nextcloud) == [("192.0.2.5", 32)]


@pytest.mark.parametrize(("body", "category"), [([], "invalid"), (None, "protocol")])
def test_a_refused_network_is_told_from_an_untrusted_host_name(body: Any, category: str) -> None:
    # Both are a 400: the list answers with JSON, a server that does not trust the host name with a page.
    failure = failure_of(operations.ADD_TO_ALLOW_LIST, Answer(400, {}, body))
    assert failure is not None
    assert failure.category == category


def test_an_account_without_rights(nextcloud: Any) -> None:
    nextcloud.state.add_account("plain", PASSWORD)
    with pytest.raises(Failure) as caught:
        nextcloud.task("rate_limit_exemption", network="192.0.2.5", username="plain", password=PASSWORD)
    assert caught.value.category == "permission"
