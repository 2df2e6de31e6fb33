# Copyright (c) 2026, community.nextcloud contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How `make docs` builds the documentation, without the network."""

project = "community.nextcloud"
copyright = "community.nextcloud contributors"
title = "community.nextcloud"
html_short_title = "community.nextcloud"

extensions = ["sphinx_antsibull_ext"]
pygments_style = "ansible"
highlight_language = "YAML+Jinja"

html_theme = "sphinx_ansible_theme"
html_show_sphinx = False
html_use_smartypants = True
html_use_index = False
html_copy_source = False

default_role = "any"
nitpicky = True
# What stands in Ansible's own documentation, which is not built here.
nitpick_ignore_regex = [
    ("std:ref", r"ansible_collections\.ansible\.builtin\..*"),
    ("std:ref", r"action_plugins|ansible_configuration_settings|common_return_values"),
    ("std:envvar", r"ANSIBLE_.*"),
]
