# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from ansible.errors import AnsibleFilterError
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar
from ansible_collections.community.nextcloud.plugins.filter.roster import FilterModule

SECRET = "canary-Wq7"
COLUMNS = {
    "Kennung": "userid",
    "Vorname": "display_name",
    "Nachname": "display_name",
    "Mail": "email",
    "Gruppen": "groups",
    "Leitung": "subadmin_of",
    "Eintritt": None,
}


def trusted(text: str) -> str:
    """From ansible-core 2.19 on, templates are only those of people who write plays."""
    try:
        from ansible.template import trust_as_template
    except ImportError:
        return text
    return trust_as_template(text)


def roster(*args: Any, **kwargs: Any) -> dict[str, Any]:
    return FilterModule().filters()["roster"](*args, **kwargs)


def refusal(*args: Any, **kwargs: Any) -> str:
    with pytest.raises(AnsibleFilterError) as caught:
        roster(*args, **kwargs)
    message = str(caught.value)
    assert message.startswith("roster: ")
    return message.removeprefix("roster: ")


def users(text: str, columns: dict[str, str | None], **kwargs: Any) -> list[dict[str, Any]]:
    return roster(text, columns, **kwargs)["users"]


def test_a_roster_becomes_accounts_and_groups() -> None:
    text = (
        "Nachname;Vorname;Kennung;Mail;Gruppen;Leitung;Eintritt\n"
        "Weiß;Jana;jana.weiss;Jana.Weiss@example.org;Design,Messe;Design;01.09.2026\n"
        "von der Heide;Jörg;heide;;Messe;Empfang;\n"
    )
    assert roster(text, COLUMNS) == {
        "users": [
            {
                "userid": "jana.weiss",
                "display_name": "Jana Weiß",
                "email": "Jana.Weiss@example.org",
                "groups": {"add": ["Design", "Messe"]},
                "subadmin_of": {"add": ["Design"]},
            },
            {
                "userid": "heide",
                "display_name": "Jörg von der Heide",
                "groups": {"add": ["Messe"]},
                "subadmin_of": {"add": ["Empfang"]},
            },
        ],
        "groups": [{"groupid": "Design"}, {"groupid": "Empfang"}, {"groupid": "Messe"}],
    }


@pytest.mark.parametrize(
    "text",
    [
        "id,name\na,Ann\nb,Bob\n",
        "id;name\na;Ann\nb;Bob\n",
        "id\tname\na\tAnn\nb\tBob\n",
        "id,name\r\na,Ann\r\nb,Bob\r\n",
        "id,name\ra,Ann\rb,Bob",
        "\ufeffid,name\na,Ann\nb,Bob",
        '\ufeff"id","name"\n"a","Ann"\n"b","Bob"\n',
        " id , name \n a ,  Ann\n\tb,Bob \n",
        "\n,\nid,name\n\na,Ann\n,\n , \nb,Bob\n,,,,\n",
    ],
)
def test_the_same_people_however_the_file_is_written(text: str) -> None:
    assert users(text, {"id": "userid", "name": "display_name"}) == [
        {"userid": "a", "display_name": "Ann"},
        {"userid": "b", "display_name": "Bob"},
    ]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('"Doe, Jane"', "Doe, Jane"),
        ('"Jane ""J"" Doe"', 'Jane "J" Doe'),
        ('"1 Long Street\nSpringfield"', "1 Long Street\nSpringfield"),
        ('"1 Long Street\r\nSpringfield"', "1 Long Street\r\nSpringfield"),
        ('" Jane "', "Jane"),
        ("null", "null"),
        ("{{ 1 }}", "{{ 1 }}"),
    ],
)
def test_a_cell_of_text_stays_as_it_is_written(cell: str, value: str) -> None:
    assert users(f"id,place\na,{cell}\n", {"id": "userid", "place": "address"}) == [{"userid": "a", "address": value}]


@pytest.mark.parametrize(
    ("option", "settings", "cell", "expected"),
    [
        ("quota", {}, "5 GiB", {"quota": "5 GiB"}),
        ("email", {}, "A@EXAMPLE.ORG", {"email": "A@EXAMPLE.ORG"}),
        ("phone", {}, "+49 (0)711 252428-90", {"phone": "+49 (0)711 252428-90"}),
        ("first_day_of_week", {}, "1", {"first_day_of_week": 1}),
        ("first_day_of_week", {}, "", {}),
        ("enabled", {}, "no", {"enabled": False}),
        ("enabled", {}, "Yes", {"enabled": True}),
        ("enabled", {}, "0", {"enabled": False}),
        ("profile_enabled", {}, "true", {"profile_enabled": True}),
        ("user_password", {}, "pass word", {"user_password": "pass word"}),
        ("groups", {}, "", {}),
        ("groups", {}, '" , ,"', {}),
        ("groups", {}, '"b, a,b,,A "', {"groups": {"add": ["b", "a", "A"]}}),
        ("groups", {"list_separator": "|"}, '"R, D and more|b"', {"groups": {"add": ["R, D and more", "b"]}}),
        ("groups", {"list_separator": " and "}, "R and D", {"groups": {"add": ["R", "D"]}}),
        ("groups", {"list_separator": ",", "delimiter": "|"}, "R,D;b", {"groups": {"add": ["R", "D;b"]}}),
        ("additional_emails", {}, '"a@x.org,A@X.org,b@x.org"', {"additional_emails": {"add": ["a@x.org", "b@x.org"]}}),
    ],
)
def test_cells_become_what_the_option_takes(
    option: str, settings: dict[str, str], cell: str, expected: dict[str, Any]
) -> None:
    delimiter = settings.get("delimiter", ",")
    text = f"id{delimiter}col\nann{delimiter}{cell}\n"
    assert users(text, {"id": "userid", "col": option}, **settings) == [{"userid": "ann", **expected}]


