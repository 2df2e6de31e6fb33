# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""The operations of the Provisioning API that the collection calls, each written down once.

The ids are those of the API's specification. A server's OCS codes mean different things on different operations
(101 is 'no such account' on one and 'invalid value' on the next), so each operation brings the meaning of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Callable, Generic, Mapping, NamedTuple, ParamSpec
from urllib.parse import quote

from ansible_collections.community.nextcloud.plugins.module_utils._api import forms
from ansible_collections.community.nextcloud.plugins.module_utils._api.forms import Form
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import Failure

# The ids that the path of an operation holds, as the arguments that it is called with.
Ids = ParamSpec("Ids")


class Limit(NamedTuple):
    """A rate limit of the server: so many calls in so many seconds per signed-in account.

    counter: which calls it counts; those of different counters do not count together.
    """

    calls: int
    seconds: int
    counter: str


_CURRENT_USER = "/ocs/v2.php/cloud/user"
_USERS = "/ocs/v2.php/cloud/users"
_GROUPS = "/ocs/v2.php/cloud/groups"
_APPS = "/ocs/v2.php/cloud/apps"
_APP_CONFIG = "/ocs/v2.php/apps/provisioning_api/api/v1/config/apps"
_PREFERENCES = "/ocs/v2.php/apps/provisioning_api/api/v1/config/users"
# Of the app bruteforcesettings, not of the Provisioning API: the addresses that are exempt from brute-force protection.
_ALLOW_LIST = "/index.php/apps/bruteforcesettings/ipwhitelist"

# What `GET /users/details` and so on ask for; accounts may have these ids.
LISTS_OF_USERS = ("details", "disabled", "recent")
# What `GET /groups/details` asks for; a group may have that id.
_LIST_OF_GROUPS = "details"

# The group whose members are the administrators, on every server.
ADMIN_GROUP = "admin"

EDITS = Limit(calls=50, seconds=600, counter="fields")
PATCHES = Limit(calls=50, seconds=600, counter="several fields")
COLLECTION_EDITS = Limit(calls=5, seconds=60, counter="values")


class Call(NamedTuple):
    """An operation on something. path: below the server's URL, with all ids encoded."""

    operation: Operation[...]
    path: str


@dataclass(frozen=True, eq=False)
class Operation(Generic[Ids]):
    """One operation. To call it with the ids of its path, as they are, gives a `Call`.

    path: ids to the path below the server's URL; it encodes each as often as the server decodes it there.
    refusals: OCS code of an HTTP 400 to category; a code that is not listed is `invalid`.
    settled: pairs of HTTP status and OCS code that say that things are as wanted already.
    repeatable: sending it twice does what sending it once does.
    enveloped: it answers with the envelope of OCS, else with plain JSON.
    advice: what to say of a refused value, where the general words say too little.
    confirmed: the server may want the account's password confirmed for it, before it looks at anything else.
    form: of the data in an answer that says success.
    """

    id: str
    method: str
    path: Callable[Ids, str]
    refusals: Mapping[int, str] = field(default_factory=dict)
    settled: frozenset[tuple[int, int]] = frozenset()
    repeatable: bool = True
    limit: Limit | None = None
    enveloped: bool = True
    advice: str | None = None
    confirmed: bool = True
    form: Form = forms.anything

    def __call__(self, *ids: Ids.args, **named_ids: Ids.kwargs) -> Call:
        return Call(self, self.path(*ids, **named_ids))

    @property
    def writes(self) -> bool:
        return self.method != "GET"


def _encoded(text: str) -> str:
    """An id, app or key as one part of a path. Failure (invalid) for one that would lead elsewhere, however it is encoded."""
    # A server decodes a path before it looks for slashes, so `jane/disable` would be an operation on `jane`.
    if "/" in text:
        raise _unaddressable(text)
    return _encoded_with_slashes(text)


