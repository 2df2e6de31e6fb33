# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What programs leave in exports that belongs to no person, and would be valid names, groups and passwords."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.settings import Settings
from ansible_collections.community.nextcloud.plugins.plugin_utils._people.roster import read_roster

SECRET = "canary-Wq7"
COLUMNS = {"id": "userid", "name": "display_name", "groups": "groups", "mail": "additional_emails"}
HEADER = ";".join(COLUMNS)
ANN = {"userid": "ann", "display_name": "Ann", "groups": {"add": ["staff"]}}
BOB = {"userid": "bob", "display_name": "Bob", "groups": {"add": ["staff"]}}


def users(content: str | bytes, columns: dict[str, Any] | None = None, **options: Any) -> list[dict[str, Any]]:
    return read_roster(content, Settings(COLUMNS if columns is None else columns, **options))["users"]


def refusal(content: str | bytes, columns: dict[str, Any] | None = None, **options: Any) -> str:
    with pytest.raises(ValueError) as caught:
        users(content, columns, **options)
    return str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        f"List of people, 2026-09-01;;;\n;;;\n{HEADER}\nann;Ann;staff;\nbob;Bob;staff;\n",
        f'"List, of; people"\n\n{HEADER}\nann;Ann;staff;\nbob;Bob;staff;\n',
        f"sep=;;;;\n{HEADER}\nann;Ann;staff;\nbob;Bob;staff;\n",
        f'"sep=;"\r\n{HEADER}\r\nann;Ann;staff;\r\nbob;Bob;staff;\r\n',
        f'{HEADER}\n="ann";"=""Ann""";staff;\n"=""bob""";="Bob";="staff";\n',
        f"{HEADER}\n\u200bann\u00a0;\ufeffAnn;staff\u200b;\nbob;Bob;staff;\u200e\n",
        f'{HEADER}\n"ann"; "Ann"; "staff"; ""\n"bob";"Bob"; "staff" ; ""\n'.replace('" ;', '";'),
        f"{HEADER};note;note\nann;Ann;staff;;1;2\nbob;Bob;staff;;;\n",
    ],
    ids=["titles", "a title with delimiters", "sep", "quoted sep", "formulas", "invisible", "spaces", "names twice"],
)
def test_the_same_people_whatever_a_program_writes_around_them(text: str) -> None:
    assert users(text, unknown_columns="ignore") == [ANN, BOB]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("c;#N/A;;", 'column "name": "#N/A" is an error of a spreadsheet'),
        ("c;#BEZUG!;;", 'column "name": "#BEZUG!" is an error of a spreadsheet'),
        ("c;########;;", 'column "name": "########" is an error of a spreadsheet'),
        ('c;"=HYPERLINK(""http://x"")";;', "is a formula of a spreadsheet; export the value"),
        ("=A1;C;;", 'column "id": "=A1" is a formula of a spreadsheet'),
        ("'c';C;;", 'column "id": "\'c\'" is in single quotes; CSV has double quotes'),
        ("c;C;System.Object[];", "is the type of a list, not its items; join them in the export"),
        ("c;C;Microsoft.ActiveDirectory.Management.ADPropertyValueCollection;", "is the type of a list, not its items"),
        ("c;\\N;;", 'column "name": "\\N" means an empty cell'),
        ("c;(null);;", 'column "name": "(null)" means an empty cell'),
        ("c;C;NULL;", 'column "groups": "NULL" means an empty cell'),
        ("c;C;-;", 'column "groups": "-" means an empty cell'),
        ("c;C;;smtp:c@example.org", '"smtp:c@example.org" must be an address without its kind'),
        ("c;M\ufffdller;;", "contains U+FFFD in place of an unreadable character"),
        ("c;M\x81ller;;", "contains a control character; encoding may be wrong"),
        ("c;MÃ¼ller;;", '"MÃ¼ller" is UTF-8 that was read in another encoding before the export'),
        ("c;StraÃŸe;;", '"StraÃŸe" is UTF-8 that was read in another encoding before the export'),
        (HEADER, "it contains the names of the columns again; delete it"),
        ("---;-----;---;", "it contains a line that is drawn, and no values; delete it"),
        ("3;Summe;;", "it seems to be a total or a note; delete it, or move it up if it is a person"),
        ("Total: 3 people;;;", "it seems to be a total or a note"),
        ("As of 2026-09-01;;;", "it seems to be a total or a note"),
        ("c;Miller, Carl;;;x", "5 cells, but the header has 4; a cell with a delimiter in it must be in quotes"),
        (
            "c;C;CN=Staff,OU=Groups,DC=example;",
            "list_separator must be set, because names of a directory service contain",
        ),
    ],
)
def test_what_belongs_to_no_person_is_refused(row: str, message: str) -> None:
    told = refusal(f"{HEADER}\nann;Ann;staff;\nbob;Bob;staff;\n{row}\n")
    assert message in told
    assert [line for line in told.split("\n") if not line.startswith("line 4")] == []


