# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Inventories in this process, loaded as Ansible loads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable

import pytest
import yaml
from ansible.inventory.data import InventoryData
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import inventory_loader

CONNECTION = {"url": "http://nextcloud.test", "username": "admin", "password": "admin"}


@pytest.fixture
def load(tmp_path: Path, run_folder: Path) -> Callable[..., InventoryData]:
    """Makes an inventory of a file with these options; a `cache` of False reads anew as `meta: refresh_inventory`."""

    def loaded(use_cache: bool = True, **options: Any) -> InventoryData:
        path = tmp_path / "users.nextcloud.yml"
        path.write_text(yaml.safe_dump({"plugin": "community.nextcloud.users", **CONNECTION, **options}))
        plugin = inventory_loader.get("community.nextcloud.users")
        assert plugin.verify_file(str(path))
        inventory = InventoryData()
        plugin.parse(inventory, DataLoader(), str(path), cache=use_cache)
        if options.get("cache"):
            plugin.update_cache_if_changed()
        inventory.reconcile_inventory()
        return inventory

    return loaded
