# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What a value of an option must look like, how a server will store it, and when two values are the same.

A `Kind` holds these three for one kind of value. Its `parse` turns what a user declares into what the server will
hold, or raises ValueError with words that say what it must be.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Callable, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._api.operations import LISTS_OF_USERS
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import invalid
from ansible_collections.community.nextcloud.plugins.module_utils._values import quota

# Ends what is said of a value that can be cleared; where nothing can be cleared, it is left out.
OR_EMPTY = ", or empty to clear it"


def _unchanged(value: Any) -> Any:
    return value


def _text_or_empty(answer: Any) -> str:
    return "" if answer is None else str(answer)


def _text_or_unset(answer: Any) -> str | None:
    """A field that cannot be emptied: an account that has never had a value holds an empty one."""
    return str(answer) if answer else None


def _read_quota(answer: Any) -> str | None:
    """An account holds its quota beside what is used of it: {quota, used, free, …}, or nothing if that is unknown."""
    return quota.read(answer["quota"]) if answer and "quota" in answer else None


class Kind(NamedTuple):
    """One kind of value.

    parse: declared value to the value as the server will store it.
    read: value in an answer to the same form.
    key: what of two values in that form must be equal for them to be the same.
    write: value in that form to the string the API takes.
    alike: whether an edit of several fields takes a value in that form as an edit of one field does.
    type: the type of the option, in the terms of an Ansible argument spec.
    held: parse of a value that cannot be set, but that a server may hold already: from another backend, or from before.
    """

    parse: Callable[[Any], Any]
    read: Callable[[Any], Any] = _text_or_empty
    key: Callable[[Any], Any] = _unchanged
    write: Callable[[Any], str] = str
    alike: Callable[[Any], bool] = lambda value: True
    type: str = "str"
    held: Callable[[Any], str] | None = None

    def same(self, one: Any, other: Any) -> bool:
        return bool(self.key(one) == self.key(other))


class OnlyHeld(str):
    """A declared value that cannot be set. It is as declared where the server holds it already. reason: why."""

    reason = ""


def parse_value(option: str, kind: Kind, value: Any) -> Any:
    """A declared value as the server will store it; Failure (invalid) names the option.

    `OnlyHeld` for one that a server may hold, but does not take: `check_settable` refuses to set it.
    """
    try:
        str(value).encode()  # what is no Unicode (a file read in another encoding) cannot be sent
        return kind.parse(value)
    except ValueError as error:
        try:
            held = OnlyHeld(kind.held(value)) if kind.held and not isinstance(error, UnicodeError) else None
        except ValueError:
            held = None
        if held is None:
            raise invalid(option, f"{value!r} is invalid: {error}") from error
        held.reason = str(error)
        return held


def check_settable(option: str, value: Any) -> None:
    """Failure (invalid) for a value that a server may hold, but that cannot be set."""
    if isinstance(value, OnlyHeld):
        raise invalid(option, f"{str(value)!r} is invalid: {value.reason}")


def matching(pattern: str, form: str, strip: str = "", empty: bool = True) -> Callable[[Any], str]:
    """A parser of one-line values: outer spaces and the leading characters `strip` go, the rest must match.

    form: completes 'must be …'.
    """
    expression = re.compile(pattern)

    def parse(value: Any) -> str:
        text = str(value).strip().lstrip(strip)
        if not (expression.fullmatch(text) or empty and not text):
            raise ValueError(f"must be {form}{OR_EMPTY if empty else ''}")
        return text

    return parse


def text_up_to(length: int, empty: bool = True) -> Callable[[Any], str]:
    """A parser of free text of at most `length` characters; outer spaces go."""

    def parse(value: Any) -> str:
        text = str(value).strip()
        if len(text) > length or not (text or empty):
            raise ValueError(f"must be text of {'at most' if empty else '1 to'} {length} characters")
        return text

    return parse


_parse_userid = matching(
    r"(?!\.+$)[A-Za-z0-9 _.@'-]{1,64}",
    "1 to 64 characters from a-z A-Z 0-9 space and _.@-', not only dots, no leading or trailing space",
    empty=False,
)


def parse_userid(value: Any) -> str:
    if str(value) != str(value).strip():
        raise ValueError("must not have a leading or trailing space")
    if str(value).lower() in LISTS_OF_USERS:
        raise ValueError("must be another id, because the API cannot address an account of this one")
    return _parse_userid(value)


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def parse_groupid(value: Any) -> str:
    text = str(value)
    # Longer ids are stored as a hash that the id no longer finds; '0' and '' are refused. What follows a NUL is cut off, and
    # an id with another control character is not found by every web server. Nobody can leave a group of spaces only.
    if not 1 <= len(text) <= 64 or text == "0" or _CONTROL.search(text) or not text.strip(" "):
        raise ValueError(
            "must be 1 to 64 characters, without line breaks and other control characters, and neither 0 nor only spaces"
        )
    return text


def parse_held_userid(value: Any) -> str:
    """The id of an account of another backend: of any characters that a path can hold, and of any length."""
    text = str(value)
    if (
        text != text.strip()
        or not text.isprintable()
        or "/" in text
        or not text.strip(".")
        or text.lower() in LISTS_OF_USERS
    ):
        raise ValueError("must be printable characters without / and outer spaces, and not only dots")
    return text


