# make run    build the environment if needed, then one complete night on the configured origin
# make test   build the environment if needed, then every test
# make check  format, lint, strict types, import rule, known weaknesses, credentials in files
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
SPARK_STAMP := .venv-spark/.installed
BENCH_STAMP := .venv-bench/.installed

.DEFAULT_GOAL := help
.PHONY: help env run test check check-form check-types check-weaknesses check-secrets format dev site serve pictures bench lock clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

env: $(STAMP) ## build .venv from requirements.lock

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' \
	  || { echo "Python 3.11 to 3.13 is needed; name one with: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@echo "Building .venv (about two minutes the first time) ..."
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
	  echo "Debian's python3-venv is missing; installing it ..."; \
	  SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq python3-venv \
	    || { echo "Could not install it. Ask an administrator for: apt-get install python3-venv"; exit 1; }; }
	@rm -rf .venv && $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

# A whole Spark for the test that compares engines, apart from .venv: pyspark and its client install the same folder.
$(SPARK_STAMP): tests/spark/requirements.lock | $(STAMP)
	@command -v java >/dev/null || { echo "No Java: the engines are not compared with Spark"; exit 0; }; \
	  echo "Building .venv-spark for the test of the engines (one to two minutes the first time) ..." \
	  && rm -rf .venv-spark && $(PYTHON) -m venv .venv-spark \
	  && .venv-spark/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	    -r tests/spark/requirements.lock \
	  && touch $@ || { rm -rf .venv-spark; echo "It could not be built: that test will be skipped"; }

run: env ## one complete night, then where to look
	@$(BIN)/sdg17 run

test: env $(SPARK_STAMP) ## every test
	@$(BIN)/python -m pytest

check: env ## format, lint, types, import rule, known weaknesses, credentials in files
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target check-types check-secrets check-weaknesses check-form

check-form:
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports --no-cache

check-types:
	@$(BIN)/mypy

check-weaknesses:
	@$(BIN)/python -m security.dependencies

check-secrets: # asked with a copy of the baseline: it is written anew (exit code 3) where a known line has moved
	@known=$$(mktemp) && trap 'rm -f "$$known"' EXIT && cp security/secrets.baseline "$$known" \
	  && { $(BIN)/detect-secrets-hook --cores 1 --baseline "$$known" $$(git ls-files | grep -vE '\.(png|csv)$$') >"$$known.said" \
	  || [ $$? = 3 ] || { cat "$$known.said"; rm "$$known.said"; \
	  echo "A credential? Remove it and change it at its provider. If it is none: docs/operations/security.md"; exit 1; }; } \
	  && rm "$$known.said"

format: env ## rewrite the code in the house form
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

serve: env ## look at the published site on loopback
	@$(BIN)/sdg17 serve

pictures: env ## look at every template: phone, desktop, dark, print, 400 % zoom, into data/pictures
	@$(BIN)/python -m tests.browser.pictures $${SDG17_HOME:-data}/current/site $${SDG17_HOME:-data}/pictures

dev: env ## Dagster's own pages on loopback, with the schedule running
	@$(BIN)/sdg17 instance dagster dev -h 127.0.0.1 -w workspace.yaml

site: run ## build the site (part of every run)

bench: $(BENCH_STAMP) ## measure every program in bench/ against its peers, in an environment of its own
	@.venv-bench/bin/python -m bench

$(BENCH_STAMP): bench/requirements.lock pyproject.toml
	@rm -rf .venv-bench && $(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r bench/requirements.lock
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

lock: ## resolve the lock files anew (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-annotate --no-header --no-strip-extras --upgrade -o requirements.lock
	uv pip compile pyproject.toml --extra dev --extra bench --constraint requirements.lock --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --no-strip-extras -o bench/requirements.lock
	grep -E '^(duckdb|narwhals|polars|polars-runtime-32|pyarrow)==[^ ]+' -o requirements.lock > tests/spark/constraints.txt
	uv pip compile tests/spark/requirements.in --constraint tests/spark/constraints.txt --universal \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
	  --upgrade -o tests/spark/requirements.lock
	rm tests/spark/constraints.txt

clean: ## remove the environment, never the data
	rm -rf .venv .venv-bench .venv-spark .pytest_cache .mypy_cache .ruff_cache
