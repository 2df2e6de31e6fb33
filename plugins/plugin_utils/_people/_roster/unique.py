# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Ids that stay with a person, and are never given to somebody else.

The file holds {ids: {number of the person: id}}. It keeps those who have left.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import ContextManager, Iterable, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._common import private_file
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds

_OPTION = "unique_file"


class Named(NamedTuple):
    """A person with the id that the name makes. line: where the person is in the file."""

    number: str
    userid: str
    line: int


def remembered(path: str, people: Iterable[Named], write: bool) -> dict[str, str]:
    """The id of each person, by number. people: in the order of the file.

    write: whether ids that are new are written to the file. ValueError: the file cannot be read, or written.
    """
    try:
        if write:
            private_file.check_folder(_OPTION, path)
        lock: ContextManager[None] = private_file.locked(_OPTION, path) if write else nullcontext()
        with lock:
            known = _read(path)
            ids = assigned(people, known)
            if write and ids != known:
                private_file.replace(path, {"ids": ids})
    except Failure as failure:
        raise ValueError(failure.message) from None
    except OSError as error:
        raise ValueError(f"{_OPTION}: {path} cannot be written: {error.strerror}") from None
    return ids


def assigned(people: Iterable[Named], known: Mapping[str, str]) -> dict[str, str]:
    """The known ids, and one for each person who is new: the composed one, with a number where somebody has it.

    ValueError: two numbers may be those of one person.
    """
    ids = dict(known)
    spellings = {_look(number): number for number in known}
    taken = {kinds.USERID.key(userid) for userid in ids.values()}
    for number, userid, line in people:
        if number not in ids:
            if spellings.setdefault(_look(number), number) != number:
                raise ValueError(
                    f"line {line}: the cell of unique_by differs from another one, in this file or in {_OPTION}, only in case"
                    " or leading zeros, which a spreadsheet may have removed; write it in the same way each time"
                )
            ids[number] = _free(userid, taken)
            taken.add(kinds.USERID.key(ids[number]))
    return ids


def _look(number: str) -> str:
    return number.casefold().lstrip("0")


def _free(composed: str, taken: set[str]) -> str:
    name, at, domain = composed.partition("@")
    userid, number = composed, 1
    while kinds.USERID.key(userid) in taken:
        number += 1
        userid = f"{name}{number}{at}{domain}"
    return userid


def _read(path: str) -> dict[str, str]:
    content = private_file.read(_OPTION, path, {"ids"})
    ids = content["ids"] if content else {}
    if not isinstance(ids, dict) or not all(isinstance(userid, str) and userid for userid in ids.values()):
        raise ValueError(f"{_OPTION}: {path} contains something else; set another file")
    return ids
