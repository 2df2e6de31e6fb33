# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The demonstration: creates accounts for 40 people from a CSV, shows that a second run changes nothing, offboards one.

Runs against a mock server of its own, or against a real one if NEXTCLOUD_URL is set. That one also requires
NEXTCLOUD_USERNAME and NEXTCLOUD_PASSWORD (or NEXTCLOUD_TOKEN), and keeps the accounts.
"""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

from mock_server import MockServer, Settings, serve

PLAYBOOKS = Path(__file__).resolve().parents[1] / "playbooks"
LEAVER = "emily.carverton"


def say(text: str) -> None:
    print(f"\n=== {text}", flush=True)


def play(name: str, environment: dict[str, str], *arguments: str) -> int:
    """Runs a playbook, shows what it prints, and returns how many of its tasks changed something."""
    command = [str(Path(sys.executable).with_name("ansible-playbook")), str(PLAYBOOKS / f"{name}.yml"), *arguments]
    process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True)
    changed = 0
    assert process.stdout
    for line in process.stdout:
        print(line, end="", flush=True)
        found = re.search(r"\bchanged=(\d+)", line)
        changed += int(found[1]) if found else 0
    if process.wait():
        sys.exit(f"{name} failed")
    return changed


def demonstrate(url: str, environment: dict[str, str]) -> None:
    say(f"Creating accounts for the 40 people in playbooks/files/roster.csv on {url}")
    play("onboard", environment)
    say("Running the same playbook again: nothing changes")
    changed = play("onboard", environment)
    if changed:
        sys.exit(f"the second run changed {changed} things")
    say(f"Offboarding {LEAVER}: the account is disabled and removed from all groups, its files are kept")
    play("offboard", environment, "-e", f"userid={LEAVER}")
    say("Done. The second run reported changed=0.")


def main() -> None:
    if os.environ.get("NEXTCLOUD_URL"):
        demonstrate(os.environ["NEXTCLOUD_URL"], {})
        return
    server = MockServer(Settings())
    # Any other than the usual one: Ansible masks a password wherever it stands, and `admin` stands in many places.
    password = server.state.account("admin").password = secrets.token_urlsafe(16)
    with serve(server) as url:
        environment = {"NEXTCLOUD_URL": url, "NEXTCLOUD_USERNAME": "admin", "NEXTCLOUD_PASSWORD": password}
        demonstrate(f"a mock server at {url}", environment)


if __name__ == "__main__":
    main()
