# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the server makes of the values of single fields: each function returns the stored value or raises ValueError."""

from __future__ import annotations

import re
import typing as t
import urllib.parse

import phonenumbers

from . import locales, php, quota
from .errors import BadField

MAXIMUM_NAME = 64
MAXIMUM_TEXT = 2048
MINIMUM_PASSWORD, MAXIMUM_PASSWORD = 10, 469
_COMMON_PASSWORDS = frozenset(
    (
        "password12",
        "password123",
        "password1234",
        "password12345",
        "password123456",
        "1234567890",
        "12345678910",
        "qwertyuiop",
        "qwerty12345",
        "iloveyou12",
        "administrator",
        "letmein123",
        "welcome123",
        "changeme123",
    )
)
_ATOM = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_TOP_LABEL = r"(?:xn--[a-z0-9-]{0,58}[a-z0-9]|[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)"
_MAIL = re.compile(r"(?=.{1,64}@)%s(?:\.%s)*@(?=.{1,253}$)(?:%s\.)+%s" % (_ATOM, _ATOM, _LABEL, _TOP_LABEL))
_HOST = re.compile(r"(?=.{1,253}$)%s(?:\.%s)*" % (_LABEL, _LABEL), re.IGNORECASE)
_BLUESKY_USER = re.compile(r"[a-z0-9][a-z0-9-]{2,17}")


def email(value: str) -> str:
    """An address, trimmed and lower-cased. The domain needs a dot: user@localhost is refused."""
    value = php.trim(value).lower()
    if not _MAIL.fullmatch(value):
        raise ValueError("Invalid email address")
    return value


def unicode_email(value: str) -> str:
    """An address as an edit of several fields takes it: letters of any alphabet count as letters."""
    email(re.sub(r"[^\W\d_a-zA-Z]", "x", value))
    return php.trim(value).lower()


def password(value: str) -> str:
    if len(value) < MINIMUM_PASSWORD:
        raise ValueError("The password needs at least %d characters" % MINIMUM_PASSWORD)
    if value.lower() in _COMMON_PASSWORDS:
        raise ValueError("The password is too common")
    return value


def display_name(value: str) -> str:
    value = php.trim(value)
    if len(value) > MAXIMUM_NAME:
        raise ValueError("Invalid displayname")
    return value


def size(value: str) -> str:
    try:
        return quota.stored_form(value)
    except quota.NegativeSize as exc:
        raise BadField() from exc
    except quota.InvalidSize as exc:
        raise ValueError("Invalid quota value: %s" % value) from exc


def language(value: str) -> str:
    return _one_of(value, locales.LANGUAGES, "language")


def locale(value: str) -> str:
    return _one_of(value, locales.locales(), "locale")


def timezone(value: str) -> str:
    return _one_of(value, locales.timezones(), "timezone")


def first_day_of_week(value: str) -> int:
    """-1 (as the locale has it) to 6. The server reads a number from the front; a word is 0."""
    day = php.integer(value)
    if not -1 <= day <= 6:
        raise ValueError("Invalid first day of week")
    return day


def phone(value: str, region: str = "") -> str:
    """E.164. Without a country code a number is refused unless the server has a default region."""
    if not value:
        return ""
    stored = standard_phone(value, region) if region or value.startswith("+") else None
    if stored is None:
        raise ValueError("Invalid phone")
    return stored


def standard_phone(value: str, region: str = "") -> str | None:
    """A number in E.164, or None where there is no such number."""
    try:
        number = phonenumbers.parse(value, region or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def website(value: str) -> str:
    if value and not (value.startswith(("http://", "https://")) and urllib.parse.urlsplit(value).hostname):
        raise ValueError("Invalid website")
    return text(value)


def twitter(value: str) -> str:
    value = value.removeprefix("@")
    if value and not re.fullmatch(r"\w{2,15}", value, re.ASCII):
        raise ValueError("Invalid twitter")
    return value


def bluesky(value: str) -> str:
    """A host name; below the service's own domain, a name of 3 to 18 characters."""
    name, unused, rest = value.lower().partition(".")
    if rest == "bsky.social":
        valid = _BLUESKY_USER.fullmatch(name) is not None
    else:
        valid = not value.lower().endswith("bsky.social") and _HOST.fullmatch(value) is not None
    if value and not valid:
        raise ValueError("Invalid bluesky")
    return value


def fediverse(value: str) -> str:
    found = re.fullmatch(r"@?([^@\s/\\]+)@([^\s/\\]+)", php.trim(value))
    if value and not (found and _HOST.fullmatch(found.group(2))):
        raise ValueError("Invalid fediverse")
    return "%s@%s" % found.groups() if found else ""


def profile_value(name: str, value: str, region: str = "") -> str:
    """The stored form of a field of the profile."""
    if name == "phone":
        return phone(value, region)
    if name in _PROFILE:
        return _PROFILE[name](value)
    return text(value)


def scope(name: str, value: str) -> str:
    """The visibility of a field. Old names are still taken; name and address of an account cannot be private."""
    value = {"private": "v2-local", "contacts": "v2-federated", "public": "v2-published"}.get(value, value)
    allowed = ["v2-local", "v2-federated", "v2-published"]
    if name not in ("email", "displayname"):
        allowed.append("v2-private")
    if value not in allowed:
        raise ValueError("Invalid scope")
    return value


def text(value: str) -> str:
    """Any text that is not too long."""
    if len(value.encode()) > MAXIMUM_TEXT:
        raise ValueError("The text is too long")
    return value


def _profile_enabled(value: str) -> str:
    """Any text; nobody expects one that is too long."""
    if len(value.encode()) > MAXIMUM_TEXT:
        raise BadField()
    return value


def _one_of(value: str, known: t.Collection[str], name: str) -> str:
    if value not in known:
        raise ValueError("Invalid %s" % name)
    return value


_PROFILE: dict[str, t.Callable[[str], str]] = {
    "website": website,
    "twitter": twitter,
    "bluesky": bluesky,
    "fediverse": fediverse,
    "profile_enabled": _profile_enabled,
}
