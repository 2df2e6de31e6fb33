# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Lists of things, declared as {add, remove, set} or as a state of a whole list."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import invalid, mutually_exclusive
from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import Kind, parse_value

FORMS = ("add", "remove", "set")


class ListChange(NamedTuple):
    """A declared change of a list. `whole` is None where only `add` and `remove` are declared."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    whole: tuple[str, ...] | None = None

    @property
    def wanted(self) -> tuple[str, ...]:
        """What is to be in the list."""
        return (*(self.whole or ()), *self.add)

    @property
    def named(self) -> tuple[str, ...]:
        """Whatever the change is about."""
        return (*self.wanted, *self.remove)

    def applied_to(self, current: list[str], kind: Kind) -> list[str]:
        """The list after the change, sorted; what is there already keeps its spelling, or its spellings."""
        held: dict[Any, list[str]] = {}
        for item in current:
            held.setdefault(kind.key(item), []).append(item)
        wanted = dict(held) if self.whole is None else {}
        for item in self.wanted:
            wanted[kind.key(item)] = held.get(kind.key(item), [item])
        for item in self.remove:
            wanted.pop(kind.key(item), None)
        return sorted(item for spellings in wanted.values() for item in spellings)


def list_argument_spec() -> dict[str, Any]:
    """The option spec of a list of things."""
    return {
        "type": "dict",
        "options": {name: {"type": "list", "elements": "str"} for name in FORMS},
    }


def entries_argument_spec(owner: str, entries: str) -> dict[str, Any]:
    """The option spec of a resource that is a list of things of one owner, with a state that says what is declared."""
    return {
        owner: {"type": "str", "required": True},
        entries: {"type": "list", "elements": "str", "required": True},
        "state": {"type": "str", "choices": ["present", "absent", "exact"], "default": "present"},
    }


def refuse_plain_lists(spec: Mapping[str, Any], options: Mapping[str, Any], where: str = "") -> None:
    """Failure (invalid) where a plain list, or one item, is given to an option that wants {add, remove, set}.

    It comes before Ansible's own check of the options, whose message says nothing of the forms.
    """
    for name, option in spec.items():
        value = options.get(name)
        if set(option.get("options", ())) == set(FORMS):
            _refuse_plain_list(f"{where}{name}", value)
        elif "options" in option and isinstance(value, Mapping):
            refuse_plain_lists(option["options"], value, f"{where}{name}.")
        elif "options" in option and isinstance(value, (list, tuple)):
            for position, item in enumerate(value):
                if isinstance(item, Mapping):
                    refuse_plain_lists(option["options"], item, f"{where}{name}[{position}].")


def _refuse_plain_list(option: str, value: Any) -> None:
    if isinstance(value, str) and not ("=" in value or value.lstrip().startswith("{")):
        value = value.split(",")
    if isinstance(value, (list, tuple)):
        items = f"[{', '.join(str(item).strip() for item in value)}]"
        raise invalid(
            option,
            f"{items} must be one of {{add: {items}}}, {{remove: {items}}} and {{set: {items}}}: a plain list does not say"
            " whether the items are to be added or removed, or are the complete list",
        )


def parse_list(option: str, kind: Kind, declared: dict[str, list[str] | None]) -> ListChange:
    """A declared {add, remove, set}; Failure (invalid) names the option and the form at fault."""
    forms = {
        name: tuple(parse_value(f"{option}.{name}", kind, item) for item in items)
        for name, items in declared.items()
        if items is not None
    }
    add, remove = forms.get("add", ()), forms.get("remove", ())
    if "set" in forms and (add or remove):
        raise mutually_exclusive(f"{option}.set", f"{option}.{'add' if add else 'remove'}")
    both = {kind.key(item) for item in add} & {kind.key(item) for item in remove}
    if both:
        raise invalid(option, f"add and remove must not both contain {', '.join(sorted(both))}")
    return ListChange(add, remove, forms.get("set"))


def parse_entries(entries: str, kind: Kind, options: Mapping[str, Any]) -> ListChange:
    """What the options of `entries_argument_spec` declare; Failure (invalid) names the option."""
    items = tuple(parse_value(entries, kind, item) for item in options[entries])
    forms = {"present": ListChange(add=items), "absent": ListChange(remove=items), "exact": ListChange(whole=items)}
    return forms[options.get("state") or "present"]
