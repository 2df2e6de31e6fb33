# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""A page for people that came in place of an answer of the API: which kind it is, and whose it may be."""

from __future__ import annotations

import html
import re
from typing import Callable, NamedTuple

# As much of a page, and of what is in it, as is looked at and as a message shows.
_LOOKED_AT = 4096
_SHOWN_START = 40
_SHOWN_TITLE = 80

_TITLE = re.compile(r"<title[^>]*>([^<]*)", re.IGNORECASE)
_HTML = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?<(!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
# Each page of a Nextcloud server holds one for its own forms.
_TOKEN_OF_NEXTCLOUD = "data-requesttoken="
# As nginx, Apache and Go say it.
_WANTS_HTTPS = re.compile(
    r"plain HTTP request was sent to HTTPS|speaking plain HTTP to an SSL|HTTP request to an HTTPS server", re.IGNORECASE
)


class Page(NamedTuple):
    """start: its first characters in one line. is_nextclouds: whether Nextcloud has made it.

    wants_https: whether it says that the request should have come over https.
    """

    start: str = ""
    title: str = ""
    is_html: bool = False
    is_nextclouds: bool = False
    wants_https: bool = False


def page_in(text: str, masked: Callable[[str], str]) -> Page:
    """What a message says of a page. masked: a text without the secrets in it; a part of one must not be left either."""
    head = masked(text)[:_LOOKED_AT]
    title = _TITLE.search(head)
    return Page(
        " ".join(head[:_SHOWN_START].split()),
        masked(" ".join(html.unescape(title.group(1)).split()))[:_SHOWN_TITLE] if title else "",
        bool(_HTML.match(head)),
        _TOKEN_OF_NEXTCLOUD in head,
        bool(_WANTS_HTTPS.search(head)),
    )
