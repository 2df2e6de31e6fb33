# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks in this process against the mock server's state machine: no sockets, and a clock that only moves by waiting."""

from __future__ import annotations

import multiprocessing
import os
from importlib import import_module
from pathlib import Path
from typing import Any, Callable, ContextManager, Iterator

import pytest
import requests
from ansible import constants
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client, connected
from ansible_collections.community.nextcloud.plugins.module_utils._api.connection import Connection
from ansible_collections.community.nextcloud.plugins.module_utils._common.clock import Clock
from ansible_collections.community.nextcloud.plugins.module_utils._engine.module import connection_argument_spec
from ansible_collections.community.nextcloud.plugins.module_utils._engine.resource import Mode
from ansible_collections.community.nextcloud.plugins.module_utils._engine.run import Context, run
from mock_server import HandClock, MockAdapter, MockServer, Settings

MODULES = "ansible_collections.community.nextcloud.plugins.modules"
CONNECTION = {"url": "http://nextcloud.test", "username": "admin", "password": "admin"}


class Nextcloud:
    """A mock server, and tasks that run against it."""

    def __init__(self, **settings: Any) -> None:
        self.clock = HandClock()
        self.server = MockServer(Settings(clock=self.clock, **settings))
        self.state = self.server.state
        self.journal = self.server.journal
        self.adapter: Any = None  # what leads there, once it is connected

    def task(self, module: str, check: bool = False, **options: Any) -> dict[str, Any]:
        """The result of one task with these options, as the module `module` takes them. Raises Failure."""
        found = import_module(f"{MODULES}.{module}")
        spec = {**connection_argument_spec(), **found.RESOURCE.argument_spec()}
        validated = ArgumentSpecValidator(spec).validate({**CONNECTION, **options})
        assert not validated.error_messages
        return run(found.RESOURCE, validated.validated_parameters, Mode(check, diff=True), self.context)

    def client(self, **options: Any) -> ContextManager[Client]:
        """A client of the server, as a task with these connection options has it."""
        validated = ArgumentSpecValidator(connection_argument_spec()).validate({**CONNECTION, **options})
        return connected(Connection.from_options(validated.validated_parameters.get), self.context.clock)

    def predicted(self, module: str, **options: Any) -> dict[str, Any]:
        """The result of a real run, after check mode has predicted just that and has written nothing."""
        self.journal.clear()
        prediction = self.task(module, check=True, **options)
        assert self.journal.writes() == []
        result = self.task(module, **options)
        assert result == prediction
        assert bool(self.journal.writes()) is result["changed"]
        return result

    def settled(self, module: str, **options: Any) -> dict[str, Any]:
        """As `predicted`; then the same task again changes nothing."""
        result = self.predicted(module, **options)
        self.journal.clear()
        again = self.task(module, **options)
        assert again["changed"] is False
        assert again["diff"]["before"] == again["diff"]["after"]
        assert self.journal.writes() == []
        return result

    def account(self, userid: str) -> dict[str, Any]:
        """The record that the server gives of an account."""
        with self.client() as client:
            return client.call(operations.GET_USER(userid))

    @property
    def context(self) -> Context:
        return Context(Clock(self.clock.now, self.clock.advance))


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Makes a server with the settings named, to which every session of `requests` is connected from then on."""

    def connected(**settings: Any) -> Nextcloud:
        nextcloud = Nextcloud(**settings)
        nextcloud.adapter = MockAdapter(nextcloud.server)
        monkeypatch.setattr(requests.Session, "get_adapter", lambda session, url: nextcloud.adapter)
        return nextcloud

    yield connected


@pytest.fixture
def nextcloud(connect: Any) -> Nextcloud:
    return connect()


@pytest.fixture
def new_run(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Begins another run of Ansible, which has a private folder of its own."""

    def begin() -> Path:
        folder = tmp_path_factory.mktemp("ansible-local")
        monkeypatch.setattr(constants, "DEFAULT_LOCAL_TMP", str(folder))
        return folder

    return begin


@pytest.fixture
def run_folder(new_run: Callable[[], Path]) -> Path:
    """The private folder of a run in which nothing has been done yet."""
    return new_run()


@pytest.fixture
def new_key() -> Iterator[Callable[[], None]]:
    """Gives this process the key of another run."""
    process = multiprocessing.current_process()
    before = process.authkey

    def change() -> None:
        process.authkey = os.urandom(32)

    yield change
    process.authkey = before
