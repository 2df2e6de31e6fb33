# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether answers have the form that they are written down to have: ours, and the server's own where it is at hand."""

from __future__ import annotations

import functools
import json
import os
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator
from openapi_schema_validator import OAS30Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

HERE = Path(__file__).resolve().parent
# The server's specification is not a part of the project.
SPECIFICATION = Path(os.environ.get("NEXTCLOUD_SPECIFICATION") or HERE.parents[2] / "shared" / "spec")
# Of long lists the first records tell as much as all of them.
LOOKED_AT = 5


def misfits(operation: str, status: int, content: str) -> list[str]:
    """What is wrong with an answer of the API; of anything but its JSON, nothing."""
    try:
        answer = _shortened(json.loads(content))
    except ValueError:
        return []
    if not isinstance(answer, dict) or "ocs" not in answer:
        return []
    found = [_told(operation, status, error) for error in _envelope().iter_errors(answer)]
    if found:
        return found
    if status == 200 and answer["ocs"]["meta"]["status"] == "failure":
        # The first version of the protocol tells a refusal by its code alone.
        status = answer["ocs"]["meta"]["statuscode"]
    own = _own(operation, status)
    found += [_told(operation, status, error) for error in own.iter_errors(answer["ocs"]["data"])]
    specified = _specified(operation, status)
    if specified is not None and not _deviates(operation, status, answer["ocs"]["data"]):
        found += ["specification: " + _told(operation, status, error) for error in specified.iter_errors(answer)]
    return found


def _told(operation: str, status: int, error: Any) -> str:
    return f"{operation or 'no operation'} {status}: {error.json_path} {error.message[:300]}"


def _shortened(answer: Any) -> Any:
    if isinstance(answer, dict):
        return {name: _first_users(value) if name == "users" else _shortened(value) for name, value in answer.items()}
    return answer


def _first_users(users: Any) -> Any:
    return dict(list(users.items())[:LOOKED_AT]) if isinstance(users, dict) else users


# Our own


@functools.cache
def _document() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((HERE / "responses.yml").read_text())
    # A pointer into the document names statuses as text.
    document["operations"] = {
        name: {str(status): schema for status, schema in statuses.items()}
        for name, statuses in document["operations"].items()
    }
    return document


def _validator(pointer: str) -> Validator:
    registry: Registry[Any] = Registry().with_resource("contract", DRAFT202012.create_resource(_document()))
    return Draft202012Validator({"$ref": f"contract#/{pointer}"}, registry=registry)


@functools.cache
def _envelope() -> Validator:
    return _validator("definitions/envelope")


@functools.cache
def _own(operation: str, status: int) -> Validator:
    """Refusals hold no data, and so do answers that are not written down otherwise."""
    written = _document()["operations"].get(operation, {})
    if str(status) in written:
        return _validator(f"operations/{operation}/{status}")
    return _validator("definitions/anything" if operation == "" and status == 200 else "definitions/nothing")


# The server's


@functools.cache
def _specifications() -> dict[str, Any]:
    return {path.name: json.loads(path.read_text()) for path in sorted(SPECIFICATION.glob("*.json"))}


@functools.cache
def _specified(operation: str, status: int) -> Validator | None:
    for name, document in _specifications().items():
        for path, verbs in document["paths"].items():
            for verb, described in verbs.items():
                content = described["responses"].get(str(status), {}).get("content", {})
                if described["operationId"] == operation and "application/json" in content:
                    registry: Registry[Any] = Registry().with_resource(name, DRAFT202012.create_resource(document))
                    steps = ("paths", path, verb, "responses", str(status), "content", "application/json", "schema")
                    pointer = "/".join(step.replace("~", "~0").replace("/", "~1") for step in steps)
                    return OAS30Validator({"$ref": f"{name}#/{pointer}"}, registry=registry)
    return None


@functools.cache
def _deviations() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((HERE / "deviations.yml").read_text())["deviations"]
    return found


def _deviates(operation: str, status: int, data: Any) -> bool:
    """Whether this is one of the places in which servers do not keep to their specification."""
    return any(
        operation in deviation["operations"]
        and status == deviation["status"]
        and Draft202012Validator(deviation["data"]).is_valid(data)
        for deviation in _deviations()
    )