def _encoded_with_slashes(text: str) -> str:
    """The same where the server takes slashes for a part of the id. Proxies may resolve dots and double slashes."""
    if "\0" in text or any(part in ("", ".", "..") for part in text.split("/")):
        raise _unaddressable(text)
    try:
        return quote(text, safe="")
    except UnicodeEncodeError:
        raise _unaddressable(text) from None


def _unaddressable(text: str) -> Failure:
    return Failure("invalid", f"The API cannot address {text!r}.")


def _encoded_twice(groupid: str) -> str:
    """A group's id in all paths but one: the server decodes it twice, and `a+b` encoded once would be another group."""
    if not groupid or "\0" in groupid:
        raise _unaddressable(groupid)
    # `quote` encodes neither of these, but they would lead up the path, and to the list of all groups.
    if not groupid.strip("."):
        once = groupid.replace(".", "%2E")
    elif groupid == _LIST_OF_GROUPS:
        once = f"%{ord(groupid[0]):02X}{groupid[1:]}"
    else:
        try:
            once = quote(groupid, safe="")
        except UnicodeEncodeError:
            raise _unaddressable(groupid) from None
    return quote(once)


def _fixed(path: str) -> Callable[[], str]:
    return lambda: path


def _of_user(below: str = "") -> Callable[[str], str]:
    return lambda userid: f"{_USERS}/{_encoded(userid)}{below}"


def _record_of_user(userid: str) -> str:
    if userid in LISTS_OF_USERS:
        raise _unaddressable(userid)
    return f"{_USERS}/{_encoded(userid)}"


def _of_group(below: str = "") -> Callable[[str], str]:
    return lambda groupid: f"{_GROUPS}/{_encoded_twice(groupid)}{below}"


def _subadmins_of_group(groupid: str) -> str:
    """The one path in which the server decodes a group's id once, so that web servers look at it too."""
    if "\r" in groupid or "\n" in groupid:
        raise _unaddressable(groupid)
    return f"{_GROUPS}/{_encoded_with_slashes(groupid)}/subadmins"


def _fields_of_user(userid: str) -> str:
    return f"{_CURRENT_USER}/fields/{_encoded(userid)}"


def _collection_of_user(userid: str, collection: str) -> str:
    return f"{_USERS}/{_encoded(userid)}/{_encoded(collection)}"


def _entry_of_allow_list(entry: str) -> str:
    return f"{_ALLOW_LIST}/{_encoded(entry)}"


def _of_app(path: str) -> Callable[[str], str]:
    return lambda app: f"{path}/{_encoded(app)}"


def _of_key(path: str) -> Callable[[str, str], str]:
    """Of a key of an app: (app, key)."""
    return lambda app, key: f"{path}/{_encoded(app)}/{_encoded(key)}"


CAPABILITIES = Operation(
    "core-ocs-get-capabilities", "GET", _fixed("/ocs/v2.php/cloud/capabilities"), form=forms.CAPABILITIES
)

CURRENT_USER = Operation("users-get-current-user", "GET", _fixed(_CURRENT_USER), form=forms.SIGNED_IN)
GET_EDITABLE_FIELDS = Operation("users-get-editable-fields", "GET", _fixed(f"{_CURRENT_USER}/fields"), form=forms.IDS)
GET_USER_EDITABLE_FIELDS = Operation("users-get-editable-fields-for-user", "GET", _fields_of_user, form=forms.IDS)
GET_ENABLED_APPS = Operation("users-get-enabled-apps", "GET", _fixed(f"{_CURRENT_USER}/apps"), form=forms.APPS)

GET_USERS = Operation("users-get-users", "GET", _fixed(_USERS), form=forms.USERIDS)
GET_USERS_DETAILS = Operation("users-get-users-details", "GET", _fixed(f"{_USERS}/details"), form=forms.ACCOUNTS)
GET_DISABLED_USERS = Operation(
    "users-get-disabled-users-details", "GET", _fixed(f"{_USERS}/disabled"), form=forms.ACCOUNTS
)
GET_RECENT_USERS = Operation("users-get-last-logged-in-users", "GET", _fixed(f"{_USERS}/recent"), form=forms.ACCOUNTS)
# It reads, but with a body, so that it is a POST.
SEARCH_BY_PHONE = Operation(
    "users-search-by-phone-numbers", "POST", _fixed(f"{_USERS}/search/by-phone"), confirmed=False, form=forms.OWNERS
)

