# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Languages, locales and time zones the server knows. Case matters in each."""

from __future__ import annotations

import functools
import importlib.resources

import babel.localedata

# Those that a server's releases bring; which there are is a matter of how far translations have come.
LANGUAGES = frozenset("""
    af ar ast be bg bn_BD br bs ca cs cy_GB da de de_DE el en en_GB eo es es_419 es_AR es_CL es_CO es_CR es_DO es_EC
    es_GT es_HN es_MX es_NI es_PA es_PE es_PR es_PY es_SV es_UY et_EE eu fa fi fr ga gl he hr hu hy ia id is it ja ka
    ka_GE kab km kn ko lb lo lt_LT lv mk mn mr ms_MY nb nl nn_NO oc pl ps pt_BR pt_PT ro ru sc si sk sl sq sr sv sw ta
    th tk tr ug uk ur_PK uz vi zh_CN zh_HK zh_TW
    """.split())


@functools.lru_cache(maxsize=1)
def locales() -> frozenset[str]:
    """The locales of the common repository (CLDR), which a server takes over."""
    return frozenset(babel.localedata.locale_identifiers())


@functools.lru_cache(maxsize=1)
def timezones() -> frozenset[str]:
    """The zones in use; names of earlier times, such as US/Pacific or GMT, are not taken."""
    table = importlib.resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    return frozenset(line.split("\t")[2] for line in table.splitlines() if line and not line.startswith("#")) | {"UTC"}
