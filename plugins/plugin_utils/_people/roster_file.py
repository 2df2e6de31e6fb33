# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""A file of people on the controller: CSV, or YAML or JSON, as the lookup reads it."""

from __future__ import annotations

import os
import stat
from typing import Any, Mapping

from ansible.errors import AnsibleError
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.lookup import LookupBase
from ansible_collections.community.nextcloud.plugins.plugin_utils._ansible_internals import loader_of
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster import decoding
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.exports import people_in
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.settings import Settings
from ansible_collections.community.nextcloud.plugins.plugin_utils._people.roster import read_roster

LARGEST = 64 * 2**20  # bytes; 50,000 people with all their fields are less than a tenth


def read_file(lookup: LookupBase, name: str, variables: Mapping[str, Any], settings: Settings) -> dict[str, Any]:
    """{users, groups} of a file. ValueError, with the name of the file, says why not; its unique_file is written only if
    the run is not in check mode."""
    loader = loader_of(lookup)
    content = _content(lookup, name, variables, loader)
    try:
        if settings.columns is None and settings.compose is None:
            return _structured(content, settings.encoding, loader)
        settings = settings._replace(columns={} if settings.columns is None else settings.columns)
        return read_roster(content, settings, remember=not variables.get("ansible_check_mode"))
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None


def _content(lookup: LookupBase, name: str, variables: Mapping[str, Any], loader: DataLoader) -> bytes:
    path = lookup.find_file_in_search_path(variables, "files", name, ignore_missing=True)
    if not path:
        raise ValueError(f"{name}: there is no such file on the controller")
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            raise ValueError(f"{name}: must be a file")
        if status.st_size > LARGEST:
            raise ValueError(f"{name}: must not be larger than {LARGEST // 2**20} MiB")
        with open(loader.get_real_file(path), "rb") as file:  # decrypted, if Ansible Vault has encrypted it
            return file.read()
    except OSError as error:
        raise ValueError(f"{name}: cannot be read: {error.strerror}") from None


def _structured(content: bytes, encoding: str, loader: DataLoader) -> dict[str, Any]:
    try:
        data = loader.load(decoding.decode(content, encoding), show_content=False)
    except AnsibleError as error:
        raise ValueError(
            f"{_place(error)}without columns, it must be valid YAML or JSON; set columns if it is CSV"
        ) from None
    return people_in(data)


def _place(error: BaseException) -> str:
    """Where it is. The parser's own words may repeat a password."""
    cause: BaseException | None = error
    while cause is not None:
        if mark := getattr(cause, "problem_mark", None):
            return f"line {mark.line + 1}, column {mark.column + 1}: "
        cause = cause.__cause__ or cause.__context__
    return ""
