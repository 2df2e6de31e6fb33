# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The OCS envelope, in JSON and XML, and how its codes become HTTP statuses."""

from __future__ import annotations

import json
import re
import typing as t
import xml.etree.ElementTree as ET

from ..values.errors import NOT_FOUND, SERVER_ERROR, UNAUTHORISED, UNKNOWN

_STATUS_OF = {UNAUTHORISED: 401, NOT_FOUND: 404, SERVER_ERROR: 500, UNKNOWN: 500}
# Refusals that come before an operation have the same status in both versions.
_ALWAYS_AS_STATUS = {UNAUTHORISED: 401, 429: 429, 503: 503}


class Envelope(t.NamedTuple):
    """An answer of the API. `code` 200 is success."""

    code: int
    message: str
    data: t.Any


def http_status(code: int, ocs_version: int) -> int:
    """Version 1 answers 200 to whatever an operation says; version 2 makes 400 of what is no HTTP status."""
    if ocs_version == 1:
        return _ALWAYS_AS_STATUS.get(code, 200)
    return _STATUS_OF.get(code, code if 200 <= code <= 600 else 400)


def as_json(envelope: Envelope, ocs_version: int) -> str:
    return json.dumps({"ocs": {"meta": _meta(envelope, ocs_version), "data": as_lists(envelope.data)}})


def as_xml(envelope: Envelope, ocs_version: int) -> str:
    root = ET.Element("ocs")
    _append(ET.SubElement(root, "meta"), _meta(envelope, ocs_version))
    _append(ET.SubElement(root, "data"), as_lists(envelope.data))
    ET.indent(root, " ")
    return '<?xml version="1.0"?>\n%s\n' % ET.tostring(root, encoding="unicode")


def as_lists(data: t.Any) -> t.Any:
    """A map that is empty, or whose keys are 0, 1, 2… in this order, leaves the server as a list."""
    if isinstance(data, dict):
        values = [as_lists(value) for value in data.values()]
        if list(data) == [str(number) for number in range(len(data))]:
            return values
        return dict(zip(data, values, strict=True))
    if isinstance(data, list):
        return [as_lists(value) for value in data]
    return data


def _meta(envelope: Envelope, ocs_version: int) -> dict[str, t.Any]:
    succeeded = envelope.code == 200
    code = 100 if succeeded and ocs_version == 1 else envelope.code
    meta: dict[str, t.Any] = {
        "status": "ok" if succeeded else "failure",
        "statuscode": code,
        "message": envelope.message or ("OK" if succeeded else ""),
    }
    if ocs_version == 1:
        meta.update(totalitems="", itemsperpage="")
    return meta


def _append(parent: ET.Element, data: t.Any) -> None:
    if isinstance(data, dict):
        for key, value in data.items():
            _append(ET.SubElement(parent, key if re.fullmatch(r"[A-Za-z_][\w.-]*", key) else "element"), value)
    elif isinstance(data, list):
        for value in data:
            _append(ET.SubElement(parent, "element"), value)
    elif data is True:
        parent.text = "1"
    elif data is not None and data is not False:
        parent.text = str(data)
