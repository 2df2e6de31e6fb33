# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers that are not as the API gives them: each field of each answer in each wrong type, for every module.

Whatever comes, a task fails with a category and in words, or goes on; there is no internal error.
"""

from __future__ import annotations

import copy
import functools
import inspect
import json
import re
from typing import Any, Callable, Iterator, Mapping, NamedTuple

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._api import forms, operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.answers import Answer, answered, failure_of
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import CATEGORIES, Failure
from mock_server import MockAdapter
from werkzeug.wrappers import Response

PASSWORD = "Zk3-qweR!plo9"
# The way to a value in an answer: keys and indexes.
Place = tuple[Any, ...]

WRONG: tuple[Any, ...] = (
    None,
    True,
    7,
    1.5,
    10**400,
    "",
    "text",
    [],
    ["text"],
    [[]],
    [None],
    [{}],
    {},
    {"0": "text"},
    {"a": {"b": []}},
)
TASKS: dict[str, list[dict[str, Any]]] = {
    "user": [
        {
            "userid": "jane",
            "email": "new@example.org",
            "groups": {"add": ["design"]},
            "quota": "default",
            "enabled": False,
        },
        {"userid": "new", "user_password": PASSWORD, "display_name": "New", "groups": {"set": ["staff"]}},
        {"userid": "jane", "state": "absent"},
    ],
    "group": [{"groupid": "design", "display_name": "Other"}, {"groupid": "new"}],
    "group_member": [{"groupid": "staff", "users": ["admin"]}],
    "subadmin": [{"userid": "jane", "groups": ["design"]}],
    "app": [{"app": "dashboard", "state": "disabled"}],
    "app_config": [{"app": "files", "key": "default_quota", "value": "3 GB"}],
    "app_info": [{}, {"app": "dashboard"}],
    "app_config_info": [{}, {"app": "files"}],
    "device_wipe": [{"userid": "jane"}],
    "welcome_email": [{"userid": "jane"}],
    "directory": [
        {
            "groups": [{"groupid": "design", "users": {"set": ["jane"]}, "subadmins": {"set": ["jane"]}}],
            "users": [{"userid": "jane", "quota": "default"}, {"userid": "new", "user_password": PASSWORD}],
            "purge": {"users": "disable", "memberships": True},
            "max_removals": "100%",
        }
    ],
    "directory_info": [{}],
    "group_info": [{}, {"groupid": "design", "members": True, "subadmins": True}, {"details": False}],
    "offboarding_prepare": [{"userids": ["jane"], "date": "2026-11-25"}],
    "preference": [{"app": "theming", "key": "shortcuts_disabled", "value": "yes"}],
    "rate_limit_exemption": [{"network": "192.0.2.0/24"}],
    "server_info": [{}],
    "user_info": [
        {"userid": "jane", "editable_fields": True, "group_details": True},
        {"limit": 10},
        {"recent": True},
        {"group": "staff", "details": False},
        {"phone_numbers": ["+49 711 25242890"], "phone_region": "DE"},
    ],
}


@pytest.fixture
def people(nextcloud: Any) -> Any:
    nextcloud.state.add_group("design")
    nextcloud.state.add_account(
        "jane", PASSWORD, groups=["staff"], subadmin=["staff"], email="jane@example.org", phone="+4971125242890"
    )
    nextcloud.state.allow_list.add("192.0.2.0", 24)
    return nextcloud


class Damage(NamedTuple):
    """In answers to one kind of read, what is at these places becomes another value."""

    path: str
    places: list[Place]
    wrong: Any


class Damaging(MockAdapter):
    """Leads to a server whose answers are damaged."""

    def __init__(self, server: Any, damage: Damage) -> None:
        super().__init__(server)
        self.damage = damage

    def send(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().send(request, *args, **kwargs)
        if key(request) != self.damage.path or response.status_code != 200:
            return response
        body = json.loads(response.content)
        for place in self.damage.places:
            body = replaced(body, place, self.damage.wrong)
        answer = Response(json.dumps(body), 200, content_type="application/json")
        return MockAdapter(answer).send(request, *args, **kwargs)


def key(request: Any) -> str:
    """What a read asks for; pages and searches are one."""
    return f"{request.method} {request.path_url.partition('?')[0]}"


def replaced(body: Any, place: Place, wrong: Any) -> Any:
    """The body with another value at the place, where it has one there."""
    if not place:
        return wrong
    step, *below = place
    if not (isinstance(body, dict) and step in body or isinstance(body, list) and step in range(len(body))):
        return body
    changed = copy.copy(body)
    changed[step] = replaced(body[step], tuple(below), wrong)
    return changed


def places_in(value: Any, place: Place = ()) -> Iterator[Place]:
    """All places of a value; of a list, the first."""
    yield place
    if isinstance(value, dict):
        for name, item in value.items():
            yield from places_in(item, (*place, name))
    elif isinstance(value, list) and value:
        yield from places_in(value[0], (*place, 0))


class Recording(MockAdapter):
    """Leads to a server, and keeps the answers to reads that hold data."""

    def __init__(self, server: Any) -> None:
        super().__init__(server)
        self.bodies: dict[str, Any] = {}

    def send(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().send(request, *args, **kwargs)
        if response.status_code == 200 and (request.method == "GET" or "by-phone" in request.path_url):
            self.bodies.setdefault(key(request), json.loads(response.content))
        return response


READS = [
    operation
    for operation in vars(operations).values()
    if isinstance(operation, operations.Operation) and operation.form is not forms.anything
]


def operation_of(path: str) -> operations.Operation[...]:
    """The one that asks for a path: that with the fewest ids in it."""
    matching = {}
    for operation in READS:
        ids = len(inspect.signature(operation.path).parameters)
        pattern = re.escape(f"{operation.method} {operation.path(*['ID'] * ids)}").replace("ID", "[^/]+")
        if re.fullmatch(pattern, path):
            matching[ids] = operation
    return matching[min(matching)]


def is_looked_at(place: Place) -> bool:
    """The list of capabilities is passed on, but for one of them."""
    return "capabilities" not in place or "bruteforce" in place or len(place) <= 4


def let_through(path: str, body: Any, wrong: Any) -> tuple[list[Place], list[Place]]:
    """The places at which the form of an answer refuses a value, and those at which it does not."""
    operation = operation_of(path)
    refused, others = [], []
    for place in filter(is_looked_at, places_in(body)):
        answer = Answer(200, {"Content-Type": "application/json"}, replaced(body, place, wrong))
        failure = failure_of(operation, answer)
        assert failure is None or failure.category in CATEGORIES
        (others if failure is None else refused).append(place)
    return refused, others


def fails_in_words(people: Any, module: str, options: Mapping[str, Any], damage: Damage) -> bool:
    """Whether a task fails whose server's answers are damaged."""
    people.adapter = Damaging(people.server, damage)
    try:
        people.task(module, check=True, retries=0, **options)
    except Failure as failure:
        assert failure.category in CATEGORIES
        return True
    return False


