# figures · report · test · lab; to change the code: notebooks · bench · mutants · audit · fuzz.
# Each target makes .venv if it is missing, and installs what that target alone needs.
.PHONY: figures report test lab notebooks bench mutants audit fuzz
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# With this variable Python keeps no bytecode, and kernels take two to three times as long to start.
unexport PYTHONDONTWRITEBYTECODE
# The first of these that is Python 3.11 to 3.13; PYTHON=… on the command line overrides the choice.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$p && break; done)

figures: $(VENV)/installed
	$(BIN)/python -m helpers.run

report: $(VENV)/report
	$(BIN)/python -m helpers.report

test: $(VENV)/tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/lint-imports --no-cache --no-logo
	$(BIN)/mypy
	$(BIN)/python -m pytest -q -p tests.warm -n 2 --dist loadfile

lab: $(VENV)/installed
	$(BIN)/jupyter lab --LabApp.default_url=/lab/tree/notebooks

notebooks: $(VENV)/tests
	$(BIN)/python -m helpers.run --refresh

# How well and how fast claims are proposed, what prefilters lose, how time grows with length, how
# long the notebooks take, claims at scale: each promised ratio beside what it is a ratio of. Takes
# about half an hour. DATA: the folder of labelled texts. MEGABYTES: the size of the run at scale.
# SIZES: MB of the texts whose time must grow linearly (1 10 100 take hours).
DATA ?= ../shared/bench
MEGABYTES ?= 500
SIZES ?= 0.25 1
bench: $(VENV)/bench
	$(BIN)/python -m tests.bench --data $(DATA) --megabytes $(MEGABYTES) --sizes $(SIZES)

# Changes the code of the gate, the comparisons and the extractor a little at a time, and lists in
# mutants/survivors.txt the changes that no test notices. Takes about an hour and a half on two free
# cores; the first five minutes are one run of all tests.
mutants: $(VENV)/mutants
	nice -n 19 $(BIN)/python tests/bench/mutants.py

# Known vulnerabilities of the pinned packages. Ends with 1 if there are any, and with 2 if there is
# no network to ask.
audit: $(VENV)/audit
	@$(BIN)/python -m tests.audit

# Throws anything at all at reading, proposing, loading, drawing and writing for so many seconds.
# What broke is in build/fuzz/found.
SECONDS ?= 3600
fuzz: $(VENV)/fuzz
	$(BIN)/python tests/fuzz/fuzz.py $(SECONDS)

$(VENV)/installed: requirements.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "No Python from 3.11 to 3.13 found. Install one (Debian: apt-get install python3 python3-venv), or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make virtual environments. Install its venv package (Debian: apt-get install python3-venv)"; exit 1; }
	@echo "Setting up $(VENV) with $$($(PYTHON) --version); the first time takes some minutes"
	$(PYTHON) -m venv $(VENV)
	$(PIP) -r requirements.txt
	@touch $@

$(VENV)/report: $(VENV)/installed
	$(PIP) -e ".[report]"
	@touch $@

$(VENV)/tests: $(VENV)/installed tests/requirements.txt
	$(PIP) -r tests/requirements.txt -e ".[report,scale,export]"
	@touch $@

# A line of tests/tools.txt that names a target is a package it needs beyond those of the tests.
$(VENV)/bench $(VENV)/mutants $(VENV)/audit $(VENV)/fuzz: $(VENV)/tests tests/tools.txt
	$(PIP) $$(sed -n 's/ *\# $(@F):.*//p' tests/tools.txt)
	@touch $@
