# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A server as it looks from outside: by plain requests, and not through what is tested."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import requests

# Ids of a run begin with its prefix, which tells when it began. Nothing else is ever removed.
OURS = re.compile(r"ansible-test-(\d{12})-.*", re.DOTALL | re.IGNORECASE)
_PREFIX = "ansible-test-%y%m%d%H%M%S-"
# A run that began longer ago than this is taken for one that was broken off.
LONGEST_RUN = timedelta(minutes=45)
# Addresses for documentation (RFC 5737, RFC 3849), which nobody has: those that targets put on a server's list.
OUR_NETWORKS = ("192.0.2.213/32", "192.0.2.224/28", "2001:db8:a57e:1::/64", "2001:db8:a57e:2::/64")
# Apps that do no harm while they are enabled for a moment. Targets switch the first two that are disabled.
SPARE_APPS = (
    "admin_audit",
    "files_external",
    "twofactor_nextcloud_notification",
    "survey_client",
    "weather_status",
    "recommendations",
    "dashboard",
)
FLAG = ("bruteforcesettings", "apply_allowlist_to_ratelimit")
# The app in whose configuration runs have keys of their own.
CONFIG_APP = "provisioning_api"
PAGE = 500


def new_prefix(began: datetime) -> str:
    return began.strftime(_PREFIX)


class Observer:
    """Asks a server, as an administrator, what is there, and clears up after runs. Lives for minutes: one sign-in."""

    def __init__(self, url: str, username: str, password: str) -> None:
        self._url = url.rstrip("/")
        self._session = requests.Session()
        self._session.auth = (username.encode(), password.encode())
        self._session.headers.update({"OCS-APIRequest": "true", "Accept": "application/json"})
        self._session.cookies.set("cookie_test", "test")

    def others(self) -> dict[str, Any]:
        """All that no target may change for good: everybody's, and what is not a run's own."""
        return {
            "accounts": [userid for userid in self._ids("users") if not OURS.fullmatch(userid)],
            "groups": [groupid for groupid in self._ids("groups") if not OURS.fullmatch(groupid)],
            "enabled apps": self._apps("enabled"),
            "networks": sorted(set(self._networks()) - set(OUR_NETWORKS)),
            "configuration": {
                key: self._value(CONFIG_APP, key) for key in self._keys(CONFIG_APP) if not OURS.fullmatch(key)
            },
            FLAG[1]: self._flag(),
        }

    def begin(self, prefix: str) -> dict[str, Any]:
        """What targets must know of the server before they change it. It is written down on the server itself, so that
        the next run can put it back if this one is broken off."""
        for key in self._records():
            began = datetime.strptime(key.removesuffix("before"), _PREFIX)
            if datetime.strptime(prefix, _PREFIX) - began < LONGEST_RUN:
                raise RuntimeError(
                    f"{self._url} may be in use by a run that began at {began} (UTC). Try again {LONGEST_RUN} later; or,"
                    f" if that run was broken off, delete the key {key} of app {CONFIG_APP} (occ config:app:delete)."
                )
        self.clear()
        before = {"spare_apps": self._spare_apps(), "allow_list_flag": self._flag(), "allow_list": self._has_list()}
        self._ocs("POST", _config(CONFIG_APP, f"{prefix}before"), json={"value": json.dumps(before)})
        return before

    def clear(self) -> list[str]:
        """Removes what runs have left and puts back what they have changed; gives what there was of both."""
        left = self._left()
        for path in left.values():
            self._request("DELETE", path)
        records = self._records()
        changed = [name for before in records.values() for name in self._put_back(before)]
        for key in records:
            self._ocs("DELETE", _config(CONFIG_APP, key))
        return [*left, *changed]

    def _left(self) -> dict[str, str]:
        """{what a run has left: the path that deletes it}"""
        users = {userid: f"/ocs/v2.php/cloud/users/{quote(userid, safe='')}" for userid in self._ids("users")}
        # The id of a group in a path is decoded twice.
        groups = {
            groupid: f"/ocs/v2.php/cloud/groups/{quote(quote(groupid, safe=''), safe='')}"
            for groupid in self._ids("groups")
        }
        keys = {key: f"/ocs/v2.php/{_config(CONFIG_APP, key)}" for key in self._keys(CONFIG_APP)}
        ids = {**groups, **users, **keys}
        found = {name: path for name, path in ids.items() if OURS.fullmatch(name) and not _is_record(name)}
        networks = {name: path for name, path in self._networks().items() if name in OUR_NETWORKS}
        return {**found, **networks}

    def _records(self) -> dict[str, Any]:
        """{key: what was there before the run that wrote it}"""
        keys = [key for key in self._keys(CONFIG_APP) if _is_record(key)]
        return {key: json.loads(self._value(CONFIG_APP, key) or "") for key in keys}

    def _put_back(self, before: dict[str, Any]) -> list[str]:
        changed = [app for app in before["spare_apps"] if app in self._apps("enabled")]
        for app in changed:
            self._ocs("DELETE", f"cloud/apps/{app}")
        flag = before["allow_list_flag"]
        if self._flag() == flag:
            return changed
        if flag is None:
            self._ocs("DELETE", _config(*FLAG))
        else:
            self._ocs("POST", _config(*FLAG), json={"value": flag})
        return [*changed, FLAG[1]]

    def _spare_apps(self) -> list[str]:
        disabled = self._apps("disabled")
        return [app for app in SPARE_APPS if app in disabled][:2]

    def _has_list(self) -> bool:
        return FLAG[0] in self._apps("enabled")

    def _flag(self) -> str | None:
        """Whether the list of networks lifts rate limits, as it is stored; None where nobody has said."""
        return self._value(*FLAG)

    def _ids(self, kind: str) -> list[str]:
        """All of them, page after page until one is empty: a page may be longer than was asked for, and repeat some."""
        found: set[str] = set()
        offset = 0
        while page := self._ocs("GET", f"cloud/{kind}", params={"limit": PAGE, "offset": offset})[kind]:
            found.update(str(name) for name in page)
            offset += PAGE
        return sorted(found)

    def _apps(self, which: str) -> list[str]:
        apps = self._ocs("GET", "cloud/apps", params={"filter": which})["apps"]
        return sorted(apps.values() if isinstance(apps, dict) else apps)

    def _networks(self) -> dict[str, str]:
        """{network: the path that deletes it}"""
        if not self._has_list():
            return {}
        path = "/index.php/apps/bruteforcesettings/ipwhitelist"
        return {
            f"{entry['ip']}/{entry['mask']}": f"{path}/{entry['id']}" for entry in self._request("GET", path).json()
        }

    def _keys(self, app: str) -> list[str]:
        return list(self._ocs("GET", f"apps/provisioning_api/api/v1/config/apps/{app}")["data"])

    def _value(self, app: str, key: str) -> str | None:
        missing = "ansible-test-missing"
        found = self._ocs("GET", _config(app, key), params={"defaultValue": missing})["data"]
        return None if found == missing else found

    def _ocs(self, method: str, path: str, **arguments: Any) -> Any:
        return self._request(method, f"/ocs/v2.php/{path}", **arguments).json()["ocs"]["data"]

    def _request(self, method: str, path: str, **arguments: Any) -> requests.Response:
        response = self._session.request(method, self._url + path, timeout=60, **arguments)
        response.raise_for_status()
        return response


def _is_record(key: str) -> bool:
    return OURS.fullmatch(key) is not None and key.endswith("-before")


def _config(app: str, key: str) -> str:
    return f"apps/provisioning_api/api/v1/config/apps/{app}/{quote(key, safe='')}"
