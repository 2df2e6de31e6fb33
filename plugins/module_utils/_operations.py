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


EDITS = Limit(calls=50, seconds=600)
COLLECTION_EDITS = Limit(calls=5, seconds=60)


class Operation(NamedTuple):
    """One operation.

    path: below the server's URL; `{user}` is encoded once, `{group}` twice, as the server decodes them.
    refusals: OCS code of an HTTP 400 to category; a code that is not listed is `invalid`.
    settled: pairs of HTTP status and OCS code that say that things are as wanted already.
    repeatable: sending it twice does what sending it once does.
    """

    id: str
    method: str
    path: str
    refusals: Mapping[int, str] = {}
    settled: frozenset[tuple[int, int]] = frozenset()
    repeatable: bool = True
    limit: Limit | None = None

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
GET_USER = Operation("users-get-user", "GET", USER)
ADD_USER = Operation(
    "users-add-user",
    "POST",
    USERS,
    refusals={102: "conflict", 104: "not_found", 105: "permission", 106: "permission", 109: "not_found"},
    repeatable=False,
)
EDIT_USER = Operation("users-edit-user", "PUT", USER, refusals={113: "read_only"}, limit=EDITS)
# A mail address that is there already is refused with 101, so a repeated call could fail where the first succeeded.
ADD_USER_VALUE = EDIT_USER._replace(repeatable=False)
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

GET_GROUPS = Operation("groups-get-groups-details", "GET", f"{GROUPS}/details")
GET_GROUP_USERS = Operation("groups-get-group-users", "GET", f"{GROUP}/users")
GET_GROUP_USERS_DETAILS = Operation("groups-get-group-users-details", "GET", f"{GROUP}/users/details")
ADD_GROUP = Operation("groups-add-group", "POST", GROUPS, refusals={102: "conflict"}, repeatable=False)
EDIT_GROUP = Operation("groups-update-group", "PUT", GROUP)
DELETE_GROUP = Operation(
    "groups-delete-group", "DELETE", GROUP, refusals={102: "conflict"}, settled=frozenset({(400, 101)})
)

GET_APP_CONFIG = Operation("app_config-get-value", "GET", f"{APP_CONFIG}/{{app}}/{{key}}")
