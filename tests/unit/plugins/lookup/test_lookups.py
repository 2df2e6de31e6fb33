# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The lookups: what they return, what is missing, what cannot be right, at the cost of which requests."""

from __future__ import annotations

import re
from typing import Any

import pytest
from ansible.errors import AnsibleError, AnsibleLookupError
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import lookup_loader
from ansible.template import Templar
from ansible.utils.display import Display
from ansible_collections.community.nextcloud.plugins.plugin_utils import _plugin_connection

CONNECTION = {"nextcloud_url": "http://nextcloud.test", "nextcloud_username": "admin", "nextcloud_password": "admin"}


@pytest.fixture
def staffed(nextcloud: Any, run_folder: Any) -> Any:
    for groupid in ("design", "staff", "a+b/ü"):
        nextcloud.state.add_group(groupid, f"The {groupid}")
    nextcloud.state.add_account("jane", groups=["design", "staff"], email="jane@example.org", quota="5 GB")
    nextcloud.state.add_account("john", groups=["staff", "a+b/ü"])
    nextcloud.state.add_account("7")
    nextcloud.task("app_config", app="files", values={"default_quota": "5 GB", "empty": ""})
    nextcloud.task("app_config", app="core", key="shareapi_allow_links", value="yes")
    nextcloud.journal.clear()
    nextcloud.server.state.sign_ins.hashings = 0
    return nextcloud


def query(lookup: str, *terms: Any, variables: dict[str, Any] | None = None, **options: Any) -> list[Any]:
    """What the lookup returns, called as Ansible's template engine calls it."""
    variables = CONNECTION if variables is None else variables
    templar = Templar(DataLoader(), variables=variables)
    plugin = lookup_loader.get(f"community.nextcloud.{lookup}", loader=DataLoader(), templar=templar)
    return plugin.run(list(terms), variables=variables, **options)


def test_accounts_as_the_module_returns_them(staffed: Any) -> None:
    found = query("user", "jane", "JOHN", 7)
    assert [account["userid"] for account in found] == ["jane", "john", "7"]
    assert found[0] == staffed.task("user_info", userid="jane")["users"][0]["user"]
    assert found[0]["groups"] == {"set": ["design", "staff"]}
    assert staffed.task("user", **found[0])["changed"] is False


def test_groups_with_their_members(staffed: Any) -> None:
    group = {"groupid": "a+b/ü", "display_name": "The a+b/ü", "user_count": 1, "disabled_count": 0}
    group.update(can_add=True, can_remove=True)
    assert query("group", "a+b/ü") == [{**group, "users": ["john"]}]
    assert query("group", "a+b/ü", members=False) == [group]
    assert [found["users"] for found in query("group", "staff", "design")] == [["jane", "john"], ["jane"]]


def test_values_of_apps(staffed: Any) -> None:
    assert query("app_config", "files/default_quota", "core/shareapi_allow_links") == ["5 GB", "yes"]


def test_an_empty_value_is_there_and_a_missing_key_is_not(staffed: Any) -> None:
    assert query("app_config", "files/empty", "files/none", default="x") == ["", "x"]
    with pytest.raises(AnsibleLookupError, match="files/none"):
        query("app_config", "files/empty", "files/none")


@pytest.mark.parametrize(
    ("lookup", "terms", "requests"),
    [
        ("user", ("jane", "john", "admin"), 3),
        ("group", ("design", "staff"), 4),
        ("app_config", ("files/default_quota", "core/shareapi_allow_links"), 2),
    ],
)
def test_many_lookups_of_many_terms_with_one_sign_in(
    staffed: Any, lookup: str, terms: tuple[str, ...], requests: int
) -> None:
    assert len(query(lookup, *terms)) == len(terms)
    assert query(lookup, list(terms)) == query(lookup, *terms)
    assert len(staffed.journal) == 3 * requests
    assert staffed.server.sign_ins == 1


def test_a_refused_password_is_one_request_of_many_lookups(staffed: Any) -> None:
    for unused in range(12):
        with pytest.raises(AnsibleLookupError, match="refused the sign-in"):
            query("user", "jane", password="wrong")
    assert len(staffed.journal) == 1


@pytest.mark.parametrize(
    ("lookup", "present", "missing"),
    [("user", "jane", "nobody"), ("group", "design", "Design"), ("app_config", "files/default_quota", "files/x")],
)
@pytest.mark.parametrize("default", [None, "", {"a": 1}, ["x"], False])
def test_a_default_stands_for_what_is_missing(
    staffed: Any, lookup: str, present: str, missing: str, default: Any
) -> None:
    found = query(lookup, missing, present, missing, default=default)
    assert (found[0], found[2]) == (default, default)
    assert found[1] == query(lookup, present)[0]


@pytest.mark.parametrize(
    ("lookup", "missing"), [("user", "nobody"), ("group", "nobodies"), ("app_config", "files/nothing")]
)
def test_what_is_missing_is_an_error_without_a_default(staffed: Any, lookup: str, missing: str) -> None:
    with pytest.raises(AnsibleLookupError, match=f"does not have {missing}, or hides it.*default"):
        query(lookup, missing)


