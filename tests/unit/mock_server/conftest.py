# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the mock server share: servers with a clock that is moved by hand, and clients for them."""

from __future__ import annotations

import os
import pathlib
import typing as t

import pytest
from mock_server.testing import MockWithClock, codes

CHECKOUT = pathlib.Path(__file__).resolve().parents[3]
RECORDINGS = pathlib.Path(os.environ.get("NEXTCLOUD_RECORDINGS") or CHECKOUT.parent / "shared" / "recordings")

# Recordings of a real server are not a part of the project: without them there is nothing to compare.
collect_ignore = [] if RECORDINGS.is_dir() else ["test_recordings.py"]


@pytest.fixture
def recordings() -> pathlib.Path:
    """The folder with the requests and answers of a real server."""
    return RECORDINGS


@pytest.fixture(name="mock_with_clock")
def _mock_with_clock() -> type[MockWithClock]:
    """`mock_with_clock(version=34)` gives a server with these settings."""
    return MockWithClock


@pytest.fixture(name="codes")
def _codes() -> t.Callable[[t.Any], tuple[int, int]]:
    return codes
