# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The bytes of a file to text. No message repeats what is in the file."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from typing import Any

UTF_8 = "utf-8"
# Longer ones first: the mark of UTF-32 starts with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, UTF_8),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_FILES = (
    (b"PK\x03\x04", "a spreadsheet or another archive"),
    (b"\xd0\xcf\x11\xe0", "a spreadsheet"),
    (b"%PDF", "a PDF"),
)
_HTML = re.compile(r"\s*<(?:!doctype|html|head|body|table|\?xml)\b", re.IGNORECASE)


def text_of(content: bytes | str, encoding: str) -> str:
    """The text of a file: of its bytes, or of what Ansible has read."""
    return decode(content, encoding) if isinstance(content, bytes) else from_ansible(content, encoding)


def decode(content: bytes, encoding: str = UTF_8) -> str:
    """The text, without a byte order mark. ValueError names the line, the column in characters, and what to set."""
    check_encoding(encoding)
    if other := next((name for start, name in _OTHER_FILES if content.startswith(start)), None):
        raise ValueError(f"line 1: this is {other}, not text; export it as CSV")
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    if marked and not codecs.lookup(encoding).name.startswith(marked):
        raise ValueError(
            f"line 1, column 1 (in characters): the file starts with the mark of {marked}, and encoding is {encoding};"
            f" set encoding to {marked}"
        )
    try:
        text = content.decode(encoding)
    except UnicodeError as error:
        raise ValueError(_unreadable(content, encoding, error)) from None
    if "\0" in text:
        raise ValueError(_no_text(text, encoding))
    text = text.removeprefix("\ufeff")
    if _is_really_utf_8(content, encoding):
        raise ValueError(f"the file is valid UTF-8, and encoding is {encoding}; set encoding to utf-8")
    if _HTML.match(text):
        raise ValueError("line 1: this is HTML or XML, not CSV; export it as CSV")
    return text


def from_ansible(text: str, encoding: str = UTF_8) -> str:
    """Text of a file that Ansible has read as UTF-8, with surrogates for the bytes that it could not read.

    These bytes are all there, so the file can be read anew. What Ansible could read is text already.
    """
    if text.isascii() or any("\ud800" <= character <= "\udfff" for character in text):
        try:
            return decode(text.encode(UTF_8, "surrogateescape"), encoding)
        except UnicodeEncodeError:
            raise ValueError("the CSV must be text; it contains characters that are no Unicode") from None
    check_encoding(encoding)
    return text.removeprefix("\ufeff")


def check_encoding(encoding: Any) -> None:
    """ValueError unless Python knows an encoding of text by this name."""
    try:
        with suppress(UnicodeError):  # the letter is none in it, but there is such an encoding
            b"a".decode(encoding)
    except (LookupError, ValueError, TypeError):
        raise ValueError("encoding must be an encoding of Python, such as utf-8, cp1252, latin-1 or utf-16") from None


def _unreadable(content: bytes, encoding: str, error: UnicodeError) -> str:
    start = error.start if isinstance(error, UnicodeDecodeError) else 0
    before = content[:start].decode(encoding, errors="replace").removeprefix("\ufeff")
    if "\0" in before:
        return _no_text(before, encoding)
    line, column = _position(before)
    proposal = "Set encoding to that of the file, such as utf-8 or cp1252"
    if codecs.lookup(encoding).name == UTF_8:
        proposal = (
            "If the file comes from Windows in Western Europe, set encoding to cp1252; otherwise set it to the encoding of"
            " the file, or export the file as CSV in UTF-8"
        )
    return f"line {line}, column {column} (in characters): not valid {_spelled(encoding)}. {proposal}"


def _is_really_utf_8(content: bytes, encoding: str) -> bool:
    """Whether bytes are letters of UTF-8: of two or more bytes each, which by chance is next to impossible.

    It is asked only for encodings with a character for each byte.
    """
    if content.isascii():
        return False
    try:
        if len(bytes(range(0xA0, 0x100)).decode(encoding, "ignore")) < 90:
            return False
        content.decode(UTF_8)
    except UnicodeError:
        return False
    return True


def _no_text(text: str, encoding: str) -> str:
    line, column = _position(text[: text.index("\0")])
    return (
        f"line {line}, column {column} (in characters): a NUL character, so this is not text in {_spelled(encoding)}. Set"
        " encoding to utf-16-le if the file was saved as Unicode, or export it as CSV in UTF-8"
    )


def _spelled(encoding: str) -> str:
    return encoding.upper() if codecs.lookup(encoding).name.startswith("utf") else encoding


def _position(before: str) -> tuple[int, int]:
    """Line and column, from 1, of what follows this text."""
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return len(lines), len(lines[-1]) + 1
