# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The people and groups of the second backend: those of the recordings, in the order in which LDAP has them."""

from __future__ import annotations

from .directory import Directory
from .model import Account, Group
from .second_backend import NAME

PASSWORD = "Ldap-Pw-1!x"
# Ids as the server makes them of names such as Grüße, o'neil and `with blank`.
_ODD = {
    "mueller": "Jörg Müller",
    "UPPER": "Ute Upper",
    "with_blank": "Willi Blank",
    "at@example.org": "Anna At",
    "grusze": "Gritt Grüße",
    "oneil": "Olaf O'Neil",
    "dot.ted": "Dora Dot",
}
_PEOPLE = {**{"ldap%02d" % number: "Ldap Person %02d" % number for number in range(1, 54)}, **_ODD}
_WITHOUT_ADDRESS = frozenset(("ldap06", "ldap16", "ldap26", "ldap36", "ldap46"))


def _numbered(first: int, last: int) -> list[str]:
    return ["ldap%02d" % number for number in range(first, last + 1)]


# Members, and how many groups are members too.
_GROUPS = {
    "ldap-staff": (list(_PEOPLE), 0),
    "ldap-eng": (_numbered(1, 10), 0),
    "ldap-sales": (_numbered(11, 20), 0),
    "ldap-nested": (["ldap31"], 1),
    "design": (_numbered(21, 23), 0),
    "Größe & Co": (["mueller", "UPPER"], 0),
}


def fill(directory: Directory, changes_password: bool) -> None:
    for number, (userid, name) in enumerate(_PEOPLE.items()):
        email = None if userid in _WITHOUT_ADDRESS else "p%02d@ldap.example.org" % number
        directory.add(Account(userid, PASSWORD, name, email, backend=NAME, changes_password=changes_password))
    for groupid, (members, nested) in _GROUPS.items():
        directory.put_group(Group(groupid, groupid, dict.fromkeys(members), backend=NAME, nested=nested))
