# `make run` runs, `make test` tests what needs no server, no kill and no scale, `make test-all` everything. Each installs what
# it needs into .venv first.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

COMPILE := $(BIN)/uv pip compile --quiet --upgrade --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header

TESTS := $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder
MARKED := server or fault or scale or slow

.PHONY: run test test-all lock eval bench clean audit

$(VENV)/.installed: requirements.lock pyproject.toml
	@echo "Installing into $(VENV), which takes a minute or two."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --no-deps --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

run: $(VENV)/.installed  ## The pipeline on the five sample articles, recorded by Prefect
	@$(BIN)/quotidian run seeds/articles

$(VENV)/.installed-test: $(VENV)/.installed requirements-test.lock
	@$(BIN)/pip install --quiet --no-deps --require-hashes -r requirements-test.lock
	@touch $@

test: $(VENV)/.installed-test  ## Lint, format, and every test that needs no server, no kill and no scale
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(TESTS) -m "not ($(MARKED))"

test-all: test  ## The same, and then the rest
	$(TESTS) -m "$(MARKED)"

lock: $(VENV)/.installed-test  ## Resolve the dependencies again, with hashes and without addresses
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) --group test -c requirements.lock -o requirements-test.lock

eval: $(VENV)/.installed  ## Quality on the gold data of the folder EVAL, where it is present
	$(BIN)/python benchmarks/evaluate.py $(or $(EVAL),../shared/eval)

audit:  ## Known holes in this Python and in the locked dependencies, either of which fails it; asks the advisory service of PyPI
	@$(PYTHON) -m venv .venv-audit
	@.venv-audit/bin/pip install --quiet pip-audit
	@failed=0; $(PYTHON) benchmarks/audit_python.py || failed=1; \
	.venv-audit/bin/pip-audit --strict --disable-pip --require-hashes -r requirements.lock -r requirements-test.lock || failed=1; \
	exit $$failed

clean:  ## Throw away what runs made; the archive too
	rm -rf data/archive data/work data/published data/report
