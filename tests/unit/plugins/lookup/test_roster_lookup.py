# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The lookup of rosters: files as people have them, in any encoding, and what it tells of those that are wrong."""

from __future__ import annotations

import json
import os
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.errors import AnsibleLookupError
from ansible.parsing.dataloader import DataLoader
from ansible.parsing.vault import VaultLib, VaultSecret
from ansible.plugins.loader import lookup_loader
from ansible.template import Templar
from ansible_collections.community.nextcloud.plugins.plugin_utils._people import roster_file

CHECKOUT = Path(__file__).resolve().parents[4]
CASES = Path(os.environ.get("NEXTCLOUD_CASES") or CHECKOUT.parent / "shared" / "cases")
SECRET = "canary-Wq7"

COLUMNS = {
    "username": "userid",
    "displayname": "display_name",
    "password": "user_password",
    "email": "email",
    "groups": "groups",
    "subadmin": "subadmin_of",
    "quota": "quota",
}
HEADER = ";".join(COLUMNS)
PUBLIC = {"username": "userid", "display_name": "display_name", "password": None, "email": "email", "groups": "groups"}
PUBLIC["quota"] = "quota"
TEAMS = {f"group{number}": "groups" for number in range(1, 5)}
OF_TEAMS = {"displayname": "display_name", "username": "userid", **TEAMS, "email": "email", "quota": "quota"}
MAX = {"userid": "max", "display_name": "Max Muster", "email": "max@example.org", "quota": "5 GB"}
EVA = {"userid": "eva", "display_name": "Eva Muster", "email": "eva@example.org", "quota": "none"}
MAX_AND_EVA = [{**MAX, "groups": {"add": ["g1", "g2"]}}, {**EVA, "groups": {"add": ["g1"]}}]
ROWS_OF_TEAMS = "Max Muster;max;g1;g2;;;max@example.org;5 GB;\nEva Muster;eva;g1;;;;eva@example.org;none;\n"

# A file as people have it, how it is read, and its people.
ACCOUNTS: dict[str, tuple[bytes, dict[str, Any], list[dict[str, Any]]]] = {
    "cp1252.csv": (
        f"{HEADER}\nmmueller;Müller, Jörg;;joerg.mueller@example.org;Küche;;1 GB\n".encode("cp1252"),
        {"columns": COLUMNS, "encoding": "cp1252"},
        [
            {
                "userid": "mmueller",
                "display_name": "Müller, Jörg",
                "email": "joerg.mueller@example.org",
                "groups": {"add": ["Küche"]},
                "quota": "1 GB",
            }
        ],
    ),
    "id-is-email.csv": (
        b"first_name,last_name,UID_email\nAnn,O'Neil,Ann.ONeil@Example.edu\n",
        {
            "columns": {
                "first_name": "display_name",
                "last_name": "display_name",
                "UID_email": ["userid", "email"],
            }
        },
        [{"userid": "Ann.ONeil@Example.edu", "display_name": "Ann O'Neil", "email": "Ann.ONeil@Example.edu"}],
    ),
    "no-header.csv": (ROWS_OF_TEAMS.encode(), {"columns": OF_TEAMS, "header": list(OF_TEAMS)}, MAX_AND_EVA),
    "trailing-delimiter.csv": (
        f"{';'.join(OF_TEAMS)};\n{ROWS_OF_TEAMS}".encode(),
        {"columns": OF_TEAMS},
        MAX_AND_EVA,
    ),
    "school-template.csv": (
        f"{HEADER}\nadoe;Alice Doe;{SECRET};;Staff,Pupils;Staff;5 GB\nJhößer;Jörn Hößer;;;Staff;;1GB\n".encode(),
        {"columns": {**COLUMNS, "username": None}, "compose": {"userid": "{username}"}},
        [
            {
                "userid": "adoe",
                "display_name": "Alice Doe",
                "user_password": SECRET,
                "groups": {"add": ["Staff", "Pupils"]},
                "subadmin_of": {"add": ["Staff"]},
                "quota": "5 GB",
            },
            {"userid": "jhoesser", "display_name": "Jörn Hößer", "groups": {"add": ["Staff"]}, "quota": "1GB"},
        ],
    ),
    "semicolon-in-comma.csv": (
        b"username,display_name,password,email,groups,quota\njdoe,John Doe,,jdoe@example.com,Users;Marketing,5 GB\n",
        {"columns": PUBLIC},
        [
            {
                "userid": "jdoe",
                "display_name": "John Doe",
                "email": "jdoe@example.com",
                "groups": {"add": ["Users", "Marketing"]},
                "quota": "5 GB",
            }
        ],
    ),
    "trailing-blank.csv": (
        b"username,display_name,password,email,groups,quota\nbob,Robert Wang,,bob@example.com,devs,5 GB\n\n",
        {"columns": PUBLIC},
        [
            {
                "userid": "bob",
                "display_name": "Robert Wang",
                "email": "bob@example.com",
                "groups": {"add": ["devs"]},
                "quota": "5 GB",
            }
        ],
    ),
}
# A file as people have it, how it is read, and words of the message that lets them mend it.
MESSAGES: dict[str, tuple[bytes, dict[str, Any], list[str]]] = {
    "cp1252.csv": (
        ACCOUNTS["cp1252.csv"][0],
        {"columns": COLUMNS},
        ["line 2, column 11 (in characters): not valid UTF-8", "set encoding to cp1252"],
    ),
    "no-header.csv": (
        ROWS_OF_TEAMS.encode(),
        {"columns": OF_TEAMS},
        [
            "line 1, columns",
            "the delimiter semicolon",
            "If the file has no line with the names of the columns, set header",
        ],
    ),
    "one-cell.csv": (
        f'"{HEADER}",,,,,\r\n"x1;X One;;x1@example.org;a, b;;1 GB",,,,,\r\n'.encode(),
        {"columns": COLUMNS},
        [
            "the delimiter comma",
            "One column: the delimiter may be wrong, or a spreadsheet has put whole rows into one cell",
        ],
    ),
    "school-template.csv": (
        ACCOUNTS["school-template.csv"][0],
        {"columns": COLUMNS},
        ['column "username": "Jhößer" is invalid', 'compose with userid: "{username}" makes jhoesser of it'],
    ),
}