@pytest.mark.parametrize(
    ("lookup", "terms", "options", "named"),
    [
        ("user", ("jane", "ja/ne"), {}, "_terms"),
        ("user", ("",), {}, "_terms"),
        ("user", (None,), {}, "_terms"),
        ("user", ({"userid": "jane"},), {}, "_terms"),
        ("user", (True,), {}, "_terms"),
        ("group", ("0",), {}, "_terms"),
        ("group", ("g" * 65,), {}, "_terms"),
        ("app_config", ("files",), {}, "_terms"),
        ("app_config", ("files/",), {}, "_terms"),
        ("app_config", ("/default_quota",), {}, "_terms"),
        ("app_config", ("../x",), {}, "_terms"),
        ("app_config", ("files/..",), {}, "_terms"),
        ("app_config", ("files/a/b",), {}, "_terms"),
        ("user", ("jane",), {"token": "x"}, "token"),
        ("user", ("jane",), {"url": "cloud.example.org"}, "url"),
        ("user", ("jane",), {"timeout": 0}, "timeout"),
    ],
)
def test_what_cannot_be_right_is_refused_before_a_request(
    staffed: Any, lookup: str, terms: tuple[Any, ...], options: dict[str, Any], named: str
) -> None:
    with pytest.raises(AnsibleLookupError, match=f"^{named}: "):
        query(lookup, *terms, default="x", **options)
    assert len(staffed.journal) == 0


def test_no_terms_are_no_request(staffed: Any) -> None:
    assert query("user") == query("group", []) == []
    assert len(staffed.journal) == 0


def test_a_default_is_not_for_other_errors(staffed: Any) -> None:
    """Neither for credentials that are refused nor for an account without rights."""
    with pytest.raises(AnsibleLookupError, match="refused the sign-in") as error:
        query("user", "jane", "john", password="canary", default=None)
    assert "canary" not in str(error.value)
    assert len(staffed.journal) == 1
    staffed.state.account("jane").password = "jane"
    with pytest.raises(AnsibleLookupError, match="not allowed to do this"):
        query("app_config", "files/default_quota", username="jane", password="jane", default=None)


def test_a_password_in_the_address_is_refused_without_showing_it(staffed: Any) -> None:
    with pytest.raises(AnsibleLookupError, match="^url: ") as error:
        query("user", "jane", url="http://admin:canary@nextcloud.test")
    assert "canary" not in str(error.value)


def test_options_before_variables_before_the_environment(staffed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEXTCLOUD_URL", "http://nextcloud.test")
    monkeypatch.setenv("NEXTCLOUD_USERNAME", "admin")
    monkeypatch.setenv("NEXTCLOUD_PASSWORD", "admin")
    assert query("user", "jane", variables={})
    with pytest.raises(AnsibleLookupError, match="sign-in"):
        query("user", "jane", variables={"nextcloud_password": "other"})
    assert query("user", "jane", variables={"nextcloud_password": "other"}, password="admin")


def test_an_option_that_is_not_there_is_refused(staffed: Any) -> None:
    with pytest.raises(AnsibleError, match="usernme"):
        query("user", "jane", usernme="x")
    assert len(staffed.journal) == 0


def test_a_host_without_requests_is_told_so(staffed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_plugin_connection, "REQUESTS_IMPORT_ERROR", "Traceback")
    with pytest.raises(AnsibleError, match=r"Failed to import the required Python library \(requests\)"):
        query("user", "jane")


def test_what_is_hidden_from_a_sub_admin_is_missing(staffed: Any) -> None:
    staffed.state.add_account("boss", "boss", subadmin=["design"])
    signed_in: dict[str, Any] = {"username": "boss", "password": "boss"}
    assert query("user", "john", default=None, **signed_in) == [None]
    assert query("group", "design", **signed_in)[0]["users"] == ["jane"]


def test_a_sign_in_is_shared_through_a_session_file(staffed: Any, tmp_path: Any) -> None:
    for userid in ("jane", "john"):
        query("user", userid, session_file=str(tmp_path / "session"), share_session=False)
    assert staffed.server.sign_ins == 1


def test_the_message_names_all_that_is_missing(staffed: Any) -> None:
    with pytest.raises(AnsibleLookupError, match=re.escape("does not have a, b, or hides")):
        query("user", "a", "jane", "b")


def test_the_address_of_a_page_is_brought_to_the_servers_own_with_a_warning(
    staffed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    warnings: list[str] = []
    monkeypatch.setattr(Display, "warning", lambda display, message, *rest: warnings.append(message))
    found = query("user", "jane", variables={**CONNECTION, "nextcloud_url": "http://nextcloud.test/settings/users"})
    assert found[0]["userid"] == "jane"
    assert [("http://nextcloud.test is used" in warning) for warning in warnings] == [True]