def try_out(fails: Callable[[Damage], bool], damage: Damage) -> None:
    """All places at the same time, and where the task fails, fewer and fewer of them, so that none hides another."""
    if fails(damage) and len(damage.places) > 1:
        middle = len(damage.places) // 2
        for half in (damage.places[:middle], damage.places[middle:]):
            try_out(fails, damage._replace(places=half))


@pytest.mark.parametrize(("module", "options"), [(module, options) for module in TASKS for options in TASKS[module]])
def test_no_wrong_answer_is_an_internal_error(people: Any, module: str, options: dict[str, Any]) -> None:
    """What a form refuses fails alike everywhere, so one place of each answer is enough. All others go through the task."""
    recording = people.adapter = Recording(people.server)
    people.task(module, check=True, **options)
    for path, body in recording.bodies.items():
        for wrong in WRONG:
            fails = functools.partial(fails_in_words, people, module, options)
            refused, others = let_through(path, body, wrong)
            assert not refused or fails(Damage(path, refused[-1:], wrong))
            inner = [place for place in others if not any(other[: len(place)] == place != other for other in others)]
            for group in (inner, *([place] for place in others if place not in inner)):
                try_out(fails, Damage(path, group, wrong))


# What a failure says


@pytest.mark.parametrize(
    ("operation", "data", "told"),
    [
        (operations.GET_USERS, {"users": {"a": "b"}}, "users must be a list, not a dictionary"),
        (operations.GET_USERS, {}, "users is missing"),
        (operations.GET_USERS, [], "data must be a dictionary, not a list"),
        (
            operations.GET_USERS_DETAILS,
            {"users": {"jane": {"id": "jane", "enabled": "1", "displayname": ""}}},
            "users.jane.enabled must be",
        ),
        (operations.GET_USER, {"id": "jane", "enabled": True}, "displayname is missing"),
        (operations.GET_USER, {"id": "", "enabled": True, "displayname": ""}, "id must be text or a number, not empty"),
        (operations.GET_GROUP_SUBADMINS, ["jane", None], "[1] must be text or a number, not null"),
    ],
)
def test_a_failure_names_operation_and_field(operation: Any, data: Any, told: str) -> None:
    body = {"ocs": {"meta": {"statuscode": 200}, "data": data}}
    failure = failure_of(operation, answered(200, {}, json.dumps(body).encode()))
    assert failure and failure.category == "protocol"
    assert failure.operation == operation.id and operation.id in failure.message
    assert told in failure.message


def test_each_read_with_data_declares_its_form() -> None:
    undeclared = {
        operation.id
        for operation in vars(operations).values()
        if isinstance(operation, operations.Operation)
        and operation.form is forms.anything
        and (not operation.writes or operation is operations.SEARCH_BY_PHONE)
    }
    assert undeclared == set()


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 100_000,
        b'{"ocs": {"meta": {"statuscode": 200}, "data": {"users": ["\\ud800"]}}}',
        b'{"ocs": {"meta": {"statuscode": 200}, "data": NaN}}',
        b'{"ocs": {"meta": {"statuscode": 200}, "data": {"users": [1e400]}}}',
        b'{"ocs": {"meta": {"statuscode": 200}, "data": 1' + b"0" * 10_000 + b"}}",
        b'{"ocs": {"meta": {"statuscode": 200}}}',
        b'{"ocs": {"meta": {"statuscode": "200"}, "data": []}}',
        b'{"ocs": []}',
        b"[]",
        b"null",
        b"\xff\xfe\x00",
        b"",
    ],
)
def test_json_that_is_none_of_the_api(content: bytes) -> None:
    answer = answered(200, {"Content-Type": "application/json"}, content)
    failure = failure_of(operations.GET_USERS, answer)
    assert failure and failure.category == "protocol" and len(failure.message) < 1000


def test_deep_json_over_a_task(people: Any) -> None:
    people.server.fail("deep_json", times=0)
    with pytest.raises(Failure, match="nested too deeply") as caught:
        people.task("group", groupid="design", retries=0)
    assert caught.value.category == "protocol"


def test_capabilities_that_are_nested_deeply(people: Any) -> None:
    deep: Any = "end"
    for unused in range(400):
        deep = {"a": deep}
    place = ("ocs", "data", "capabilities", "core")
    people.adapter = Damaging(people.server, Damage("GET /ocs/v2.php/cloud/capabilities", [place], deep))
    with pytest.raises(Failure, match="capabilities must be a dictionary at most"):
        people.task("server_info")