def read(path: Path, check: bool = False, loader: DataLoader | None = None, **options: Any) -> dict[str, Any]:
    """What the lookup returns of a file, called as Ansible's template engine calls it."""
    variables = {"ansible_check_mode": check}
    loader = loader or DataLoader()
    plugin = lookup_loader.get(
        "community.nextcloud.roster", loader=loader, templar=Templar(loader, variables=variables)
    )
    (found,) = plugin.run([str(path)], variables=variables, **options)
    return found


def refusal(path: Path, **options: Any) -> str:
    with pytest.raises(AnsibleLookupError) as caught:
        read(path, **options)
    return str(caught.value)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "people.csv"


@pytest.mark.parametrize("case", ACCOUNTS)
def test_a_file_as_people_have_it_becomes_the_accounts_that_they_expect(path: Path, case: str) -> None:
    content, options, users = ACCOUNTS[case]
    path.write_bytes(content)
    assert read(path, **options)["users"] == users


@pytest.mark.parametrize("case", MESSAGES)
def test_a_file_that_is_wrong_is_told_so_that_it_can_be_mended(path: Path, case: str) -> None:
    content, options, words = MESSAGES[case]
    path.write_bytes(content)
    message = refusal(path, **options)
    assert message.startswith(f"roster: {path}: ")
    assert [word for word in words if word not in message] == []
    assert SECRET not in message


@pytest.mark.skipif(not CASES.is_dir(), reason="there is no folder of further files")
class TestCases:
    """Each file of the folder, if it is there."""

    def test_all_of_them_are_known(self) -> None:
        assert {path.name for path in CASES.iterdir()} <= {*ACCOUNTS, *MESSAGES}

    @pytest.mark.parametrize("case", [case for case in ACCOUNTS if case != "school-template.csv"])
    def test_accounts(self, case: str) -> None:
        assert read(CASES / case, **ACCOUNTS[case][1])["users"] == ACCOUNTS[case][2]

    def test_the_accounts_of_a_school(self) -> None:
        found = read(CASES / "school-template.csv", **ACCOUNTS["school-template.csv"][1])
        assert [user["userid"] for user in found["users"]] == ["adoe", "broe", "csmith", "jhoesser", "aci.oensu"]
        assert found["users"][4]["display_name"] == "Åçì Œñšú"
        assert found["users"][1]["groups"] == {"add": ["Lehrkraefte", "jg01a"]}

    @pytest.mark.parametrize("case", MESSAGES)
    def test_messages(self, case: str) -> None:
        message = refusal(CASES / case, **MESSAGES[case][1])
        assert [word for word in MESSAGES[case][2] if word not in message] == []


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac-roman"]
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_files_of_any_encoding(path: Path, encoding: str, line_end: str) -> None:
    path.write_bytes(line_end.join(["id;name", "a;Müller", ""]).encode(encoding))
    columns = {"id": "userid", "name": "display_name"}
    assert read(path, columns=columns, encoding=encoding)["users"] == [{"userid": "a", "display_name": "Müller"}]


