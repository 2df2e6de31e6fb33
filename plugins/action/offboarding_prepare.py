# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.community.nextcloud.plugins.plugin_utils._action.dispatch import DispatchingAction


class ActionModule(DispatchingAction):
    """Runs tasks of the module of this name."""
