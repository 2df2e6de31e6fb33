# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""People in JSON or YAML: as options of module directory, or as occ of a server exports them."""

from __future__ import annotations

from typing import Any, Mapping

# Of `occ user:list --info`: the keys that are options, too, beside the groups.
_OCC = ("display_name", "email", "enabled", "quota")
_LISTS = ("users", "groups")
_FORMS = "a dict with users and groups, as module directory_info returns it, or the JSON of occ user:list"


def people_in(data: Any) -> dict[str, Any]:
    """{users, groups}, from any of the forms. ValueError says which there are; it repeats no value."""
    if data is None or data == []:  # of an occ that has found nobody
        data = {}
    if not isinstance(data, Mapping):
        raise ValueError(f"the file must contain {_FORMS}, not {type(data).__name__}")
    if isinstance(data.get("directory"), Mapping):  # the whole result of the module
        data = data["directory"]
    return _from_directory(data) if _is_directory(data) else _from_occ(data)


def _is_directory(data: Mapping[str, Any]) -> bool:
    """It has a list, which an export of occ never has, or nothing that could be people of an export."""
    lists = any(isinstance(data.get(name), (list, tuple)) for name in _LISTS)
    return lists or data.keys() <= set(_LISTS) and not any(isinstance(value, Mapping) for value in data.values())


def _from_directory(data: Mapping[str, Any]) -> dict[str, Any]:
    for name in _LISTS:
        if not isinstance(data.get(name), (list, tuple, type(None))):
            raise ValueError(f"{name} must be a list of dicts")
    return {name: list(data.get(name) or ()) for name in _LISTS}


def _from_occ(data: Mapping[str, Any]) -> dict[str, Any]:
    users = [_account(str(userid), record) for userid, record in data.items()]
    groupids = {groupid for user in users if "groups" in user for groupid in user["groups"]["add"]}
    return {"users": users, "groups": [{"groupid": groupid} for groupid in sorted(groupids)]}


def _account(userid: str, record: Any) -> dict[str, Any]:
    """record: of `--info`, or the name alone."""
    if isinstance(record, str):
        record = {"user_id": userid, "display_name": record}
    if not isinstance(record, Mapping) or str(record.get("user_id")) != userid:
        raise ValueError(f"the file must contain {_FORMS}")
    user: dict[str, Any] = {"userid": userid}
    user.update({option: record[option] for option in _OCC if record.get(option) not in (None, "")})
    groups = record.get("groups")
    if isinstance(groups, (list, tuple)) and groups:
        user["groups"] = {"add": [str(group) for group in groups]}
    return user
