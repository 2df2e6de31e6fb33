# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""Networks that a server exempts from its brute-force protection, and with a flag from its rate limits too."""

from __future__ import annotations

import ipaddress
from typing import Any, Mapping, NamedTuple, Union

from ansible_collections.community.nextcloud.plugins.module_utils._api import operations
from ansible_collections.community.nextcloud.plugins.module_utils._api.client import Client
from ansible_collections.community.nextcloud.plugins.module_utils._apps.config_read import read_value
from ansible_collections.community.nextcloud.plugins.module_utils._apps.info import listed
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._engine.plan import Plan, State, Step
from ansible_collections.community.nextcloud.plugins.module_utils._engine.resource import Resource
from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import Kind, parse_value

APP = "bruteforcesettings"
FLAG = "apply_allowlist_to_ratelimit"

# Sanity's pylint knows no `|` of types at run time.
Network = Union[ipaddress.IPv4Network, ipaddress.IPv6Network]  # noqa: UP007


def argument_spec() -> dict[str, Any]:
    """The option spec of module `rate_limit_exemption`, beside the connection."""
    return {
        "network": {"type": "str", "required": True},
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        "apply_to_rate_limit": {"type": "bool"},
    }


def _parse_network(value: Any) -> Network:
    address, slash, length = str(value).partition("/")
    # Python takes a mask written as an address, and a zone; a server takes neither.
    if "%" in address or slash and not (length.isascii() and length.isdigit()):
        raise ValueError(_MUST_BE)
    try:
        network = ipaddress.ip_network(value, strict=False)
    except ValueError as error:
        raise ValueError(_MUST_BE) from error
    if network.network_address != ipaddress.ip_address(address):
        raise ValueError(f"must be {network} for the network, or {address} for the single address")
    return network


_MUST_BE = "must be an IPv4 or IPv6 address, or a network such as 192.0.2.0/24 or 2001:db8::/32"
NETWORK = Kind(_parse_network)


class Declared(NamedTuple):
    """flag: whether the list applies to rate limits too, None where that is left as it is."""

    network: Network
    state: str = "present"
    flag: bool | None = None


class Current(NamedTuple):
    """entries: ids of the list's entries of just this network; None where the server's app for the list is not
    enabled. flag: None where it was not asked for."""

    entries: tuple[str, ...] | None
    flag: bool | None = None


def parse(options: Mapping[str, Any]) -> Declared:
    """What the options declare; Failure (invalid) names the option that cannot be right."""
    network = parse_value("network", NETWORK, options["network"])
    state, flag = options.get("state") or "present", options.get("apply_to_rate_limit")
    return Declared(network, state, True if flag is None and state == "present" else flag)


def read(client: Client, declared: Declared) -> tuple[Current, None]:
    """The list, and the flag only where it is declared."""
    entries = _read_entries(client, declared.network)
    flag = applies_to_rate_limits(client) if declared.flag is not None else None
    return Current(entries, flag), None


def _read_entries(client: Client, network: Network) -> tuple[str, ...] | None:
    try:
        answer = client.call(operations.GET_ALLOW_LIST())
    except Failure as failure:
        # The same answer comes where url is wrong: only the list of apps tells the two apart.
        if failure.http_status != 404 or APP in listed(client, "enabled"):
            raise
        return None
    return tuple(str(entry["id"]) for entry in answer if _network_of(entry) == network)


def _network_of(entry: Mapping[str, Any]) -> Network | None:
    """An entry is listed as it was written: an IPv6 address in any spelling, and a mask as text."""
    try:
        return ipaddress.ip_network(f"{entry['ip']}/{entry['mask']}", strict=False)
    except ValueError:
        return None


def applies_to_rate_limits(client: Client) -> bool:
    """The flag: whether the server's list of networks lifts its rate limits too. For administrators alone."""
    return (read_value(client, APP, FLAG) or "").lower() in ("1", "true", "yes", "on")


def plan(declared: Declared, current: Current, facts: None = None) -> Plan:
    """The calls from the current list and flag to the declared ones."""
    steps = [*_entry_steps(declared, current), *_flag_steps(declared, current)]
    before = _state(declared, "present" if current.entries else "absent", current.flag)
    blocker = None
    if current.entries is None:
        blocker = Failure(
            "not_found",
            f"network: the list of networks requires the app {APP}, which is not enabled. Enable it first with"
            " community.nextcloud.app.",
        )
    return Plan(tuple(steps), before, _state(declared, declared.state, declared.flag), blocker=blocker)


def _entry_steps(declared: Declared, current: Current) -> list[Step]:
    network = declared.network
    if declared.state == "present" and not current.entries:
        body = {"ip": str(network.network_address), "mask": network.prefixlen}
        return [Step(operations.ADD_TO_ALLOW_LIST(), f"add network {network}", body=body)]
    if declared.state == "absent":
        remove = operations.REMOVE_FROM_ALLOW_LIST
        return [Step(remove(entry), f"remove network {network}") for entry in current.entries or ()]
    return []


def _flag_steps(declared: Declared, current: Current) -> list[Step]:
    if declared.flag == current.flag:
        return []
    value = {"value": "1" if declared.flag else "0"}
    return [Step(operations.SET_APP_CONFIG(APP, FLAG), "set apply_to_rate_limit", value, field="apply_to_rate_limit")]


def _state(declared: Declared, state: str, flag: bool | None) -> State:
    values: State = {"network": _shown_network(declared.network), "state": state}
    return values if flag is None else {**values, "apply_to_rate_limit": flag}


def _shown_network(network: Network) -> str:
    """A network as people write it: one address without a mask."""
    return str(network.network_address if network.prefixlen == network.max_prefixlen else network)


RESOURCE = Resource("rate_limit_exemption", argument_spec, parse, read, plan)
