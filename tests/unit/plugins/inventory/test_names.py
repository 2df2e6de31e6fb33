# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What accounts and groups are called in an inventory."""

from __future__ import annotations

import re
from itertools import product

import pytest
from ansible.inventory.group import to_safe_group_name
from ansible_collections.community.nextcloud.plugins.plugin_utils import _inventory as users


def safe(name: str) -> str:
    return to_safe_group_name(name, force=True, silent=True)


@pytest.mark.parametrize(
    ("userid", "host"),
    [
        ("jane.doe", "jane.doe"),
        ("Jane_Doe-2", "Jane_Doe-2"),
        ("0", "0"),
        ("jean-xavier", "jean-xavier"),
        ("jane@example.org", "jane-x40-example.org"),
        ("jane doe", "jane-x20-doe"),
        ("o'brien", "o-x27-brien"),
        ("jörg:1", "j-xf6-rg-x3a-1"),
        ("a-x40-b", "a-x2d-x40-b"),
        ("a-x4@b", "a-x2d-x4-x40-b"),
        ("all", "-x61-ll"),
        ("ungrouped", "-x75-ngrouped"),
        ("localhost", "-x6c-ocalhost"),
        ("127.0.0.1", "-x31-27.0.0.1"),
    ],
)
def test_names_of_hosts(userid: str, host: str) -> None:
    assert users.host_name(userid) == host


def test_no_two_accounts_get_the_same_name() -> None:
    """Each name can be read back. The letters are those that the writing of other characters is made of."""
    reserved = ["all", "ungrouped", "localhost", "127.0.0.1"]
    ids = ["".join(letters) for length in range(1, 7) for letters in product("-x27'", repeat=length)]
    for userid in (*ids, *reserved):
        host = users.host_name(userid)
        assert re.fullmatch("[A-Za-z0-9._-]+", host)
        assert re.sub("-x([0-9a-f]+)-", lambda found: chr(int(found[1], 16)), host) == userid


def test_names_of_groups() -> None:
    belongings = [("groups", "design"), ("groups", "R&D"), ("subadmin_of", "design"), ("backend", "Database")]
    assert users.group_names(belongings, safe) == {
        ("groups", "design"): "nextcloud_group_design",
        ("groups", "R&D"): "nextcloud_group_R_D",
        ("subadmin_of", "design"): "nextcloud_subadmin_of_design",
        ("backend", "Database"): "nextcloud_backend_Database",
    }


def test_groups_that_would_share_a_name_are_told_apart_whatever_their_order() -> None:
    belongings = [("groups", "a b"), ("groups", "a_b"), ("groups", "a+b"), ("groups", "a")]
    names = users.group_names(belongings, safe)
    assert names == users.group_names(reversed(belongings), safe)
    assert names[("groups", "a_b")] == "nextcloud_group_a_b"
    assert names[("groups", "a")] == "nextcloud_group_a"
    assert re.fullmatch("nextcloud_group_a_b_[0-9a-f]{8}", names[("groups", "a b")])
    assert len(set(names.values())) == 4
    assert sorted(groupid for groupid, unused in users.hashed(names, safe)) == ["a b", "a+b"]
