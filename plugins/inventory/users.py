# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: users
short_description: Accounts of a Nextcloud server as hosts
version_added: 0.1.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Creates a host for each account of a server, so that a play can loop over accounts, select them by groups, and use
    their fields as variables.
  - These hosts cannot be connected to. Set C(connection=local) and the variable C(ansible_python_interpreter) to C({{
    ansible_playbook_python }}) for a play over accounts, or use C(delegate_to) for its tasks. The plugin does not set
    these variables, so that a play over C(all) does not run on the controller by mistake.
  - The name of the inventory file must end in C(nextcloud.yml) or C(nextcloud.yaml).
  - All accounts are read page by page with one sign-in. There are no requests for single accounts.
  - An administrator can read all accounts, a sub-admin the members of their groups.
  - B(Names of hosts.) A host has the name of its account. Letters, digits and C(._-) are kept. Any other character is
    replaced by C(-x), its Unicode number in hexadecimal, and C(-). For example, C(jane@example.org) becomes
    C(jane-x40-example.org). The same applies to the first character of C(all), C(ungrouped), C(localhost) and
    C(127.0.0.1), which have a special meaning for Ansible, and to a hyphen that would look like the start of a replaced
    character. No two accounts get the same name, and the name of an account does not depend on other accounts.
  - B(Variables of hosts.) All options of M(community.nextcloud.user) that a server returns, as options of that module.
    The name of each variable is C(nextcloud_) plus the name of the option, for example C(nextcloud_userid) and
    C(nextcloud_display_name). C(nextcloud_groups.set) is the list of groups. There are also C(nextcloud_backend),
    C(nextcloud_last_login), C(nextcloud_quota_used) and C(nextcloud_read_only), as returned by
    M(community.nextcloud.user_info). The prefix is necessary because Ansible reserves C(groups) and other names.
  - People can edit fields of their accounts themselves. Therefore values are never evaluated as templates.
  - B(Groups of hosts.) See O(group_by). O(groups) and O(keyed_groups) create further groups.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.connection.plugin
  - constructed
  - inventory_cache
options:
  plugin:
    description: Identifies the file as a configuration file of this plugin.
    type: str
    required: true
    choices: [community.nextcloud.users]
  filters:
    description:
      - Which accounts become hosts. If several filters are set, an account must match all of them.
      - Values can be templates.
    type: dict
    default: {}
    suboptions:
      group:
        description: Id of a group that the account is a member of. A group that does not exist is an error.
        type: str
      enabled:
        description: V(true) selects the enabled accounts, V(false) the disabled ones.
        type: bool
      backend:
        description: Backend of the account, for example V(Database) or V(LDAP). Case does not matter.
        type: str
      search:
        description:
          - Text that the id, display name or e-mail address contains. Case does not matter.
        type: str
  group_by:
    description:
      - What to create groups of hosts from. An empty list creates none.
      - V(groups) creates C(nextcloud_group_) plus the id of each Nextcloud group of an account. V(subadmin_of) creates
        C(nextcloud_subadmin_of_) plus the id of each group whose members the account can manage. V(backend) creates
        C(nextcloud_backend_) plus the name of the account's backend.
      - Characters that are not allowed in names of Ansible groups are replaced by C(_). If this gives several ids the
        same name, C(_) and eight characters of a hash of the id are added to the changed names, with a warning.
    type: list
    elements: str
    choices: [groups, subadmin_of, backend]
    default: [groups, subadmin_of, backend]
  concurrency:
    description: Maximum number of concurrent requests, V(1) to V(8).
    type: int
    default: 4
notes:
  - In the inventory file, connection options of type string or path can be templates, for example a lookup in a
    password store. They can also be encrypted with Ansible Vault.
  - Unknown options are refused, because a misspelled filter would select all accounts.
  - A cache contains the data of the accounts, including addresses, but no credentials.
seealso:
  - module: community.nextcloud.user
  - module: community.nextcloud.user_info
"""

EXAMPLES = r"""
# cloud.nextcloud.yml: all accounts; address and credentials are taken from the environment
plugin: community.nextcloud.users
---
# Enabled members of a group, with groups of hosts by language and a further variable
plugin: community.nextcloud.users
filters:
  group: staff
  enabled: true
keyed_groups:
  - key: nextcloud_language
    prefix: language
groups:
  never_signed_in: nextcloud_last_login is none
compose:
  greeting: "'Dear ' ~ nextcloud_display_name"
---
# Cached for an hour
plugin: community.nextcloud.users
group_by: [groups]
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: ~/.cache/nextcloud_accounts
cache_timeout: 3600
"""

import hashlib
import json
from typing import Any

from ansible.errors import AnsibleParserError
from ansible.inventory.data import InventoryData
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable
from ansible.utils.unsafe_proxy import wrap_var
from ansible_collections.community.nextcloud.plugins.module_utils._api.connection import OPTIONS
from ansible_collections.community.nextcloud.plugins.plugin_utils import _inventory
from ansible_collections.community.nextcloud.plugins.plugin_utils._plugin_connection import (
    check_options,
    client_of,
    connection_from,
    connection_variables,
    failures_as,
    resolved,
)


class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):
    """Accounts as hosts."""

    NAME = "community.nextcloud.users"

    def verify_file(self, path: str) -> bool:
        """Whether the file is one for this plugin, by its name."""
        return super().verify_file(path) and path.endswith(("nextcloud.yml", "nextcloud.yaml"))

    def parse(self, inventory: InventoryData, loader: DataLoader, path: str, cache: bool = True) -> None:
        """Put the accounts into the inventory."""
        super().parse(inventory, loader, path, cache)
        config = self._read_config_data(path)
        with failures_as(AnsibleParserError):
            self._set_resolved_options(config)
            accounts = self._accounts(path, cache)
        self._add_groups(accounts)
        for account in accounts:
            self._add_host(account)

    def _set_resolved_options(self, config: dict[str, Any]) -> None:
        """Set the options again, with templates in them resolved."""
        check_options(config, self.option_definitions)
        self.templar.available_variables = self._vars
        options = {
            name: resolved(name, value, self.templar.template) if name in OPTIONS or name == "filters" else value
            for name, value in config.items()
        }
        variables = connection_variables(self._vars, self.templar.template)
        self.set_options(direct=options, var_options={**self._vars, **variables})

    def _accounts(self, path: str, cache: bool) -> list[_inventory.Account]:
        """From the cache where it holds them, else from the server."""
        filters = _inventory.parse_filters(self.get_option("filters"))
        concurrency = _inventory.check_concurrency(self.get_option("concurrency"))
        connection = connection_from(self.get_option)
        kept = f"{self.get_cache_key(path)}_{_digest(connection.signs_in_as, filters)}"
        caching = self.get_option("cache")
        if caching and cache:
            try:
                known: list[_inventory.Account] = self._cache[kept]
                return known
            except KeyError:
                pass  # not read yet, or too long ago
        with client_of(connection) as client:
            accounts = _inventory.read(client, filters, concurrency)
        if caching:
            self._cache[kept] = accounts
        return accounts

    def _add_groups(self, accounts: list[_inventory.Account]) -> None:
        groupings = self.get_option("group_by")
        belongings = {belonging for account in accounts for belonging in _inventory.memberships(account, groupings)}
        self._group_names = _inventory.group_names(belongings, self._sanitize_group_name)
        for groupid, name in _inventory.hashed(self._group_names, self._sanitize_group_name):
            self.display.warning(
                f"The group of hosts for {groupid!r} is named {name}, because another one would have the same name."
            )

    def _add_host(self, account: _inventory.Account) -> None:
        host = _inventory.host_name(account["userid"])
        self.inventory.add_host(host)
        variables = wrap_var(_inventory.host_variables(account))
        for name, value in variables.items():
            self.inventory.set_variable(host, name, value)
        for belonging in _inventory.memberships(account, self.get_option("group_by")):
            self.inventory.add_host(host, group=self.inventory.add_group(self._group_names[belonging]))
        strict = self.get_option("strict")
        self._set_composite_vars(self.get_option("compose"), variables, host, strict)
        self._add_host_to_composed_groups(self.get_option("groups"), variables, host, strict)
        self._add_host_to_keyed_groups(self.get_option("keyed_groups"), variables, host, strict)


def _digest(*decisive: Any) -> str:
    """A short name for what decides which accounts are read: a cache must not answer for another account or filter."""
    return hashlib.sha256(json.dumps(decisive).encode()).hexdigest()[:12]
