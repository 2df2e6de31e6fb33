# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""How to reach a server and as whom: the options that every module and plugin shares."""

from __future__ import annotations

import base64
import html
import os
import re
from typing import Any, Callable, Mapping, NamedTuple
from urllib.parse import quote, urlsplit

from ansible_collections.community.nextcloud.plugins.module_utils._api import headers
from ansible_collections.community.nextcloud.plugins.module_utils._api.headers import Headers
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import (
    check_at_least,
    invalid,
    mutually_exclusive,
)
from ansible_collections.community.nextcloud.plugins.module_utils._common.private_file import check_folder

# One place for each option; the documentation fragment `connection` describes them.
OPTIONS: dict[str, dict[str, Any]] = {
    "url": {"type": "str", "env": "NEXTCLOUD_URL"},
    "username": {"type": "str", "env": "NEXTCLOUD_USERNAME"},
    "password": {"type": "str", "no_log": True, "env": "NEXTCLOUD_PASSWORD"},
    "token": {"type": "str", "no_log": True, "env": "NEXTCLOUD_TOKEN"},
    # Not `dict`: a plugin would take none from the environment, and repeat what it refuses.
    "headers": {"type": "raw", "no_log": True, "env": "NEXTCLOUD_HEADERS"},
    "validate_certs": {"type": "bool", "default": True},
    "ca_path": {"type": "path"},
    "client_cert": {"type": "path"},
    "client_key": {"type": "path"},
    "timeout": {"type": "float", "default": 60.0},
    "max_answer_size": {"type": "int", "default": 64},
    "retries": {"type": "int", "default": 3},
    "rate_limit_wait": {"type": "int", "default": 660},
    "session_file": {"type": "path"},
    "share_session": {"type": "bool", "default": True, "env": "NEXTCLOUD_SHARE_SESSION"},
}


# What a server has below its own address.
_BELOW = re.compile(r"/index\.php(/.*)?$|/(ocs|login|apps|settings)(/.*)?$")

# No address needs these raw, and what comes of them differs from library to library.
_STRANGE = re.compile(r"[\x00-\x20\x7f-\xa0\\\"<>^`{|}]")


class Connection(NamedTuple):
    """A checked connection. timeout and rate_limit_wait are in seconds, max_answer_size in MiB; url is the server's base,
    without a slash at its end. warnings: what whoever gave the options should know of them.
    """

    url: str
    username: str | None
    password: str | None
    token: str | None
    headers: Headers
    validate_certs: bool
    ca_path: str | None
    client_cert: str | None
    client_key: str | None
    timeout: float
    max_answer_size: int
    retries: int
    rate_limit_wait: int
    session_file: str | None
    share_session: bool
    warnings: tuple[str, ...] = ()

    def __repr__(self) -> str:  # never with its secrets
        return f"Connection(url={self.url!r}, username={self.username!r})"

    def masked(self, text: str, *sent: str) -> str:
        """Words of a server, or of something in front of it, which may repeat what it was sent. sent: beside credentials."""
        basic = base64.b64encode(f"{self.username}:{self.password}".encode()).decode()
        secrets = (self.password, self.token, basic, *(value for unused, value in self.headers), *sent)
        for secret in sorted(filter(None, secrets), key=len, reverse=True):
            for form in (secret, html.escape(secret), quote(secret, safe="", errors="replace")):
                text = text.replace(form, "********")
        return text

    @property
    def signs_in_as(self) -> tuple[str, str]:
        """Where and as whom, for something that outlives the task to be kept by. It may hold a token: never show it."""
        return self.url, self.token or self.username or ""

    @classmethod
    def from_options(cls, get_option: Callable[[str], Any]) -> Connection:
        """From anything that gives options by name; Failure (invalid) names the option and what it must be."""
        options = {name: get_option(name) for name in OPTIONS}
        url = _checked_url(options["url"])
        options["url"] = base_of(url)
        if options["url"] != url.removesuffix("/index.php"):
            options["warnings"] = (f"url: {url} is the address of a page; {options['url']} is used as the server's.",)
        _check_credentials(options)
        options["headers"] = headers.parse(options["headers"])
        _check_files(options)
        for name, least in (("retries", 0), ("rate_limit_wait", 0), ("max_answer_size", 1)):
            check_at_least(name, options[name], least)
        if options["timeout"] <= 0:
            raise invalid("timeout", "must be greater than 0")
        return cls(**options)