def test_columns_of_one_option_go_together_in_the_order_of_the_map() -> None:
    text = 'last,project,id,first,unit\nDoe,"p,u",ann,Ann,u\nRoe,,bob,,\n'
    columns = {
        "id": "userid",
        "first": "display_name",
        "last": "display_name",
        "unit": "groups",
        "project": "groups",
    }
    assert users(text, columns) == [
        {"userid": "ann", "display_name": "Ann Doe", "groups": {"add": ["u", "p"]}},
        {"userid": "bob", "display_name": "Roe"},
    ]


def test_the_delimiter_is_the_one_that_finds_the_columns_of_the_map() -> None:
    text = "id;groups (a,b,c)\nann;x\n"
    assert users(text, {"id": "userid", "groups (a,b,c)": "groups"}) == [{"userid": "ann", "groups": {"add": ["x"]}}]


def test_columns_without_use_can_be_left_out() -> None:
    text = "id,,note,pay,\nann,,x,y,\n"
    assert users(text, {"id": "userid", "note": ""}, unknown_columns="ignore") == [{"userid": "ann"}]


def test_a_header_alone_gives_nobody() -> None:
    assert roster("id\n", {"id": "userid"}) == {"users": [], "groups": []}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty; its first line must contain the names of the columns"),
        ("\ufeff\r\n\r\n", "the file is empty; its first line must contain the names of the columns"),
        ("id,name,pay\n", 'line 1, column "pay" (number 3): it is not in columns; convert it to an option '),
        ("id,nam\n", 'line 1, column "name": it is in columns, but not in the file'),
        ("id,name,id\n", 'line 1, column "id" (number 3): the header contains this name twice'),
        ("id,name\na,Ann,x\n", "line 2: 3 cells, but the header has 2"),
        ('id,name\n\na,"Ann\nDoe"\nb\n', "line 5: 1 cells, but the header has 2"),
        ('id,name\na,"Ann\nDoe"\nb,"x\ny",z\n', "line 4: 3 cells, but the header has 2"),
        ('id,name\na,"Ann\nDoe\n', "line 2: not valid CSV, check the quotes: "),
        ('id,name\na,Ann\nb,"Bob" x\n', "line 3: not valid CSV, check the quotes: "),
        ('"id,name\n', "line 1: not valid CSV, check the quotes: "),
        ("id,name\na,Ann\n,Bob\n", 'line 3, column "id": must not be empty'),
        ("id,name\nann,A\nbob,B\n\nANN,C\n", 'line 5, column "id": account ANN is in line 2 already (case does not'),
        ("id,name\na,Ann\nb/c,Bob\n", 'line 3, column "id": "b/c" is invalid: must be 1 to 64 char'),
        (
            "id,name\na,Ann\nb,J\udcf6rg\n",
            "line 3, column 4 (in characters): not valid UTF-8. If the file comes from Windows in",
        ),
        (f"id,name\na,{'x' * 65}\n", f'line 2, column "name": "{"x" * 65}" is invalid: must be text of 1 to 64 char'),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_place(text: str, message: str) -> None:
    assert refusal(text, {"id": "userid", "name": "display_name"}).startswith(message)


@pytest.mark.parametrize(
    ("option", "cell", "must"),
    [
        ("email", "jane@localhost", "be an address with a domain, such as jane@example.org"),
        ("additional_emails", "a@example.org, b", "be an address with a domain, such as jane@example.org"),
        ("quota", "5,5 GB", "be none, default, a whole number of bytes, or a size such as 5 GB or 1.5 TiB"),
        ("language", "German", "be a language code such as de, de_DE or sr@latin"),
        ("first_day_of_week", "7", "be a day from 0 (Sunday) to 6 (Saturday)"),
        ("first_day_of_week", "Monday", "be a day from 0 (Sunday) to 6 (Saturday)"),
        ("enabled", "vielleicht", "be one of: yes, no, true, false, on, off, 1, 0"),
        ("groups", "design,0", "be 1 to 64 characters, without line breaks"),
        ("subadmin_of", "x" * 65, "be 1 to 64 characters, without line breaks"),
    ],
)
def test_a_value_is_refused_with_its_place_and_what_it_must_be(option: str, cell: str, must: str) -> None:
    message = refusal(f"id;col\na;\nb;{cell}\n", {"id": "userid", "col": option})
    assert message.startswith('line 3, column "col": "')
    assert f" is invalid: must {must}" in message
    assert "clear" not in message


