# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What an answer of a server means: data, or a failure of a category. Knows no connection; takes what was answered."""

from __future__ import annotations

import json
from typing import Any, Callable, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._api import places
from ansible_collections.community.nextcloud.plugins.module_utils._api.operations import Operation
from ansible_collections.community.nextcloud.plugins.module_utils._api.pages import Page, page_in
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure

_ADVICE = {
    "authentication": "The server refused the sign-in. Check username and password, or token. A disabled account is"
    " refused too. Only one attempt was made, because a server locks an address out after ten.",
    "permission": "The signed-in account is not allowed to do this. An administrator is, and a sub-admin for the"
    " members of their groups.",
    "locked_out": "The server has locked this address out after failed sign-ins, even with the right password. Correct"
    " the credentials, then wait, or ask an administrator to reset the brute-force protection for this address.",
    "rate_limited": "The server's rate limit is reached.",
    "not_found": "It does not exist, or is hidden from the signed-in account.",
    "read_only": "This field cannot be set for this account: its backend or the server does not allow it.",
    "conflict": "The server refuses it in its present state.",
    "invalid": "The server refuses the value.",
}


# What a server says of a write for which it wants the password confirmed. Unlike its other words it is never translated.
_CONFIRMATION_NEEDED = "Password confirmation is required"
# The statuses of answers that a server gives once the password is confirmed.
_CONFIRMED = (200, 400, 404, 422)
CONFIRM = (
    "The server requires a sign-in with the account's own password for this write, and does not accept an app password."
    " Set username and password instead of an app password or token, or exempt the address of this host from the"
    " confirmation in the server's config.php (allowed_no_password_confirmation_ranges)."
)

# The HTTP statuses that OCS codes of their own stand for. Below version 1 of the API every answer is HTTP 200.
_STATUS_OF = {997: 401, 998: 404, 996: 500, 999: 500}
SUCCESS = (100, 200)
# These say who has sent an answer, and what it wants.
TELLING_HEADERS = ("WWW-Authenticate", "Server", "Via", "Retry-After")


class Answer(NamedTuple):
    """An HTTP answer: body is the decoded JSON, or None where it was none; then page is what a message says of it.

    http_status: as it came. size: of the whole body, in bytes; None where that is not known.
    """

    http_status: int
    headers: Any
    body: Any
    page: Page = Page()
    size: int | None = None

    @property
    def status(self) -> int:
        """The HTTP status that the answer stands for: what the envelope says counts, an HTTP 200 alone is no success."""
        if self.http_status != 200 or self.code is None or self.code in SUCCESS:
            return self.http_status
        return _STATUS_OF.get(self.code, self.code if 400 <= self.code < 600 else 400)

    @property
    def meta(self) -> dict[str, Any] | None:
        """The OCS envelope's head, None where there is no envelope."""
        try:
            meta = self.body["ocs"]["meta"]
            is_head = isinstance(meta["statuscode"], int) and "data" in self.body["ocs"]
            return meta if is_head else None
        except (KeyError, TypeError):
            return None

    @property
    def code(self) -> int | None:
        return self.meta["statuscode"] if self.meta else None

    @property
    def data(self) -> Any:
        """What the envelope holds, or the whole body where the operation answers without one."""
        return self.body["ocs"]["data"] if self.meta else self.body


def answered(http_status: int, headers: Any, content: bytes, masked: Callable[[str], str] = str) -> Answer:
    """The answer that came so. masked: a text without the secrets that may be in it."""
    try:
        body = json.loads(content, parse_constant=_refuse)
        if b"\\ud" in content.lower():
            json.dumps(body, ensure_ascii=False).encode()  # half of a pair is no text
    except (ValueError, RecursionError):
        body = None
    page = Page() if body is not None else page_in(content.decode("utf-8", "replace"), masked)
    return Answer(http_status, headers, body, page, len(content))


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON")


def restored(*parts: Any) -> Answer:
    """An answer from its parts as JSON gives them back."""
    answer = Answer(*parts)
    return answer._replace(page=Page(*answer.page))


def records(answered: dict[str, Any] | list[Any]) -> list[dict[str, Any]]:
    """The records of a map by id. A server gives a list where the map is empty or its ids count from 0."""
    return list(answered.values() if isinstance(answered, dict) else answered)


