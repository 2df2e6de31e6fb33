# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What people who join are still owed, in files that outlive a run: noted before accounts are created, struck out when paid.

The pending file holds, for each server, who is owed a welcome email, or a password that is in the passwords file. Nobody is
in it who had an account when the entry was made. It goes when nothing is owed.
"""

from __future__ import annotations

import os
import secrets
import string
from contextlib import contextmanager
from typing import Any, Iterator, Mapping, NamedTuple

from ansible_collections.community.nextcloud.plugins.module_utils._common import private_file
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import (
    Failure,
    invalid,
    mutually_exclusive,
)
from ansible_collections.community.nextcloud.plugins.module_utils._values import kinds
from ansible_collections.community.nextcloud.plugins.module_utils._values.kinds import parse_value

# The pending file that belongs to a passwords file: runs that share passwords must share what they are owed for.
SUFFIX = ".pending"
_SERVERS = "servers"
# As most rules for passwords want it: abcdefg-ABCDEFG-123456
_SHAPE = ((string.ascii_lowercase, 7), (string.ascii_uppercase, 7), (string.digits, 6))


def generated() -> str:
    """A password that nobody can guess."""
    return "-".join("".join(map(secrets.choice, [alphabet] * length)) for alphabet, length in _SHAPE)


class Owed(NamedTuple):
    """What somebody is owed.

    runs: how many runs may have created the account, and have not said that they did not.
    welcome_email, password: what is owed; the password is the one in the passwords file.
    sending: a run was about to send the email, and has not said what came of it.
    """

    runs: int = 0
    welcome_email: bool = False
    password: bool = False
    sending: bool = False


# By the id of the account, in lower case.
Debts = dict[str, Owed]


class Files(NamedTuple):
    """The files of one server. option: the name of the option that places them, for messages."""

    option: str
    pending: str
    passwords: str | None = None
    server: str = ""

    def on(self, server: str) -> Files:
        """Those of this server."""
        return self._replace(server=server)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """No other run reads or changes the files meanwhile, or sends an email that is noted in them."""
        with private_file.locked(self.option, self.pending):
            yield

    def debts(self) -> Debts:
        """What is owed on this server."""
        try:
            entries = self._servers().get(self.server, {})
            debts = {userid: Owed(**entry) for userid, entry in entries.items()}
        except (AttributeError, TypeError):
            raise self._foreign() from None
        forms = [[type(part) for part in owed] for owed in debts.values()]
        if any(form != [type(part) for part in Owed()] for form in forms):
            raise self._foreign()
        return debts

    def _foreign(self) -> Failure:
        return invalid(self.option, f"{self.pending} is damaged or contains something else; delete it")

    def write_debts(self, debts: Mapping[str, Owed]) -> None:
        servers = {server: entries for server, entries in self._servers().items() if server != self.server}
        if debts:
            servers[self.server] = {userid: owed._asdict() for userid, owed in debts.items()}
        self._write(self.pending, {_SERVERS: servers} if servers else {})

    def known_passwords(self) -> dict[str, Any]:
        """Of the passwords file. Failure (invalid) repeats none of them."""
        if not self.passwords:
            return {}
        content = private_file.read_object(self.option, self.passwords) or {}
        if not all(isinstance(password, str) and password for password in content.values()):
            raise invalid(
                self.option,
                f"{self.passwords} must contain a password for each account id, as text; correct it or set another file",
            )
        return content

    def write_passwords(self, passwords: Mapping[str, Any]) -> None:
        if self.passwords:
            self._write(self.passwords, dict(passwords))

    def _servers(self) -> dict[str, Any]:
        content = private_file.read(self.option, self.pending, {_SERVERS})
        servers: dict[str, Any] = content[_SERVERS] if content else {}
        return servers

    def _write(self, path: str, content: dict[str, Any]) -> None:
        """A file that would hold nothing goes."""
        try:
            if content:
                private_file.replace(path, content)
            elif os.path.exists(path):
                os.unlink(path)
        except OSError as error:
            raise invalid(self.option, f"{path} cannot be written: {error.strerror}") from error


def parse_person(position: int, person: Mapping[str, Any]) -> str:
    """The id of a person of option `users`, in lower case; Failure (invalid) names its place."""
    return str(kinds.USERID.key(parse_value(f"users[{position}].userid", kinds.USERID, person["userid"])))


def argument_spec() -> dict[str, Any]:
    """The options that place the files."""
    return {"passwords_file": {"type": "path", "no_log": False}, "pending_file": {"type": "path"}}


def parse_files(options: Mapping[str, Any]) -> Files | None:
    """Where the files are; None where no option places them. Failure (invalid) where they could not be written."""
    passwords: str = options.get("passwords_file") or ""
    pending: str = options.get("pending_file") or ""
    if passwords and pending:
        raise mutually_exclusive("passwords_file", "pending_file")
    if not passwords and not pending:
        return None
    option = "passwords_file" if passwords else "pending_file"
    private_file.check_folder(option, passwords or pending)
    return Files(option, pending or f"{passwords}{SUFFIX}", passwords or None)