@pytest.mark.parametrize(
    ("content", "encoding", "message"),
    [
        (
            "id;name\na;Müller\n".encode("utf-16"),
            "utf-8",
            "the mark of utf-16, and encoding is utf-8; set encoding to utf-16",
        ),
        ("id;name\na;Müller\n".encode("utf-16-le"), "utf-8", "line 1, column 2 (in characters): a NUL character"),
        ("id;name\na;Bob\n".encode("utf-16-le"), "utf-8", "line 1, column 2 (in characters): a NUL character"),
        ("id;name\na;Bob\n".encode("utf-32"), "utf-16", "the mark of utf-32, and encoding is utf-16"),
        ("id;name\na;Müller\n".encode("utf-8-sig"), "cp1252", "the mark of utf-8, and encoding is cp1252"),
        ("id;name\na;Bob\n".encode("utf-16")[:-1], "utf-16", "line 2, column 6 (in characters): not valid UTF-16"),
        (
            "id;name\r\na;M\udc81ller\r\n".encode("utf-8", "surrogateescape"),
            "cp1252",
            "line 2, column 4 (in characters): not",
        ),
        (b"id;name\n", "klingon", "encoding must be an encoding of Python"),
    ],
)
def test_another_encoding_is_told(path: Path, content: bytes, encoding: str, message: str) -> None:
    path.write_bytes(content)
    assert message in refusal(path, columns={"id": "userid", "name": "display_name"}, encoding=encoding)


OCC = {"jane": "Jane Doe", "john": "", "7": "Seven"}
OCC_INFO = {
    "jane": {
        "user_id": "jane",
        "display_name": "Jane Doe",
        "email": "jane@example.org",
        "cloud_id": "jane@cloud.example.org",
        "enabled": True,
        "groups": ["design", "staff"],
        "quota": "5 GB",
        "first_seen": "never",
        "last_seen": "1970-01-01T00:00:00+00:00",
        "user_directory": "/data/jane",
        "backend": "Database",
    },
    "john": {"user_id": "john", "display_name": "john", "email": "", "enabled": False, "groups": [], "quota": "none"},
}
DIRECTORY = {
    "groups": [{"groupid": "design", "state": "present"}],
    "users": [{"userid": "jane", "state": "present", "groups": {"set": ["design"]}}],
}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            OCC,
            {
                "users": [
                    {"userid": "jane", "display_name": "Jane Doe"},
                    {"userid": "john"},
                    {"userid": "7", "display_name": "Seven"},
                ],
                "groups": [],
            },
        ),
        (
            OCC_INFO,
            {
                "users": [
                    {
                        "userid": "jane",
                        "display_name": "Jane Doe",
                        "email": "jane@example.org",
                        "enabled": True,
                        "quota": "5 GB",
                        "groups": {"add": ["design", "staff"]},
                    },
                    {"userid": "john", "display_name": "john", "enabled": False, "quota": "none"},
                ],
                "groups": [{"groupid": "design"}, {"groupid": "staff"}],
            },
        ),
        (
            {"users": "Users", "groups": "Groups", "ann": "Ann"},
            {
                "users": [
                    {"userid": "users", "display_name": "Users"},
                    {"userid": "groups", "display_name": "Groups"},
                    {"userid": "ann", "display_name": "Ann"},
                ],
                "groups": [],
            },
        ),
        ([], {"users": [], "groups": []}),
        (DIRECTORY, DIRECTORY),
        ({"directory": DIRECTORY, "changed": False}, DIRECTORY),
        ({"users": DIRECTORY["users"], "x": {"quota": "5 GB"}}, {"users": DIRECTORY["users"], "groups": []}),
        ({"users": None, "groups": None}, {"users": [], "groups": []}),
        ({}, {"users": [], "groups": []}),
    ],
    ids=[
        "occ",
        "occ --info",
        "two people of odd names",
        "nobody",
        "directory",
        "the whole result",
        "users",
        "nulls",
        "nothing",
    ],
)
@pytest.mark.parametrize("written", [json.dumps, partial(yaml.safe_dump, sort_keys=False)], ids=["JSON", "YAML"])
def test_json_and_yaml(path: Path, data: Any, expected: Any, written: Any) -> None:
    path.write_text(written(data))
    assert read(path) == expected


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            f"- {SECRET}\n",
            "the file must contain a dict with users and groups, as module directory_info returns it, or the",
        ),
        (f"users: {SECRET}\n", "users must be a list of dicts"),
        (f"users: []\ngroups: {SECRET}\n", "groups must be a list of dicts"),
        (f"{SECRET}\n", "the file must contain a dict with users and groups"),
        (f"a: {{user_id: b, email: {SECRET}}}\n", "the file must contain a dict with users and groups"),
        (f"users:\n- user_password: *{SECRET}\n", "line 2, column 18: without columns, it must be valid YAML or JSON"),
        (
            f'users:\n- user_password: "{SECRET}\n',
            "without columns, it must be valid YAML or JSON; set columns if it is CSV",
        ),
        (f'{{"users": [{{"user_password": "{SECRET}"}}\n', "without columns, it must be valid YAML or JSON"),
        (f"id;pw: x\na;{SECRET}: y: z\n", "without columns, it must be valid YAML or JSON; set columns if it is CSV"),
    ],
)
def test_other_json_and_yaml_is_refused_without_its_content(path: Path, content: str, message: str) -> None:
    path.write_text(content)
    refused = refusal(path)
    assert message in refused and SECRET not in refused


