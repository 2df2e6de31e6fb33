# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Random tables become CSV and accounts again; random files and settings become accounts or a message."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from typing import Any, NamedTuple

from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.leftovers import plain, why_no_value
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.options import KINDS
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.settings import Settings
from ansible_collections.community.nextcloud.plugins.plugin_utils._people.roster import read_roster
from hypothesis import assume, given, settings
from hypothesis import strategies as st

OPTIONS = ("userid", "display_name", "address", "groups")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1", "cp437", "koi8-r")


class File(NamedTuple):
    """A table, and how it is written."""

    rows: list[dict[str, Any]]
    names: list[str]
    encoding: str
    delimiter: str
    separator: str
    quoting: int
    line_end: str
    has_header: bool
    is_detected: bool

    def content(self) -> bytes:
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=self.delimiter, quoting=self.quoting, lineterminator=self.line_end)
        if self.has_header:
            writer.writerow(self.names)
        for row in self.rows:
            items = self.separator.join(row.get("groups", {"add": []})["add"])
            writer.writerow([row["userid"], row.get("display_name", ""), row.get("address", ""), items])
        return text.getvalue().encode(self.encoding)

    def settings(self) -> Settings:
        return Settings(
            columns=dict(zip(self.names, OPTIONS, strict=True)),
            delimiter=None if self.is_detected else self.delimiter,
            list_separator=None if self.is_detected else self.separator,
            encoding=self.encoding,
            header=None if self.has_header else self.names,
        )


def texts(encoding: str, most: int) -> st.SearchStrategy[str]:
    """Texts of an encoding as a cell can hold them: spaces around them are removed."""
    alphabet = st.characters(codec=encoding.removesuffix("-sig"), exclude_categories=("Cs", "Cc"))
    return (
        st.text(alphabet | st.sampled_from(" \"'\n;,\t|äé"), max_size=most)
        .map(str.strip)
        .filter(lambda text: all(character.encode(encoding, "ignore") for character in text))
        .filter(lambda text: text != "0" and plain(text) == text and not why_no_value(text, False, True, False))
    )


@st.composite
def files(draw: st.DrawFn) -> File:
    encoding = draw(st.sampled_from(ENCODINGS))
    is_detected = draw(st.booleans())
    delimiter = draw(st.sampled_from(",;\t") if is_detected else st.sampled_from(",;\t|:^~ "))
    separator = draw(st.sampled_from(",;|\n"))
    item = texts(encoding, 20).filter(
        lambda text: text not in ("", "0") and not set(text) & {*",;|\n\t", delimiter, separator}
    )
    names = texts(encoding, 12).filter(lambda text: text and not text.lower().startswith(("sep=", "#type ")))
    rows = []
    for userid in draw(st.lists(st.from_regex(r"[a-z0-9]{1,12}", fullmatch=True), unique=True, max_size=6)):
        row: dict[str, Any] = {"userid": userid}
        for option, value in (("display_name", draw(texts(encoding, 40))), ("address", draw(texts(encoding, 60)))):
            row.update({option: value} if value else {})
        if groups := draw(st.lists(item, unique=True, max_size=4)):
            row["groups"] = {"add": groups}
        rows.append(row)
    # csv quotes a line break in a cell only if the lines end in such a one.
    line_end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    has_header = draw(st.just(True) if is_detected else st.booleans())
    return File(
        rows,
        draw(st.lists(names, min_size=4, max_size=4, unique_by=str.casefold)),
        encoding,
        delimiter,
        separator,
        draw(
            st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC, *([csv.QUOTE_MINIMAL] if "\n" in line_end else [])])
        ),
        line_end,
        has_header,
        is_detected,
    )


@settings(max_examples=300, deadline=None)
@given(files())
def test_a_table_is_read_as_it_was_written(file: File) -> None:
    content = file.content()
    assume(content.isascii() or file.encoding.startswith("utf") or not is_utf_8(content))
    assert read_roster(content, file.settings())["users"] == file.rows


def is_utf_8(content: bytes) -> bool:
    with suppress(UnicodeError):
        return bool(content.decode())
    return False


WANTED = (
    st.none()
    | st.sampled_from(sorted(KINDS))
    | st.lists(st.sampled_from(sorted(KINDS)), max_size=2)
    | st.fixed_dictionaries(
        {"option": st.sampled_from(sorted(KINDS))}, optional={"values": st.dictionaries(st.text(), st.text())}
    )
    | st.integers()
)
TABLES = st.lists(st.text("ab,;\t\"'\n\r|{}ü0 ", max_size=30), max_size=5).map("\n".join)


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=60) | TABLES.map(str.encode) | TABLES,
    st.dictionaries(st.sampled_from("abc"), WANTED, max_size=3),
    st.fixed_dictionaries(
        {},
        optional={
            "delimiter": st.text(max_size=2) | st.none(),
            "list_separator": st.text(max_size=2) | st.none(),
            "unknown_columns": st.sampled_from(["fail", "ignore", "x"]),
            "header": st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=4) | st.text(max_size=2),
            "encoding": st.sampled_from(
                [*ENCODINGS, "utf-7", "punycode", "idna", "unicode_escape", "undefined", "cp037"]
            ),
            "merge_rows": st.booleans(),
            "compose": st.dictionaries(st.sampled_from(sorted(KINDS)), st.text("ab{}. ", max_size=8), max_size=2),
            "unique_by": st.sampled_from("abc"),
            "phone_region": st.sampled_from(["DE", "x"]),
        },
    ),
)
def test_any_file_and_any_settings_give_accounts_or_a_message(content: Any, columns: Any, more: dict[str, Any]) -> None:
    with suppress(ValueError):
        assert set(read_roster(content, Settings(columns, **more))) == {"users", "groups"}
