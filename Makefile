# figures · report · test · lab, and for those who change things: notebooks · bench · mutants · audit · fuzz.
# Each makes .venv when it is missing, and installs what it alone needs.
.PHONY: figures report test lab notebooks bench mutants audit fuzz
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# With this variable set Python keeps no bytecode, and every kernel starts two to three times slower.
unexport PYTHONDONTWRITEBYTECODE
# The first of these that is a Python from 3.11 to 3.13; PYTHON=… on the command line overrides it.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$p && break; done)

figures: $(VENV)/installed
	$(BIN)/python -m helpers.run

report: $(VENV)/report
	$(BIN)/python -m helpers.report

test: $(VENV)/tests
	$(BIN)/ruff check .
	$(BIN)/python -m pytest -q -p tests.warm -n 2 --dist loadfile

lab: $(VENV)/installed
	$(BIN)/jupyter lab --LabApp.default_url=/lab/tree/notebooks

notebooks: $(VENV)/tests
	$(BIN)/python -m helpers.run --refresh

# How well and how fast claims are proposed, what gates lose, how time grows with length, how long the
# notebooks take, claims at scale: each promised ratio beside what it is a ratio of. About half an hour.
# DATA: the folder of labelled texts; MEGABYTES: of text at scale; SIZES: MB of the texts whose time must
# be linear (1 10 100 take hours).
DATA ?= ../shared/bench
MEGABYTES ?= 500
SIZES ?= 0.25 1
bench: $(VENV)/bench
	$(BIN)/python -m tests.bench --data $(DATA) --megabytes $(MEGABYTES) --sizes $(SIZES)

# Which small changes of claims, estimates and extract no test notices, in mutants/survivors.txt; about an
# hour and a half on two free cores, the first five minutes for one run of all tests.
mutants: $(VENV)/mutants
	nice -n 19 $(BIN)/python tests/bench/mutants.py

# Known vulnerabilities of the pinned packages. Without a network it says so and ends with 2; with findings with 1.
audit: $(VENV)/audit
	@$(BIN)/python -m tests.audit

# What breaks when anything at all is read, proposed, loaded and written, for so many seconds; findings in
# build/fuzz/found.
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
	$(PIP) -r tests/requirements.txt -e ".[report,scale]"
	@touch $@

# The lines of tests/tools.txt that name a target are what it needs beyond the tests' own packages.
$(VENV)/bench $(VENV)/mutants $(VENV)/audit $(VENV)/fuzz: $(VENV)/tests tests/tools.txt
	$(PIP) $$(sed -n 's/ *\# $(@F):.*//p' tests/tools.txt)
	@touch $@
