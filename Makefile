# Two commands do everything: `make demo` and `make test`. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8050
# a bureau's network often checks traffic with a certificate of its own: trust what the machine trusts
export UV_SYSTEM_CERTS ?= 1

.PHONY: help install system demo test lint unit browser dashboard dagster derive lock ensure-system

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; set PYTHON=..."; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) >/dev/null 2>&1 || { \
	  test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq python3-venv \
	  && $(PYTHON) -m venv --clear $(VENV); } || { echo "Run first: sudo apt-get install -y python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	$(BIN)/uv pip check --quiet --python $(BIN)/python
	@touch $@

install: $(VENV)/.installed  ## install into .venv from requirements.lock

system: install  ## install the system packages for PDF, pictures and browser tests (apt, as root)
	@packages="$$($(BIN)/skillhouse doctor --packages)"; \
	if [ -z "$$packages" ]; then echo "nothing is missing"; \
	else apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$packages; fi

ensure-system: install
	@packages="$$($(BIN)/skillhouse doctor --packages)"; \
	if [ -z "$$packages" ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  $(MAKE) --no-print-directory system || echo "System packages could not be installed; going on without: $$packages"; \
	else echo "Missing for PDF, pictures and browser tests. To install: sudo apt-get install -y --no-install-recommends $$packages"; fi

demo: ensure-system  ## sample data of three years, loaded, built, published, reported
	$(BIN)/skillhouse demo

test: ensure-system  ## lint and all tests
	$(BIN)/ruff check .
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: install  ## ruff alone
	$(BIN)/ruff check .

unit: install  ## the fast tests: conventions and units
	$(BIN)/python -m pytest tests/conventions tests/unit

browser: ensure-system  ## the tests that drive the pages
	$(BIN)/python -m pytest tests/browser

dashboard: install  ## serve the pages on this machine
	$(BIN)/skillhouse dashboard --port $(PORT)

dagster: install  ## the graph, its runs and checks, on this machine
	$(BIN)/dagster dev

derive: install  ## write what follows from contracts, suites, packs and definitions
	$(BIN)/python -m orchestration.given
	$(BIN)/python -m expectations.pages
	$(BIN)/python -m orchestration.figures.indicator_page
	$(BIN)/python -m orchestration.policy.page

lock: $(BIN)/uv  ## compile requirements.lock anew
	$(BIN)/uv pip compile pyproject.toml --extra dev --generate-hashes --no-emit-index-url --no-header -o requirements.lock
