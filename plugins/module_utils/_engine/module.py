# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""A task as a module: AnsibleModule on one side, the engine on the other."""

from __future__ import annotations

import os
import traceback
from typing import Any

from ansible.module_utils import basic
from ansible_collections.community.nextcloud.plugins.module_utils._api.connection import OPTIONS, secrets_in
from ansible_collections.community.nextcloud.plugins.module_utils._api.session import REQUESTS_IMPORT_ERROR
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure
from ansible_collections.community.nextcloud.plugins.module_utils._engine import ansible_internals, progress_file
from ansible_collections.community.nextcloud.plugins.module_utils._engine.masking import (
    masked_options,
    misplaced_secrets,
    texts_in,
)
from ansible_collections.community.nextcloud.plugins.module_utils._engine.resource import Mode, Reader, Resource
from ansible_collections.community.nextcloud.plugins.module_utils._engine.run import Context, run


def connection_argument_spec() -> dict[str, Any]:
    """The option spec of the connection, with its environment variables."""
    spec = {}
    for name, option in OPTIONS.items():
        spec[name] = {key: value for key, value in option.items() if key != "env"}
        if "env" in option:
            spec[name]["fallback"] = (basic.env_fallback, [option["env"]])
    return spec


def run_module(resource: Resource | Reader, context: Context = Context()) -> None:
    """Run one task of a resource as a module."""
    spec = resource.argument_spec()
    # Before AnsibleModule sees them: what it once takes for secrets stays hidden, from ansible-core 2.22 on for good.
    options = ansible_internals.unchecked_options()
    shown = {name: {**spec[name], "no_log": False} for name in resource.public(options)}
    whole = {**connection_argument_spec(), **spec}
    module = ansible_internals.module_that_hides(
        [*secrets_in(options), *misplaced_secrets(whole, options)],
        argument_spec={**whole, **shown},
        supports_check_mode=True,
    )
    if REQUESTS_IMPORT_ERROR:
        module.fail_json(msg=basic.missing_required_lib("requests"), exception=REQUESTS_IMPORT_ERROR)
    try:
        with progress_file.watched(context) as watched:
            mode = Mode(module.check_mode, ansible_internals.is_diff_wanted(module))
            result = run(resource, module.params, mode, watched)
        result = resource.checked(result, masked_options(result, _secrets(module, spec)))
    except Failure as failure:
        module.fail_json(**failure.as_result())
    except Exception as error:  # noqa: BLE001 -- whatever it is, the task fails and shows no secret
        module.fail_json(**_crash(error))
    for warning in result.pop("warnings"):
        module.warn(warning)
    module.exit_json(**result)


def _secrets(module: basic.AnsibleModule, spec: dict[str, Any]) -> list[tuple[str, str]]:
    """The secret options of the task and their values, of which an option may have several."""
    return [
        (name, value)
        for name, option in {**OPTIONS, **spec}.items()
        if option.get("no_log")
        for value in texts_in(module.params[name])
    ]


def _crash(error: Exception) -> dict[str, Any]:
    """The result of an error that is none of the task's: where it is, but not its own words, which may hold a secret.

    The places are in the result, because what Ansible does with a traceback differs from version to version.
    """
    places = [
        f"{os.path.basename(place.filename)}:{place.lineno} {place.name}"
        for place in traceback.extract_tb(error.__traceback__)
    ]
    kind = type(error).__name__
    return {
        "msg": f"Internal error in community.nextcloud ({kind}, {places[-1].partition(' ')[0]}). Please report it, with"
        " internal_error in the result of this task. It holds no values.",
        "internal_error": {"type": kind, "places": places},
    }
