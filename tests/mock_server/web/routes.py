# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which verb and path leads to which operation, for whom, with which conditions."""

from __future__ import annotations

import re
import typing as t
import urllib.parse

from ..operations import account_lists, accounts, app_config, apps, groups, memberships, preferences, subadmins
from ..operations.call import Call

ACCOUNT, SUBADMIN, ADMIN = "account", "subadmin", "admin"
_CONFIG = "/apps/provisioning_api/api/v1/config"


class Route(t.NamedTuple):
    """`confirmed`: asks for a recent password; `bucket`: the rate limit it counts in; `since`: first version."""

    id: str
    method: str
    path: str
    operation: t.Callable[[Call], t.Any]
    role: str = ACCOUNT
    confirmed: bool = False
    bucket: str = ""
    since: int = 0


class NoRoute(Exception):
    """No operation lives at this path."""


class WrongVerb(Exception):
    """Operations live at this path, but none for this verb."""


# The first that matches counts, so fixed words stand before ids.
ROUTES = (
    Route("users-get-users", "GET", "/cloud/users", account_lists.list_ids, SUBADMIN),
    Route("users-add-user", "POST", "/cloud/users", accounts.create, SUBADMIN, confirmed=True),
    Route("users-get-users-details", "GET", "/cloud/users/details", account_lists.list_details, SUBADMIN),
    Route("users-get-disabled-users-details", "GET", "/cloud/users/disabled", account_lists.list_disabled, SUBADMIN),
    Route("users-get-last-logged-in-users", "GET", "/cloud/users/recent", account_lists.list_recent, ADMIN),
    Route("users-search-by-phone-numbers", "POST", "/cloud/users/search/by-phone", account_lists.search_by_phone),
    Route("users-get-user", "GET", "/cloud/users/{userid}", accounts.show),
    Route("users-edit-user", "PUT", "/cloud/users/{userid}", accounts.edit, confirmed=True, bucket="account"),
    Route(
        "users-edit-user-multi-field",
        "PATCH",
        "/cloud/users/{userid}",
        accounts.patch,
        SUBADMIN,
        confirmed=True,
        bucket="patch",
        since=34,
    ),
    Route("users-delete-user", "DELETE", "/cloud/users/{userid}", accounts.delete, SUBADMIN, confirmed=True),
    Route("users-enable-user", "PUT", "/cloud/users/{userid}/enable", accounts.enable, SUBADMIN, confirmed=True),
    Route("users-disable-user", "PUT", "/cloud/users/{userid}/disable", accounts.disable, SUBADMIN, confirmed=True),
    Route("users-wipe-user-devices", "POST", "/cloud/users/{userid}/wipe", accounts.wipe, SUBADMIN, confirmed=True),
    Route(
        "users-resend-welcome-message",
        "POST",
        "/cloud/users/{userid}/welcome",
        accounts.welcome,
        SUBADMIN,
        confirmed=True,
    ),
    Route("users-get-users-groups", "GET", "/cloud/users/{userid}/groups", memberships.groups_of),
    Route(
        "users-get-users-groups-details", "GET", "/cloud/users/{userid}/groups/details", memberships.groups_of_details
    ),
    Route("users-add-to-group", "POST", "/cloud/users/{userid}/groups", memberships.join, SUBADMIN, confirmed=True),
    Route(
        "users-remove-from-group", "DELETE", "/cloud/users/{userid}/groups", memberships.leave, SUBADMIN, confirmed=True
    ),
    Route("users-get-user-sub-admin-groups", "GET", "/cloud/users/{userid}/subadmins", subadmins.groups_led, ADMIN),
    Route(
        "users-get-user-sub-admin-groups-details",
        "GET",
        "/cloud/users/{userid}/subadmins/details",
        subadmins.groups_led_details,
    ),
    Route("users-add-sub-admin", "POST", "/cloud/users/{userid}/subadmins", subadmins.appoint, ADMIN, confirmed=True),
    Route(
        "users-remove-sub-admin", "DELETE", "/cloud/users/{userid}/subadmins", subadmins.dismiss, ADMIN, confirmed=True
    ),
    Route(
        "users-edit-user-multi-value",
        "PUT",
        "/cloud/users/{userid}/{collection}",
        accounts.edit_collection,
        confirmed=True,
        bucket="collection",
    ),
    Route("users-get-current-user", "GET", "/cloud/user", accounts.show_self),
    Route("users-get-editable-fields", "GET", "/cloud/user/fields", accounts.editable_fields),
    Route("users-get-editable-fields-for-user", "GET", "/cloud/user/fields/{userid}", accounts.editable_fields),
    Route("users-get-enabled-apps", "GET", "/cloud/user/apps", apps.list_enabled, SUBADMIN),
    Route("groups-get-groups", "GET", "/cloud/groups", groups.list_ids, SUBADMIN),
    Route("groups-add-group", "POST", "/cloud/groups", groups.create, ADMIN, confirmed=True),
    Route("groups-get-groups-details", "GET", "/cloud/groups/details", groups.list_details, ADMIN),
    Route("groups-get-group-users", "GET", "/cloud/groups/{groupid}/users", groups.members),
    Route(
        "groups-get-group-users-details",
        "GET",
        "/cloud/groups/{groupid}/users/details",
        groups.members_details,
        SUBADMIN,
    ),
    Route("groups-get-sub-admins-of-group", "GET", "/cloud/groups/{groupid}/subadmins", subadmins.of_group, ADMIN),
    Route("groups-get-group", "GET", "/cloud/groups/{groupid}", groups.members, SUBADMIN),
    Route("groups-update-group", "PUT", "/cloud/groups/{groupid}", groups.rename, ADMIN, confirmed=True),
    Route("groups-delete-group", "DELETE", "/cloud/groups/{groupid}", groups.delete, ADMIN, confirmed=True),
    Route("apps-get-apps", "GET", "/cloud/apps", apps.list_ids, ADMIN),
    Route("apps-get-app-info", "GET", "/cloud/apps/{app}", apps.show, ADMIN),
    Route("apps-enable", "POST", "/cloud/apps/{app}", apps.enable, ADMIN, confirmed=True),
    Route("apps-disable", "DELETE", "/cloud/apps/{app}", apps.disable, ADMIN, confirmed=True),
    Route("app_config-get-apps", "GET", _CONFIG + "/apps", app_config.list_apps, ADMIN),
    Route("app_config-get-keys", "GET", _CONFIG + "/apps/{app}", app_config.list_keys, ADMIN),
    Route("app_config-get-value", "GET", _CONFIG + "/apps/{app}/{key}", app_config.value, ADMIN),
    Route("app_config-set-value", "POST", _CONFIG + "/apps/{app}/{key}", app_config.set_value, ADMIN, confirmed=True),
    Route(
        "app_config-delete-key",
        "DELETE",
        _CONFIG + "/apps/{app}/{key}",
        app_config.delete_value,
        ADMIN,
        confirmed=True,
    ),
    Route("preferences-set-multiple-preferences", "POST", _CONFIG + "/users/{app}", preferences.set_several),
    Route("preferences-delete-multiple-preference", "DELETE", _CONFIG + "/users/{app}", preferences.delete_several),
    Route("preferences-set-preference", "POST", _CONFIG + "/users/{app}/{key}", preferences.set_one),
    Route("preferences-delete-preference", "DELETE", _CONFIG + "/users/{app}/{key}", preferences.delete_one),
)


