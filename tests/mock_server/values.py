# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the server makes of the values of single fields: each function returns the stored value or raises ValueError."""

from __future__ import annotations

import re
import typing as t
import urllib.parse

import phonenumbers

from . import locales, quota
from .errors import BadField

MAXIMUM_NAME = 64
MAXIMUM_TEXT = 2048
MINIMUM_PASSWORD = 10
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
_MAIL = re.compile(r'[^@\s,;:<>()\[\]"]+@[^@\s,;:<>()\[\]"]+\.[^@\s.,;:<>()\[\]"]+')
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_DOMAIN = re.compile(r"%s(?:\.%s)*" % (_LABEL, _LABEL))


def email(value: str) -> str:
    """An address, trimmed and lower-cased. The domain needs a dot: user@localhost is refused."""
    value = value.strip().lower()
    if not _MAIL.fullmatch(value):
        raise ValueError("Invalid email address")
    return value


def password(value: str) -> str:
    if len(value) < MINIMUM_PASSWORD:
        raise ValueError("The password needs at least %d characters" % MINIMUM_PASSWORD)
    if value.lower() in _COMMON_PASSWORDS:
        raise ValueError("The password is too common")
    return value


def display_name(value: str) -> str:
    if len(value) > MAXIMUM_NAME:
        raise ValueError("Invalid displayname")
    return value.strip()


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
    return _one_of(value, locales.LOCALES, "locale")


def timezone(value: str) -> str:
    return _one_of(value, locales.timezones(), "timezone")


def first_day_of_week(value: str) -> int:
    """-1 (as the locale has it) to 6. The server reads a number from the front; a word is 0."""
    number = re.match(r"\s*[+-]?\d+", value)
    day = int(number.group()) if number else 0
    if not -1 <= day <= 6:
        raise ValueError("Invalid first day of week")
    return day


def phone(value: str, region: str = "") -> str:
    """E.164. Without a country code a number is refused unless the server has a default region."""
    if not value:
        return ""
    try:
        number = phonenumbers.parse(value, region or None)
    except phonenumbers.NumberParseException as exc:
        raise ValueError("Invalid phone") from exc
    if not phonenumbers.is_valid_number(number):
        raise ValueError("Invalid phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def website(value: str) -> str:
    parts = urllib.parse.urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.netloc):
        raise ValueError("Invalid website")
    return _text("website", value)


def twitter(value: str) -> str:
    value = value.removeprefix("@")
    if value and not re.fullmatch(r"\w{2,15}", value, re.ASCII):
        raise ValueError("Invalid twitter")
    return value


def bluesky(value: str) -> str:
    if value and not _DOMAIN.fullmatch(value):
        raise ValueError("Invalid bluesky")
    return value


def fediverse(value: str) -> str:
    value = value.removeprefix("@")
    name, at, domain = value.partition("@")
    if value and not (at and re.fullmatch(r"[\w.-]+", name, re.ASCII) and _DOMAIN.fullmatch(domain)):
        raise ValueError("Invalid fediverse")
    return value


def profile_value(name: str, value: str, region: str = "") -> str:
    """The stored form of a field of the profile."""
    if name == "phone":
        return phone(value, region)
    if name in _PROFILE:
        return _PROFILE[name](value)
    return _text(name, value)


def scope(name: str, value: str) -> str:
    """The visibility of a field. Old names are still taken; name and address of an account cannot be private."""
    value = {"private": "v2-local", "contacts": "v2-federated", "public": "v2-published"}.get(value, value)
    allowed = ["v2-local", "v2-federated", "v2-published"]
    if name not in ("email", "displayname"):
        allowed.append("v2-private")
    if value not in allowed:
        raise ValueError("Invalid scope")
    return value


def _text(name: str, value: str) -> str:
    if len(value) > MAXIMUM_TEXT:
        raise ValueError("Invalid %s" % name)
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
}
