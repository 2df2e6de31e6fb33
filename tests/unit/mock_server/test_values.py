# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values as the server makes them, beyond what the recordings hold."""

from __future__ import annotations

import pytest
from mock_server import Settings
from mock_server.values import fields, quota


@pytest.mark.parametrize(
    "text, kept, size",
    [
        ("5 GB", "5 GB", 5 * 1024**3),
        ("5 GiB", "5 B", 5),
        ("5,5 GB", "5 GB", 5 * 1024**3),
        ("1234567890", "1.1 GB", 1181116006),
        ("1e9", "953.7 MB", 1000026931),
        ("1 PB", "1 PB", 1125899906842600),
        ("0", "0 B", 0),
        ("1023", "1023 B", 1023),
        ("1500", "1 KB", 1024),
        (" 5 GB", "5 GB", 5 * 1024**3),
        ("999.5", "1000 B", 1000),
        ("1e999", "0 B", 0),
        ("-1 B", "none", -3),
        ("none", "none", -3),
    ],
)
def test_a_quota_is_kept_with_one_decimal(text, kept, size):
    assert quota.stored_form(text) == kept
    assert quota.in_bytes(kept) == size


@pytest.mark.parametrize("text", ["", "lots", "5 GB ", " 5 GB "])
def test_what_is_no_quota(text):
    with pytest.raises(ValueError):
        fields.size(text)


def test_a_default_region_lets_short_phone_numbers_in():
    assert fields.phone("0711 252428", "DE") == "+49711252428"
    with pytest.raises(ValueError):
        fields.phone("0711 252428")


@pytest.mark.parametrize(
    "wrong", [{"version": 33}, {"latency": "slow"}, {"base_path": "x/"}, {"gateway_header": "X-Key"}]
)
def test_wrong_settings_are_refused(wrong):
    with pytest.raises(ValueError):
        Settings(**wrong)


def test_a_default_quota_counts_for_accounts_without_their_own(mock_with_clock):
    server = mock_with_clock()
    server.mock.state.add_account("u")
    server.mock.state.add_account("own", quota="1 GB")
    server.mock.state.apps.set_value("files", "default_quota", "3 GB")
    client = server.client()
    assert client.data("/cloud/users/u")["quota"]["quota"] == 3 * 1024**3
    assert client.data("/cloud/users/own")["quota"]["quota"] == 1024**3


@pytest.mark.parametrize(
    "config, read",
    [
        ({}, -3),
        ({"default_quota": "5 GiB"}, 5),
        ({"default_quota": "5,5 GB"}, 5 * 1024**3),
        ({"default_quota": "junk"}, 0),
        ({"allow_unlimited_quota": "0"}, 1024**3),
        ({"allow_unlimited_quota": "no"}, 1024**3),
        ({"allow_unlimited_quota": "0", "quota_preset": " ,none, default, 3 GB"}, 3 * 1024**3),
        ({"allow_unlimited_quota": "0", "quota_preset": "junk, 5 GB"}, 0),
        ({"allow_unlimited_quota": "0", "quota_preset": ""}, -3),
        ({"allow_unlimited_quota": "0", "default_quota": ""}, -3),
        ({"default_quota": "none", "allow_unlimited_quota": "0"}, -3),
    ],
)
def test_what_the_default_quota_is(mock_with_clock, config, read):
    server = mock_with_clock()
    server.mock.state.add_account("u")
    for key, value in config.items():
        server.mock.state.apps.set_value("files", key, value)
    assert server.client().data("/cloud/users/u")["quota"]["quota"] == read


def test_storage_that_was_never_set_up_has_no_number(mock_with_clock):
    server = mock_with_clock()
    server.mock.state.add_account("u", storage_ready=False)
    assert server.client().data("/cloud/users/u")["quota"] == {"quota": "none", "used": 0}


def test_a_verified_address_may_be_notified(mock_with_clock, codes):
    server = mock_with_clock()
    mails = ["a@example.org", "b@example.org"]
    server.mock.state.add_account("u", additional_mail=mails, verified_mail={"a@example.org"})
    client = server.client()
    for mail, code in zip(mails, (200, 101), strict=True):
        answer = client("PUT", "/cloud/users/u", json={"key": "notify_email", "value": mail})
        assert codes(answer)[1] == code
    assert client.data("/cloud/users/u")["notify_email"] == "a@example.org"


def test_an_answer_without_accept_is_xml(mock_with_clock):
    server = mock_with_clock()
    server.mock.state.add_account("u", groups=["a", "b"])
    answer = server.client()("GET", "/cloud/users/u/groups", headers={"Accept": None})
    assert answer.headers["Content-Type"] == "application/xml; charset=utf-8"
    assert "<groups>\n   <element>a</element>\n   <element>b</element>\n  </groups>" in answer.text
