# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Phone numbers as people write them in their own country."""

from __future__ import annotations

import importlib
from typing import Any

_LIBRARY = "phonenumbers"


def check_region(region: Any) -> None:
    """ValueError unless numbers of this region can be read."""
    if not isinstance(region, str) or region not in _library().SUPPORTED_REGIONS:
        raise ValueError("phone_region must be a two-letter country code in upper case, such as DE")


def international(number: str, region: str) -> str:
    """A number of the region, or of any other with its country code, as E.164. ValueError says what it must be."""
    library = _library()
    try:
        parsed = library.parse(number, region)
    except library.NumberParseException:
        parsed = None
    if parsed is None or not library.is_valid_number(parsed) or parsed.extension:
        raise ValueError(f"must be a phone number of {region} without an extension, or one with its country code")
    return str(library.format_number(parsed, library.PhoneNumberFormat.E164))


def _library() -> Any:
    """The library is asked for only where it is used."""
    try:
        return importlib.import_module(_LIBRARY)
    except ImportError:
        raise ValueError(f"phone_region requires the Python package {_LIBRARY} on the controller") from None
