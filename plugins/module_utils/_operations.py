# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The operations of the Provisioning API that the collection calls, each written down once.

The ids are those of the API's specification. A server's OCS codes mean different things on different operations
(101 is 'no such account' on one and 'invalid value' on the next), so each operation brings the meaning of its own.
"""

from __future__ import annotations

from typing import Mapping, NamedTuple


class Limit(NamedTuple):
    """A rate limit of the server: so many calls in so many seconds per signed-in account."""

    calls: int
    seconds: int


# The group whose members are the administrators, on every server.
ADMIN_GROUP = "admin"

EDITS = Limit(calls=50, seconds=600)
COLLECTION_EDITS = Limit(calls=5, seconds=60)


class Operation(NamedTuple):
    """One operation.

    path: below the server's URL; `{group}` is encoded twice, all other ids once, as the server decodes them.
    refusals: OCS code of an HTTP 400 to category; a code that is not listed is `invalid`.
    settled: pairs of HTTP status and OCS code that say that things are as wanted already.
    repeatable: sending it twice does what sending it once does.
    enveloped: it answers with the envelope of OCS, else with plain JSON.
    advice: what to say of a refused value, where the general words say too little.
    """

    id: str
    method: str
    path: str
    refusals: Mapping[int, str] = {}
    settled: frozenset[tuple[int, int]] = frozenset()
    repeatable: bool = True
    limit: Limit | None = None
    enveloped: bool = True
    advice: str | None = None

    @property
    def writes(self) -> bool:
        return self.method != "GET"


USERS = "/ocs/v2.php/cloud/users"
USER = f"{USERS}/{{user}}"
GROUPS = "/ocs/v2.php/cloud/groups"
GROUP = f"{GROUPS}/{{group}}"
APP_CONFIG = "/ocs/v2.php/apps/provisioning_api/api/v1/config/apps"

CAPABILITIES = Operation("core-ocs-get-capabilities", "GET", "/ocs/v2.php/cloud/capabilities")

CURRENT_USER = Operation("users-get-current-user", "GET", "/ocs/v2.php/cloud/user")
GET_EDITABLE_FIELDS = Operation("users-get-editable-fields", "GET", "/ocs/v2.php/cloud/user/fields")
GET_USER_EDITABLE_FIELDS = Operation(
    "users-get-editable-fields-for-user", "GET", "/ocs/v2.php/cloud/user/fields/{user}"
)
GET_ENABLED_APPS = Operation("users-get-enabled-apps", "GET", "/ocs/v2.php/cloud/user/apps")

GET_USERS = Operation("users-get-users", "GET", USERS)
GET_USERS_DETAILS = Operation("users-get-users-details", "GET", f"{USERS}/details")
GET_DISABLED_USERS = Operation("users-get-disabled-users-details", "GET", f"{USERS}/disabled")
GET_RECENT_USERS = Operation("users-get-last-logged-in-users", "GET", f"{USERS}/recent")
# It reads, but with a body, so that it is a POST.
SEARCH_BY_PHONE = Operation("users-search-by-phone-numbers", "POST", f"{USERS}/search/by-phone")

GET_USER = Operation("users-get-user", "GET", USER)
ADD_USER = Operation(
    "users-add-user",
    "POST",
    USERS,
    refusals={102: "conflict", 104: "not_found", 105: "permission", 106: "permission", 109: "not_found"},
    repeatable=False,
)
EDIT_USER = Operation("users-edit-user", "PUT", USER, refusals={112: "read_only", 113: "read_only"}, limit=EDITS)
# A mail address that is there already is refused with 101, so a repeated call could fail where the first succeeded.
ADD_USER_VALUE = EDIT_USER._replace(repeatable=False)
# From this version on a server takes several fields of an account in one call.
PATCH_SINCE = 34
PATCH_USER = Operation("users-edit-user-multi-field", "PATCH", USER, limit=EDITS)
EDIT_USER_COLLECTION = Operation(
    "users-edit-user-multi-value",
    "PUT",
    f"{USER}/{{collection}}",
    refusals={103: "read_only"},
    limit=COLLECTION_EDITS,
)
DELETE_USER = Operation(
    "users-delete-user", "DELETE", USER, refusals={101: "conflict"}, settled=frozenset({(404, 998), (404, 404)})
)
ENABLE_USER = Operation("users-enable-user", "PUT", f"{USER}/enable", refusals={101: "not_found"})
DISABLE_USER = Operation("users-disable-user", "PUT", f"{USER}/disable", refusals={101: "not_found"})
WIPE_DEVICES = Operation("users-wipe-user-devices", "POST", f"{USER}/wipe", refusals={101: "conflict"})
RESEND_WELCOME = Operation(
    "users-resend-welcome-message", "POST", f"{USER}/welcome", refusals={101: "conflict"}, repeatable=False
)
GET_USER_GROUPS = Operation("users-get-users-groups", "GET", f"{USER}/groups")
GET_USER_GROUPS_DETAILS = Operation("users-get-users-groups-details", "GET", f"{USER}/groups/details")
ADD_TO_GROUP = Operation(
    "users-add-to-group",
    "POST",
    f"{USER}/groups",
    refusals={102: "not_found", 103: "not_found", 104: "permission"},
)
REMOVE_FROM_GROUP = Operation(
    "users-remove-from-group",
    "DELETE",
    f"{USER}/groups",
    refusals={102: "not_found", 103: "not_found", 104: "permission", 105: "conflict"},
)
GET_SUBADMIN_GROUPS = Operation("users-get-user-sub-admin-groups", "GET", f"{USER}/subadmins")
GET_SUBADMIN_GROUPS_DETAILS = Operation("users-get-user-sub-admin-groups-details", "GET", f"{USER}/subadmins/details")
ADD_SUBADMIN = Operation(
    "users-add-sub-admin", "POST", f"{USER}/subadmins", refusals={101: "not_found", 102: "not_found"}
)
REMOVE_SUBADMIN = Operation(
    "users-remove-sub-admin",
    "DELETE",
    f"{USER}/subadmins",
    refusals={101: "not_found"},
    settled=frozenset({(400, 102)}),
)

GET_GROUPS = Operation("groups-get-groups", "GET", GROUPS)
GET_GROUPS_DETAILS = Operation("groups-get-groups-details", "GET", f"{GROUPS}/details")
GET_GROUP = Operation("groups-get-group", "GET", GROUP)
GET_GROUP_USERS = Operation("groups-get-group-users", "GET", f"{GROUP}/users")
GET_GROUP_USERS_DETAILS = Operation("groups-get-group-users-details", "GET", f"{GROUP}/users/details")
# The one path in which the server decodes a group's id once.
GET_GROUP_SUBADMINS = Operation(
    "groups-get-sub-admins-of-group", "GET", f"{GROUPS}/{{group_once}}/subadmins", refusals={101: "not_found"}
)
ADD_GROUP = Operation("groups-add-group", "POST", GROUPS, refusals={102: "conflict"}, repeatable=False)
EDIT_GROUP = Operation("groups-update-group", "PUT", GROUP)
DELETE_GROUP = Operation(
    "groups-delete-group", "DELETE", GROUP, refusals={102: "conflict"}, settled=frozenset({(400, 101)})
)

APPS = "/ocs/v2.php/cloud/apps"
APP = f"{APPS}/{{app}}"
GET_APPS = Operation("apps-get-apps", "GET", APPS)
GET_APP = Operation("apps-get-app-info", "GET", APP)
ENABLE_APP = Operation("apps-enable", "POST", APP)
DISABLE_APP = Operation("apps-disable", "DELETE", APP)

GET_CONFIGURED_APPS = Operation("app_config-get-apps", "GET", APP_CONFIG)
GET_APP_CONFIG_KEYS = Operation("app_config-get-keys", "GET", f"{APP_CONFIG}/{{app}}")
GET_APP_CONFIG = Operation("app_config-get-value", "GET", f"{APP_CONFIG}/{{app}}/{{key}}")
SET_APP_CONFIG = Operation("app_config-set-value", "POST", f"{APP_CONFIG}/{{app}}/{{key}}")
DELETE_APP_CONFIG = Operation("app_config-delete-key", "DELETE", f"{APP_CONFIG}/{{app}}/{{key}}")

PREFERENCES = "/ocs/v2.php/apps/provisioning_api/api/v1/config/users"
# The answer tells neither the key at fault, nor a wrong key from a wrong value.
_ALLOWED = "The server has no such app, or the app does not let accounts {deed}. Nothing was changed by this call."
_ALLOWED_SET = _ALLOWED.format(deed="set this key, or not to this value")
_ALLOWED_DELETE = _ALLOWED.format(deed="remove this key")
SET_PREFERENCE = Operation("preferences-set-preference", "POST", f"{PREFERENCES}/{{app}}/{{key}}", advice=_ALLOWED_SET)
SET_PREFERENCES = Operation(
    "preferences-set-multiple-preferences", "POST", f"{PREFERENCES}/{{app}}", advice=_ALLOWED_SET
)
DELETE_PREFERENCE = Operation(
    "preferences-delete-preference", "DELETE", f"{PREFERENCES}/{{app}}/{{key}}", advice=_ALLOWED_DELETE
)
DELETE_PREFERENCES = Operation(
    "preferences-delete-multiple-preference", "DELETE", f"{PREFERENCES}/{{app}}", advice=_ALLOWED_DELETE
)

# Of the app bruteforcesettings, not of the Provisioning API: the addresses that are exempt from brute-force protection.
ALLOW_LIST = "/index.php/apps/bruteforcesettings/ipwhitelist"
GET_ALLOW_LIST = Operation("bruteforcesettings-get-ipwhitelist", "GET", ALLOW_LIST, enveloped=False)
ADD_TO_ALLOW_LIST = Operation(
    "bruteforcesettings-add-ipwhitelist", "POST", ALLOW_LIST, repeatable=False, enveloped=False
)
REMOVE_FROM_ALLOW_LIST = Operation(
    "bruteforcesettings-remove-ipwhitelist", "DELETE", f"{ALLOW_LIST}/{{id}}", enveloped=False
)
