# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documentation of the options that every module and plugin shares."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  url:
    description:
      - Address of the server, including the path if Nextcloud is installed below one, for example
        V(https://example.org/nextcloud).
      - If not set, the environment variable E(NEXTCLOUD_URL) is used. One of the two is required.
    type: str
  username:
    description:
      - Account to sign in with. An administrator can do everything, a sub-admin can manage the members of their groups.
      - If not set, the environment variable E(NEXTCLOUD_USERNAME) is used.
    type: str
  password:
    description:
      - Password or app password of O(username).
      - If not set, the environment variable E(NEXTCLOUD_PASSWORD) is used.
      - Some servers refuse most writes with an app password. Only the answer to a write shows it.
    type: str
  token:
    description:
      - App password that is sent as a bearer token. Mutually exclusive with O(password).
      - If not set, the environment variable E(NEXTCLOUD_TOKEN) is used.
    type: str
  headers:
    description:
      - Further HTTP headers, as a dictionary of names and values, for an access gateway in front of the server that requires
        some, such as a service token. They are secret, and are sent to the server of O(url) only.
      - Headers that the client sends itself, such as C(Authorization), C(Cookie), C(Host) and C(OCS-APIRequest), are refused.
      - If not set, the environment variable E(NEXTCLOUD_HEADERS) is used, which must be a JSON object.
    type: raw
    version_added: 0.3.0
  validate_certs:
    description:
      - Whether to validate the server's certificate.
    type: bool
    default: true
  ca_path:
    description:
      - File or directory with the certificates of the certificate authorities to trust.
    type: path
  client_cert:
    description:
      - File with the client certificate, or with the certificate and its key.
    type: path
  client_key:
    description:
      - File with the key of O(client_cert).
    type: path
  timeout:
    description:
      - Seconds to wait for a connection, and for the whole answer.
    type: float
    default: 60
  max_answer_size:
    description:
      - Largest answer to accept, in MiB. A list of 200 accounts is usually smaller than 1 MiB.
    type: int
    default: 64
    version_added: 0.3.0
  retries:
    description:
      - How many times to retry a request that is safe to repeat, if the server does not answer or is in maintenance mode.
      - The pauses between retries are 1, 2, 4 seconds and so on.
      - If creating something gets no answer, the module checks whether it exists before trying again.
    type: int
    default: 3
  rate_limit_wait:
    description:
      - Total number of seconds that a task may wait when the server's rate limit is reached. With V(0) the task fails
        immediately.
      - A server accepts 50 edits of accounts in 10 minutes from each signed-in account. Creating accounts and changing
        their groups is not limited.
    type: int
    default: 660
  session_file:
    description:
      - File that keeps the signed-in session for the next task, which then does not need to sign in.
      - Protect the file like a password; it can be used for up to 25 minutes. It is created with mode V(0600) and refused
        if other users can read it.
      - Not needed within one run of Ansible, see O(share_session).
    type: path
  share_session:
    description:
      - Whether all tasks, lookups and inventories of a run of Ansible that use the same credentials share one sign-in. This
        applies to everything that runs inside the Ansible process; a task that runs as an ordinary module signs in itself.
      - A refused sign-in is shared as well. The same credentials are not sent again in the run, not even by ordinary
        modules, because a server locks an address out after ten failed sign-ins. Tasks that set the password of the account,
        or enable it, end this. A task with C(until) or C(retries) can try again, up to five times in a run.
      - The session is kept encrypted in Ansible's temporary folder for the run. The key is only kept in memory.
      - If not set, the environment variable E(NEXTCLOUD_SHARE_SESSION) is used.
    type: bool
    default: true
    version_added: 0.3.0
requirements:
  - requests
seealso:
  - name: Provisioning API
    description: The Nextcloud API that this collection uses.
    link: https://docs.nextcloud.com/server/latest/admin_manual/configuration_user/instruction_set_for_users.html
"""

    # For inventory and lookup plugins, beside the fragment above: where Ansible reads the options from.
    PLUGIN = r"""
options:
  url:
    env: [{name: NEXTCLOUD_URL}]
    vars: [{name: nextcloud_url}]
  username:
    env: [{name: NEXTCLOUD_USERNAME}]
    vars: [{name: nextcloud_username}]
  password:
    env: [{name: NEXTCLOUD_PASSWORD}]
    vars: [{name: nextcloud_password}]
  token:
    env: [{name: NEXTCLOUD_TOKEN}]
    vars: [{name: nextcloud_token}]
  headers:
    env: [{name: NEXTCLOUD_HEADERS}]
    vars: [{name: nextcloud_headers}]
  validate_certs:
    vars: [{name: nextcloud_validate_certs}]
  ca_path:
    vars: [{name: nextcloud_ca_path}]
  client_cert:
    vars: [{name: nextcloud_client_cert}]
  client_key:
    vars: [{name: nextcloud_client_key}]
  timeout:
    vars: [{name: nextcloud_timeout}]
  max_answer_size:
    vars: [{name: nextcloud_max_answer_size}]
  retries:
    vars: [{name: nextcloud_retries}]
  rate_limit_wait:
    vars: [{name: nextcloud_rate_limit_wait}]
  session_file:
    vars: [{name: nextcloud_session_file}]
  share_session:
    env: [{name: NEXTCLOUD_SHARE_SESSION}]
    vars: [{name: nextcloud_share_session}]
notes:
  - The plugin connects to the server over HTTP from the controller, so C(requests) is required there. It only reads.
  - A connection option that is not set is taken from the variable named C(nextcloud_) plus the option's name, or from the
    environment. When an inventory is read, the only variables are those of C(--extra-vars).
"""
