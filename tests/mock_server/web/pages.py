# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages for people, which are no answers of the API."""

from __future__ import annotations

import typing as t

from werkzeug.wrappers import Response

HTML = "text/html; charset=UTF-8"
# Each page of a real server holds a token for its own forms; a page of something in front of it holds none.
_PAGE = (
    '<!DOCTYPE html>\n<html class="ng-csp" lang="en">\n<head data-requesttoken="RXlBMu3RV0048Hf/=:cFJ2HaTpBiRzlQ3K=">'
    "<title>Nextcloud</title></head><body>%s</body></html>\n"
)
_PAGE_IN_FRONT = "<html>\n<head><title>%s</title></head>\n<body><center><h1>%s</h1></center></body>\n</html>\n"


def html(status: int, text: str) -> Response:
    """A page of the server itself."""
    return Response(_PAGE % text, status, content_type=HTML)


def html_in_front(status: int, title: str, headers: t.Mapping[str, str] | None = None) -> Response:
    """A page of an access gateway or a proxy in front of the server."""
    return Response(_PAGE_IN_FRONT % (title, title), status, headers, content_type="text/html")
