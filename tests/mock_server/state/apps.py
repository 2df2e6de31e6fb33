# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Apps of a server and their configuration."""

from __future__ import annotations

import re

from ..values import php
from ..values.errors import NOT_FOUND, SERVER_ERROR, UNAUTHORISED, BadField, OcsError
from .model import Record

# Apps that come with a server and cannot be disabled.
FIXED_APPS = (
    "cloud_federation_api",
    "dav",
    "federatedfilesharing",
    "files",
    "lookup_server_connector",
    "oauth2",
    "profile",
    "provisioning_api",
    "settings",
    "theming",
    "twofactor_backupcodes",
    "viewer",
    "workflowengine",
)
ENABLED_AT_FIRST = (
    "activity",
    "app_api",
    "bruteforcesettings",
    "circles",
    "comments",
    "contactsinteraction",
    "dashboard",
    "federation",
    "files_downloadlimit",
    "files_pdfviewer",
    "files_reminders",
    "files_sharing",
    "files_trashbin",
    "files_versions",
    "firstrunwizard",
    "logreader",
    "nextcloud_announcements",
    "notifications",
    "password_policy",
    "photos",
    "privacy",
    "recommendations",
    "related_resources",
    "serverinfo",
    "sharebymail",
    "support",
    "survey_client",
    "systemtags",
    "text",
    "updatenotification",
    "user_status",
    "weather_status",
    "webhook_listeners",
)
DISABLED_AT_FIRST = (
    "admin_audit",
    "encryption",
    "files_external",
    "suspicious_login",
    "twofactor_nextcloud_notification",
    "twofactor_totp",
    "user_ldap",
)
_KEPT_BY_THE_SERVER = ("installed_version", "enabled", "types")
_READ_ONLY_IN_CORE = ("public_", "remote_")
# Keys of core to which the server gives a type: words for yes and no, and whole numbers.
_BOOLEAN_KEYS = frozenset(
    (
        "shareapi_allow_custom_tokens",
        "shareapi_allow_federation_on_public_shares",
        "shareapi_default_expire_date",
        "shareapi_enable_link_password_by_default",
        "shareapi_enforce_expire_date",
        "shareapi_enforce_links_password",
    )
)
_NUMBER_KEYS = frozenset(("lastcron",))
_BOOLEANS = {**dict.fromkeys(("1", "yes", "true", "on"), "1"), **dict.fromkeys(("0", "no", "false", "off"), "0")}


class Apps:
    """Which apps there are, which run, and what is configured for each (also for apps that are not there)."""

    def __init__(self, major_version: int) -> None:
        self._major = major_version
        self.config: dict[str, dict[str, str]] = {
            "core": {
                "installedat": "1795431471",
                "lastupdatedat": "1795431471",
                "vendor": "nextcloud",
                "public_files": "files_sharing/public.php",
            },
        }
        for app in FIXED_APPS + ENABLED_AT_FIRST:
            self.config[app] = self._first_config("yes")
        self.installed = set(FIXED_APPS + ENABLED_AT_FIRST + DISABLED_AT_FIRST)

    def listed(self, kept: str | None) -> list[str]:
        """Without a filter, only the apps that may be switched: as a server answers."""
        if kept is None:
            return sorted(self.installed - set(FIXED_APPS))
        if kept == "enabled":
            return self.enabled()
        if kept == "disabled":
            return sorted(self.installed - set(self.enabled()))
        raise OcsError(101)

    def enabled(self) -> list[str]:
        return sorted(app for app, values in self.config.items() if values.get("enabled") == "yes")

    def info(self, app: str) -> Record:
        _check_switchable(app)
        if app not in self.installed:
            raise OcsError(NOT_FOUND, "No such app")
        return {
            "id": app,
            "name": app.replace("_", " ").title(),
            "summary": "",
            "description": "",
            "version": "1.0.0",
            "licence": "agpl",
            "author": [],
            "namespace": "",
            "category": [],
            "bugs": "",
            "types": [],
            "dependencies": {
                "nextcloud": {"@attributes": {"min-version": str(self._major), "max-version": str(self._major)}}
            },
        }

    def lose_files(self, app: str) -> None:
        """What is left of an app when its folder is removed: its configuration, and the word that it is enabled."""
        self.installed.remove(app)

    def enable(self, app: str) -> None:
        _check_switchable(app)
        if app not in self.installed:
            raise OcsError(NOT_FOUND, "No such app")
        if app not in self.config or "types" not in self.config[app]:
            self.config[app] = self._first_config("yes")
        self.config[app]["enabled"] = "yes"

    def disable(self, app: str) -> None:
        """An unknown app is disabled without a word, and has a configuration from then on."""
        _check_switchable(app)
        if app in FIXED_APPS:
            raise OcsError(SERVER_ERROR, "Internal Server Error\n")
        self.config.setdefault(app, {})["enabled"] = "no"

    def configured(self) -> list[str]:
        return sorted(app for app, values in self.config.items() if values)

    def keys(self, app: str) -> list[str]:
        _check_readable(app)
        return sorted(self.config.get(app, {}))

    def value(self, app: str, key: str, default: str = "") -> str:
        _check_readable(app)
        return self.config.get(app, {}).get(key, default)

    def set_value(self, app: str, key: str, value: str) -> None:
        _check_writable(app, key, value)
        if (app, key) == ("files", "default_quota") and value == "none" and self._unlimited_is_forbidden():
            raise _forbidden("The given key can not be set")
        self.config.setdefault(app, {})[key] = _typed(app, key, value)

    def delete_value(self, app: str, key: str) -> None:
        _check_writable(app, key, "")
        self.config.get(app, {}).pop(key, None)

    def _unlimited_is_forbidden(self) -> bool:
        return php.integer(self.value("files", "allow_unlimited_quota", "1")) == 0

    @staticmethod
    def _first_config(enabled: str) -> dict[str, str]:
        return {"enabled": enabled, "installed_version": "1.0.0", "types": ""}


def is_app_id(app: str) -> bool:
    return re.fullmatch(r"[a-z](?:[a-z0-9_-]*[a-z0-9])?", app) is not None


def _typed(app: str, key: str, value: str) -> str:
    if app == "core" and key in _BOOLEAN_KEYS:
        if value.lower() not in _BOOLEANS:
            raise BadField()
        return _BOOLEANS[value.lower()]
    if app == "core" and key in _NUMBER_KEYS:
        if not php.is_numeric(value):
            raise BadField()
        return str(php.integer(value))
    return value


def _check_switchable(app: str) -> None:
    if not is_app_id(app):
        raise OcsError(UNAUTHORISED, "Invalid app id")


def _forbidden(message: str) -> OcsError:
    return OcsError(403, data={"data": {"message": message}})


def _check_readable(app: str) -> None:
    if not is_app_id(app):
        raise _forbidden("Invalid app id given")


def _check_writable(app: str, key: str, value: str) -> None:
    """Encryption can be switched on, but not off."""
    _check_readable(app)
    read_only = key.startswith(_READ_ONLY_IN_CORE) or key == "encryption_enabled" and value != "yes"
    if key in _KEPT_BY_THE_SERVER or app == "core" and read_only:
        raise _forbidden("The given key can not be set")
