# Everything a user or developer types; the first two are all most people need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-build-isolation

.PHONY: run serve test check lock clean

run: $(VENV)/.run
	@$(BIN)/digest run --now

serve: $(VENV)/.run
	@$(BIN)/digest serve

test: check
	$(BIN)/pytest --cov --cov-report=
	$(BIN)/coverage report --skip-covered --include='digest/extract/*,digest/rank/*,digest/publish/*' --fail-under=95

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports

$(VENV)/.build: requirements/build.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Digest needs Python 3.11 or newer; say which with: make PYTHON=python3.12 ...")'
	@echo "Setting up .venv, once; this takes about a minute."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) -r requirements/build.lock
	@touch $@

$(VENV)/.run: $(VENV)/.build requirements/run.lock pyproject.toml
	@$(PIP) -r requirements/run.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.lock
	@$(PIP) -r requirements/dev.lock
	@touch $@

# Writes the lock files anew; needs uv. The files name no index.
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
lock:
	$(COMPILE) pyproject.toml --extra build --extra dev -o requirements/all.tmp
	$(COMPILE) pyproject.toml -c requirements/all.tmp -o requirements/run.lock
	$(COMPILE) pyproject.toml -c requirements/all.tmp --extra dev -o requirements/dev.lock
	printf '%s\n' editables hatchling setuptools wheel | $(COMPILE) - -c requirements/all.tmp -o requirements/build.lock
	rm requirements/all.tmp

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis .import_linter_cache
