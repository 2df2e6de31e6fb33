# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Ids in the results of modules. A result has the server's spelling, but is masked where it contains a secret of the task."""

from __future__ import annotations

from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import USERID


def spelling(asked: str, found: str) -> str:
    """The id of an account as the server spells it, or as it was asked for where the result is masked."""
    return found if USERID.key(found) == USERID.key(asked) else asked
