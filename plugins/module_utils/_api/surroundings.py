# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# This file is private to the collection: it may change in any release.

"""What a connection needs of the host that it starts from: certificates and proxies. Looked at before the first request.

The network libraries would notice too, but late, in other words, and with the password of a proxy in them.
"""

from __future__ import annotations

import base64
import os
import re
import ssl
from urllib.parse import unquote, urlsplit

try:
    import requests.utils
    import urllib3.exceptions
    import urllib3.util
except ImportError:
    pass  # `session` says so, and nothing is sent

from ansible_collections.community.nextcloud.plugins.module_utils._api.connection import Connection
from ansible_collections.community.nextcloud.plugins.module_utils._common.errors import invalid

# `requests` reads them where no authority is named, in this order.
_CA_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
_PROXY_SCHEMES = ("http", "https", "socks4", "socks4a", "socks5", "socks5h")
_CREDENTIALS = re.compile(r"//[^/\s]*@")


def check(connection: Connection) -> None:
    """Failure (invalid) names the option or the environment variable, and never repeats an address with a password."""
    scheme = urlsplit(connection.url).scheme.lower()
    if scheme == "https":
        _check_authorities(connection)
        _check_certificate(connection)
    _check_proxy(connection.url)


def without_credentials(text: str) -> str:
    """Words of a library, which may repeat an address."""
    return _CREDENTIALS.sub("//********@", text)


def _check_authorities(connection: Connection) -> None:
    if not connection.validate_certs:
        return
    name, path = "ca_path", connection.ca_path
    if not path:
        name, path = next(((name, os.environ[name]) for name in _CA_VARIABLES if os.environ.get(name)), ("", None))
    if not path:
        return
    if not (os.path.isfile(path) or os.path.isdir(path)):
        raise invalid(name, f"{path} must be a file or a directory")
    try:
        folder = os.path.isdir(path)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(cafile=None if folder else path, capath=path if folder else None)
    except OSError as error:
        raise invalid(
            name, f"{path} must contain certificates of authorities in PEM format ({_reason(error)})"
        ) from error


class _Encrypted(Exception):
    """A key is encrypted. OpenSSL would ask for its password at the terminal."""


def _refuse_to_answer() -> str:
    raise _Encrypted


def _check_certificate(connection: Connection) -> None:
    if not connection.client_cert:
        return
    try:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_cert_chain(connection.client_cert, connection.client_key, password=_refuse_to_answer)
    except _Encrypted:
        raise invalid("client_key", "must not be encrypted, because nobody can be asked for its password") from None
    except OSError as error:
        files = connection.client_cert + (f" with {connection.client_key}" if connection.client_key else "")
        raise invalid(
            "client_cert", f"{files} must be a certificate and its key in PEM format ({_reason(error)})"
        ) from error


def _reason(error: OSError) -> str:
    return str(getattr(error, "reason", None) or error.strerror or "it cannot be read")


def _proxy_of(url: str) -> tuple[str, str]:
    """The proxy that the environment sets for an address, and the variable that does; empty where there is none."""
    proxies = requests.utils.get_environ_proxies(url)
    scheme = urlsplit(url).scheme.lower()
    variable = f"{scheme.upper()}_PROXY" if scheme in proxies else "ALL_PROXY"
    return requests.utils.select_proxy(url, proxies) or "", variable


def _check_proxy(url: str) -> None:
    proxy, variable = _proxy_of(url)
    if not proxy:
        return
    try:
        parsed = urllib3.util.parse_url(proxy if "://" in proxy else f"http://{proxy}")
        usable = parsed.scheme in _PROXY_SCHEMES and parsed.host and parsed.port != 0
    except (ValueError, urllib3.exceptions.HTTPError):
        usable = False
    if not usable:
        raise invalid(
            variable,
            "must be the address of a proxy, such as http://proxy.example.org:3128. It is not repeated here, because it"
            " may contain a password.",
        )


def proxy_secrets(url: str) -> list[str]:
    """What something in front of a server may repeat of the credentials for the proxy that leads to an address."""
    credentials = _proxy_of(url)[0].rpartition("@")[0].rpartition("//")[2]
    password = credentials.partition(":")[2]
    sent = base64.b64encode(unquote(credentials).encode()).decode()
    return [credentials, password, unquote(password), sent] if credentials else []
