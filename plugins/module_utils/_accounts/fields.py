# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The fields of an account, each written down once: option, keys in the API, kind of value.

Option specs, planning, results, the roster filter and the tests of documentation read it from here.
"""

from __future__ import annotations

from typing import Any, Container, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure, invalid


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


class ListField(NamedTuple):
    """One field that holds several values, declared as {add, remove, set}."""

    option: str
    kind: kinds.Kind
    answer: str
    post: str | None = None


FIELDS = (
    Field(
        "display_name",
        kinds.DISPLAY_NAME,
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

OPTIONS = tuple(field.option for field in (*FIELDS, *LIST_FIELDS))


class ListChange(NamedTuple):
    """A declared change of a list. `whole` is None where only `add` and `remove` are declared."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    whole: tuple[str, ...] | None = None

    @property
    def wanted(self) -> tuple[str, ...]:
        """What is to be in the list."""
        return (*(self.whole or ()), *self.add)

    def applied_to(self, current: list[str], kind: kinds.Kind) -> list[str]:
        """The list after the change, sorted; what is there already keeps its spelling."""
        spelling = {kind.key(item): item for item in current}
        wanted = dict(spelling) if self.whole is None else {}
        for item in self.wanted:
            wanted[kind.key(item)] = spelling.get(kind.key(item), item)
        for item in self.remove:
            wanted.pop(kind.key(item), None)
        return sorted(wanted.values())


def list_argument_spec() -> dict[str, Any]:
    """The option spec of a list of things."""
    return {
        "type": "dict",
        "options": {name: {"type": "list", "elements": "str"} for name in ("add", "remove", "set")},
    }


def entries_argument_spec(owner: str, entries: str) -> dict[str, Any]:
    """The option spec of a resource that is a list of things of one owner, with a state that says what is declared."""
    return {
        owner: {"type": "str", "required": True},
        entries: {"type": "list", "elements": "str", "required": True},
        "state": {"type": "str", "choices": ["present", "absent", "exact"], "default": "present"},
    }


def argument_spec() -> dict[str, Any]:
    """The option spec of all fields of an account."""
    spec: dict[str, Any] = {field.option: {"type": field.kind.type} for field in FIELDS}
    spec.update({field.option: list_argument_spec() for field in LIST_FIELDS})
    return spec


def parse_value(option: str, kind: kinds.Kind, value: Any) -> Any:
    """A declared value as the server will store it; Failure (invalid) names the option."""
    try:
        str(value).encode()  # what is no Unicode (a file read in another encoding) cannot be sent
        return kind.parse(value)
    except ValueError as error:
        raise invalid(option, f"{value!r} is not accepted: {error}") from error


def parse_list(field: ListField, declared: dict[str, list[str] | None]) -> ListChange:
    """A declared {add, remove, set}; Failure (invalid) names the option and the form at fault."""
    forms = {
        name: tuple(parse_value(f"{field.option}.{name}", field.kind, item) for item in items)
        for name, items in declared.items()
        if items is not None
    }
    add, remove = forms.get("add", ()), forms.get("remove", ())
    if "set" in forms and (add or remove):
        raise invalid(field.option, "set says the whole list, so add and remove are not accepted beside it")
    both = {field.kind.key(item) for item in add} & {field.kind.key(item) for item in remove}
    if both:
        raise invalid(field.option, f"{', '.join(sorted(both))} is in add and in remove; one of the two is accepted")
    return ListChange(add, remove, forms.get("set"))


def parse_entries(entries: str, kind: kinds.Kind, options: Mapping[str, Any]) -> ListChange:
    """What the options of `entries_argument_spec` declare; Failure (invalid) names the option."""
    items = tuple(parse_value(entries, kind, item) for item in options[entries])
    forms = {"present": ListChange(add=items), "absent": ListChange(remove=items), "exact": ListChange(whole=items)}
    return forms[options.get("state") or "present"]


def parse_fields(options: Mapping[str, Any]) -> dict[str, Any]:
    """The declared fields among `options`, as the server will store them: {option: value or ListChange}.

    Failure (invalid) names every option that cannot be right.
    """
    parsed, refusals = _parsed(options)
    if refusals:
        raise Failure("invalid", "; ".join(refusals.values()))
    return parsed


def refused(options: Mapping[str, Any]) -> set[str]:
    """Which of the options `parse_fields` would refuse."""
    return set(_parsed(options)[1])


def _parsed(options: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """What is declared, and why not: both by option."""
    parsed: dict[str, Any] = {}
    refusals: dict[str, str] = {}
    for field in (*FIELDS, *LIST_FIELDS):
        if options.get(field.option) is not None:
            try:
                parsed[field.option] = _parse_field(field, options[field.option])
            except Failure as failure:
                refusals[field.option] = failure.message
    return parsed, refusals


def _parse_field(field: Field | ListField, declared: Any) -> Any:
    if isinstance(field, ListField):
        return parse_list(field, declared)
    return parse_value(field.option, field.kind, declared)


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
