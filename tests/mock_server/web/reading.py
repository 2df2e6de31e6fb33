# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading a request: its raw path, its fields (JSON or form), and what it brings to sign in with."""

from __future__ import annotations

import json
import re
import typing as t
import urllib.parse

from werkzeug.wrappers import Request

from ..state.signin import Credentials

COOKIE_TEST = "cookie_test"
SESSION_COOKIE = "nc_session_id"


class Fields(t.NamedTuple):
    """What a request carries in query and body. A body that is not the JSON it claims to be has no fields."""

    query: dict[str, t.Any]
    body: dict[str, t.Any]


def raw_path(environ: t.Mapping[str, t.Any]) -> str:
    """The path before any decoding, without the query."""
    uri = environ.get("RAW_URI") or environ.get("REQUEST_URI") or urllib.parse.quote(environ.get("PATH_INFO", "/"))
    path = re.sub(r"^https?://[^/]*", "", uri)
    return path.partition("?")[0] or "/"


def api_path(path: str, base_path: str) -> tuple[int, str] | None:
    """Version and path of a call of the API, from a raw path; None where it is none."""
    if not path.startswith(base_path + "/"):
        return None
    found = re.fullmatch(r"/ocs/v([12])\.php(/.*)", path[len(base_path) :], re.DOTALL)
    return (int(found.group(1)), found.group(2)) if found else None


def fields(request: Request) -> Fields:
    query = _as_map(urllib.parse.parse_qsl(request.query_string.decode(), keep_blank_values=True))
    raw = request.get_data(cache=True)
    if "json" not in request.mimetype:
        text = raw.decode("utf-8", "replace") if request.mimetype == "application/x-www-form-urlencoded" else ""
        return Fields(query, _as_map(urllib.parse.parse_qsl(text, keep_blank_values=True)))
    try:
        body = json.loads(raw) if raw.strip() else {}
    except ValueError:
        return Fields(query, {})
    return Fields(query, body if isinstance(body, dict) else {})


def credentials(request: Request) -> Credentials:
    given = request.authorization
    login = secret = None
    if given is not None and given.type == "basic":
        login, secret = given.username or "", given.password or ""
    elif given is not None and given.type == "bearer":
        secret = given.token
    return Credentials(
        login,
        secret,
        request.cookies.get(SESSION_COOKIE),
        COOKIE_TEST in request.cookies,
        request.remote_addr or "127.0.0.1",
    )


def wants_json(request: Request) -> bool:
    wanted = request.args.get("format")
    return wanted == "json" or wanted != "xml" and "application/json" in request.headers.get("Accept", "")


def host_name(request: Request) -> str:
    return re.sub(r":\d+$", "", request.headers.get("Host", ""))


def _as_map(pairs: t.Iterable[tuple[str, str]]) -> dict[str, t.Any]:
    """`a[]=1` makes lists and `a[b]=1` maps, as web forms do."""
    found: dict[str, t.Any] = {}
    for name, value in pairs:
        parts = re.fullmatch(r"([^\[]+)\[([^\]]*)\]", name)
        if parts is None:
            found[name] = value
        elif parts.group(2):
            inner = found.setdefault(parts.group(1), {})
            if isinstance(inner, dict):
                inner[parts.group(2)] = value
        else:
            items = found.setdefault(parts.group(1), [])
            if isinstance(items, list):
                items.append(value)
    return found
