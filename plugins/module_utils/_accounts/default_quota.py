# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What the quota `default` stands for on a server.

It is the default quota of the server. Where none is set and unlimited quotas are forbidden, the server takes the first
size that it offers to administrators.
"""

from __future__ import annotations

from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure, invalid
from ansible_collections.community.nextcloud.plugins.module_utils._values import quota

_APP = "files"
_PRESETS = "1 GB, 5 GB, 10 GB"  # those of a server on which none are set
_UNSET = "unset"  # no server has this as its default quota


def read_default_quota(client: Client) -> str:
    """In the spelling of a declared quota. Failure (invalid) where the server's setting is not a size."""
    value = _setting(client, "default_quota", _UNSET)
    if value != _UNSET:
        return _parsed("default_quota", value or "none")
    if _setting(client, "allow_unlimited_quota", "1") == "1":
        return "none"
    presets = map(str.strip, _setting(client, "quota_preset", _PRESETS).split(","))
    sizes = [preset for preset in presets if preset not in ("", "default", "none")]
    return _parsed("quota_preset", sizes[0] if sizes else "none")


def _setting(client: Client, key: str, default: str) -> str:
    try:
        return str(client.call(operations.GET_APP_CONFIG(_APP, key), query={"defaultValue": default})["data"])
    except Failure as failure:
        if failure.category == "permission":
            message = "quota: only an administrator can read the default quota; give a size or none instead."
            raise failure.but(message=message) from failure
        raise


def _parsed(key: str, value: str) -> str:
    try:
        # A server reads what it cannot read as a size as another one: 5 GiB is 5 bytes, and a space at the end is 0.
        if value == "default" or "i" in value.lower() or value != value.rstrip():
            raise ValueError
        return quota.parse(value)
    except ValueError:
        raise invalid(
            "quota",
            f"must be a size or none, because the server's default quota is {value!r} (app {_APP}, key {key}), which is"
            " not a size",
        ) from None
