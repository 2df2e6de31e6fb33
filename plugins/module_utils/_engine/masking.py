# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Ansible masks: of a result every place where the value of a secret option stands, though it may be an id there."""

from __future__ import annotations

import json
from typing import Any, Iterable, Iterator, Mapping

Spec = Mapping[str, Mapping[str, Any]]


def masked_options(result: Mapping[str, Any], secrets: Iterable[tuple[str, str]]) -> list[str]:
    """Of the secret options, by name, those of whose values one is in the result. No value of one is in the names."""
    text = json.dumps(result, ensure_ascii=False, default=str)
    return sorted({name for name, value in secrets if json.dumps(value, ensure_ascii=False)[1:-1] in text})


def misplaced_secrets(spec: Spec, options: Mapping[str, Any]) -> list[str]:
    """The values of secret options that stand where the spec has none of that name, and so will be refused and shown."""
    return list(_misplaced(spec, options, frozenset(_secret_names(spec))))


def _misplaced(spec: Spec, options: Mapping[str, Any], secret: frozenset[str]) -> Iterator[str]:
    for name, value in options.items():
        if name not in spec:
            yield from texts_in(value) if name in secret else ()
        elif "options" in spec[name]:
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, Mapping):
                    yield from _misplaced(spec[name]["options"], item, secret)


def _secret_names(spec: Spec) -> Iterator[str]:
    for name, option in spec.items():
        if option.get("no_log"):
            yield name
        yield from _secret_names(option.get("options") or {})


def texts_in(value: Any) -> Iterator[str]:
    """All values in a value, as text, but for empty ones."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from texts_in(item)
    elif value not in (None, "") and not isinstance(value, bool):
        yield str(value)
