# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names in the alphabet of ids, as the documentation of `compose` says."""

from __future__ import annotations

import unicodedata

import pytest
from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import USERID
from ansible_collections.community.nextcloud.plugins.plugin_utils._people._roster.alphabet import spelled

TABLE = {
    "Ann.Doe": "ann.doe",
    "Jörg.Müller": "joerg.mueller",
    "ÄÖÜ ẞß": "aeoeue.ssss",
    "Anna Maria.von der  Heide": "anna.maria.von.der.heide",
    " Ann . Doe ": "ann.doe",
    "Ann\u00a0Doe": "ann.doe",
    "René Çelik": "rene.celik",
    "Noël": "noel",
    "Åsa Ångström": "asa.angstroem",
    "Søren Ærø": "soren.aero",
    "Łukasz Żółć": "lukasz.zolc",
    "Œuvré": "oeuvre",
    "Đorđe Ðor Þór": "dorde.dor.thor",
    "İnci Işık": "inci.isik",
    "Nguyễn Thị": "nguyen.thi",
    "Ștefan Țepeș": "stefan.tepes",
    "O'Neil": "o'neil",
    "O\u2019Neil": "o'neil",
    "Meier-Schmidt": "meier-schmidt",
    "Meier–Schmidt": "meier-schmidt",
    "Ǿ": "o",
    "ﬁ": "fi",
    "a_b@Example.org": "a_b@example.org",
    "Иван": "иван",
    "A/B": "a/b",
}


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_in_the_alphabet_of_ids(name: str, form: str) -> None:
    assert spelled(unicodedata.normalize(form, name)) == unicodedata.normalize("NFKD", TABLE[name])


@pytest.mark.parametrize("name", [name for name, userid in TABLE.items() if userid.isascii() and "/" not in userid])
def test_a_server_accepts_them_and_they_stay_as_they_are(name: str) -> None:
    assert USERID.parse(spelled(name)) == spelled(spelled(name)) == TABLE[name]
