# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What only a real connection shows: certificates, redirects, a host without `requests`."""

from __future__ import annotations

import ssl
import subprocess
import sys
from pathlib import Path
from typing import Any, Callable, Iterator

import pytest
import trustme
import yaml
from cheroot.ssl.builtin import BuiltinSSLAdapter
from mock_server import serve
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

GROUP = {"groupid": "design"}


@pytest.fixture
def task(site: Any) -> Callable[..., dict[str, Any]]:
    """Runs one task of module `group` with these options; gives its result."""

    def run(expect: int = 0, interpreter: str = sys.executable, **options: Any) -> dict[str, Any]:
        play = {
            "hosts": "localhost",
            "connection": "local",
            "gather_facts": False,
            "vars": {"ansible_python_interpreter": interpreter},
            "tasks": [{"name": "task", "community.nextcloud.group": {**GROUP, "retries": 0, **options}}],
        }
        playbook = site.folder / "task.yml"
        playbook.write_text(yaml.safe_dump([play]))
        finished = site.run(playbook, expect=expect)
        assert "InsecureRequestWarning" not in finished.output  # nor any other warning of a library
        return finished.results[0]["result"]

    return run


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def tls_url(site: Any, authority: trustme.CA, tmp_path: Path) -> Iterator[Callable[[bool], str]]:
    """Serves the site's server over TLS; True: to clients with a certificate only."""
    certificate = authority.issue_cert("localhost")
    key_file, cert_file, ca_file = tmp_path / "server.key", tmp_path / "server.pem", tmp_path / "ca.pem"
    certificate.private_key_pem.write_to_path(key_file)
    certificate.cert_chain_pems[0].write_to_path(cert_file)
    authority.cert_pem.write_to_path(ca_file)
    servers = []

    def start(wants_certificate: bool) -> str:
        adapter = BuiltinSSLAdapter(str(cert_file), str(key_file))
        if wants_certificate:
            adapter.context.load_verify_locations(ca_file)
            adapter.context.verify_mode = ssl.CERT_REQUIRED
        server = serve(site.server, host="localhost", tls=adapter)
        servers.append(server)
        return server.__enter__()

    yield start
    for server in servers:
        server.__exit__(None, None, None)


def test_a_certificate_of_an_unknown_authority_is_refused(task: Any, tls_url: Any, site: Any) -> None:
    result = task(expect=2, url=tls_url(False))
    assert result["failure"]["category"] == "unavailable"
    assert "ca_path" in result["msg"]
    assert site.journal.requests == 0


def test_a_server_without_tls_is_told_so(task: Any, site: Any) -> None:
    result = task(expect=2, url=site.url.replace("http:", "https:"))
    assert result["failure"]["category"] == "unavailable"
    assert "https or http" in result["msg"] and "ca_path" not in result["msg"]


def test_an_authority_can_be_named_and_the_check_be_left_out(task: Any, tls_url: Any, tmp_path: Path) -> None:
    url = tls_url(False)
    assert task(url=url, ca_path=str(tmp_path / "ca.pem"))["changed"] is True
    assert task(url=url, validate_certs=False)["changed"] is False


@pytest.mark.parametrize("in_process", ["true", "false"])
def test_a_check_that_is_left_out_is_no_noise(site: Any, tls_url: Any, in_process: str) -> None:
    """In tasks, lookups and the inventory, whose processes Ansible watches for output of libraries."""
    inventory = site.folder / "accounts.nextcloud.yml"
    inventory.write_text(yaml.safe_dump({"plugin": "community.nextcloud.users", "validate_certs": False}))
    options = {"validate_certs": False, "retries": 0}
    lookup = "{{ lookup('community.nextcloud.user', 'admin', validate_certs=false).userid }}"
    tasks = [
        {"community.nextcloud.group": {**GROUP, **options}},
        {"community.nextcloud.user_info": {"userid": lookup, **options}},
        {"ansible.builtin.debug": {"msg": lookup}},
    ]
    playbook = site.folder / "noise.yml"
    play = {"hosts": "admin", "connection": "local", "gather_facts": False, "tasks": tasks}
    playbook.write_text(yaml.safe_dump([{**play, "vars": {"ansible_python_interpreter": sys.executable}}]))
    site.url = tls_url(False)
    finished = site.run(playbook, "-i", str(inventory), NEXTCLOUD_IN_PROCESS=in_process)
    assert "WARNING" not in finished.output and "InsecureRequest" not in finished.output, finished.output