def _pattern(path: str) -> re.Pattern[str]:
    """Group ids may hold slashes, all others end at one."""
    return re.compile(re.sub(r"\{(\w+)\}", _placeholder, path), re.DOTALL)


def _placeholder(found: re.Match[str]) -> str:
    name = found.group(1)
    return "(?P<%s>%s)" % (name, {"groupid": ".+", "collection": r"[a-zA-Z0-9_]+"}.get(name, "[^/]+"))


_COMPILED = tuple((_pattern(route.path), route) for route in ROUTES)


def id_of(method: str, raw_path: str, version: int) -> str:
    """The operation that a path below the API leads to; '' where there is none."""
    try:
        return find(method, raw_path, version)[0].id
    except (NoRoute, WrongVerb):
        return ""


def find(method: str, raw_path: str, version: int) -> tuple[Route, dict[str, str]]:
    """The route of a path as it came over the wire. It is decoded as a whole, and group ids, but for one, once more."""
    path = urllib.parse.unquote(raw_path)
    known = False
    for pattern, route in _COMPILED:
        matched = pattern.fullmatch(path) if route.since <= version else None
        if matched is None:
            continue
        known = True
        if route.method == method:
            ids = matched.groupdict()
            if "groupid" in ids and route.operation is not subadmins.of_group:
                ids["groupid"] = urllib.parse.unquote_plus(ids["groupid"])
            return route, ids
    raise WrongVerb() if known else NoRoute()
