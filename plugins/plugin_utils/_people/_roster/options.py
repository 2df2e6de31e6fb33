# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The options that a cell can become, and what each takes."""

from __future__ import annotations

from typing import Any

from ansible.module_utils.parsing.convert_bool import boolean
from ansible_collections.community.nextcloud.plugins.module_utils._accounts import fields
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import OR_EMPTY, Kind
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.phones import international

SECRETS = frozenset((fields.PASSWORD.option,))
LISTS = frozenset(field.option for field in fields.LIST_FIELDS)
KINDS: dict[str, Kind] = {
    "userid": kinds.USERID,
    "enabled": kinds.SWITCH,
    fields.PASSWORD.option: fields.PASSWORD.kind,
    **{field.option: field.kind for field in (*fields.FIELDS, *fields.LIST_FIELDS)},
}
ADDRESSES = frozenset(option for option, kind in KINDS.items() if kind is kinds.EMAIL)
# What `compose` brings to the alphabet of ids: ids and addresses.
IDS = frozenset(option for option, kind in KINDS.items() if kind in (kinds.USERID, kinds.MANAGER, kinds.EMAIL))


def converted(option: str, text: str, phone_region: str | None = None) -> Any:
    """A cell as the option takes it; ValueError says what it must be.

    Text stays as it is written: the modules bring it to the server's spelling. Only a phone number of a region does not.
    """
    kind = KINDS[option]
    if kind.type == "bool":
        try:
            return boolean(text)
        except TypeError:
            raise ValueError(
                "must be one of: yes, no, true, false, on, off, 1, 0; set values for other words"
            ) from None
    if kind is kinds.PHONE and phone_region:
        return international(text, phone_region)
    value = int(text) if kind.type == "int" and text.isdecimal() else text
    try:
        kind.parse(value)
    except ValueError as error:
        # An empty cell clears nothing: it leaves the option out.
        raise ValueError(str(error).removesuffix(OR_EMPTY)) from None
    return value


def same_key(option: str, value: Any) -> Any:
    """What of two values must be equal for a server to take them as the same."""
    kind = KINDS[option]
    return kind.key(kind.parse(value))