def test_a_value_out_of_several_columns_is_refused_with_all_of_them() -> None:
    message = refusal(f"id,a,b\nx,Ann,{'y' * 64}\n", {"id": "userid", "b": "display_name", "a": "display_name"})
    assert message.startswith('line 2, columns "b" and "a": "y')


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"id": "userid", "x": "shoe_size"}, 'columns: value of "x" must be one of: additional_'),
        ({"id": "userid", "x": "state"}, 'columns: value of "x" must be one of: '),
        ({"id": "userid", "x": "password"}, 'columns: value of "x" must be one of: '),
        ({"id": "userid", "x": ["groups", "team"]}, 'columns: value of "x" must be one of: '),
        ({"x": "email"}, "columns: one column must be converted to userid"),
        ({}, "columns: one column must be converted to userid"),
        (["id"], "columns must be a dict of CSV header to option, not list"),
        (None, "columns must be a dict of CSV header to option, not NoneType"),
    ],
)
def test_a_header_map_that_cannot_be_right_is_refused(columns: Any, message: str) -> None:
    assert refusal("id,x\n", columns).startswith(message)


@pytest.mark.parametrize(
    ("text", "kind"), [(b"id\n", "bytes"), (None, "NoneType"), (7, "int"), (["id"], "list"), ({}, "dict")]
)
def test_what_is_not_text_is_refused(text: Any, kind: str) -> None:
    assert refusal(text, {"id": "userid"}) == f"the CSV must be text, not {kind}"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"delimiter": ";;"}, "delimiter must be one character, other than a quote or a line break"),
        ({"delimiter": ""}, "delimiter must be one character, other than a quote or a line break"),
        ({"delimiter": '"'}, "delimiter must be one character, other than a quote or a line break"),
        ({"delimiter": 7}, "delimiter must be one character, other than a quote or a line break"),
        ({"list_separator": ""}, "list_separator must be text of at least one character"),
        ({"list_separator": 7}, "list_separator must be text of at least one character"),
        ({"unknown_columns": "skip"}, "unknown_columns must be one of: fail, ignore"),
    ],
)
def test_settings_that_cannot_be_right_are_refused(settings: dict[str, Any], message: str) -> None:
    assert refusal("id\n", {"id": "userid"}, **settings) == message


@pytest.mark.parametrize(
    "text",
    [
        f"id,secret,quota\na,{SECRET},lots\n",
        f"id,secret,quota\na,{SECRET},5 GB\nA,{SECRET},5 GB\n",
        f"id,secret,quota\n,{SECRET},5 GB\n",
        f"id,secret,quota\na,{SECRET}\n",
        f"id,secret,quota\na,{SECRET * 300},5 GB\n",
        f'id,secret,quota\na,"{SECRET}" x,5 GB\n',
        f'id,secret,quota\na,"{SECRET},5 GB\n',
        f"a,{SECRET},5 GB\nb,{SECRET},5 GB\n",
        f"{SECRET}\n",
    ],
    ids=["value", "twice", "no id", "cells", "too long", "quotes", "open quote", "no header", "one column"],
)
def test_no_refusal_repeats_a_password(text: str) -> None:
    message = refusal(text, {"id": "userid", "secret": "user_password", "quota": "quota"})
    assert SECRET not in message


def test_everything_that_is_wrong_is_told_at_once() -> None:
    text = "id,quota,mail\na/,lots,x\nb,5 GB\nc,,c@example.org\nC,much,\n"
    message = refusal(text, {"id": "userid", "quota": "quota", "mail": "email"})
    assert [line.split(": ")[0] for line in message.split("\n")] == [
        'line 2, column "id"',
        'line 2, column "quota"',
        'line 2, column "mail"',
        "line 3",
        'line 5, column "quota"',
        'line 5, column "id"',
    ]


def test_fifty_messages_and_the_number_of_the_others() -> None:
    message = refusal("id,quota\n" + "a/b,lots\n" * 40, {"id": "userid", "quota": "quota"})
    assert len(message.split("\n")) == 51
    assert message.endswith("\nand 30 more")


def test_all_settings_that_are_wrong_are_told_at_once() -> None:
    message = refusal(
        "id\n", {"id": "userid", "x": "shoe_size", "y": {"values": {}}}, compose={"z": "{id}", "email": "{"}
    )
    assert len(message.split("\n")) == 4
    message = refusal("id\n", [], delimiter="", header="id", encoding="klingon", merge_rows="yes", unique_by="id")
    assert len(message.split("\n")) == 7


