# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Languages, locales and time zones the server knows. Case matters in each."""

from __future__ import annotations

import functools
import zoneinfo

LANGUAGES = frozenset((
    'ar', 'bg', 'ca', 'cs', 'da', 'de', 'de_DE', 'el', 'en', 'en_GB', 'eo', 'es', 'es_MX', 'et_EE', 'eu', 'fi', 'fr',
    'ga', 'gl', 'he', 'hr', 'hu', 'id', 'is', 'it', 'ja', 'ka', 'ko', 'lt_LT', 'lv', 'mk', 'nb', 'nl', 'pl', 'pt_BR',
    'pt_PT', 'ro', 'ru', 'sc', 'sk', 'sl', 'sr', 'sv', 'th', 'tr', 'uk', 'vi', 'zh_CN', 'zh_HK', 'zh_TW',
))
LOCALES = LANGUAGES | frozenset((
    'bg_BG', 'ca_ES', 'cs_CZ', 'da_DK', 'de_AT', 'de_BE', 'de_CH', 'de_LI', 'de_LU', 'el_GR', 'en_AU', 'en_CA',
    'en_IE', 'en_IN', 'en_NZ', 'en_US', 'en_ZA', 'es_AR', 'es_ES', 'et', 'fi_FI', 'fr_BE', 'fr_CA', 'fr_CH', 'fr_FR',
    'fr_LU', 'ga_IE', 'he_IL', 'hr_HR', 'hu_HU', 'it_CH', 'it_IT', 'ja_JP', 'ko_KR', 'lt', 'lv_LV', 'nb_NO', 'nl_BE',
    'nl_NL', 'nn', 'nn_NO', 'pl_PL', 'pt', 'ro_RO', 'ru_RU', 'sk_SK', 'sl_SI', 'sr_Latn', 'sv_FI', 'sv_SE', 'tr_TR',
    'uk_UA', 'zh', 'zh_Hans', 'zh_Hant',
))


@functools.lru_cache(maxsize=1)
def timezones() -> frozenset[str]:
    """Names of the time zone database of this machine, read once because that takes long."""
    return frozenset(zoneinfo.available_timezones() | {'UTC'})