def secrets_in(options: Mapping[str, Any]) -> list[str]:
    """What must not be shown of options as they were given or stand in the environment, beside those that are secret.

    Of an address with credentials, which is refused, all of it, and they alone: a password may hold a raw `/`, `#` or `?`,
    so that the address looks as if it had none.
    """
    found = headers.values_in(_given(options, "headers"))
    found += [str(options[name]) for name in ("client_cert", "client_key") if _is_content(options.get(name))]
    url = _given(options, "url")
    if isinstance(url, str) and "@" in url:
        credentials = url.rpartition("@")[0].rpartition("//")[2]
        found += [url, credentials, credentials.partition(":")[2]]
    return [text for text in found if text]


def _is_content(path: Any) -> bool:
    """Whether the content of a file is where its path should be: a key, as a vault may hold it."""
    return isinstance(path, str) and "-----BEGIN" in path


def _given(options: Mapping[str, Any], name: str) -> Any:
    value = options.get(name)
    return os.environ.get(OPTIONS[name]["env"]) if value is None else value


def _checked_url(url: str | None) -> str:
    example = "must be the server's address, such as https://cloud.example.org or https://example.org/nextcloud"
    if not url:
        raise invalid("url", f"{example} (or set NEXTCLOUD_URL)")
    if "@" in url:
        # The address itself is not repeated: it holds a secret.
        raise invalid("url", "must not contain credentials or an @; use username and password")
    if _STRANGE.search(url):
        raise invalid("url", f"{example}, without backslashes, spaces and the like")
    try:
        parts = urlsplit(url)
        port_is_right = parts.port is None or parts.port > 0
    except ValueError:
        raise invalid("url", example) from None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or not port_is_right:
        raise invalid("url", example)
    if parts.query or parts.fragment:
        raise invalid("url", f"{example}, without a query or a fragment")
    return url.rstrip("/")


def base_of(url: str) -> str:
    """The server's own address, where `url` is that of a page or of the API, as it stands in a browser or a script."""
    found = _BELOW.search(url, url.index("//") + 2)
    return url[: found.start()] if found else url


def _check_credentials(options: dict[str, Any]) -> None:
    if options["token"] and options["password"]:
        raise mutually_exclusive("token", "password", note=", including NEXTCLOUD_TOKEN and NEXTCLOUD_PASSWORD")
    for name in ("username", "password", "token"):
        # A value out of a file or a vault often ends in a line break, which is no part of it. It is never repeated.
        options[name] = options[name].strip("\r\n") if options[name] else options[name]
        if options[name] and not _can_be_sent(name, options[name]):
            raise invalid(name, "must be text that can be encoded; a token must be printable ASCII without spaces")
    if options["token"]:
        return
    for name in ("username", "password"):
        if not options[name]:
            raise invalid(
                name, f"is required when token is not set (or set NEXTCLOUD_{name.upper()} or NEXTCLOUD_TOKEN)"
            )
    if ":" in options["username"]:
        raise invalid("username", "must not contain a colon")


def _can_be_sent(name: str, value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return name != "token" or (value.isascii() and value.isprintable() and " " not in value)


def _check_files(options: dict[str, Any]) -> None:
    for name in ("ca_path", "client_cert", "client_key"):
        if _is_content(options[name]):
            raise invalid(name, "must be the path of a file, not its content")
        if options[name] and not os.path.exists(options[name]):
            raise invalid(name, f"{options[name]} does not exist")
    for name in ("client_cert", "client_key"):
        # To open a FIFO would wait for ever.
        if options[name] and not os.path.isfile(options[name]):
            raise invalid(name, f"{options[name]} must be a regular file")
    if options["session_file"]:
        check_folder("session_file", options["session_file"])
    if options["client_key"] and not options["client_cert"]:
        raise invalid("client_key", "requires client_cert")
    if options["ca_path"] and not options["validate_certs"]:
        raise invalid("ca_path", "requires validate_certs to be true")
