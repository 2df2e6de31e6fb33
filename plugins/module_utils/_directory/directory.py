# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""A whole directory as a resource."""

from __future__ import annotations

from ansible_collections.community.nextcloud.plugins.module_utils._directory.apply import apply
from ansible_collections.community.nextcloud.plugins.module_utils._directory.options import argument_spec, parse
from ansible_collections.community.nextcloud.plugins.module_utils._directory.plan import plan
from ansible_collections.community.nextcloud.plugins.module_utils._directory.read import read
from ansible_collections.community.nextcloud.plugins.module_utils._directory.result import result
from ansible_collections.community.nextcloud.plugins.module_utils._engine.resource import Resource

RESOURCE = Resource("directory", argument_spec, parse, read, plan, apply=apply, result=result)