@pytest.mark.parametrize(
    ("wanted", "cells", "expected"),
    [
        ({"option": "enabled", "values": {"Active": True, "Suspended": False}}, "ACTIVE", {"enabled": True}),
        ({"option": "enabled", "values": {" Active ": True, "Suspended": False}}, "suspended ", {"enabled": False}),
        ({"option": "enabled", "values": {"0": True, "1": False}}, "1", {"enabled": False}),
        ({"option": "enabled", "values": {0: "yes", 1: "no"}}, "0", {"enabled": True}),
        ({"option": "enabled", "values": {"Active": True}, "other": False}, "gone", {"enabled": False}),
        ({"option": "enabled", "values": {"Active": True}, "other": False}, "", {"enabled": False}),
        ({"option": "enabled", "values": {"Active": True}}, "", {}),
        ({"option": "enabled", "values": {"Active": True, "": False}}, "", {"enabled": False}),
        ({"option": "quota", "values": {"staff": "5 GB", "guest": None}}, "guest", {}),
        ({"option": "quota", "values": {"staff": 1024}}, "staff", {"quota": "1024"}),
        ({"option": "quota"}, "1 GB", {"quota": "1 GB"}),
        (
            {"option": "groups", "values": {"T": "teachers", "P": ["pupils", "all"]}},
            "t;p",
            {"groups": ["teachers", "pupils", "all"]},
        ),
        ({"option": "groups", "values": {"CN=a,OU=b;x": "a"}}, '"cn=a,ou=b;x"', {"groups": ["a"]}),
        ({"option": "groups", "values": {"T": "teachers"}, "other": None}, "x;T", {"groups": ["teachers"]}),
        (["groups", "organisation"], "a", {"groups": ["a"], "organisation": "a"}),
        (
            {"option": ["enabled", "profile_enabled"], "values": {"x": True}},
            "x",
            {"enabled": True, "profile_enabled": True},
        ),
    ],
)
def test_a_column_can_stand_for_other_values_and_for_several_options(wanted: Any, cells: str, expected: Any) -> None:
    lists = {name: {"add": value} if isinstance(value, list) else value for name, value in expected.items()}
    assert users(f"id,c\na,{cells}\n", {"id": "userid", "c": wanted}) == [{"userid": "a", **lists}]


def test_one_column_for_id_and_address() -> None:
    text = "first_name,last_name,UID_email\nAnn,O'Neil,Ann.ONeil@Example.edu\n"
    columns = {"first_name": "display_name", "last_name": "display_name", "UID_email": ["userid", "email"]}
    expected = {"userid": "Ann.ONeil@Example.edu", "display_name": "Ann O'Neil", "email": "Ann.ONeil@Example.edu"}
    assert users(text, columns) == [expected]


def test_a_cell_that_values_lacks_is_refused_with_its_line() -> None:
    columns = {"id": "userid", "c": {"option": "enabled", "values": {"Active": True, "Left": False}}}
    assert refusal("id,c\na,Active\nb,gone\n", columns) == (
        'line 3, column "c": "gone" is invalid: must be one of: Active, Left'
    )


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"values": {"a": "b"}}, "must be a dict with option, values and other; option is required"),
        ({"option": "quota", "value": {}}, "must be a dict with option, values and other"),
        ({"option": "quota", "values": ["a"]}, "values must be a dict of cell to value, not list"),
        ({"option": "enabled", "values": {True: 1}}, 'values: a cell must be quoted text, such as "Yes"'),
        ({"option": "enabled", "values": {None: 1}}, "values: a cell must be quoted text"),
        ({"option": "enabled", "values": {"a": True, " A": False}}, 'values: " A" is there twice'),
        ({"option": "quota", "values": {"a": "lots"}}, 'values: "lots" is invalid for quota: must be none, default'),
        ({"option": "quota", "values": {}, "other": "lots"}, 'values: "lots" is invalid for quota: must be'),
        ({"option": "quota", "values": {"a": ["1 GB", "2 GB"]}}, "values: a value of quota must be one value"),
        (
            {"option": "groups", "values": {"a": {"add": ["b"]}}},
            "values: a value of groups must be text or a list of text",
        ),
        ({"option": "quota", "values": {"a": True}}, "values: a value of quota must be quoted text"),
    ],
)
def test_values_that_cannot_be_right_are_refused(wanted: Any, message: str) -> None:
    refused = refusal("id,c\n", {"id": "userid", "c": wanted}).replace('"c": values', '"c" values')
    assert refused.startswith(f'columns: value of "c" {message}')


HEADERLESS = "Max Muster;max;g1;g2;;;max@example.org;5 GB;\nEva Muster;eva;g1;;;;eva@example.org;none;\n"
NAMES = ["name", "id", "t1", "t2", "t3", "t4", "mail", "space"]
OF_NAMES = {"name": "display_name", "id": "userid", "mail": "email", "space": "quota"}
OF_NAMES.update({f"t{number}": "groups" for number in range(1, 5)})


def test_a_file_without_a_header_line() -> None:
    expected = [
        {
            "userid": "max",
            "display_name": "Max Muster",
            "email": "max@example.org",
            "quota": "5 GB",
            "groups": {"add": ["g1", "g2"]},
        },
        {
            "userid": "eva",
            "display_name": "Eva Muster",
            "email": "eva@example.org",
            "quota": "none",
            "groups": {"add": ["g1"]},
        },
    ]
    assert users(HEADERLESS, OF_NAMES, header=NAMES) == expected
    assert users(";".join([*NAMES, ""]) + "\n" + HEADERLESS, OF_NAMES) == expected


