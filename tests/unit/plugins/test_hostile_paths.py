# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever an id is, its request reaches the operation that is meant, with this id, or there is none.

The path is that which `requests` and `urllib3` make of it, and what a server makes of that is the mock's router: it decodes
the whole path once, as the server does, and group ids once more.
"""

from __future__ import annotations

import inspect
import posixpath
import random
from typing import Any, Iterator
from urllib.parse import unquote, urlsplit

import requests
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.connection import OPTIONS, Connection
from ansible_collections.community.nextcloud.plugins.module_utils._api.operations import Operation
from ansible_collections.community.nextcloud.plugins.module_utils._api.session import Session
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from hostile import hostile_texts
from mock_server import MockServer, Settings, serve
from mock_server.web import routes

COUNT = 10_000
BASES = ("http://nextcloud.test", "https://nextcloud.test:8443/of/ours")
API = "/ocs/v2.php"
NEWEST = 34


def names_of_ids(operation: Operation[Any]) -> list[str]:
    return list(inspect.signature(operation.path).parameters)


# Not an id, but a word of the collection's own.
FIXED = {"collection": "additional_mail"}


WITH_IDS = [found for found in vars(operations).values() if isinstance(found, Operation) and names_of_ids(found)]


def calls(count: int) -> Iterator[tuple[Operation[Any], list[str], str | None]]:
    """(operation, ids, path) of so many calls; no path where the ids are refused."""
    chance = random.Random(count)
    texts = hostile_texts(count)
    for number, text in enumerate(texts):
        operation = WITH_IDS[number % len(WITH_IDS)]
        names = names_of_ids(operation)
        hostile = chance.choice([name for name in names if name not in FIXED])
        ids = [text if name == hostile else FIXED.get(name) or chance.choice(["a", *texts]) for name in names]
        try:
            yield operation, ids, operation(*ids).path
        except Failure as failure:
            assert failure.category == "invalid"
            yield operation, ids, None


def sent(base: str, path: str) -> str:
    """The path below the base as it is sent: the libraries decode and shorten some of it."""
    target = requests.Request("GET", base + path, params={"search": "x"}).prepare().path_url
    below = urlsplit(base).path
    assert target.startswith(f"{below}/") and target.endswith("?search=x") and target.count("?") == 1
    return target.removeprefix(below).removesuffix("?search=x")


def test_no_request_leaves_the_path_that_was_meant() -> None:
    """To a server, and to a web server before it that decodes a path and resolves its dots."""
    refused = 0
    for number, (operation, ids, path) in enumerate(calls(COUNT)):
        if path is None:
            refused += 1
            continue
        target = sent(BASES[number % 2], path)
        assert target == path and path.isascii() and path.isprintable(), (operation.id, ids)
        decoded = unquote(target)
        assert posixpath.normpath(decoded) == decoded, (operation.id, ids)
        if operation.enveloped:
            route, found = routes.find(operation.method, target.removeprefix(API), NEWEST)
            assert (route.id, list(found.values())) == (operation.id, ids)
        else:
            assert decoded == f"{operation.path('ID')[:-2]}{ids[0]}"
    assert 0 < refused < COUNT / 2


def test_harmless_ids_are_not_refused() -> None:
    for groupid in (
        "details",
        ".",
        "..",
        "a/b",
        "a/../b",
        "a+b",
        "a%2Fb",
        "100%",
        "?",
        "#",
        "ä 🎉",
        "\\",
        "~",
        "users",
    ):
        assert operations.GET_GROUP(groupid).path and operations.DELETE_GROUP(groupid).path
    for userid in ("jane.doe@example.org", "o'hara", "a b", "日本", "100%", "a?b#c", "enable"):
        assert operations.GET_USER(userid).path


def test_a_server_is_asked_what_was_meant() -> None:
    """Over a real connection: nothing between an operation and the server changes a path."""
    server = MockServer(Settings(brute_force=False))
    meant = [(operation.method, path) for operation, unused, path in calls(200) if path]
    with serve(server) as url:
        options = {"url": url, "username": "admin", "password": "admin"}
        connection = Connection.from_options(lambda name: options.get(name, OPTIONS[name].get("default")))
        for method, path in meant:
            # A server answers 401 to some ids of apps, and after that a session sends no more.
            with Session(connection) as session:
                session.send(method, url + path, {"value": "x"}, None, fresh=False)
    assert [(entry.method, entry.path) for entry in server.journal] == meant
