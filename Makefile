# Every target works from a fresh clone in a directory of any name, with Python 3.11 or later, make and git there before.

PYTHON ?= python3
PORT ?= 8480

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
# Ansible finds a collection by the folders around it.
LINKED := .build/linked
COLLECTION := ansible_collections/community/nextcloud

export ANSIBLE_COLLECTIONS_PATH := $(CURDIR)/$(LINKED)
export ANSIBLE_LOCALHOST_WARNING := false
export ANSIBLE_INVENTORY_UNPARSED_WARNING := false

.PHONY: help demo mock test unit lint format sanity integration acceptance molecule bench clean

help:
	@echo 'make demo         40 people from a CSV become accounts on a mock server; a second run changes nothing'
	@echo 'make test         everything CI checks: unit, lint, integration, molecule, sanity'
	@echo 'make molecule     the scenarios of roles and modules (SCENARIO=team for one of them)'
	@echo 'make acceptance   the modules against any real server (NEXTCLOUD_URL, NEXTCLOUD_USERNAME, NEXTCLOUD_PASSWORD,'
	@echo '                  an administrator); nothing but what it has made itself is changed for good'
	@echo 'make mock         the mock server in the foreground (PORT, RATE_LIMIT, BRUTE_FORCE, VERSION, LATENCY)'
	@echo 'make format       bring all Python to one format'
	@echo 'make bench        what tasks and loops cost, in time and in requests (BENCH=loops for one file)'
	@echo 'make clean        remove what the other targets have made'

$(READY): tests/requirements.txt
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or later is needed (make PYTHON=...)")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement tests/requirements.txt
	touch $@

$(LINKED)/$(COLLECTION):
	mkdir -p $(@D)
	ln -sfn ../../../.. $@

demo: $(READY) $(LINKED)/$(COLLECTION)
	$(BIN)/python tests/demo.py

mock: $(READY)
	PORT=$(PORT) $(BIN)/python tests/mock_server

test: unit lint integration molecule sanity

unit: $(READY)
	$(BIN)/python -m pytest tests/unit

lint: $(READY) $(LINKED)/$(COLLECTION)
	$(BIN)/ansible-lint --offline
	$(BIN)/python -m black --quiet --check --line-length 120 plugins tests || { echo 'Run: make format'; exit 1; }

format: $(READY)
	$(BIN)/python -m black --line-length 120 plugins tests

integration: $(READY) $(LINKED)/$(COLLECTION)
	$(BIN)/python -m pytest tests/integration

acceptance: $(READY) $(LINKED)/$(COLLECTION)
	@$(BIN)/python -m pytest tests/integration/acceptance.py -vv -rs

# Molecule finds Ansible's programs on the path. A state left behind by a run that was killed would count as this one's.
molecule: $(READY) $(LINKED)/$(COLLECTION)
	rm -rf .build/molecule
	PATH="$(CURDIR)/$(BIN):$$PATH" MOLECULE_EPHEMERAL_DIRECTORY=$(CURDIR)/.build/molecule MOCK_LIVES_WITH=$$$$ \
		exec molecule test $(if $(SCENARIO),--scenario-name $(SCENARIO),--all)

sanity: $(READY)
	$(BIN)/python tests/sanity/run.py

bench: $(READY) $(LINKED)/$(COLLECTION)
	PYTHONPATH=tests $(BIN)/python -m benchmark $(BENCH)

clean:
	rm -rf $(VENV) .build build
