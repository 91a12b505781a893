# make demo: set up, build quotes.db from seeds/, print what was found, serve it with you as a reviewer.  make test: everything.
PYTHON ?= python3
PORT ?= 8001
REVIEWER ?= demo
BIN := .venv/bin

.PHONY: demo build test lint bench bench-pages docs clean

demo: build
	$(BIN)/quotes serve quotes.db --port $(PORT) --reviewer "$(REVIEWER)" --open

build: .venv/installed
	$(BIN)/quotes add quotes.db seeds/documents --speakers seeds/speakers.yml
	$(BIN)/quotes claims quotes.db import seeds/fact-checks.json
	$(BIN)/quotes speakers quotes.db --limit 10
	$(BIN)/quotes claims quotes.db --limit 10
	$(BIN)/quotes claims quotes.db match --limit 10

test: .venv/installed
	$(BIN)/python -m pytest

lint: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/installed
	$(BIN)/python benchmarks/throughput.py --repeats 5
	$(MAKE) bench-pages

# Server times: less than 50 ms a page on the demo, less than 100 ms with a million quotations.
bench-pages: .venv/installed build/million.db
	rm -f build/demo.db
	$(BIN)/quotes add build/demo.db seeds/documents --speakers seeds/speakers.yml
	$(BIN)/python benchmarks/pages.py build/demo.db --limit 50
	$(BIN)/python benchmarks/pages.py build/million.db --limit 100

# A few minutes and 2 GB; made anew when what it holds changes.
build/million.db: benchmarks/generate.py benchmarks/invented.py benchmarks/decided.py $(wildcard db/migrations/*.sql) | .venv/installed
	mkdir -p build
	rm -f $@
	$(BIN)/python benchmarks/generate.py $@

# The command reference in docs/cli.md is written by the commands themselves.
docs: .venv/installed
	$(BIN)/cog -r docs/cli.md

# Everything is pinned by hash; the project itself is installed without looking anything up.
.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

clean:
	rm -rf .venv build dist quotes.db quotes.db-shm quotes.db-wal
