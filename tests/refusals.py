# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How tests ask whether a value is refused: by the option and the category, and not by the words of the message."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import Iterator

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure


@contextmanager
def refused(option: str, *named: str) -> Iterator[pytest.ExceptionInfo[Failure]]:
    """Inside it, a value of the option must be refused, with a message that names all of these."""
    with pytest.raises(Failure, match=f"^{re.escape(option)}: ") as caught:
        yield caught
    assert caught.value.category == "invalid"
    assert [text for text in named if text not in caught.value.message] == []