def test_a_certificate_of_the_client(task: Any, tls_url: Any, authority: trustme.CA, tmp_path: Path) -> None:
    url = tls_url(True)
    ca_path = str(tmp_path / "ca.pem")
    assert task(expect=2, url=url, ca_path=ca_path)["failure"]["category"] == "unavailable"
    certificate = authority.issue_cert("client@example.org")
    key, chain, both = tmp_path / "client.key", tmp_path / "client.pem", tmp_path / "both.pem"
    certificate.private_key_pem.write_to_path(key)
    certificate.cert_chain_pems[0].write_to_path(chain)
    certificate.private_key_and_cert_chain_pem.write_to_path(both)
    assert task(url=url, ca_path=ca_path, client_cert=str(chain), client_key=str(key))["changed"] is True
    assert task(url=url, ca_path=ca_path, client_cert=str(both))["changed"] is False


class Redirecting:
    """An application that redirects every request elsewhere, and remembers what it was shown."""

    def __init__(self, target: Callable[[Request], str], code: int = 301) -> None:
        self.target = target
        self.code = code
        self.requests = 0

    def __call__(self, environ: Any, start_response: Any) -> Any:
        self.requests += 1
        return redirect(self.target(Request(environ)), self.code, Response)(environ, start_response)


def test_a_redirect_to_another_host_is_not_followed(task: Any, site: Any) -> None:
    port = site.url.rpartition(":")[2]
    application = Redirecting(lambda request: f"http://localhost:{port}{request.full_path}")
    with serve(application) as url:
        result = task(expect=2, url=url)
    assert result["failure"]["category"] == "protocol"
    assert "Set url" in result["msg"]
    assert site.journal.requests == 0


def test_a_redirect_down_to_http_is_not_followed(
    task: Any, site: Any, authority: trustme.CA, tls_url: Any, tmp_path: Path
) -> None:
    tls_url(False)  # for the files of the certificate
    adapter = BuiltinSSLAdapter(str(tmp_path / "server.pem"), str(tmp_path / "server.key"))
    port = site.url.rpartition(":")[2]
    application = Redirecting(lambda request: f"http://localhost:{port}{request.full_path}")
    with serve(application, host="localhost", tls=adapter) as url:
        result = task(expect=2, url=url, ca_path=str(tmp_path / "ca.pem"))
    assert result["failure"]["category"] == "protocol"
    assert site.journal.requests == 0


def test_a_redirect_on_the_same_host_keeps_verb_and_body(task: Any, site: Any) -> None:
    class Moved(Redirecting):
        def __call__(self, environ: Any, start_response: Any) -> Any:
            if environ["REQUEST_URI"].startswith("/moved"):
                environ["REQUEST_URI"] = environ["REQUEST_URI"].removeprefix("/moved")
                return site.server(environ, start_response)
            return super().__call__(environ, start_response)

    application = Moved(lambda request: f"/moved{request.environ['REQUEST_URI']}")
    with serve(application) as url:
        assert task(url=url)["changed"] is True
    assert site.state.group("design").display_name == "design"


def test_a_redirect_that_goes_round_in_circles_ends(task: Any) -> None:
    application = Redirecting(lambda request: request.environ["REQUEST_URI"])
    with serve(application) as url:
        assert task(expect=2, url=url)["failure"]["category"] == "protocol"
    assert application.requests < 10


def test_something_else_at_the_address(task: Any) -> None:
    with serve(Response("<html>Welcome to nginx!</html>", mimetype="text/html")) as url:
        result = task(expect=2, url=url)
    assert result["failure"]["category"] == "protocol"
    assert "Check url" in result["msg"]


def test_a_host_without_requests_is_told_what_is_missing(task: Any, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(bare)], check=True)
    result = task(expect=2, interpreter=str(bare / "bin" / "python"))
    assert "requests" in result["msg"] and "Python library" in result["msg"]
