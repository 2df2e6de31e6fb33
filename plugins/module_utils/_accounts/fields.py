# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The fields of an account, each written down once: option, keys in the API, kind of value.

Option specs, planning, results, the roster filter and the tests of documentation read it from here.
"""

from __future__ import annotations

from typing import Any, Container, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._api import forms
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._values.lists import list_argument_spec


class Field(NamedTuple):
    """One field that holds one value.

    answer: key in `GET /users/{id}`, None where the server does not give the value back.
    post, put, patch: key in the body of a creation, of an edit, of an edit of several fields; None: not there.
    capability: key in `backendCapabilities` that must be true for the field to be set.
    """

    option: str
    kind: kinds.Kind
    answer: str | None
    put: str
    post: str | None = None
    patch: str | None = None
    capability: str | None = None

    def goes_with_others(self, value: Any) -> bool:
        """Whether this value may be set in an edit of several fields."""
        return self.patch is not None and self.kind.alike(value)


class ListField(NamedTuple):
    """One field that holds several values, declared as {add, remove, set}."""

    option: str
    kind: kinds.Kind
    answer: str
    post: str | None = None


FIELDS = (
    Field(
        "display_name",
        kinds.ACCOUNT_NAME,
        "displayname",
        "displayname",
        "displayName",
        "displayName",
        capability="setDisplayName",
    ),
    Field("email", kinds.EMAIL, "email", "email", "email", "email"),
    Field("quota", kinds.QUOTA, "quota", "quota", "quota", "quota"),
    Field("language", kinds.LANGUAGE, "language", "language", "language", "language"),
    Field("locale", kinds.LOCALE, "locale", "locale"),
    Field("timezone", kinds.TIMEZONE, "timezone", "timezone"),
    Field("first_day_of_week", kinds.FIRST_DAY, None, "first_day_of_week"),
    Field("manager", kinds.MANAGER, "manager", "manager", "manager", "manager"),
    Field("phone", kinds.PHONE, "phone", "phone"),
    Field("address", kinds.TEXT, "address", "address"),
    Field("website", kinds.WEBSITE, "website", "website"),
    Field("twitter", kinds.TWITTER, "twitter", "twitter"),
    Field("bluesky", kinds.BLUESKY, "bluesky", "bluesky"),
    Field("fediverse", kinds.FEDIVERSE, "fediverse", "fediverse"),
    Field("organisation", kinds.TEXT, "organisation", "organisation"),
    Field("role", kinds.TEXT, "role", "role"),
    Field("headline", kinds.TEXT, "headline", "headline"),
    Field("biography", kinds.TEXT, "biography", "biography"),
    Field("pronouns", kinds.TEXT, "pronouns", "pronouns"),
    Field("profile_enabled", kinds.SWITCH, "profile_enabled", "profile_enabled"),
    # Last: it must be one of the account's addresses, which the fields above may have to set first.
    Field("notify_email", kinds.EMAIL, "notify_email", "notify_email"),
)

LIST_FIELDS = (
    ListField("groups", kinds.GROUPID, "groups", "groups"),
    ListField("subadmin_of", kinds.GROUPID, "subadmin", "subadmin"),
    ListField("additional_emails", kinds.EMAIL, "additional_mail"),
)

# Not among FIELDS: its option is a secret, and update_password says when it is set.
PASSWORD = Field("user_password", kinds.TEXT, None, "password", "password", capability="setPassword")

# What answers must be like for `read_fields`. Those that hold more than one value are there already.
forms.ACCOUNT_FIELDS.update({field.answer: forms.optionally(forms.IDS) for field in LIST_FIELDS})
for _field in FIELDS:
    if _field.answer:
        forms.ACCOUNT_FIELDS.setdefault(_field.answer, forms.VALUE)

OPTIONS = tuple(field.option for field in (*FIELDS, *LIST_FIELDS))


def argument_spec() -> dict[str, Any]:
    """The option spec of all fields of an account."""
    spec: dict[str, Any] = {field.option: {"type": field.kind.type} for field in FIELDS}
    spec.update({field.option: list_argument_spec() for field in LIST_FIELDS})
    return spec


def read_fields(answer: dict[str, Any], options: Container[str] = OPTIONS) -> dict[str, Any]:
    """An account's record (`GET /users/{id}`) in option names, lists sorted: these options, as far as they are given back."""
    values: dict[str, Any] = {}
    for field in FIELDS:
        if field.answer in answer and field.option in options:
            values[field.option] = field.kind.read(answer[field.answer])
    for list_field in LIST_FIELDS:
        if list_field.option in options:
            values[list_field.option] = sorted(str(item) for item in answer.get(list_field.answer) or ())
    return values