_parse_email = matching(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+", "an address with a domain, such as jane@example.org")


def parse_email(value: Any) -> str:
    return _parse_email(value).lower()


_parse_any_email = matching(r"\S+@\S+", "an address", empty=False)


def parse_held_email(value: Any) -> str:
    return _parse_any_email(value).lower()


def _is_plain_email(value: str) -> bool:
    """Of other addresses a server refuses some in an edit of one field, and takes them in one of several."""
    return re.fullmatch(r"([a-z0-9._+-]+@[a-z0-9.-]+)?", value) is not None


# Countries in whose numbers a 0 is dialled only from within, and those that keep it from abroad.
_DROPS_ZERO = re.compile(r"(\+(?:20|27|31|32|33|353|358|40|41|43|44|46|49|61|64|81|82|90|91))0")
_KEEPS_ZERO = ("+39", "+378", "+379")


def parse_phone(value: Any) -> str:
    """A phone number as E.164, which is how a server stores it: +49 (0)711 252428-90 becomes +4971125242890."""
    text = re.sub(r"[\s./-]", "", str(value))
    if text.startswith("00"):
        text = "+" + text[2:]
    if not text.startswith(_KEEPS_ZERO):
        text = text.replace("(0)", "")
    digits = _DROPS_ZERO.sub(r"\1", re.sub(r"[()]", "", text), count=1)
    if digits and not re.fullmatch(r"\+[1-9][0-9]{6,14}", digits):
        raise ValueError(f"must be a number with its country code, such as +49 711 25242890{OR_EMPTY}")
    return digits


_parse_timezone = matching(
    r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}",
    "an IANA time zone such as Europe/Berlin or UTC",
    empty=False,
)


def parse_timezone(value: Any) -> str:
    """A time zone. The server tells upper from lower case, and so does this, where the host knows the zones."""
    name = _parse_timezone(value)
    if name not in _timezones().values():
        if name.casefold() in _timezones():
            raise ValueError(f"must be {_timezones()[name.casefold()]}; case matters")
        if name[0].islower():
            raise ValueError("must be an IANA time zone such as Europe/Berlin or UTC; case matters")
    return name


@cache
def _timezones() -> dict[str, str]:
    """The zones that the host knows by their names in lower case; none where it has no data of them."""
    import zoneinfo  # noqa: PLC0415 - 2 ms that only a task with a time zone needs

    return {name.casefold(): name for name in zoneinfo.available_timezones()}


def parse_first_day(value: Any) -> int:
    if value not in range(7):
        raise ValueError("must be a day from 0 (Sunday) to 6 (Saturday)")
    return int(value)


_parse_appid = matching(
    r"[a-z]([a-z0-9_-]*[a-z0-9])?",
    "an app id of a-z, digits, _ and - that starts with a letter and ends with a letter or a digit",
    empty=False,
)


def parse_appid(value: Any) -> str:
    if str(value) != str(value).strip():
        raise ValueError("must not have a leading or trailing space")
    return _parse_appid(value)


def parse_config_key(value: Any) -> str:
    text = str(value)
    # The key is a part of a path: one with a slash is not found, and dots alone would lead elsewhere.
    if not 1 <= len(text) <= 64 or not text.isprintable() or "/" in text or not text.strip("."):
        raise ValueError("must be a key of 1 to 64 printable characters without /, and not only dots")
    return text


_parse_name = text_up_to(64, empty=False)


def parse_account_name(value: Any) -> str:
    text = _parse_name(value)
    if text == "0":
        raise ValueError("must be another name, because a server does not store 0 as the name of an account")
    return text


def _casefold(value: str) -> str:
    return value.casefold()


USERID = Kind(parse_userid, key=_casefold, held=parse_held_userid)
GROUPID = Kind(parse_groupid)
APPID = Kind(parse_appid)
CONFIG_KEY = Kind(parse_config_key)
ACCOUNT_NAME = Kind(parse_account_name, held=_parse_name)
GROUP_NAME = Kind(_parse_name)
TEXT = Kind(text_up_to(2048))
EMAIL = Kind(parse_email, key=_casefold, alike=_is_plain_email, held=parse_held_email)
PHONE = Kind(parse_phone)
QUOTA = Kind(quota.parse, read=_read_quota)
LANGUAGE = Kind(
    matching(r"[a-z]{2,3}([_@][A-Za-z0-9]+)*", "a language code such as de, de_DE or sr@latin", empty=False),
    read=_text_or_unset,
)
LOCALE = Kind(
    matching(r"[a-z]{2,3}([_@][A-Za-z0-9]+)*", "a locale such as de_DE or en_GB", empty=False),
    read=_text_or_unset,
)
TIMEZONE = Kind(parse_timezone, read=_text_or_unset)
# The server refuses a scheme in capitals.
WEBSITE = Kind(matching(r"https?://[^\s/]+\S*", "an address that starts with http:// or https://, in lower case"))
MANAGER = Kind(
    matching(r"[A-Za-z0-9 _.@'-]{1,64}", "the id of an account"),
    key=_casefold,
    alike=lambda value: value != "0",  # an edit of several fields takes it for nobody
    held=text_up_to(255, empty=False),
)
TWITTER = Kind(matching(r"[A-Za-z0-9_]{2,15}", "a name of 2 to 15 letters, digits and _", strip="@"), key=_casefold)
BLUESKY = Kind(
    matching(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?", "a handle such as jane.bsky.social", strip="@"),
    key=_casefold,
)
FEDIVERSE = Kind(
    matching(r"[^@\s/]+@[A-Za-z0-9.-]+(:[0-9]+)?", "a handle such as jane@mastodon.example", strip="@"),
    key=_casefold,
)
FIRST_DAY = Kind(parse_first_day, type="int")
# The server keeps whatever string it was sent.
SWITCH = Kind(
    bool,
    read=lambda answer: str(answer).lower() in ("1", "true"),
    write=lambda value: "1" if value else "0",
    type="bool",
)