@pytest.mark.parametrize(
    ("text", "header", "message"),
    [
        (
            "a;b;c\n",
            ["id", "name"],
            "line 1: 3 cells, but the header has 2; a cell with a delimiter in it must be in quotes",
        ),
        ("a\n", ["id", "name"], "line 1: 1 cells, but the header has 2"),
        ("ID;Name\na;b\n", ["id", "name"], "line 1: it contains the names of header; remove header from the settings"),
        ("a;b\n", ["id", "nam"], 'header must contain the columns "name", which columns, compose or unique_by name'),
        ("a;b\n", ["id", "name", "id"], "header must not contain a name twice: id"),
        ("a;b\n", "id,name", "header must be a list of the names of the columns"),
        ("a;b\n", ["id", 7], "header must be a list of the names of the columns"),
    ],
)
def test_a_header_that_cannot_be_right_is_refused(text: str, header: Any, message: str) -> None:
    assert refusal(text, {"id": "userid", "name": "display_name"}, header=header) == message


@pytest.mark.parametrize("text", ["id,,c\na,,x\n", "id,c,\na,x,\n", "id,c,,\na,x,,\n", "id,c\na,x,,\n"])
def test_a_column_without_a_name_and_without_cells_is_ignored(text: str) -> None:
    assert users(text, {"id": "userid", "c": "role"}) == [{"userid": "a", "role": "x"}]


def test_a_column_without_a_name_but_with_cells_is_refused() -> None:
    message = refusal(f"id,,c\na,,x\nb,{SECRET},x\nc,{SECRET},y\n", {"id": "userid", "c": "role"})
    assert message.startswith("line 3: column 2 has no name, but this line has a cell in it; ")
    assert SECRET not in message


@pytest.mark.parametrize(
    ("text", "columns", "found"),
    [
        ("id,nam\na,b\n", {"id": "userid", "name": "role"}, 'the delimiter comma: 2 columns: "id" and "nam"'),
        ("Id;Name\na;b\n", {"id": "userid", "name": "role"}, 'the delimiter semicolon: 2 columns: "Id" and "Name"'),
        (
            "id name\n",
            {"id": "userid", "name": "role"},
            '1 column: "id name". One column: the delimiter may be wrong, or a',
        ),
        (
            '"id;name",,\n"a;b",,\n',
            {"id": "userid", "name": "role"},
            '1 column: "id;name", and 2 without a name. One col',
        ),
        (
            HEADERLESS,
            {"id": "userid"},
            "6 columns, and 3 without a name. If the file has no line with the names of the",
        ),
    ],
)
def test_a_missing_column_tells_what_was_found(text: str, columns: dict[str, str], found: str) -> None:
    assert found in refusal(text, columns)


@pytest.mark.parametrize(
    ("cell", "delimiter", "groups"),
    [
        ('"staff,admins"', ",", ["staff", "admins"]),
        ("Users;Marketing", ",", ["Users", "Marketing"]),
        ("a|b", ";", ["a", "b"]),
        ("a,b", ";", ["a", "b"]),
        ('"a;b"', ";", ["a", "b"]),
        ('"a:b"', ":", ["a", "b"]),
        ("a:b", ",", ["a:b"]),
        ("R & D", ",", ["R & D"]),
    ],
)
def test_the_separator_of_lists_is_found(cell: str, delimiter: str, groups: list[str]) -> None:
    text = f"id{delimiter}col{delimiter}note\nann{delimiter}{cell}{delimiter}x|y\n"
    columns = {"id": "userid", "col": "groups", "note": "role"}
    assert users(text, columns, delimiter=delimiter)[0]["groups"] == {"add": groups}


def test_two_separators_in_one_file_are_refused() -> None:
    columns = {"id": "userid", "col": "groups"}
    text = 'id,col\na,"x,y"\nb,y;z\n'
    assert refusal(text, columns).endswith(
        'several candidates: "," in line 2, column "col", ";" in line 3, column "col"'
    )
    assert users(text, columns, list_separator=";")[0]["groups"] == {"add": ["x,y"]}


MEMBERSHIPS = "id,name,team,mail\nann,Ann,a,\nbob,Bob,a,\nANN,Ann,b,ann@example.org\nann,,A;b,ANN@example.org\n"
OF_MEMBERSHIPS = {"id": "userid", "name": "display_name", "team": "groups", "mail": "email"}


def test_several_rows_become_one_person() -> None:
    assert users(MEMBERSHIPS, OF_MEMBERSHIPS, merge_rows=True) == [
        {"userid": "ann", "display_name": "Ann", "groups": {"add": ["a", "b", "A"]}, "email": "ann@example.org"},
        {"userid": "bob", "display_name": "Bob", "groups": {"add": ["a"]}},
    ]
    assert 'line 4, column "id": account ANN is in line 2 already' in refusal(MEMBERSHIPS, OF_MEMBERSHIPS)


