# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Certificates, proxies and files that cannot be used: the failure names them and what to do, and holds no secret."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import trustme
from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import connected
from ansible_collections.community.nextcloud.plugins.module_utils._api.connection import OPTIONS, Connection
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from canned import CannedServer
from cryptography.hazmat.primitives import serialization
from refusals import refused

HTTPS = "https://nextcloud.test"
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Without proxies and certificates of the host that the tests run on."""
    for name in (*PROXIES, *map(str.upper, PROXIES), "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


# Certificates


@pytest.fixture
def pem(tmp_path: Path) -> Path:
    """A folder with ca.pem, client.pem, client.key, encrypted.key, other.key, broken.pem and an empty folder."""
    authority = trustme.CA()
    client = authority.issue_cert("client@example.org")
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    client.cert_chain_pems[0].write_to_path(tmp_path / "client.pem")
    client.private_key_pem.write_to_path(tmp_path / "client.key")
    authority.issue_cert("other@example.org").private_key_pem.write_to_path(tmp_path / "other.key")
    key = serialization.load_pem_private_key(client.private_key_pem.bytes(), None)
    (tmp_path / "encrypted.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"canary"),
        )
    )
    (tmp_path / "broken.pem").write_text("-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n")
    (tmp_path / "empty").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("option", "options", "told"),
    [
        ("ca_path", {"ca_path": "nowhere.pem"}, "does not exist"),
        ("ca_path", {"ca_path": "broken.pem"}, "certificates of authorities"),
        ("ca_path", {"ca_path": "client.key"}, "certificates of authorities"),
        ("client_cert", {"client_cert": "nowhere.pem"}, "does not exist"),
        ("client_cert", {"client_cert": "empty"}, "regular file"),
        ("client_cert", {"client_cert": "client.pem"}, "a certificate and its key"),
        ("client_cert", {"client_cert": "broken.pem", "client_key": "client.key"}, "a certificate and its key"),
        ("client_cert", {"client_cert": "client.pem", "client_key": "other.key"}, "a certificate and its key"),
        ("client_cert", {"client_cert": "client.pem", "client_key": "broken.pem"}, "a certificate and its key"),
        ("client_key", {"client_cert": "client.pem", "client_key": "encrypted.key"}, "must not be encrypted"),
        ("client_key", {"client_cert": "client.pem", "client_key": "empty"}, "regular file"),
    ],
)
def test_certificates_that_cannot_be_used(
    nextcloud: Any, pem: Path, option: str, options: dict[str, str], told: str
) -> None:
    with refused(option, told):
        nextcloud.task(
            "group", groupid="design", url=HTTPS, **{name: str(pem / file) for name, file in options.items()}
        )
    assert nextcloud.journal.requests == 0


@pytest.mark.parametrize("file", ["nowhere.pem", "broken.pem"])
@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_authorities_of_the_environment_that_cannot_be_used(
    nextcloud: Any, pem: Path, environment: pytest.MonkeyPatch, variable: str, file: str
) -> None:
    environment.setenv(variable, str(pem / file))
    with refused(variable, str(pem / file)):
        nextcloud.task("group", groupid="design", url=HTTPS)
    # Of no matter where they are not used.
    assert nextcloud.task("group", groupid="a", url=HTTPS, ca_path=str(pem / "ca.pem"))["changed"]
    assert nextcloud.task("group", groupid="b", url=HTTPS, validate_certs=False)["changed"]
    assert nextcloud.task("group", groupid="c")["changed"]


def test_certificates_that_can_be_used(nextcloud: Any, pem: Path) -> None:
    files = {name: str(pem / file) for name, file in (("client_cert", "client.pem"), ("client_key", "client.key"))}
    assert nextcloud.task("group", groupid="a", url=HTTPS, ca_path=str(pem / "ca.pem"), **files)["changed"]
    assert nextcloud.task("group", groupid="b", url=HTTPS, ca_path=str(pem / "empty"))["changed"]


# Proxies


def failure_through(proxy: str, environment: pytest.MonkeyPatch, url: str = "http://nextcloud.test") -> Failure:
    """How a request fails that the environment sends through a proxy."""
    environment.setenv("HTTP_PROXY" if url.startswith("http:") else "HTTPS_PROXY", proxy)
    environment.setenv("http_proxy" if url.startswith("http:") else "https_proxy", proxy)
    defaults = {name: option.get("default") for name, option in OPTIONS.items()}
    options = {**defaults, "url": url, "username": "admin", "password": "admin", "retries": 0, "timeout": 5}
    with pytest.raises(Failure) as caught, connected(Connection.from_options(options.get)) as client:
        client.call(operations.CURRENT_USER())
    assert "canary" not in str(caught.value.as_result())
    return caught.value


@pytest.mark.parametrize(
    "proxy",
    [
        "http://",
        "http://:3128",
        "http://user:canary@",
        "http://user:canary@:3128",
        "http://user:canary@proxy.example.org:99999",
        "http://user:canary@proxy.example.org:-1",
        "http://user:canary@proxy.example.org:port",
        "http://user:canary@proxy example org:3128",
        "http://user:canary@[proxy.example.org:3128",
        "user:canary@:3128",
        "ftp://user:canary@proxy.example.org:3128",
        "http:///user:canary@proxy.example.org",
    ],
)
@pytest.mark.parametrize("url", ["http://nextcloud.test", HTTPS])
def test_a_proxy_that_cannot_be_used(environment: pytest.MonkeyPatch, proxy: str, url: str) -> None:
    failure = failure_through(proxy, environment, url)
    assert failure.category == "invalid"
    assert failure.message.startswith(("HTTP_PROXY: ", "HTTPS_PROXY: "))


@pytest.mark.parametrize(
    "proxy",
    [
        "http://user:canary@127.0.0.1:1",
        "user:canary@127.0.0.1:1",
        "http://user:can/canary@127.0.0.1:1",
        "http://user:canary%23@127.0.0.1:1",
        "socks5://user:canary@127.0.0.1:1",
        "http://canary@127.0.0.1:1",
    ],
)
@pytest.mark.parametrize("url", ["http://nextcloud.test", HTTPS])
def test_a_proxy_that_cannot_be_reached(environment: pytest.MonkeyPatch, proxy: str, url: str) -> None:
    assert failure_through(proxy, environment, url).category in ("unavailable", "invalid")


def test_a_proxy_that_refuses_its_credentials(environment: pytest.MonkeyPatch) -> None:
    page = b"<title>user:wrong-canary is wrong</title>"
    head = f"HTTP/1.1 407 Asks\r\nProxy-Authenticate: Basic\r\nContent-Length: {len(page)}\r\n\r\n"
    with CannedServer(head.encode() + page) as proxy:
        failure = failure_through(proxy.url.replace("http://", "http://user:wrong-canary@"), environment)
    assert (failure.category, failure.http_status) == ("protocol", 407)
    assert "HTTP_PROXY" in failure.message


# Files of earlier runs


DEEP = '{"a":' * 100_000
HALF_A_PAIR = '"\\ud800"'
DAMAGED: dict[str, list[str]] = {
    "ledger": [
        '{"salt": "00"',
        '{"salt": 1, "assertions": {}}',
        '{"salt": "00", "assertions": []}',
        f'{{"salt": {HALF_A_PAIR}, "assertions": {{}}}}',
    ],
    "session_file": [
        '{"salt": 1, "sessions": {}}',
        '{"salt": "00", "sessions": []}',
        f'{{"salt": {HALF_A_PAIR}, "sessions": {{}}}}',
    ],
    "pending_file": [
        '{"servers": []}',
        '{"servers": {"http://nextcloud.test": []}}',
        '{"servers": {"http://nextcloud.test": {"jane": []}}}',
        '{"servers": {"http://nextcloud.test": {"jane": {"canary": true}}}}',
        '{"servers": {"http://nextcloud.test": {"jane": {"welcome_email": "canary"}}}}',
    ],
}


def task_with(option: str, path: Path) -> tuple[str, dict[str, Any]]:
    if option == "ledger":
        return "preference", {"app": "theming", "key": "shortcuts_disabled", "value": "yes", option: str(path)}
    if option == "session_file":
        return "group", {"groupid": "design", option: str(path)}
    return "onboarding_prepare", {"users": [{"userid": "jane", "welcome_email": True}], option: str(path)}


@pytest.mark.parametrize(
    ("option", "content"),
    [(option, content) for option in DAMAGED for content in (*DAMAGED[option], "", "canary", "[]", "7", DEEP, "\0")],
    ids=lambda value: str(value)[:60],
)
def test_a_damaged_file_is_named(nextcloud: Any, tmp_path: Path, option: str, content: str) -> None:
    path = tmp_path / "file"
    path.write_text(content)
    path.chmod(0o600)
    module, options = task_with(option, path)
    with refused(option, str(path)) as caught:
        nextcloud.task(module, **options)
    message = caught.value.message
    assert "canary" not in message and ("delete it" in message or "set another file" in message)
    assert path.read_text() == content
    assert nextcloud.journal.writes() == []


@pytest.mark.parametrize(
    "damage",
    [
        7,
        [],
        {"cookies": 7},
        {"signed_in_at": "canary"},
        {"signed_in_at": None},
        {"cookies": ["canary"]},
        {"cookies": [["canary", "b"]]},
        {"cookies": [["canary", "b", None, "/"]]},
        {"cookies": [["canary", 7, "", "/"]]},
        {"cookies": [[None, "canary", "", "/"]]},
        {"cookies": [["canary", "a\r\nX-B: c", "", "/"]]},
        {"cookies": [["canary", "\u20ac", "", "/"]]},
    ],
)
def test_a_damaged_session_is_refused(nextcloud: Any, tmp_path: Path, damage: Any) -> None:
    path = tmp_path / "session"
    nextcloud.task("group", groupid="a", session_file=str(path))
    content = json.loads(path.read_text())
    ((key, session),) = content["sessions"].items()
    content["sessions"][key] = {**session, **damage} if isinstance(damage, dict) else damage
    path.write_text(json.dumps(content))
    with refused("session_file", str(path), "delete it") as caught:
        nextcloud.task("group", groupid="b", session_file=str(path))
    assert "canary" not in caught.value.message


def test_a_ledger_of_other_values_is_written_anew(nextcloud: Any, tmp_path: Path) -> None:
    """An assertion that is damaged is one that was never made."""
    module, options = task_with("ledger", tmp_path / "ledger")
    nextcloud.task(module, **options)
    content = json.loads((tmp_path / "ledger").read_text())
    content["assertions"] = dict.fromkeys(content["assertions"], {"a": 7})
    (tmp_path / "ledger").write_text(json.dumps(content))
    assert nextcloud.task(module, **options)["changed"] is True
    assert nextcloud.task(module, **options)["changed"] is False
