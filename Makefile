# Every target works from a fresh clone in a directory of any name, with Python 3.11 or later, make and git there before.

PYTHON ?= python3
PORT ?= 8480

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
# Documentation and release have tools of their own, which the demonstration and the tests do without.
TOOLS := .build/tools
TOOLS_READY := $(TOOLS)/ready
SITE := .build/docs
TARBALLS := .build/release
# Ansible finds a collection by the folders around it.
LINKED := .build/linked
COLLECTION := ansible_collections/community/nextcloud
PYTHON_FILES := plugins tests noxfile.py docs/docsite/conf.py

export ANSIBLE_COLLECTIONS_PATH := $(CURDIR)/$(LINKED)
export ANSIBLE_LOCALHOST_WARNING := false
export ANSIBLE_INVENTORY_UNPARSED_WARNING := false

.PHONY: help demo mock test test-all unit lint format sanity matrix integration targets worlds acceptance molecule bench docs build release clean

help:
	@echo 'make demo         40 people from a CSV become accounts on a mock server; a second run changes nothing'
	@echo 'make test         the daily check: unit, lint, integration, molecule, sanity'
	@echo 'make test-all     everything CI checks: docs, release, and all tests on the supported versions of ansible-core'
	@echo 'make worlds       the integration targets in all worlds, on the lowest and the highest ansible-core: an hour'
	@echo 'make molecule     the scenarios of roles and modules (SCENARIO=team for one of them)'
	@echo 'make acceptance   the modules against any real server (NEXTCLOUD_URL, NEXTCLOUD_USERNAME, NEXTCLOUD_PASSWORD,'
	@echo '                  an administrator); nothing but what it has made itself is changed for good'
	@echo 'make mock         the mock server in the foreground (its switches: tests/mock_server/README.md)'
	@echo 'make docs         the documentation as HTML, into $(SITE)/html'
	@echo 'make build        the tarball for ansible-galaxy, into $(TARBALLS)'
	@echo 'make release      the tarball as Galaxy checks it, and as a user installs it'
	@echo 'make matrix       sanity on every supported ansible-core, all other tests on the lowest and the highest'
	@echo 'make format       bring all Python to one format, and mend what ruff can mend'
	@echo 'make bench        what tasks, loops and the mock server cost, in time and in requests (BENCH=loops for one file)'
	@echo 'make clean        remove what the other targets have made'

$(READY): tests/requirements.txt tests/unit/requirements.txt
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or later is needed (make PYTHON=...)")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement tests/requirements.txt
	touch $@

$(TOOLS_READY): tests/release/requirements.txt
	$(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check --requirement tests/release/requirements.txt
	touch $@

$(LINKED)/$(COLLECTION):
	mkdir -p $(@D)
	ln -sfn ../../../.. $@

demo: $(READY) $(LINKED)/$(COLLECTION)
	$(BIN)/python tests/demo.py

mock: $(READY)
	PORT=$(PORT) $(BIN)/python tests/mock_server

test: unit lint integration molecule sanity

# What `test` has besides, the matrix runs on several versions of ansible-core. Runs of roles are killed at so many random
# moments on one of them; without it, at a few.
test-all: export KILLED_RUNS := 20
test-all: unit lint docs release matrix

unit: $(READY)
	$(BIN)/python -m pytest tests/unit tests/contract -n 2

lint: $(READY) $(LINKED)/$(COLLECTION)
	$(BIN)/ansible-lint --offline
	$(BIN)/python -m black --quiet --check $(PYTHON_FILES) || { echo 'Run: make format'; exit 1; }
	$(BIN)/ruff check --quiet
	$(BIN)/mypy --no-error-summary
	$(BIN)/reuse lint --quiet || { $(BIN)/reuse lint --lines; exit 1; }
	$(BIN)/antsibull-changelog lint

format: $(READY)
	$(BIN)/ruff check --quiet --fix-only
	$(BIN)/python -m black $(PYTHON_FILES)

integration: $(READY) $(LINKED)/$(COLLECTION)
	$(BIN)/python -m pytest tests/integration -n 3 --dist worksteal

# tests/integration/worlds.py says in which worlds.
targets: $(READY) $(LINKED)/$(COLLECTION)
	$(BIN)/python -m pytest tests/integration/test_targets.py -n 3 --dist worksteal

acceptance: $(READY) $(LINKED)/$(COLLECTION)
	@$(BIN)/python -m pytest tests/integration/acceptance.py -vv -rs

# Molecule finds Ansible's programs on the path. A state left behind by a run that was killed would count as this one's.
molecule: $(READY) $(LINKED)/$(COLLECTION)
	rm -rf .build/molecule
	PATH="$$(cd $(BIN) && pwd):$$PATH" MOLECULE_EPHEMERAL_DIRECTORY="$(CURDIR)/.build/molecule" MOCK_LIVES_WITH=$$$$ \
		exec molecule test $(if $(SCENARIO),--scenario-name $(SCENARIO),--all)

sanity: $(READY)
	$(BIN)/python tests/sanity/run.py "$$($(BIN)/python tests/copied.py sanity)"

matrix: $(READY)
	$(BIN)/nox

worlds: $(READY)
	$(BIN)/nox --session worlds

bench: $(READY) $(LINKED)/$(COLLECTION)
	PYTHONPATH=tests $(BIN)/python -m benchmark $(BENCH)

build: $(READY)
	rm -rf $(TARBALLS)
	$(BIN)/ansible-galaxy collection build --output-path $(TARBALLS) "$$($(BIN)/python tests/copied.py release)"

# These tools call further programs of their environment.
docs release: export PATH := $(CURDIR)/$(TOOLS)/bin:$(PATH)

release: build $(TOOLS_READY)
	cd $(TARBALLS) && GALAXY_IMPORTER_CONFIG="$(CURDIR)/tests/release/galaxy-importer.cfg" \
		"$(CURDIR)/$(TOOLS)/bin/python" -m galaxy_importer.main *.tar.gz
	$(BIN)/python -m pytest tests/release

docs: $(TOOLS_READY) $(LINKED)/$(COLLECTION)
	$(TOOLS)/bin/antsibull-docs lint-collection-docs --plugin-docs --check-extra-docs-refs \
		--validate-collection-refs all $(LINKED)/$(COLLECTION)
	mkdir -p $(SITE)/rst && chmod go-w $(SITE)/rst
	$(TOOLS)/bin/antsibull-docs --config-file docs/docsite/antsibull-docs.cfg collection --cleanup everything \
		--fail-on-error --use-current --squash-hierarchy --dest-dir $(SITE)/rst community.nextcloud
	$(TOOLS)/bin/sphinx-build --builder html --fail-on-warning --keep-going --quiet \
		--conf-dir docs/docsite $(SITE)/rst $(SITE)/html
	@echo 'Open $(SITE)/html/index.html'

clean:
	rm -rf $(VENV) .build build
