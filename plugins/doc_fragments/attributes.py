# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documentation of what all modules of the collection support."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options: {}
attributes:
  check_mode:
    description: Can run in check mode and return changed status prediction without modifying the target.
    support: full
  diff_mode:
    description: Will return details on what has changed (or possibly needs changing in check mode), when in diff mode.
    support: full
  idempotent:
    description: When run twice in a row, with the same arguments, the second invocation indicates no change.
    support: full
  action:
    description: Indicates this has a corresponding action plugin so some parts of the options can be executed on the controller.
    support: full
    details: [All of it runs on the controller where the task would run there anyway.]
  async:
    description: Supports being used with the C(async) keyword.
    support: full
    details: [A task with C(async) is always shipped.]
  platform:
    description: Target OS/families that can be operated against.
    platforms: posix
    support: full
"""

    INFO_MODULE = r"""
options: {}
attributes:
  check_mode:
    description: Can run in check mode and return changed status prediction without modifying the target.
    support: full
    details: [It reads only, so check mode is no different.]
  diff_mode:
    description: Will return details on what has changed (or possibly needs changing in check mode), when in diff mode.
    support: N/A
    details: [It changes nothing.]
  idempotent:
    description: When run twice in a row, with the same arguments, the second invocation indicates no change.
    support: full
    details: [It changes nothing.]
  action:
    description: Indicates this has a corresponding action plugin so some parts of the options can be executed on the controller.
    support: full
    details: [All of it runs on the controller where the task would run there anyway.]
  async:
    description: Supports being used with the C(async) keyword.
    support: full
    details: [A task with C(async) is always shipped.]
  platform:
    description: Target OS/families that can be operated against.
    platforms: posix
    support: full
"""

    ACTIONGROUP = r"""
options: {}
attributes:
  action_group:
    description: Use C(group/community.nextcloud.nextcloud) in C(module_defaults) to set the connection once.
    membership:
      - community.nextcloud.nextcloud
    support: full
"""
