# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""One key of an app's configuration as a server holds it: a missing key is told from an empty value."""

from __future__ import annotations

from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client

# For a missing key a server answers what it was given as the default. A value could be the first of these, but it
# cannot be both.
_DEFAULTS = ("no such key", "still no such key")


def read_value(client: Client, app: str, key: str) -> str | None:
    """The value, None where there is no such key. One request for a key that is there, two for one that is not."""
    for default in _DEFAULTS:
        answer = client.call(operations.GET_APP_CONFIG(app, key), query={"defaultValue": default})
        if answer["data"] != default:
            return str(answer["data"])
    return None
