# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lets the tests import the collection from a checkout of any name: under a link named as Ansible wants it."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
_FOLDER = tempfile.TemporaryDirectory(prefix="nextcloud-collections-")  # removed when the tests end


def _collection_is_importable() -> bool:
    return any(type(finder).__name__ == "_AnsibleCollectionFinder" for finder in sys.meta_path)


def _make_importable() -> None:
    root = Path(_FOLDER.name)
    link = root / "ansible_collections" / "community" / "nextcloud"
    link.parent.mkdir(parents=True)
    link.symlink_to(CHECKOUT)
    os.environ["ANSIBLE_COLLECTIONS_PATH"] = str(root)

    from ansible.plugins.loader import init_plugin_loader

    init_plugin_loader([str(root)])


# At import, because the conftest files below this one import the collection.
if not _collection_is_importable():
    _make_importable()