def test_rows_of_one_person_that_disagree_are_refused_with_both_lines() -> None:
    message = refusal(MEMBERSHIPS + "Bob,Rob,b,\n", OF_MEMBERSHIPS, merge_rows=True)
    assert message.startswith('line 6, column "name": display_name is another one than in line 3, ')
    secret = refusal("id,pw\na,one-canary\na,two-canary\n", {"id": "userid", "pw": "user_password"}, merge_rows=True)
    assert 'line 3, column "pw": user_password is another one than in line 2' in secret and "canary" not in secret


NAMED = {"First": None, "Last": None, "Boss": None}
OF_NAME = {"userid": "{First}.{Last}", "display_name": "{First} {Last}", "manager": "{Boss}"}


def test_options_can_be_composed() -> None:
    text = "First,Last,Boss\nJörg,von der Höhe,Åsa Œuvré\nÅsa,Œuvré,\n"
    compose = {**OF_NAME, "email": "{First}.{Last}@Example.org", "groups": "of {Boss}"}
    assert users(text, NAMED, compose=compose) == [
        {
            "userid": "joerg.von.der.hoehe",
            "display_name": "Jörg von der Höhe",
            "manager": "asa.oeuvre",
            "email": "joerg.von.der.hoehe@example.org",
            "groups": {"add": ["of Åsa Œuvré"]},
        },
        {
            "userid": "asa.oeuvre",
            "display_name": "Åsa Œuvré",
            "email": "asa.oeuvre@example.org",
        },
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Ann,,", 'line 2, column "Last": must not be empty, because compose makes userid of it'),
        (",,Bob", 'line 2, columns "First" and "Last": must not be empty, because compose makes userid of it'),
        ("Иван,Z,", 'line 2, columns "First" and "Last": "иван.z" is invalid: must be 1 to 64 characters from a-z'),
        ("A/B,Z,", 'line 2, columns "First" and "Last": "a/b.z" is invalid: must be 1 to 64 characters from a-z'),
        ("Ann,Z,\nÁNN,z,", 'line 3, columns "First" and "Last": account ann.z is in line 2 already (case does not'),
        ("A,Z,\nA,Z,", "; if these are two people, set unique_by, and if it is one, set merge_rows"),
    ],
)
def test_what_cannot_be_composed_is_refused(row: str, message: str) -> None:
    assert message in refusal(f"First,Last,Boss\n{row}\n", NAMED, compose=OF_NAME)


@pytest.mark.parametrize(
    ("compose", "message"),
    [
        ({"userid": "{First}.{Name}"}, 'line 1, column "Name": it is in columns, but not in the file'),
        ({"userid": "{First"}, "compose: userid must be text with the names of columns in braces, such as "),
        ({"userid": "first"}, "compose: userid must be text with the names of columns in braces, such as "),
        ({"userid": 7}, "compose: userid must be text with the names of columns in braces, such as "),
        ({"shoe": "{First}"}, "compose: 'shoe' must be one of: "),
        ("{First}", "compose must be a dict of option to text with columns in braces, not str"),
        ({}, "columns: one column must be converted to userid, or compose must contain userid"),
    ],
)
def test_a_composition_that_cannot_be_right_is_refused(compose: Any, message: str) -> None:
    assert refusal("First,Last,Boss\na,b,c\n", NAMED, compose=compose).startswith(message)


def test_an_option_is_either_composed_or_a_column() -> None:
    message = refusal("First\na\n", {"First": "userid"}, compose={"userid": "{First}"})
    assert message == "compose: userid must not be in columns too; convert these columns to null"


def test_a_column_that_is_composed_is_no_unknown_one() -> None:
    assert users("First\nÄnne\n", {}, compose={"userid": "{First}"}) == [{"userid": "aenne"}]


