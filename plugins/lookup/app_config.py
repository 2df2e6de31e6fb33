# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: app_config
short_description: Look up configuration values of apps of a Nextcloud server
version_added: 0.1.0
author:
  - community.nextcloud contributors (@ansible-collections)
description:
  - Returns values of the configuration of apps. Requires an administrator.
  - One lookup reads all of its terms. Lookups and tasks of a run share a sign-in, see O(share_session).
extends_documentation_fragment:
  - community.nextcloud.connection
  - community.nextcloud.connection.plugin
options:
  _terms:
    description: Keys to read, each as C(app/key). Neither the app nor the key can contain a slash.
    type: list
    elements: str
    required: true
  default:
    description:
      - Value to return for a key that does not exist. This can be null. A key with an empty value exists.
      - If not set, such a key is an error, which the lookup's option C(errors) handles.
    type: raw
notes:
  - A value can be a secret. Set C(no_log) for a task that would show it.
seealso:
  - module: community.nextcloud.app_config
  - module: community.nextcloud.app_config_info
"""

EXAMPLES = r"""
- name: Show the default quota
  ansible.builtin.debug:
    msg: "{{ lookup('community.nextcloud.app_config', 'files/default_quota', default='none') }}"

- name: Show values of several apps
  ansible.builtin.debug:
    msg: "{{ query('community.nextcloud.app_config', 'core/shareapi_allow_links', 'theming/name', default='not set') }}"

- name: Set a value only if the key does not exist
  community.nextcloud.app_config:
    app: files
    key: default_quota
    value: 5 GB
  when: lookup('community.nextcloud.app_config', 'files/default_quota', default=none) is none
"""

RETURN = r"""
_raw:
  description: The values as the server holds them, in the order of the terms. The server can hold V(yes) as V(1).
  type: list
  elements: str
  sample: [5 GB]
"""

from typing import Any, Mapping

from ansible.plugins.lookup import LookupBase
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._apps.config_read import read_value
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import invalid
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import parse_value
from ansible_collections.community.nextcloud.plugins.plugin_utils._lookup import look_up


def _parse(term: str) -> tuple[str, str]:
    app, slash, key = term.partition("/")
    if not slash:
        raise invalid("_terms", f"{term!r} is not of the form app/key")
    parsed_app = parse_value("_terms", kinds.APPID, app)
    return parsed_app, parse_value("_terms", kinds.CONFIG_KEY, key)


def _read(client: Client, query: tuple[str, str]) -> str | None:
    return read_value(client, *query)


class LookupModule(LookupBase):
    """The lookup."""

    def run(self, terms: list[Any], variables: Mapping[str, Any] | None = None, **kwargs: Any) -> list[Any]:
        """Values by app and key."""
        return look_up(self, terms, variables, kwargs, _parse, _read)
