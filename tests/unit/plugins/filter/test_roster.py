# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from typing import Any

import pytest
from ansible.errors import AnsibleFilterError
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
        ("id,name,\n", 'line 1, column "" (number 3): it is not in columns; '),
        ("id,nam\n", 'line 1, column "name": it is in columns, but not in the file'),
        ("id,name,id\n", 'line 1, column "id" (number 3): the header contains this name twice'),
        ("id,name\na,Ann,x\n", "line 2: 3 cells, but the header has 2"),
        ('id,name\n\na,"Ann\nDoe"\nb\n', "line 5: 1 cells, but the header has 2"),
        ('id,name\na,"Ann\nDoe"\nb,"x\ny",\n', "line 4: 3 cells, but the header has 2"),
        ('id,name\na,"Ann\nDoe\n', "line 2: not valid CSV, check the quotes: "),
        ('id,name\na,Ann\nb,"Bob" x\n', "line 3: not valid CSV, check the quotes: "),
        ('"id,name\n', "line 1: not valid CSV, check the quotes: "),
        ("id,name\na,Ann\n,Bob\n", 'line 3, column "id": must not be empty'),
        ("id,name\nann,A\nbob,B\n\nANN,C\n", 'line 5, column "id": account ANN is in line 2 already (case does not'),
        ("id,name\na,Ann\nb/c,Bob\n", 'line 3, column "id": "b/c" is invalid: must be 1 to 64 char'),
        ("id,name\na,Ann\nb,J\udcf6rg\n", "line 3: not valid UTF-8, export the file as CSV in UTF-8"),
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
        ({"id": "userid", "x": ["groups"]}, 'columns: value of "x" must be one of: '),
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
        ({"list_separator": None}, "list_separator must be text of at least one character"),
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