GET_USER = Operation("users-get-user", "GET", _record_of_user, form=forms.ACCOUNT)
ADD_USER = Operation(
    "users-add-user",
    "POST",
    _fixed(_USERS),
    refusals={102: "conflict", 104: "not_found", 105: "permission", 106: "permission", 109: "not_found"},
    repeatable=False,
)
EDIT_USER = Operation("users-edit-user", "PUT", _of_user(), refusals={112: "read_only", 113: "read_only"}, limit=EDITS)
# A mail address that is there already is refused with 101, so a repeated call could fail where the first succeeded.
ADD_USER_VALUE = replace(EDIT_USER, repeatable=False)
# From this version on a server takes several fields of an account in one call.
PATCH_SINCE = 34
# A server may fail after it has applied some of the fields, so the same call is not sent again before the account is read.
PATCH_USER = Operation("users-edit-user-multi-field", "PATCH", _of_user(), repeatable=False, limit=PATCHES)
EDIT_USER_COLLECTION = Operation(
    "users-edit-user-multi-value",
    "PUT",
    _collection_of_user,
    refusals={103: "read_only"},
    limit=COLLECTION_EDITS,
)
DELETE_USER = Operation(
    "users-delete-user", "DELETE", _of_user(), refusals={101: "conflict"}, settled=frozenset({(404, 998), (404, 404)})
)
ENABLE_USER = Operation("users-enable-user", "PUT", _of_user("/enable"), refusals={101: "not_found"})
DISABLE_USER = Operation("users-disable-user", "PUT", _of_user("/disable"), refusals={101: "not_found"})
WIPE_DEVICES = Operation(
    "users-wipe-user-devices", "POST", _of_user("/wipe"), refusals={101: "conflict"}, repeatable=False
)
RESEND_WELCOME = Operation(
    "users-resend-welcome-message", "POST", _of_user("/welcome"), refusals={101: "conflict"}, repeatable=False
)
GET_USER_GROUPS = Operation("users-get-users-groups", "GET", _of_user("/groups"), form=forms.GROUPIDS)
GET_USER_GROUPS_DETAILS = Operation(
    "users-get-users-groups-details", "GET", _of_user("/groups/details"), form=forms.NAMED_GROUPS
)
ADD_TO_GROUP = Operation(
    "users-add-to-group",
    "POST",
    _of_user("/groups"),
    refusals={102: "not_found", 103: "not_found", 104: "permission"},
)
REMOVE_FROM_GROUP = Operation(
    "users-remove-from-group",
    "DELETE",
    _of_user("/groups"),
    refusals={102: "not_found", 103: "not_found", 104: "permission", 105: "conflict"},
)
GET_SUBADMIN_GROUPS = Operation("users-get-user-sub-admin-groups", "GET", _of_user("/subadmins"), form=forms.IDS)
GET_SUBADMIN_GROUPS_DETAILS = Operation(
    "users-get-user-sub-admin-groups-details", "GET", _of_user("/subadmins/details"), form=forms.NAMED_GROUPS
)
ADD_SUBADMIN = Operation(
    "users-add-sub-admin", "POST", _of_user("/subadmins"), refusals={101: "not_found", 102: "not_found"}
)
REMOVE_SUBADMIN = Operation(
    "users-remove-sub-admin",
    "DELETE",
    _of_user("/subadmins"),
    refusals={101: "not_found"},
    settled=frozenset({(400, 102)}),
)

