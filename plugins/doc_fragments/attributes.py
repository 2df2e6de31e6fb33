# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documentation of what all modules of the collection support, and of where they run."""

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
    description: >-
      Indicates this has a corresponding action plugin so some parts of the options can be executed on the controller.
    support: full
    details: [Tasks with a local connection run inside the Ansible process; see notes.]
  action_group:
    description: Use C(group/community.nextcloud.nextcloud) in C(module_defaults) to set the connection once.
    membership:
      - community.nextcloud.nextcloud
    support: full
  async:
    description: Supports being used with the C(async) keyword.
    support: full
    details: [Tasks with C(async) always run as an ordinary module.]
  platform:
    description: Target OS/families that can be operated against.
    platforms: posix
    support: full
notes:
  - The module connects to the server over HTTP from the host that it runs on. This is usually the controller, so use
    C(delegate_to=localhost) or C(connection=local).
  - On the controller it runs inside the Ansible process, and shares one sign-in with all that uses the same credentials
    there, see O(share_session). It runs as an ordinary module if the task has C(become) or C(async), uses another Python
    interpreter, or has an C(environment) that sets anything other than proxies and the connection. Set
    E(NEXTCLOUD_IN_PROCESS=false), or the variable C(nextcloud_in_process) to V(false), to always run it as an ordinary
    module.
"""

    # To be listed before the fragment above: of an attribute that both have, the key that comes first counts.
    INFO_MODULE = r"""
options: {}
attributes:
  check_mode:
    details: [The module only reads, so check mode makes no difference.]
  diff_mode:
    support: N/A
    details: [The module only reads.]
  idempotent:
    details: [The module only reads.]
"""