def test_a_file_of_vault_is_decrypted(path: Path) -> None:
    secrets = [("default", VaultSecret(b"vault password"))]
    path.write_bytes(VaultLib(secrets).encrypt("id;name\na;Müller\n".encode("cp1252")))
    loader = DataLoader()
    loader.set_vault_secrets(secrets)
    columns = {"id": "userid", "name": "display_name"}
    found = read(path, loader=loader, columns=columns, encoding="cp1252")
    assert found["users"] == [{"userid": "a", "display_name": "Müller"}]


def test_what_is_no_file_of_a_reasonable_size_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "there is no such file on the controller" in refusal(path)
    assert "must be a file" in refusal(path.parent)
    path.write_text("id\n" + "a\n" * 100)
    monkeypatch.setattr(roster_file, "LARGEST", 100)
    assert "must not be larger than" in refusal(path, columns={"id": "userid"})


def test_a_pipe_is_not_waited_for(path: Path) -> None:
    os.mkfifo(path)
    assert "must be a file" in refusal(path)


def test_options_that_do_not_exist_are_refused(path: Path) -> None:
    path.write_text("id\na\n")
    assert "seperator: is not an option of this plugin" in refusal(path, columns={"id": "userid"}, seperator=",")


def test_ids_stay_with_people_and_check_mode_only_predicts(path: Path) -> None:
    path.write_text("Nr,Name\n1,Ann Doe\n2,Ann Doe\n")
    ids = path.parent / "ids.json"
    options = {"columns": {"Nr": None}, "compose": {"userid": "{Name}"}, "unique_by": "Nr", "unique_file": str(ids)}
    predicted = read(path, check=True, **options)
    assert not ids.exists()
    assert [user["userid"] for user in predicted["users"]] == ["ann.doe", "ann.doe2"]
    assert read(path, **options) == predicted
    before = ids.stat()
    assert before.st_mode & 0o777 == 0o600
    path.write_text("Nr,Name\n2,Ann Doe\n3,Ann Doe\n")
    assert [user["userid"] for user in read(path, check=True, **options)["users"]] == ["ann.doe2", "ann.doe3"]
    assert (ids.stat().st_ino, ids.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_composed_options_need_no_columns(path: Path) -> None:
    path.write_text("Name\nÄnne\n")
    assert read(path, compose={"userid": "{Name}"})["users"] == [{"userid": "aenne"}]