class TestUniqueIds:
    """Two people of one name."""

    COLUMNS = {"Nr": None, **NAMED}

    def read(self, tmp_path: Path, rows: str, **more: Any) -> list[dict[str, Any]]:
        settings = {"compose": OF_NAME, "unique_by": "Nr", "unique_file": str(tmp_path / "ids.json"), **more}
        return users(f"Nr,First,Last,Boss\n{rows}", self.COLUMNS, **settings)

    def ids(self, tmp_path: Path, rows: str, **more: Any) -> list[str]:
        return [user["userid"] for user in self.read(tmp_path, rows, **more)]

    def test_the_second_one_gets_a_number_and_keeps_it(self, tmp_path: Path) -> None:
        assert self.ids(tmp_path, "1,Ann,Doe,\n2,ANN,Doe,\n") == ["ann.doe", "ann.doe2"]
        assert self.ids(tmp_path, "2,Ann,Doe,\n1,Ann,Doe,\n") == ["ann.doe2", "ann.doe"]
        assert (tmp_path / "ids.json").stat().st_mode & 0o777 == 0o600

    def test_an_id_is_never_given_to_somebody_else(self, tmp_path: Path) -> None:
        assert self.ids(tmp_path, "1,Ann,Doe,\n") == ["ann.doe"]
        assert self.ids(tmp_path, "2,Ann,Doe,\n") == ["ann.doe2"]
        assert self.ids(tmp_path, "3,Ann,Doe,\n1,Ann,Doe,\n") == ["ann.doe3", "ann.doe"]

    def test_a_new_name_leaves_the_id(self, tmp_path: Path) -> None:
        assert self.ids(tmp_path, "1,Ann,Doe,\n") == ["ann.doe"]
        people = self.read(tmp_path, "1,Ann,Roe,\n2,Bob,Poe,Ann Roe\n")
        assert people[0] == {"userid": "ann.doe", "display_name": "Ann Roe"}
        assert people[1]["manager"] == "ann.doe"

    def test_a_number_of_an_address_is_before_the_at_sign(self, tmp_path: Path) -> None:
        compose = {"userid": "{First}@example.org"}
        assert self.ids(tmp_path, "1,Ann,,\n2,Ann,,\n", compose=compose) == ["ann@example.org", "ann2@example.org"]

    def test_a_manager_whose_name_two_people_have_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(AnsibleFilterError, match='line 4, column "Boss": several people have the name'):
            self.ids(tmp_path, "1,Ann,Doe,\n2,Ann,Doe,\n3,Bob,Roe,Ann Doe\n")
        assert not (tmp_path / "ids.json").exists()

    def test_rows_of_one_person_are_one(self, tmp_path: Path) -> None:
        assert self.ids(tmp_path, "1,Ann,Doe,\n2,Ann,Doe,\n1,Ann,Doe,Bob\n", merge_rows=True) == ["ann.doe", "ann.doe2"]
        with pytest.raises(AnsibleFilterError, match="the same person as in line 2, by unique_by; set merge_rows"):
            self.ids(tmp_path, "1,Ann,Doe,\n1,Ann,Doe,\n")

    def test_nothing_is_remembered_of_a_file_with_errors(self, tmp_path: Path) -> None:
        with pytest.raises(AnsibleFilterError, match='line 3, column "Nr": must not be empty, because unique_by'):
            self.ids(tmp_path, "1,Ann,Doe,\n,Bob,Roe,\n")
        assert list(tmp_path.iterdir()) == []

    def test_check_mode_predicts(self, tmp_path: Path) -> None:
        rows, path = "1,Ann,Doe,\n2,Ann,Doe,\n", tmp_path / "ids.json"
        variables = {
            "text": f"Nr,First,Last,Boss\n{rows}",
            "columns": self.COLUMNS,
            "compose": OF_NAME,
            "path": str(path),
        }
        template = trusted(
            "{{ (text | community.nextcloud.roster(columns, compose=compose, unique_by='Nr', unique_file=path)).users"
            " | map(attribute='userid') | join(' ') }}"
        )

        def ids(check: bool) -> Any:
            return Templar(DataLoader(), variables={**variables, "ansible_check_mode": check}).template(template)

        assert ids(check=True) == "ann.doe ann.doe2"
        assert list(tmp_path.iterdir()) == []
        assert ids(check=False) == "ann.doe ann.doe2"
        assert json.loads(path.read_text()) == {"ids": {"1": "ann.doe", "2": "ann.doe2"}}

    @pytest.mark.parametrize("content", ["", "[]", '{"ids": [1]}', '{"ids": {"1": 2}}', '{"people": {}}'])
    def test_a_file_of_something_else_is_left_alone(self, tmp_path: Path, content: str) -> None:
        path = tmp_path / "ids.json"
        path.write_text(content)
        path.chmod(0o600)
        with pytest.raises(AnsibleFilterError, match="contains something else"):
            self.ids(tmp_path, "1,Ann,Doe,\n")
        assert path.read_text() == content

    def test_a_file_that_others_can_read_or_that_cannot_be_written_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "ids.json"
        path.write_text("{}")
        path.chmod(0o644)
        with pytest.raises(AnsibleFilterError, match="is readable by other users; set its mode to 0600"):
            self.ids(tmp_path, "1,Ann,Doe,\n")
        with pytest.raises(AnsibleFilterError, match="does not exist or is not writable"):
            self.ids(tmp_path, "1,Ann,Doe,\n", unique_file=str(tmp_path / "no" / "ids.json"))

    @pytest.mark.parametrize(
        "settings, message",
        [
            ({"unique_file": None}, "unique_by and unique_file are required together"),
            ({"unique_by": None}, "unique_by and unique_file are required together"),
            ({"unique_file": "ids.json"}, "unique_file must be an absolute path"),
            ({"compose": {"display_name": "{First}"}}, "unique_by requires compose with userid"),
            ({"unique_by": "Number"}, 'line 1, column "Number": it is in columns, but not in the file'),
        ],
    )
    def test_settings_that_do_not_belong_together(self, tmp_path: Path, settings: Any, message: str) -> None:
        with pytest.raises(AnsibleFilterError, match=message):
            self.ids(tmp_path, "1,Ann,Doe,\n", **settings)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("0711 25242890", "+4971125242890"),
        ("(0711) 252428-90", "+4971125242890"),
        ("+49 (0)711 252428-90", "+4971125242890"),
        ("0049 711 25242890", "+4971125242890"),
        ("+41 44 668 18 00", "+41446681800"),
    ],
)
def test_national_numbers_become_international(number: str, expected: str) -> None:
    columns = {"id": "userid", "tel": "phone"}
    assert users(f"id;tel\na;{number}\n", columns, phone_region="DE") == [{"userid": "a", "phone": expected}]


