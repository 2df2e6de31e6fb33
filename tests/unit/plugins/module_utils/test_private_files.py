# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files of secrets and their locks, where somebody else has put something in their place: refused, said, left as it was."""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Callable, NamedTuple

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._common import private_file
from ansible_collections.community.nextcloud.plugins.module_utils._common.clock import Clock
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from mock_server import HandClock
from refusals import refused

PERSON = {"userid": "jane", "generate_password": True}


class Use(NamedTuple):
    """A task that keeps a private file, which `option` names. lock: what is added to the name of the file it locks."""

    module: str
    option: str
    options: dict[str, Any]
    lock: str = ".lock"

    def run(self, nextcloud: Any, path: Path) -> Any:
        return nextcloud.task(self.module, **self.options, **{self.option: str(path)})


USES = [
    Use("preference", "ledger", {"app": "theming", "key": "primary_color", "value": "#00679e"}),
    Use("group", "session_file", {"groupid": "design"}),
    Use("onboarding_prepare", "passwords_file", {"users": [PERSON]}, ".pending.lock"),
    Use("onboarding_prepare", "pending_file", {"users": [{"userid": "jane", "welcome_email": True}]}),
]
every_use = pytest.mark.parametrize("use", USES, ids=lambda use: use.option)


def private(path: Path, content: str) -> Path:
    path.write_text(content)
    path.chmod(0o600)
    return path


@every_use
@pytest.mark.parametrize("is_there", [True, False])
def test_a_lock_is_not_followed_to_another_file(nextcloud: Any, tmp_path: Path, use: Use, is_there: bool) -> None:
    path, other = tmp_path / "file", tmp_path / "other"
    if is_there:
        private(other, "not to be touched")
    path.with_name(path.name + use.lock).symlink_to(other)
    with refused(use.option, f"file{use.lock}", "symbolic link"):
        use.run(nextcloud, path)
    assert (other.read_text() if other.exists() else None) == ("not to be touched" if is_there else None)
    assert nextcloud.journal.writes() == []
    assert not path.exists()


def fifo(path: Path) -> None:
    os.mkfifo(path, 0o600)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@every_use
@pytest.mark.parametrize("make", [fifo, device, Path.mkdir])
@pytest.mark.parametrize("is_lock", [False, True])
def test_what_is_no_file_is_refused_before_it_is_opened(
    nextcloud: Any, tmp_path: Path, use: Use, make: Callable[[Path], None], is_lock: bool
) -> None:
    """To open a FIFO waits until somebody writes to it."""
    path = tmp_path / "file"
    make(path.with_name(path.name + use.lock) if is_lock else path)
    with refused(use.option, str(path)):
        use.run(nextcloud, path)
    assert nextcloud.journal.writes() == []


@every_use
@pytest.mark.parametrize("is_lock", [False, True])
def test_a_file_of_another_user_is_refused(
    nextcloud: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, use: Use, is_lock: bool
) -> None:
    """Root could read it all the same, and whoever owns it decides what is in it."""
    path = tmp_path / "file"
    private(path.with_name(path.name + use.lock) if is_lock else path, "{}")
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with refused(use.option, "belongs to another user"):
        use.run(nextcloud, path)
    assert nextcloud.journal.writes() == []


CONTENTS = ["", "{", "[]", '"canary"', '{"jane": 1}', '{"jane": ""}', '{"jane": {"canary": 1}}', "\x00", "[" * 100_000]


@pytest.mark.parametrize("check", [False, True])
@pytest.mark.parametrize("content", CONTENTS, ids=lambda content: content[:20])
def test_a_passwords_file_that_cannot_be_used_says_why(
    nextcloud: Any, tmp_path: Path, content: str, check: bool
) -> None:
    path = private(tmp_path / "passwords.json", content)
    with refused("passwords_file", str(path)) as caught:
        nextcloud.task("onboarding_prepare", check=check, users=[PERSON], passwords_file=str(path))
    assert "canary" not in caught.value.message
    assert nextcloud.journal.writes() == []
    assert path.read_text() == content


def test_a_lock_that_is_held_too_long_names_its_holder(tmp_path: Path) -> None:
    hand = HandClock()
    path, lock = tmp_path / "file", tmp_path / "file.lock"
    private(lock, "process 4711 on control.example.org")
    with open(lock, "rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        began = hand.now()
        locked = private_file.locked("ledger", str(path), Clock(hand.now, hand.advance))
        with pytest.raises(Failure, match="^ledger: .*process 4711 on control.example.org") as caught:
            ExitStack().enter_context(locked)
    assert caught.value.category == "conflict"
    assert private_file.LOCK_SECONDS <= hand.now() - began < private_file.LOCK_SECONDS + 1
    with private_file.locked("ledger", str(path)):
        assert str(os.getpid()) in lock.read_text()


def test_a_file_behind_a_symbolic_link_is_used(nextcloud: Any, tmp_path: Path) -> None:
    """Secrets are often kept so. It is its owner and its mode that count."""
    path = tmp_path / "passwords.json"
    path.symlink_to(private(tmp_path / "kept.json", json.dumps({"john": "Zk3-qweR!plo9"})))
    nextcloud.task("onboarding_prepare", users=[PERSON], passwords_file=str(path))
    assert sorted(json.loads(path.read_text())) == ["jane", "john"]
