# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._values import quota


@pytest.mark.parametrize(
    ("declared", "stored", "answered"),
    [
        ("5 GB", "5 GB", 5368709120),
        ("5GB", "5 GB", 5368709120),
        ("5gb", "5 GB", 5368709120),
        ("5 GiB", "5 GB", 5368709120),
        ("5G", "5 GB", 5368709120),
        ("5.5 GB", "5.5 GB", 5905580032),
        ("1234567890", "1.1 GB", 1181116006),
        ("500 MB", "500 MB", 524288000),
        ("1024 MB", "1 GB", 1073741824),
        ("10 kB", "10 KB", 10240),
        ("999", "999 B", 999),
        ("0", "0 B", 0),
        ("0 B", "0 B", 0),
        ("1 TB", "1 TB", 1099511627776),
        ("1.5 TiB", "1.5 TB", 1649267441664),
        ("1 PB", "1 PB", 1125899906842600),
        (" 5 GB ", "5 GB", 5368709120),
        ("None", "none", -3),
        ("none", "none", "none"),
    ],
)
def test_a_quota_is_spelled_as_the_server_stores_and_answers_it(
    declared: str, stored: str, answered: int | str
) -> None:
    assert quota.parse(declared) == stored
    assert quota.read(answered) == stored


@pytest.mark.parametrize("declared", ["", "lots", "5,5 GB", "-1", "5.5", "1e9", "5 XB", "5 iB", "GB", "5 GB 3", "٥ GB"])
def test_what_is_no_quota_is_refused(declared: str) -> None:
    with pytest.raises(ValueError, match="^must be none, default"):
        quota.parse(declared)
