# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documentation of the options that every module and plugin shares."""

from __future__ import annotations

import re

# An option in the text below: its name, and the lines under it.
_OPTION = re.compile(r"^  (\w+):\n((?: {4}.*\n)+)", re.MULTILINE)
_ENVIRONMENT = re.compile(r"E\((\w+)\)")


def _for_plugins(documentation: str) -> str:
    """The same for inventory and lookup plugins: they name environment and variables so that Ansible reads these."""

    def sourced(option: re.Match[str]) -> str:
        name, lines = option.groups()
        environment = _ENVIRONMENT.search(lines)
        env = f"    env: [{{name: {environment[1]}}}]\n" if environment else ""
        return f"  {name}:\n{lines}{env}    vars: [{{name: nextcloud_{name}}}]\n"

    options, notes, rest = re.split(r"^(notes:\n(?:  .*\n)+)", documentation, flags=re.MULTILINE)
    return _OPTION.sub(sourced, options) + _PLUGIN_NOTES + rest


_PLUGIN_NOTES = """
notes:
  - The plugin talks to the server over HTTP from the controller, so C(requests) is needed there. It only reads.
  - An option of the connection that is not given is taken from the variable C(nextcloud_) followed by its name, else
    from the environment. An inventory is read before there are other variables than those of C(--extra-vars).
"""


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  url:
    description:
      - Address of the server, with its path where Nextcloud lies below one, for example V(https://example.org/nextcloud).
      - If not set, the environment variable E(NEXTCLOUD_URL) is used. One of the two is needed.
    type: str
  username:
    description:
      - Account to sign in with. An administrator may do everything; a sub-admin may manage the members of their groups.
      - If not set, the environment variable E(NEXTCLOUD_USERNAME) is used.
    type: str
  password:
    description:
      - Password, or app password, of O(username).
      - If not set, the environment variable E(NEXTCLOUD_PASSWORD) is used.
      - From Nextcloud 34 on the server refuses most writes under an app password.
    type: str
  token:
    description:
      - App password that is sent as a bearer token. It excludes O(password).
      - If not set, the environment variable E(NEXTCLOUD_TOKEN) is used.
    type: str
  validate_certs:
    description:
      - Whether to check the server's certificate.
    type: bool
    default: true
  ca_path:
    description:
      - File or folder with the certificate authorities to trust.
    type: path
  client_cert:
    description:
      - File with the certificate, or with certificate and key, to show to the server.
    type: path
  client_key:
    description:
      - File with the key of O(client_cert).
    type: path
  timeout:
    description:
      - Seconds to wait for the connection, and for each part of an answer.
    type: float
    default: 60
  retries:
    description:
      - How often a call that is safe to repeat is tried again when the server does not answer or is in maintenance.
      - The pauses are 1, 2, 4 and so on seconds.
      - A creation that got no answer is never sent again before a look whether it was carried out.
    type: int
    default: 3
  rate_limit_wait:
    description:
      - Seconds a task may wait in all when the server's rate limit is used up. V(0) lets the task fail at once.
      - A server takes 50 edits of accounts in 10 minutes from each signed-in account. Creating accounts and changing
        their groups is not limited.
    type: int
    default: 660
  session_file:
    description:
      - File in which the signed-in session is kept for the next task, which then needs no sign-in.
      - The file is as good as a password for up to 25 minutes. It is created with mode V(0600) and refused where others
        can read it.
      - If not set, every task signs in once, and so does a loop on the controller.
    type: path
requirements:
  - requests
notes:
  - The module talks to the server over HTTP from the host it runs on. Usually that is the controller, so use
    C(delegate_to=localhost) or C(connection=local).
  - There it runs inside Ansible's own process, and the items of a loop that sign in the same way share one session. Where
    the task has C(become), C(async), another Python, or an C(environment) of more than proxies and the connection, it is
    shipped as any other module. E(NEXTCLOUD_IN_PROCESS=false), or the variable C(nextcloud_in_process) set to V(false),
    has it shipped always.
seealso:
  - name: Provisioning API
    description: The interface of Nextcloud that this collection uses.
    link: https://docs.nextcloud.com/server/latest/admin_manual/configuration_user/instruction_set_for_users.html
"""

    PLUGIN: str = _for_plugins(DOCUMENTATION)