def is_broken(operation: Operation[...], answer: Answer) -> bool:
    """Whether the answer is none that the operation gives, so that it leaves open whether a write was carried out.

    A server in maintenance says so before it looks at a request.
    """
    if answer.status >= 500:
        return not is_maintenance(answer)
    if _is_json(answer) and answer.body is None:
        return True
    return answer.status == 200 and not _is_whole(operation, answer)


def is_worth_repeating(operation: Operation[...], answer: Answer) -> bool:
    """Whether the same request may get another answer. A read that gets a page has been sent to a wrong address."""
    return is_broken(operation, answer) and (operation.writes or answer.status >= 500 or _is_json(answer))


def is_maintenance(answer: Answer) -> bool:
    return answer.status == 503 and "X-Nextcloud-Maintenance-Mode" in answer.headers


def _is_whole(operation: Operation[...], answer: Answer) -> bool:
    return bool(answer.meta) or not operation.enveloped and answer.body is not None


def is_confirmed(operation: Operation[...], answer: Answer) -> bool | None:
    """Whether the server takes writes of this sign-in that want the password confirmed; None where this does not tell."""
    if not (operation.writes and operation.confirmed and answer.meta):
        return None
    if _wants_confirmation(answer):
        return False
    return True if answer.status in _CONFIRMED else None


def _wants_confirmation(answer: Answer) -> bool:
    return answer.status == 403 and (answer.meta or {}).get("message") == _CONFIRMATION_NEEDED


def failure_of(operation: Operation[...], answer: Answer) -> Failure | None:
    """The failure that an answer stands for, None where the operation has succeeded or was settled already."""
    if answer.status == 200 and _is_whole(operation, answer):
        return _misformed(operation, answer)
    if (answer.status, answer.code) in operation.settled:
        return None
    category, advice = _category_of(operation, answer)
    # The server's own words are translated to the account's language, so they are passed on and never decided on.
    message = str((answer.meta or {}).get("message") or "").strip()
    if message and message not in ("OK", "Internal Server Error"):
        advice = f"{advice} The server says: {message}"
    effect = "unknown" if operation.writes and is_broken(operation, answer) else "none"
    refused = _refused_fields(answer) if answer.status == 422 else {}
    return Failure(category, advice, operation.id, answer.http_status, answer.code, effect=effect, refused=refused)


def _misformed(operation: Operation[...], answer: Answer) -> Failure | None:
    """The failure of an answer that says success, but holds other data than the operation gives."""
    problem = operation.form(answer.data, "")
    if problem is None:
        return None
    message = (
        f"The answer to {operation.id} is not as the API gives it: {problem}. An app on the server or something in front of"
        " it may have changed it, or the server is of a version that is not known yet."
    )
    return Failure("protocol", message, operation.id, answer.http_status, answer.code)


def _category_of(operation: Operation[...], answer: Answer) -> tuple[str, str]:
    """(category, advice) of an answer that is no success."""
    status = answer.status
    if status in (400, 401, 403, 407) and not _is_servers(operation, answer):
        return "protocol", _advice_on_stranger(answer)
    if status in (400, 403, 422):
        return _category_of_refusal(operation, answer)
    if status in (502, 503, 504):
        if is_maintenance(answer):
            return "unavailable", "The server is in maintenance mode. Try again later."
        return "unavailable", f"The server is not available at the moment: the answer was {_shape_of(answer)}."
    if status == 401:
        category = "authentication"
    elif status == 429:
        category = "locked_out" if answer.meta else "rate_limited"
    elif status == 404 and answer.meta:
        category = "not_found"
    else:
        return "protocol", _protocol_advice(answer)
    return category, _ADVICE[category]


def _category_of_refusal(operation: Operation[...], answer: Answer) -> tuple[str, str]:
    """(category, advice) where the server has looked at the request, and does not carry it out."""
    if answer.status == 403 and answer.meta and answer.data:
        # The operation itself refuses and says why, which a lack of rights does not.
        return "invalid", f"The server refuses it: {_own_words(answer)}"
    if _wants_confirmation(answer):
        return "confirmation", CONFIRM
    if answer.status == 403:
        return "permission", _ADVICE["permission"]
    if answer.status == 422 and answer.meta:
        return "invalid", refusal_of(_refused_fields(answer))
    if answer.status == 422 or not _is_whole(operation, answer):
        return "protocol", _protocol_advice(answer)
    category = operation.refusals.get(answer.code or 0, "invalid")
    return category, operation.advice if category == "invalid" and operation.advice else _ADVICE[category]


