# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Who has left, as the role user_offboarding remembers it: one key in the server's app config for each account.

A key of its own, because runs on several controllers write at the same time, and no server locks a value. A key is
`STAGE.DAY.DIGEST`: `leaving` before anything is done to the account, `left` once that is complete, `deleted` once the
account is deleted. So one listing of the keys tells who is due. The value is the id in base64, and the digest is one of
the id, so an id that Ansible has masked in a result is noticed. Of a deleted account only the digest stays.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from datetime import date as Date
from typing import Iterable, Mapping, NamedTuple

APP = "ansible_offboarding"
# Until 0.2.0: {id in lower case: {left: day, deleted: day?}} as one value.
OLD_KEY = "ledger"

LEAVING, LEFT, DELETED = STAGES = ("leaving", "left", "deleted")
_KEY = re.compile(rf"({'|'.join(STAGES)})\.(\d{{4}}-\d{{2}}-\d{{2}})\.([0-9a-f]{{32}})")


class Key(NamedTuple):
    """day: when the person left, as YYYY-MM-DD."""

    stage: str
    day: str
    digest: str

    def __str__(self) -> str:
        return ".".join(self)


def parse_key(text: str) -> Key | None:
    """None for a key that is no entry."""
    match = _KEY.fullmatch(text)
    return Key(*match.groups()) if match and _is_day(match[2]) else None


def _is_day(text: object) -> bool:
    try:
        Date.fromisoformat(str(text))
    except ValueError:
        return False
    return True


def digest(userid: str) -> str:
    """Of an id as the server spells it: some backends tell upper from lower case."""
    return hashlib.sha256(userid.encode()).hexdigest()[:32]


def key_of(stage: str, day: str, userid: str) -> Key:
    """The key of an account. One that is deleted has no spelling any more, so it is found in any."""
    return Key(stage, day, digest(userid.casefold() if stage == DELETED else userid))


def encode(userid: str) -> str:
    return base64.urlsafe_b64encode(userid.encode()).decode()


def decode(text: str, key: Key) -> str:
    """The id of an entry that is not `deleted`; ValueError unless it is the one of which the key holds the digest."""
    try:
        userid = base64.b64decode(text.encode(), altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeError) as error:
        raise ValueError("it is not base64") from error
    if digest(userid) != key.digest:
        raise ValueError("it is not the id of its key")
    return userid


class Ledger(NamedTuple):
    """live: by digest, the keys of accounts that leave or have left, the one that counts first. deleted: by digest."""

    live: Mapping[str, tuple[Key, ...]]
    deleted: Mapping[str, Key]


def ledger_of(keys: Iterable[str]) -> Ledger:
    """What the keys of the app say. The newest of an account counts; on the same day, `left` comes after `leaving`."""
    entries = sorted(
        (key for text in keys if (key := parse_key(text))),
        key=lambda key: (key.day, STAGES.index(key.stage)),
        reverse=True,
    )
    live: dict[str, tuple[Key, ...]] = {}
    for key in entries:
        if key.stage != DELETED:
            live[key.digest] = (*live.get(key.digest, ()), key)
    return Ledger(live, {key.digest: key for key in reversed(entries) if key.stage == DELETED})


class Old(NamedTuple):
    """An entry of the value that was kept until 0.2.0. userid: in lower case."""

    userid: str
    left: str
    is_deleted: bool


def parse_old(text: str) -> list[Old]:
    """The entries of the old value; ValueError where it is another text."""
    content = json.loads(text or "{}")
    # An empty map comes from some tools as a list.
    entries = {} if content == [] else content
    if not isinstance(entries, dict) or not all(_is_old(entry) for entry in entries.values()):
        raise ValueError("must be {id: {left: day}} in JSON")
    return [Old(userid, entry["left"], "deleted" in entry) for userid, entry in entries.items()]


def _is_old(entry: object) -> bool:
    return isinstance(entry, dict) and _is_day(entry.get("left"))


def named(userids: Iterable[object]) -> list[str]:
    """Ids as a play gives them: without outer spaces, each spelling once."""
    return list(dict.fromkeys(text for userid in userids if (text := str(userid).strip())))
