# The two commands are `make demo` and `make test`; both begin with `make setup`.
PYTHON ?= python3
BIN = .venv/bin

.PHONY: setup demo test lint bench bench-spc lock

setup:
	@$(PYTHON) setup/setup.py

demo: setup
	@$(BIN)/qitracker demo $(if $(FRESH),--fresh)

lint: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

# The tests' compiled files are kept, whatever the machine says: to make them takes each worker eight seconds.
test: lint
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n 2

bench: setup
	$(BIN)/python -m tests.bench.run

bench-spc: setup
	$(BIN)/python -m tests.bench.engine.run

# Only for people who change the dependencies: needs uv on the PATH.
lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --extra dev -o setup/requirements.txt pyproject.toml
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --extra assets --only-extra -o setup/node.txt pyproject.toml
	cd setup && npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts
