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
  - Makes each account of a server a host, so that a play can go through accounts, choose among them by groups, and have
    their fields as variables.
  - There is nothing to connect to under such a host. Give a play over accounts C(connection=local) and the variable
    C(ansible_python_interpreter) as C({{ ansible_playbook_python }}), or let its tasks be run by C(delegate_to). The
    plugin does not set these itself, so that a play over C(all) does not reach the controller by mistake.
  - The name of the inventory file must end in C(nextcloud.yml) or C(nextcloud.yaml).
  - All accounts are read in one pass of pages, with one sign-in. There is no request for a single account.
  - An administrator sees all accounts, a sub-admin the members of their groups.
  - B(Names of hosts.) A host is called as its account, and letters, digits and C(._-) stay as they are. Any other
    character is written as C(-x), its number in Unicode in hexadecimal, and C(-). So C(jane@example.org) becomes
    C(jane-x40-example.org). The first character of C(all), C(ungrouped), C(localhost) and C(127.0.0.1), which mean
    something else to Ansible, is written that way too, and so is a hyphen where it would look like such a character. No
    two accounts get the same name, and an account's name does not depend on which others there are.
  - B(Variables of hosts.) Each option of M(community.nextcloud.user) that a server gives back, in the form in which
    that module accepts it, named C(nextcloud_) and the option, for example C(nextcloud_userid),
    C(nextcloud_display_name) and C(nextcloud_groups), whose list is C(nextcloud_groups.set). Further
    C(nextcloud_backend), C(nextcloud_last_login), C(nextcloud_quota_used) and C(nextcloud_read_only) as
    M(community.nextcloud.user_info) returns them. The prefix is there because Ansible keeps C(groups) and other names
    to itself.
  - People write fields of their accounts themselves. So values are never taken for templates.
  - B(Groups of hosts.) See O(group_by); O(groups) and O(keyed_groups) make others.
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.connection.plugin
  - constructed
  - inventory_cache
options:
  plugin:
    description: Says that the file is for this plugin.
    type: str
    required: true
    choices: [community.nextcloud.users]
  filters:
    description:
      - Which accounts become hosts. Where several filters are set, all must hold.
      - Templates are accepted.
    type: dict
    default: {}
    suboptions:
      group:
        description: Members of this group, by its id. A group that does not exist is an error.
        type: str
      enabled:
        description: V(false) for the accounts that are disabled, V(true) for those that are not.
        type: bool
      backend:
        description: Accounts that come from there, for example V(Database) or V(LDAP). Case makes no difference.
        type: str
      search:
        description:
          - Accounts that have this in their id, display name or e-mail address. Case makes no difference.
        type: str
  group_by:
    description:
      - What to make groups of hosts from. An empty list makes none.
      - V(groups) makes C(nextcloud_group_) and the id of each Nextcloud group that an account is in, V(subadmin_of)
        makes C(nextcloud_subadmin_of_) and the id of each group whose members it may manage, V(backend) makes
        C(nextcloud_backend_) and the name of where it comes from.
      - Characters that Ansible does not accept in the name of a group become C(_). Where two ids get the same name by
        that, those that were changed end in C(_) and eight characters of a hash of the id, with a warning.
    type: list
    elements: str
    choices: [groups, subadmin_of, backend]
    default: [groups, subadmin_of, backend]
  concurrency:
    description: How many pages are asked for at the same time, V(1) to V(8).
    type: int
    default: 4
notes:
  - In the inventory file, options of the connection that are text or a path may be templates, for example a lookup in a
    password store. Values that are encrypted with Ansible Vault are accepted too.
  - An option that the plugin does not know is refused, because a filter with a spelling mistake would select everybody.
  - A cache holds what the server tells of the accounts, addresses included, and nothing to sign in with.
seealso:
  - module: community.nextcloud.user
  - module: community.nextcloud.user_info
"""

EXAMPLES = r"""
# cloud.nextcloud.yml: all accounts; address and credentials come from the environment
plugin: community.nextcloud.users
---
# Those of a group who may sign in, with groups by language and a variable for mails
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
# Kept for an hour
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
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import connected
from ansible_collections.community.nextcloud.plugins.module_utils._api.connection import OPTIONS
from ansible_collections.community.nextcloud.plugins.plugin_utils import _users
from ansible_collections.community.nextcloud.plugins.plugin_utils._connect import (
    check_options,
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

    def _accounts(self, path: str, cache: bool) -> list[_users.Account]:
        """From the cache where it holds them, else from the server."""
        filters = _users.parse_filters(self.get_option("filters"))
        concurrency = _users.check_concurrency(self.get_option("concurrency"))
        connection = connection_from(self.get_option)
        kept = f"{self.get_cache_key(path)}_{_digest(connection.signs_in_as, filters)}"
        caching = self.get_option("cache")
        if caching and cache:
            try:
                return self._cache[kept]
            except KeyError:
                pass  # not read yet, or too long ago
        with connected(connection) as client:
            accounts = _users.read(client, filters, concurrency)
        if caching:
            self._cache[kept] = accounts
        return accounts

    def _add_groups(self, accounts: list[_users.Account]) -> None:
        groupings = self.get_option("group_by")
        belongings = {belonging for account in accounts for belonging in _users.memberships(account, groupings)}
        self._group_names = _users.group_names(belongings, self._sanitize_group_name)
        for groupid, name in _users.hashed(self._group_names, self._sanitize_group_name):
            self.display.warning(
                f"The group of hosts for {groupid!r} is {name}: another one has the name without that end."
            )

    def _add_host(self, account: _users.Account) -> None:
        host = _users.host_name(account["userid"])
        self.inventory.add_host(host)
        variables = wrap_var(_users.host_variables(account))
        for name, value in variables.items():
            self.inventory.set_variable(host, name, value)
        for belonging in _users.memberships(account, self.get_option("group_by")):
            self.inventory.add_host(host, group=self.inventory.add_group(self._group_names[belonging]))
        strict = self.get_option("strict")
        self._set_composite_vars(self.get_option("compose"), variables, host, strict)
        self._add_host_to_composed_groups(self.get_option("groups"), variables, host, strict)
        self._add_host_to_keyed_groups(self.get_option("keyed_groups"), variables, host, strict)


def _digest(*decisive: Any) -> str:
    """A short name for what decides which accounts are read: a cache must not answer for another account or filter."""
    return hashlib.sha256(json.dumps(decisive).encode()).hexdigest()[:12]