def _is_servers(operation: Operation[...], answer: Answer) -> bool:
    """Whether a refusal is the server's own. What is in front of a server answers with pages, or with JSON of its own."""
    return bool(answer.meta) or not operation.enveloped and isinstance(answer.body, (dict, list))


def _advice_on_stranger(answer: Answer) -> str:
    """What to do about a refusal that is no answer of the API: it tells nothing of accounts, rights and passwords."""
    if answer.status == 400 and answer.page.is_nextclouds:
        return (
            "The server does not answer under this host name. Add the name to trusted_domains in the server's"
            " configuration, or set url to a name that is there."
        )
    if answer.status == 400 and answer.page.wants_https:
        return "The server expects https at this port. Set url to an address that begins with https."
    if answer.status == 407:
        return (
            f"A proxy requires credentials: the answer was {_shape_of(answer)}. Set the environment variable HTTP_PROXY"
            " to the proxy's address with a user and a password."
        )
    return (
        f"The answer is not one of the Nextcloud API: it was {_shape_of(answer)}. Something in front of the server, such as"
        " an access gateway or a proxy, may have sent it. It says nothing about the account, its rights or its password."
        " Check url, and set headers if a gateway requires some."
    )


def _own_words(answer: Answer) -> str:
    try:
        return str(answer.data["data"]["message"])
    except (KeyError, TypeError):
        return "it gives no reason."


def _refused_fields(answer: Answer) -> dict[str, str]:
    """The values at fault, by their names in the API, and why."""
    try:
        return {str(field): str(why).strip(" .") for field, why in sorted(answer.data["errors"].items())}
    except (AttributeError, KeyError, TypeError):
        return {}


def refusal_of(reasons: Mapping[str, str]) -> str:
    """What to say of a call of which the server refuses these values."""
    named = "; ".join(f"{name}: {why}" for name, why in reasons.items())
    return f"The server refuses {named or 'a value'}. Nothing was changed by this call."


def _protocol_advice(answer: Answer) -> str:
    """What to do about an answer that a Nextcloud server's API does not give."""
    status = answer.status
    if 300 <= status < 400:
        return (
            f"The server redirects to {places.shown(answer.headers.get('Location', ''))}, which is not followed: it leads to"
            " another host, away from https, or in a circle. Set url to the address that the server really has, and"
            " headers if an access gateway requires some."
        )
    if status == 405:
        return "The server does not know this operation; it may be too old."
    if status == 412:
        return "A proxy in front of the server removes the header OCS-APIRequest."
    if status >= 500 and answer.meta:
        return f"The server failed while handling the request (HTTP {status}). Its log says why."
    if status >= 500:
        return f"The server, or something in front of it, failed: the answer was {_shape_of(answer)}."
    if _is_json(answer) and answer.body is None:
        return f"The answer is not whole: {_shape_of(answer)}."
    return (
        f"There is no Nextcloud API at this address: the answer was {_shape_of(answer)}. Check url, with its path if"
        " there is one. Something in front of the server, such as an access gateway, may have sent this answer."
    )


def _is_json(answer: Answer) -> bool:
    return "json" in str(answer.headers.get("Content-Type", "")).lower()


def _shape_of(answer: Answer) -> str:
    """What came, for people: `HTTP 502 with an HTML page of 1,024 bytes titled 'Bad gateway' (Server: nginx)`."""
    told = [f"{name}: {str(answer.headers[name])[:80]}" for name in TELLING_HEADERS if answer.headers.get(name)]
    content = "" if answer.size is None else f" {_content_of(answer, answer.size)}"
    return f"HTTP {answer.http_status}{content}" + (f" ({', '.join(told)})" if told else "")


def _content_of(answer: Answer, size: int) -> str:
    if not size:
        return "without content"
    if answer.body is not None:
        return f"with JSON that is none of the API's ({size:,} bytes)"
    if _is_json(answer):
        return f"with JSON that is damaged, ends early or is nested too deeply ({size:,} bytes)"
    if answer.page.title:
        return f"with an HTML page of {size:,} bytes titled {answer.page.title!r}"
    kind = "an HTML page" if answer.page.is_html else "text"
    return f"with {kind} of {size:,} bytes that begins with {answer.page.start!r}"
