# Each target does everything it needs, on a machine that has only Python (3.11 or newer) and make.

PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
BIN := .venv/bin
PACKAGES := .venv/.packages
PROGRAM := .venv/.program
EXAMPLE := build/kantor-contoh.db

.PHONY: help setup run test soak messages bench example pictures lock clean

help:
	@echo "make run       open the window on the example office"
	@echo "make test      lint, types, storeys and all tests"
	@echo "make soak      kills, power cuts, failing disks, hostile files: all of it, with a table"
	@echo "make setup     the virtual environment alone"
	@echo "make messages  compile the wording"
	@echo "make example   build the example office file from its source"
	@echo "make pictures  take the pictures of the READMEs, on a screen"
	@echo "make bench     measure"
	@echo "make lock      pin the dependencies anew"
	@echo "make clean     remove .venv and build"

setup: $(PROGRAM)

# What is installed follows the lock exactly, so an environment made by an older lock is remade.
$(PACKAGES): requirements.lock resources/setup/system.py
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed."; exit 1; }
	@$(PYTHON) resources/setup/system.py
	@echo "Setting up .venv (once; some minutes)"
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(PROGRAM): $(PACKAGES) pyproject.toml
	@PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

# The shipped example stays as it is: the window works on a copy, kept until a newer one is shipped.
$(EXAMPLE): resources/example/kantor-contoh.db
	@mkdir -p build
	@cp $< $@
	@touch $@

run: setup $(EXAMPLE)
	@$(BIN)/python resources/setup/show.py $(EXAMPLE)

test: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2

# A quarter of an hour or so; a tenth of it runs in every test. ROW=kills runs one row of the table alone.
soak: setup
	$(BIN)/python -m pytest tests/soak$(if $(ROW),/test_$(ROW).py) --soak -n 2 -q

messages: setup
	$(BIN)/pybabel compile -D sopdesk -d resources/locale

bench: setup
	$(BIN)/python -m tests.bench

example: setup
	$(BIN)/python resources/example/build.py

pictures: setup
	$(BIN)/python resources/help/stages.py
	$(BIN)/python resources/help/pictures.py

# Needs uv, which is fetched into an environment of its own; versions already locked stay.
lock:
	@$(PYTHON) -m venv build/lock
	@build/lock/bin/python -m pip install --quiet uv
	@build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-annotate --no-header --no-config \
	  --group pyproject.toml:dev -o requirements.lock pyproject.toml

clean:
	rm -rf .venv build
