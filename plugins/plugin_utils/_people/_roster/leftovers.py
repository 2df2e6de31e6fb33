# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What programs leave in an export that belongs to no person: errors, formulas, masks, totals, footers.

Most of it would be a valid name, group or password, so nothing else would notice it.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Collection, Sequence

_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060\ufeff"
_EDGES = re.compile(rf"\A[\s{_INVISIBLE}]+|[\s{_INVISIBLE}]+\Z")
# ="0012": how programs make a spreadsheet keep leading zeros.
_TEXT_FORMULA = re.compile(r'="((?:[^"]|"")*)"')

_UNREADABLE = (
    (re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"), "contains a control character; encoding may be wrong"),
    (re.compile("\ufffd"), "contains U+FFFD in place of an unreadable character; export the file again"),
)
_OF_SECRETS = (*_UNREADABLE, (re.compile(r"\A[*•●]+\Z"), "is masked; convert this column to null"))
_OF_TEXT = (
    *_UNREADABLE,
    (
        re.compile(r"\A#(?:N/A|NV|REF!|BEZUG!|VALUE!|WERT!|NAME\?|DIV/0!|NULL!|NUM!|ZAHL!|#+)\Z"),
        "is an error of a spreadsheet",
    ),
    (re.compile(r"\A=[\w+(\"'@$-]"), "is a formula of a spreadsheet; export the value"),
    (re.compile(r"\A'.*'\Z", re.DOTALL), "is in single quotes; CSV has double quotes"),
    (
        re.compile(r"\A(?:System|Microsoft)\.[\w.]+(?:\[\]|Collection|`\d.*)\Z"),
        "is the type of a list, not its items; join them in the export",
    ),
    (re.compile(r"\A(?:\\N|\(null\)|<null>|\[null\])\Z", re.IGNORECASE), "means an empty cell; export empty cells"),
)
_OF_ITEMS = (*_OF_TEXT, (re.compile(r"\A(?:NULL|N/A|n/a|-+)\Z"), "means an empty cell; export empty cells"))
# Nearly all texts match none of them, and are searched only once.
_ANY = re.compile(
    "|".join(pattern.pattern for pattern, unused in (*_OF_SECRETS, *_OF_ITEMS)), re.IGNORECASE | re.DOTALL
)
_KIND_OF_ADDRESS = re.compile(r"\A(?:smtp|sip|mailto|x500|x400|eum):", re.IGNORECASE)
# How the first bytes of European letters in UTF-8 look in other encodings.
_TWICE = re.compile("[\u00c2-\u00c5][\u0080-\u00bf\u0152-\u02dc\u2013-\u2122]")

_RULE = re.compile(r"[-=_+*~.]{2,}")
_TOTAL = re.compile(
    r"(?:(?:grand |sub)?totals?|sum|count|summe|gesamt(?:summe|anzahl|zahl)?|anzahl)\b[\s:=]*[\d.,]*(?: \w+)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[\d.,]+")


def plain(cell: str) -> str:
    """The text of a cell, without spaces and invisible characters around it, and without ="…"."""
    text = cell if cell.isalnum() else _EDGES.sub("", cell)
    formula = _TEXT_FORMULA.fullmatch(text)
    return _EDGES.sub("", formula[1].replace('""', '"')) if formula else text


def why_no_value(text: str, is_secret: bool, is_item: bool, is_address: bool) -> str | None:
    """Why nobody has this value, as it goes on after the value. None: somebody can have it."""
    rules = _OF_SECRETS if is_secret else _OF_ITEMS if is_item else _OF_TEXT
    if _ANY.search(text):
        for pattern, reason in rules:
            if pattern.search(text):
                return reason
    if is_address and _KIND_OF_ADDRESS.match(text):
        return "must be an address without its kind, such as smtp:, before it"
    if not is_secret and _TWICE.search(text) and _is_encoded_twice(text):
        return "is UTF-8 that was read in another encoding before the export; export it again"
    return None


def _is_encoded_twice(text: str) -> bool:
    for encoding in ("cp1252", "latin-1"):
        with suppress(UnicodeError):
            text.encode(encoding).decode()
            return True
    return False


def why_no_person(cells: Sequence[str], names: Sequence[str], read: Collection[str]) -> str | None:
    """Why this row is no person. read: the names of the columns that become an option."""
    by_name = dict(zip(names, cells, strict=False))
    if all(by_name.get(name) == name for name in read):
        return "it contains the names of the columns again; delete it"
    if all(_RULE.fullmatch(cell) for cell in cells if cell):
        return "it contains a line that is drawn, and no values; delete it"
    return None


def why_footer(cells: Sequence[str], above: Sequence[str]) -> str | None:
    """Why the last row is no person. above: the row before it."""
    filled = [cell for cell in cells if cell]
    is_note = len(filled) == 1 and " " in filled[0] and sum(map(bool, above)) > 1
    words = [cell for cell in filled if not _NUMBER.fullmatch(cell)]
    if is_note or words and all(map(_TOTAL.fullmatch, words)):
        return "it seems to be a total or a note; delete it, or move it up if it is a person"
    return None
