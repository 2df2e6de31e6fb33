# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages for people, which are no answers of the API."""

from __future__ import annotations

from werkzeug.wrappers import Response

HTML = "text/html; charset=UTF-8"
_PAGE = '<!DOCTYPE html>\n<html lang="en"><head><title>Nextcloud</title></head><body>%s</body></html>\n'


def html(status: int, text: str) -> Response:
    return Response(_PAGE % text, status, content_type=HTML)
