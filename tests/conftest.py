# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every answer that a mock server gives in any test has the form that the contract says."""

from __future__ import annotations

from typing import Iterator

import pytest
from contract.schemas import misfits
from mock_server import MockServer
from werkzeug.wrappers import Response


@pytest.fixture(autouse=True)
def answers_as_written_down(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    found: list[str] = []

    def observe(operation: str, response: Response) -> None:
        found.extend(misfits(operation, response.status_code, response.get_data(as_text=True)))

    monkeypatch.setattr(MockServer, "observer", staticmethod(observe))
    yield
    assert found == []
