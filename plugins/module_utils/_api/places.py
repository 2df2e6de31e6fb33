# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Where a request really goes: as the libraries that send it read its address, and only where they agree."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

try:
    import requests
    import urllib3.exceptions
    import urllib3.util
except ImportError:
    pass  # `session` says so, and nothing is sent

_PORTS = {"http": 80, "https": 443}
# Libraries differ in what they make of these. None of them stands in an address that is encoded as it must be.
_STRANGE = re.compile(r"[^\x21-\x7e]|\\")
# As much of an address as a message shows.
_SHOWN = 200


class Place(NamedTuple):
    """Where a request goes. The host is in lower case."""

    scheme: str
    host: str
    port: int


def place_of(address: str) -> Place | None:
    """None for an address that holds credentials, that libraries read differently, or that nothing can be sent to."""
    if _STRANGE.search(address):
        return None
    try:
        sent = str(requests.Request("GET", address).prepare().url)
        parts, parsed = urlsplit(sent), urllib3.util.parse_url(sent)
        # `requests` takes one of them, and which one depends on its version.
        readings = {
            (parts.scheme, parts.hostname, parts.port),
            (parsed.scheme, (parsed.host or "").strip("[]"), parsed.port),
        }
    except (ValueError, requests.RequestException, urllib3.exceptions.HTTPError):
        return None
    scheme, host, port = readings.pop()
    if readings or scheme not in _PORTS or not host or "@" in parts.netloc:
        return None
    return Place(scheme, host.lower(), _PORTS[scheme] if port is None else port)


def redirected(address: str, location: str) -> str | None:
    """The address that a redirect leads to, None where credentials must not go there.

    They stay on the host and on its port, and may go up from http to https.
    """
    if _STRANGE.search(location):
        return None
    try:
        target = urljoin(address, location)
    except ValueError:
        return None
    here, there = place_of(address), place_of(target)
    if here is None or there is None or here.host != there.host:
        return None
    to_https = (here.scheme, there.scheme) == ("http", "https")
    return target if to_https or here == there else None


def shown(location: str) -> str:
    """An address out of an answer, as a message shows it: without a query, which may hold a ticket of a sign-in."""
    if _STRANGE.search(location) or "@" in location:
        return "an address that is malformed or contains credentials"
    return location.partition("?")[0].partition("#")[0][:_SHOWN] or "nowhere"
