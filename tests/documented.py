# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The examples that stand in the documentation."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Iterator, NamedTuple

import docutils.core
from docutils import nodes
from docutils.parsers.rst import Directive, directives

CHECKOUT = Path(__file__).resolve().parents[1]
GUIDES = sorted((CHECKOUT / "docs" / "docsite" / "rst").glob("*.rst"))
READMES = [CHECKOUT / "README.md", CHECKOUT / "CONTRIBUTING.md", *sorted((CHECKOUT / "roles").glob("*/README.md"))]


class Block(NamedTuple):
    """A block of code. caption: the name of the file that it is, if it is one."""

    language: str
    caption: str | None
    text: str


class CodeBlock(Directive):
    """Sphinx's directive, which docutils does not know."""

    has_content = True
    optional_arguments = 1
    option_spec = {"caption": directives.unchanged, "emphasize-lines": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        text = "\n".join(self.content) + "\n"
        block = nodes.literal_block(text, text)
        block["language"] = self.arguments[0] if self.arguments else ""
        block["caption"] = self.options.get("caption")
        return [block]


def blocks_of_guide(path: Path) -> list[Block]:
    directives.register_directive("code-block", CodeBlock)
    # Sphinx checks the guide: what docutils alone does not know, such as roles, is no matter here.
    document = docutils.core.publish_doctree(path.read_text(), settings_overrides={"report_level": 5, "halt_level": 5})
    return [
        Block(node["language"], node["caption"], node.rawsource)
        for node in document.findall(nodes.literal_block)
        if "language" in node
    ]


def blocks_of_readme(path: Path) -> Iterator[Block]:
    for language, text in re.findall(r"^```(\w*)\n(.*?)^```$", path.read_text(), re.DOTALL | re.MULTILINE):
        yield Block(language, None, text)


def blocks(path: Path) -> list[Block]:
    return blocks_of_guide(path) if path.suffix == ".rst" else list(blocks_of_readme(path))