GET_GROUPS = Operation("groups-get-groups", "GET", _fixed(_GROUPS), form=forms.GROUPIDS)
GET_GROUPS_DETAILS = Operation("groups-get-groups-details", "GET", _fixed(f"{_GROUPS}/details"), form=forms.GROUPS)
GET_GROUP = Operation("groups-get-group", "GET", _of_group(), form=forms.USERIDS)
GET_GROUP_USERS = Operation("groups-get-group-users", "GET", _of_group("/users"), form=forms.USERIDS)
GET_GROUP_USERS_DETAILS = Operation(
    "groups-get-group-users-details", "GET", _of_group("/users/details"), form=forms.ACCOUNTS
)
GET_GROUP_SUBADMINS = Operation(
    "groups-get-sub-admins-of-group", "GET", _subadmins_of_group, refusals={101: "not_found"}, form=forms.IDS
)
ADD_GROUP = Operation("groups-add-group", "POST", _fixed(_GROUPS), refusals={102: "conflict"}, repeatable=False)
EDIT_GROUP = Operation("groups-update-group", "PUT", _of_group())
DELETE_GROUP = Operation(
    "groups-delete-group", "DELETE", _of_group(), refusals={102: "conflict"}, settled=frozenset({(400, 101)})
)

GET_APPS = Operation("apps-get-apps", "GET", _fixed(_APPS), form=forms.APPS)
GET_APP = Operation("apps-get-app-info", "GET", _of_app(_APPS), form=forms.APP)
ENABLE_APP = Operation("apps-enable", "POST", _of_app(_APPS))
DISABLE_APP = Operation("apps-disable", "DELETE", _of_app(_APPS))

GET_CONFIGURED_APPS = Operation("app_config-get-apps", "GET", _fixed(_APP_CONFIG), form=forms.NAMES)
GET_APP_CONFIG_KEYS = Operation("app_config-get-keys", "GET", _of_app(_APP_CONFIG), form=forms.NAMES)
GET_APP_CONFIG = Operation("app_config-get-value", "GET", _of_key(_APP_CONFIG), form=forms.CONFIG_VALUE)
SET_APP_CONFIG = Operation("app_config-set-value", "POST", _of_key(_APP_CONFIG))
DELETE_APP_CONFIG = Operation("app_config-delete-key", "DELETE", _of_key(_APP_CONFIG))

# The answer tells neither the key at fault, nor a wrong key from a wrong value.
_ALLOWED = "The server has no such app, or the app does not let accounts {deed}. Nothing was changed by this call."
_ALLOWED_SET = _ALLOWED.format(deed="set this key, or not to this value")
_ALLOWED_DELETE = _ALLOWED.format(deed="remove this key")
SET_PREFERENCE = Operation(
    "preferences-set-preference", "POST", _of_key(_PREFERENCES), advice=_ALLOWED_SET, confirmed=False
)
SET_PREFERENCES = Operation(
    "preferences-set-multiple-preferences", "POST", _of_app(_PREFERENCES), advice=_ALLOWED_SET, confirmed=False
)
DELETE_PREFERENCE = Operation(
    "preferences-delete-preference", "DELETE", _of_key(_PREFERENCES), advice=_ALLOWED_DELETE, confirmed=False
)
DELETE_PREFERENCES = Operation(
    "preferences-delete-multiple-preference", "DELETE", _of_app(_PREFERENCES), advice=_ALLOWED_DELETE, confirmed=False
)

GET_ALLOW_LIST = Operation(
    "bruteforcesettings-get-ipwhitelist", "GET", _fixed(_ALLOW_LIST), enveloped=False, form=forms.NETWORKS
)
ADD_TO_ALLOW_LIST = Operation(
    "bruteforcesettings-add-ipwhitelist",
    "POST",
    _fixed(_ALLOW_LIST),
    repeatable=False,
    enveloped=False,
    confirmed=False,
)
REMOVE_FROM_ALLOW_LIST = Operation(
    "bruteforcesettings-remove-ipwhitelist", "DELETE", _entry_of_allow_list, enveloped=False, confirmed=False
)
