# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What the lookups have in common: many terms with one sign-in, and what is missing."""

from __future__ import annotations

from functools import partial
from typing import Any, Callable, Iterable, Iterator, Mapping, TypeVar

from ansible.errors import AnsibleLookupError
from ansible.plugins.lookup import LookupBase
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import invalid
from ansible_collections.community.nextcloud.plugins.plugin_utils._ansible_internals import templated
from ansible_collections.community.nextcloud.plugins.plugin_utils._plugin_connection import (
    check_options,
    client_of,
    connection_from,
    connection_variables,
    failures_as,
)

Query = TypeVar("Query")


def look_up(
    lookup: LookupBase,
    terms: list[Any],
    variables: Mapping[str, Any] | None,
    options: Mapping[str, Any],
    parse: Callable[[str], Query],
    read: Callable[[Client, Query], Any],
) -> list[Any]:
    """What `read` finds for each term; where it finds None, the option `default` or an error.

    parse: term to what `read` is asked for; Failure (invalid) for what cannot be right, before any request.
    options: as they were given to the lookup; a default of null is told from none by them.
    """
    with failures_as(AnsibleLookupError):
        lookup.set_options(var_options=connection_variables(variables, partial(templated, lookup)), direct=options)
        check_options(options, lookup.option_definitions)
        questions = [(term, parse(_text(term))) for term in _flat(terms)]
        if not questions:
            return []
        with client_of(connection_from(lookup.get_option)) as client:
            found = [(term, read(client, question)) for term, question in questions]
    missing = [str(term) for term, answer in found if answer is None]
    if missing and "default" not in options:
        raise AnsibleLookupError(
            f"The server does not have {', '.join(missing)}, or hides it from the signed-in account."
            " Set default to return another value instead."
        )
    return [lookup.get_option("default") if answer is None else answer for unused, answer in found]


def _flat(terms: Iterable[Any]) -> Iterator[Any]:
    """A term may be a list of terms."""
    for term in terms:
        if isinstance(term, (list, tuple)):
            yield from term
        else:
            yield term


def _text(term: Any) -> str:
    if isinstance(term, bool) or not isinstance(term, (str, int)):
        raise invalid("_terms", f"{term!r} is invalid: must be text")
    return str(term)