@pytest.mark.parametrize(
    "row",
    [
        "c;Null;;",
        "c;=) Carl;;",
        "c;Straße Ã;;",
        "c;São;;",
        "c;O'Neil;;",
        "total;Ann Total;;",
        "12;Ann 12;;",
        "c;#1;a-b;",
    ],
)
def test_unusual_people_are_people(row: str) -> None:
    cells = row.split(";")
    assert users(f"{HEADER}\nann;Ann;staff;\n{row}\n")[1]["display_name"] == cells[1]


def test_a_note_is_told_only_where_others_have_more_than_a_name() -> None:
    columns = {"name": "display_name", "note": None}
    text = "name;note\nAnn Doe;\nBob Roe;\n"
    found = users(text, columns, compose={"userid": "{name}"})
    assert [user["userid"] for user in found] == ["ann.doe", "bob.roe"]


def test_a_cell_that_values_converts_can_be_anything() -> None:
    columns = {**COLUMNS, "groups": {"option": "groups", "values": {"NULL": None, "CN=a,OU=b": "a"}}}
    text = f'{HEADER}\nann;Ann;"CN=a,OU=b";\nbob;Bob;NULL;\n'
    assert [user.get("groups") for user in users(text, columns)] == [{"add": ["a"]}, None]


@pytest.mark.parametrize("cell", ["****", "••••••", f"{SECRET}\x07", f"{SECRET}\ufffd"])
def test_what_is_no_password_is_refused_and_not_repeated(cell: str) -> None:
    told = refusal(f"id;pw\na;{cell}\n", {"id": "userid", "pw": "user_password"})
    assert told.startswith('line 2, column "pw": its value ') and cell not in told


@pytest.mark.parametrize("cell", ["=A1+x", "NULL", "'quoted'", "#N/A", "MÃ¼ller", "System.String[]"])
def test_what_is_odd_can_be_a_password(cell: str) -> None:
    assert users(f"id;pw\na;{cell}\n", {"id": "userid", "pw": "user_password"})[0]["user_password"] == cell


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04\x14\0\x06\0", "line 1: this is a spreadsheet or another archive, not text; export it as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "line 1: this is a spreadsheet, not text"),
        (b"<html><table><tr><td>id", "line 1: this is HTML or XML, not CSV"),
        ("\ufeff<?xml version='1.0'?>".encode(), "line 1: this is HTML or XML, not CSV"),
        (
            f"{HEADER}\nann;M\u00fcller;;\n".encode(),
            "the file is valid UTF-8, and encoding is cp1252; set encoding to utf-8",
        ),
    ],
)
def test_a_file_of_another_kind_is_told(content: bytes, message: str) -> None:
    assert refusal(content, encoding="utf-8" if content.startswith(b"\xef") else "cp1252").startswith(message)


def test_titles_of_several_cells_are_not_skipped() -> None:
    assert refusal(f"List;of;people;\n{HEADER}\nann;Ann;staff;\n") == (
        "line 2: it contains the names of the columns, so it must be the first line; delete the lines above"
    )


def test_a_name_that_only_looks_different_is_told() -> None:
    told = refusal("ID;Gru\u0308ppe\na;x\n", {"id": "userid", "Grüppe": "groups"})
    assert told.endswith(
        '"ID" and "Gru\u0308ppe" differ only in case, spaces or accents; write names in the settings as in the file'
    )


@pytest.mark.parametrize("text", ['id;groups\na;"x\ny"\n', 'id;groups\r\na;"x\r\n y"\r\n'])
def test_items_of_a_list_can_be_lines_of_a_cell(text: str) -> None:
    assert users(text, {"id": "userid", "groups": "groups"}) == [{"userid": "a", "groups": {"add": ["x", "y"]}}]
    told = refusal(f"{text}b;x,y\n", {"id": "userid", "groups": "groups"})
    assert 'several candidates: a line break in line 2, column "groups", "," in line' in told


def test_a_delimiter_is_found_although_another_one_cannot_be_read() -> None:
    columns = {"id": "userid", "name": "display_name", "mail": "email"}
    text = '"a","Doe","Ann",,"a@example.org",,\n'
    assert users(text, {**columns, "first": "display_name"}, header=["id", "name", "first", "", "mail"]) == [
        {"userid": "a", "display_name": "Doe Ann", "email": "a@example.org"}
    ]


@pytest.mark.parametrize(("first", "then"), [("00012", "12"), ("A7", "a7")])
def test_a_number_whose_zeros_a_spreadsheet_removed_makes_no_second_person(
    tmp_path: Any, first: str, then: str
) -> None:
    options = {"compose": {"userid": "{name}"}, "unique_by": "nr", "unique_file": str(tmp_path / "ids.json")}
    read_roster(f"nr;name\n{first};Ann\n", Settings({}, **options), remember=True)
    told = refusal(f"nr;name\n{then};Ann\n", {}, **options)
    assert told.startswith("line 2: the cell of unique_by differs from another one")
    assert "line 3: the cell of unique_by differs" in refusal("nr;name\n7;Ann\n07;Bob\n", {}, **options)
