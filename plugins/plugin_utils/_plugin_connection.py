# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The connection of a plugin that runs on the controller, and the collection's failures as Ansible's errors."""

from __future__ import annotations

from contextlib import contextmanager
from typing import Any, Callable, Container, ContextManager, Iterable, Iterator, Mapping

from ansible.errors import AnsibleError, AnsibleUndefinedVariable
from ansible.module_utils.basic import missing_required_lib
from ansible.utils.display import Display
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client, connected
from ansible_collections.community.nextcloud.plugins.module_utils._api.connection import OPTIONS, Connection
from ansible_collections.community.nextcloud.plugins.module_utils._api.session import REQUESTS_IMPORT_ERROR
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure, invalid
from ansible_collections.community.nextcloud.plugins.plugin_utils._run_memory import open_session

# The variables that the documentation fragment `connection.plugin` names.
VARIABLES = tuple(f"nextcloud_{name}" for name in OPTIONS)


@contextmanager
def failures_as(error: type[AnsibleError]) -> Iterator[None]:
    """Inside it, a Failure is raised as `error`, in its own words; these hold no secret."""
    try:
        yield
    except Failure as failure:
        raise error(failure.message) from None


def check_options(given: Iterable[str], known: Container[str]) -> None:
    """Ansible lets a plugin's options with a spelling mistake pass, as if they had not been given."""
    for name in given:
        if name not in known:
            raise invalid(str(name), "is not an option of this plugin")


def connection_variables(variables: Mapping[str, Any] | None, template: Callable[[Any], Any]) -> dict[str, Any]:
    """Those of the variables that say how to reach a server, with templates in them resolved."""
    return {name: resolved(name, variables[name], template) for name in VARIABLES if variables and name in variables}


def resolved(name: str, value: Any, template: Callable[[Any], Any]) -> Any:
    """The value of an option or variable with templates in it resolved; Failure (invalid) names it.

    Ansible's own words for a template that is wrong would repeat it: it may be a password that only looks like one.
    """
    try:
        return template(value)
    except AnsibleUndefinedVariable as error:
        raise invalid(name, f"must be a template of variables that exist; {error.message}") from None
    except AnsibleError:
        raise invalid(name, "must be text or a template without errors; the template cannot be resolved") from None


def client_of(connection: Connection) -> ContextManager[Client]:
    """A client that shares its sign-in with the tasks of the run."""
    return connected(connection, sessions=open_session)


def connection_from(get_option: Callable[[str], Any]) -> Connection:
    """The connection of a plugin's options; Failure names the option that cannot be right."""
    if REQUESTS_IMPORT_ERROR:
        raise AnsibleError(missing_required_lib("requests"))
    connection = Connection.from_options(get_option)
    for warning in connection.warnings:
        Display().warning(warning)
    return connection
