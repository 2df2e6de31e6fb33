# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""No secret in any output, diff, failure or file, but the session in the file that was named for it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import trustme
import yaml
from canaries import contents, processes_watched, shown

HERE = Path(__file__).parent
# All secrets begin so, and it has another form in a URL, in HTML and in base64.
CANARY = "canary-/+%&-Zk3"
REFUSED = ["invalid", "partial", "invalid", "partial", "invalid"]
FAILED = [
    *("authentication", "invalid", "unavailable", "invalid", "authentication"),  # credentials and address
    *("invalid", "invalid"),  # headers, key
    *("invalid", "unavailable", "unavailable", "invalid"),  # key and proxy
]
# Each with one of the callbacks that show results.
RUNS = {
    "in process": ((), {}),
    "shipped": ((), {"NEXTCLOUD_IN_PROCESS": "false", "ANSIBLE_CALLBACK_RESULT_FORMAT": "yaml"}),
    "check mode": (("--check",), {"ANSIBLE_STDOUT_CALLBACK": "minimal"}),
}


def inventories(site: Any) -> list[Path]:
    """An inventory that is kept in a cache, and one whose token is wrong."""
    found = []
    for name, options in (("good", {"cache": True}), ("bad", {"token": f"{CANARY}-Inventory", "password": ""})):
        path = site.folder / f"{name}.nextcloud.yml"
        path.write_text(yaml.safe_dump({"plugin": "community.nextcloud.users", **options}))
        found.append(path)
    return found


@pytest.fixture(scope="module")
def client_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate and its key, and a file that is neither."""
    folder = tmp_path_factory.mktemp("client")
    certificate = trustme.CA().issue_cert("client.example.org")
    certificate.private_key_pem.write_to_path(folder / "client.key")
    certificate.cert_chain_pems[0].write_to_path(folder / "client.pem")
    (folder / "secret").write_text(CANARY)
    return folder


@pytest.fixture
def temporary() -> Iterator[Path]:
    """Ansible has sockets in it, whose paths must be short."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.mark.parametrize("name", RUNS)
def test_no_secret_shows(site: Any, client_folder: Path, temporary: Path, name: str) -> None:
    arguments, environment = RUNS[name]
    session_file = site.folder / "session"
    good, bad = inventories(site)
    site.password = site.state.account("admin").password = f'{CANARY}-"Admin"-ü'
    with processes_watched() as processes:
        run = site.run(
            HERE / "secrets.yml",
            *("-vvvv", "--diff", "-i", str(good), "-i", str(bad), *arguments),
            *("-e", f"session_file={session_file}", "-e", f"client_folder={client_folder}"),
            TEST_SECRET=CANARY,
            # Not by the keyword `environment`, which Ansible shows in the command of a module that is shipped.
            http_proxy=f"http://user:{quote(CANARY, safe='')}@127.0.0.1:9",
            https_proxy=f"http://user:{CANARY}@:99999",
            no_proxy="127.0.0.1",
            TMPDIR=str(temporary),
            ANSIBLE_INJECT_INVOCATION="true",  # from ansible-core 2.21 on; before, results show the options anyway
            ANSIBLE_LOG_PATH=str(site.folder / "log"),
            ANSIBLE_CALLBACKS_ENABLED="results,junit,tree",
            JUNIT_OUTPUT_DIR=str(site.folder / "junit"),
            ANSIBLE_CALLBACK_TREE_DIR=str(site.folder / "tree"),
            ANSIBLE_CACHE_PLUGIN="jsonfile",
            ANSIBLE_CACHE_PLUGIN_CONNECTION=str(site.folder / "facts"),
            ANSIBLE_INVENTORY_CACHE_PLUGIN="jsonfile",
            ANSIBLE_INVENTORY_CACHE_CONNECTION=str(site.folder / "inventory"),
            **environment,
        )
    said = run.output.encode() + str([result["result"] for result in run.results]).encode() + processes()
    said += contents(site.folder, without=[session_file, bad]) + contents(temporary)
    # Each of these has been written, so that it has been looked at.
    for place in ("log", "junit/*.xml", "tree/localhost", "facts/*localhost", "inventory/*"):
        assert list(site.folder.glob(place)), place
    assert b"ansible-playbook" in processes()
    key = (client_folder / "client.key").read_text().splitlines()[1]
    assert shown([CANARY, key, *site.state.sign_ins.sessions], said) == []
    assert b"canary" not in said
    if not arguments:
        failures = [result["result"]["failure"]["category"] for result in run.results if "failure" in result["result"]]
        assert failures == [*REFUSED, *FAILED]
