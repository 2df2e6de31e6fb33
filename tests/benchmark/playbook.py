# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Playbooks as users run them, measured from the command's start to its end."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

CHECKOUT = Path(__file__).resolve().parents[2]
COLLECTIONS = str(CHECKOUT / ".build" / "linked")


def play(url: str, *tasks: dict[str, Any], **environment: str) -> None:
    """Run the tasks on the controller, as the mock's administrator."""
    with tempfile.TemporaryDirectory() as folder:
        playbook = Path(folder) / "play.yml"
        playbook.write_text(yaml.safe_dump([{"hosts": "localhost", "gather_facts": False, "tasks": tasks}]))
        subprocess.run(
            [Path(sys.executable).with_name("ansible-playbook"), playbook],
            env={
                **os.environ,
                "NEXTCLOUD_URL": url,
                "NEXTCLOUD_USERNAME": "admin",
                "NEXTCLOUD_PASSWORD": "admin",
                "ANSIBLE_COLLECTIONS_PATH": COLLECTIONS,
                "ANSIBLE_LOCALHOST_WARNING": "false",
                "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
                **environment,
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=True,
        )
