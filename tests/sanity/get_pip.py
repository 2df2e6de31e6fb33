# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Puts pip into an empty virtual environment out of Python itself and the package registry.

ansible-test would fetch such a script from a host of its own, which is out of reach where only the registry is
reachable. `make sanity` lays this one where ansible-test keeps the fetched one.
"""

from __future__ import annotations

import subprocess
import sys

PACKAGES = [argument for argument in sys.argv[1:] if argument not in ("--no-setuptools", "--no-wheel")]

subprocess.run([sys.executable, "-m", "ensurepip", "--default-pip"], check=True, stdout=subprocess.DEVNULL)
subprocess.run([sys.executable, "-m", "pip", "install", *PACKAGES], check=True)
