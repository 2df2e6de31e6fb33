# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Further headers that a gateway in front of a server wants, such as a service token. Their values are secrets."""

from __future__ import annotations

import json
import re
from typing import Any

from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import invalid

# The client sends these itself, or HTTP itself is made of them.
_OWN = frozenset(
    (
        "accept",
        "accept-encoding",
        "authorization",
        "connection",
        "content-encoding",
        "content-length",
        "content-type",
        "cookie",
        "expect",
        "host",
        "keep-alive",
        "ocs-apirequest",
        "proxy-authorization",
        "proxy-connection",
        "range",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "user-agent",
    )
)
# A token of RFC 9110.
_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_VALUE = re.compile(r"[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?")

Headers = tuple[tuple[str, str], ...]


def parse(given: Any) -> Headers:
    """The headers by name, sorted. Failure (invalid) repeats neither a value nor what is no name: it may be a secret."""
    headers = _decoded(given) if isinstance(given, str) else given
    if not headers:
        return ()
    if not isinstance(headers, dict):
        raise invalid("headers", "must be a dictionary of names and values (NEXTCLOUD_HEADERS: as a JSON object)")
    parsed: dict[str, tuple[str, str]] = {}
    for name, value in headers.items():
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise invalid("headers", "names must be of letters, digits and the characters !#$%&'*+.^_`|~-")
        if name.lower() in _OWN:
            raise invalid("headers", f"must not contain {name}, which the client sets itself")
        if name.lower() in parsed:
            raise invalid("headers", f"must contain {name} once; case does not matter")
        parsed[name.lower()] = name, _value(name, value)
    return tuple(sorted(parsed.values()))


def values_in(given: Any) -> list[str]:
    """The values of what was given, right or not."""
    headers = _decoded(given) if isinstance(given, str) else given
    return [str(value) for value in headers.values()] if isinstance(headers, dict) else []


def _decoded(text: str) -> Any:
    """As the environment has it."""
    try:
        return json.loads(text) if text.strip() else None
    except (ValueError, RecursionError):
        return text


def _value(name: str, value: Any) -> str:
    # A value out of a file or a vault often ends in a line break, which is no part of it.
    text = str(value).strip("\r\n") if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    if not _VALUE.fullmatch(text):
        raise invalid("headers", f"the value of {name} must be printable ASCII without line breaks and outer spaces")
    return text
