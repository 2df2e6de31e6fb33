# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What an answer of a server means: data, or a failure of a category. Knows no connection; takes what was answered."""

from __future__ import annotations

from typing import Any, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._api.operations import Operation
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure

_ADVICE = {
    "authentication": "The server refused the sign-in. Check username and password, or token; a disabled account is"
    " refused too. Only one attempt was made, because a server shuts an address out after ten.",
    "permission": "The signed-in account may not do this. An administrator may, a sub-admin for the members of their"
    " groups only.",
    "locked_out": "The server has shut this address out after failed sign-ins, for right passwords too. Correct the"
    " credentials, then wait, or have an administrator reset the brute-force protection for this address.",
    "rate_limited": "The server's rate limit is used up.",
    "not_found": "It does not exist, or is hidden from the signed-in account.",
    "read_only": "This field cannot be set for this account: its backend or the server does not allow it.",
    "conflict": "The server refuses it in the present state.",
    "invalid": "The server refuses the value.",
}


class Answer(NamedTuple):
    """An HTTP answer: body is the decoded JSON, or None where it was none."""

    status: int
    headers: Any
    body: Any

    @property
    def meta(self) -> dict[str, Any] | None:
        """The OCS envelope's head, None where there is no envelope."""
        try:
            meta = self.body["ocs"]["meta"]
            return meta if isinstance(meta["statuscode"], int) else None
        except (KeyError, TypeError):
            return None

    @property
    def code(self) -> int | None:
        return self.meta["statuscode"] if self.meta else None

    @property
    def data(self) -> Any:
        """What the envelope holds, or the whole body where the operation answers without one."""
        return self.body["ocs"]["data"] if self.meta else self.body


def records(answered: dict[str, Any] | list[Any]) -> list[dict[str, Any]]:
    """The records of a map by id. A server gives a list where the map is empty or its ids count from 0."""
    return list(answered.values() if isinstance(answered, dict) else answered)


def failure_of(operation: Operation[...], answer: Answer) -> Failure | None:
    """The failure that an answer stands for, None where the operation has succeeded or was settled already."""
    if answer.status == 200 and (answer.meta or not operation.enveloped and answer.body is not None):
        return None
    if (answer.status, answer.code) in operation.settled:
        return None
    category, advice = _category_of(operation, answer)
    # The server's own words are translated to the account's language, so they are passed on and never decided on.
    message = str((answer.meta or {}).get("message") or "").strip()
    if message and message not in ("OK", "Internal Server Error"):
        advice = f"{advice} The server says: {message}"
    return Failure(category, advice, operation.id, answer.status, answer.code)


def _category_of(operation: Operation[...], answer: Answer) -> tuple[str, str]:
    """(category, advice) of an answer that is no success."""
    status = answer.status
    if status == 401:
        category = "authentication"
    elif status == 403 and answer.meta and answer.data:
        # The operation itself refuses and says why, which a lack of rights does not.
        return "invalid", f"The server refuses it: {_own_words(answer)}"
    elif status == 403:
        category = "permission"
    elif status == 429:
        category = "locked_out" if answer.meta else "rate_limited"
    elif status == 404 and answer.meta:
        category = "not_found"
    elif status == 422 and answer.meta:
        return "invalid", f"The server refuses {_refused_fields(answer)}. Nothing was changed by this call."
    elif status == 400 and (answer.meta or not operation.enveloped and answer.body is not None):
        category = operation.refusals.get(answer.code or 0, "invalid")
        if category == "invalid" and operation.advice:
            return category, operation.advice
    elif status in (502, 503, 504):
        if "X-Nextcloud-Maintenance-Mode" in answer.headers:
            return "unavailable", "The server is in maintenance mode. Try again when it has ended."
        return "unavailable", "The server is not available at the moment."
    else:
        return "protocol", _protocol_advice(answer)
    return category, _ADVICE[category]


def _own_words(answer: Answer) -> str:
    try:
        return str(answer.data["data"]["message"])
    except (KeyError, TypeError):
        return "it gives no reason."


def _refused_fields(answer: Answer) -> str:
    try:
        return "; ".join(f"{field}: {why}" for field, why in sorted(answer.data["errors"].items()))
    except (AttributeError, KeyError, TypeError):
        return "a value"


def _protocol_advice(answer: Answer) -> str:
    """What to do about an answer that a Nextcloud server's API does not give."""
    status = answer.status
    if 300 <= status < 400:
        return (
            f"The server redirects to {answer.headers.get('Location', 'nowhere')}, which is not followed: it leads to"
            " another host, away from https, or round in circles. Set url to where the server really is."
        )
    if status == 400:
        return (
            "The server does not answer under this host name. Add the name to trusted_domains in the server's"
            " configuration, or set url to a name that is there."
        )
    if status == 405:
        return "The server does not know this operation; it may be too old."
    if status == 412:
        return "Something between here and the server removes the header OCS-APIRequest."
    if status >= 500 and answer.meta:
        return "The server failed while handling the request. Its log says why."
    return f"There is no Nextcloud API at this address (HTTP {status}). Check url, with its path if there is one."