@pytest.mark.parametrize("number", ["12", "ask Ann", "0711 25242890 ext. 5", "+49 1"])
def test_what_is_no_number_of_the_region_is_refused(number: str) -> None:
    message = refusal(f"id;tel\na;{number}\n", {"id": "userid", "tel": "phone"}, phone_region="DE")
    assert message.startswith(f'line 2, column "tel": "{number}" is invalid: must be a phone number of DE')


@pytest.mark.parametrize("region", ["de", "Germany", "XX", "", 49])
def test_a_region_must_be_a_country(region: Any) -> None:
    message = refusal("id\na\n", {"id": "userid"}, phone_region=region)
    assert message == "phone_region must be a two-letter country code in upper case, such as DE"


def test_the_library_of_phone_numbers_is_asked_for_only_where_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "phonenumbers", None)
    columns, text = {"id": "userid", "tel": "phone"}, "id,tel\na,+49 711 25242890\n"
    assert users(text, columns)[0]["phone"] == "+49 711 25242890"
    message = refusal(text, columns, phone_region="DE")
    assert message == "phone_region requires the Python package phonenumbers on the controller"


@pytest.mark.parametrize("first", ["sep=;\n", "sep=;\r\n", "#TYPE Microsoft.ActiveDirectory.Management.ADUser\n"])
def test_a_first_line_for_a_program_is_no_header(first: str) -> None:
    columns = {"id": "userid", "name": "display_name"}
    assert users(f"{first}id;name\na;Ann\n", columns) == [{"userid": "a", "display_name": "Ann"}]
    assert refusal(f"{first}id;name\n;Ann\n", columns).startswith('line 3, column "id"')


def test_what_ansible_read_as_another_encoding_is_read_anew() -> None:
    columns, text = {"id": "userid", "name": "display_name"}, "id;name\na;Müller\n"
    for encoding in ("cp1252", "latin-1", "utf-16", "utf-16-le", "utf-8-sig"):
        read = text.encode(encoding).decode("utf-8", "surrogateescape")
        assert users(read, columns, encoding=encoding)[0]["display_name"] == "Müller", encoding
    assert users(text, columns, encoding="cp1252")[0]["display_name"] == "Müller"


@pytest.mark.parametrize("encoding", ["klingon", "", "rot13", "base64", "a\0b", None, 7])
def test_an_encoding_must_be_one_of_text(encoding: Any) -> None:
    assert refusal("id\n", {"id": "userid"}, encoding=encoding).startswith("encoding must be an encoding of Python")


@pytest.mark.parametrize(
    ("text", "columns", "settings"),
    [
        (f"id,c\na,{SECRET}\n", {"c": {"option": "user_password", "values": {"x": "y"}}}, {}),
        ("id,c\na,x\n", {"c": {"option": "user_password", "values": {"x": SECRET * 300}}}, {}),
        (f"id,c\na/,{SECRET}/\n", {"c": ["user_password", "quota"]}, {}),
        (f"id,c\na,{SECRET}/\n", {"id": None, "c": "user_password"}, {"compose": {"userid": "{c}"}}),
        (f"id,c\na,{SECRET}\nb,{SECRET}\n", {"id": None, "c": ["user_password", "userid"]}, {}),
        (f"{SECRET},a,lots\n", {"c": "user_password", "q": "quota"}, {"header": ["id", "c", "q"]}),
        (f"a,b,{SECRET}\n", {"c": "user_password", "q": "quota"}, {"header": ["id", "c", "q"]}),
        (f"a,{SECRET},b\n", {"c": None, "q": "quota"}, {}),
        (f"a,{SECRET},b\n", {"q": "quota"}, {"unknown_columns": "ignore"}),
        (f"a,{SECRET},b@example.org\n", {}, {}),
        (f"id,c,,\na,{SECRET},x,{SECRET}\n", {"c": "user_password"}, {}),
        (f"id,c\na,{SECRET}\udcfc\n", {"c": "user_password"}, {}),
        (f"id,c\na,{SECRET}\0\n", {"c": "user_password"}, {}),
        (f"i,c\na,{SECRET}\n", {"c": "user_password"}, {}),
    ],
)
def test_no_refusal_of_newer_settings_repeats_a_secret(text: str, columns: dict[str, Any], settings: Any) -> None:
    assert SECRET not in refusal(text, {"id": "userid", **columns}, **settings)


def test_unknown_options_are_named() -> None:
    assert "must be among: columns, delimiter, " in refusal("id\n", {"id": "userid"}, seperator=",")
    assert refusal("id\n").startswith("columns is required")
