PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test lint setup lock bench fuzz clean

demo: $(VENV)/.ready ## set up, then judge the promises of huitian-2018
	@echo "set up; judging the promises of huitian-2018 (about a minute)"
	@if [ -t 2 ]; then how=bar; else how=lines; fi; \
	$(BIN)/simsvc validate huitian-2018 --progress $$how; code=$$?; \
	case $$code in \
	  0) echo "demo done: every promise holds (exit code 0)";; \
	  1) echo "demo done: the run went well and at least one promise fails (exit code 1)";; \
	  3) echo "demo done: the run went well and a promise is undecided (exit code 3)";; \
	  *) echo "demo failed (exit code $$code)"; exit $$code;; \
	esac

test: $(VENV)/.ready-test ## set up and run the tests
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/.ready-dev ## ruff, mypy, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.ready-bench ## speed, as ratios and rates of one run
	$(BIN)/python -m benchmarks

fuzz: $(VENV)/.ready-test ## 10,000 random scenarios, and the shipped ones of 20 seeds, in both engines
	$(BIN)/python tests/fuzz.py --count 10000 --shipped 20

setup: $(VENV)/.ready

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: $(BIN)/python pyproject.toml requirements.lock
	$(BIN)/python -m pip install --quiet -c requirements.lock -e .
	@touch $@

$(VENV)/.ready-test: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet -c requirements.lock -e ".[test]"
	@touch $@

$(VENV)/.ready-bench: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet -c requirements.lock -e ".[bench]"
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready-test
	$(BIN)/python -m pip install --quiet -c requirements.lock -e ".[dev]"
	@touch $@

lock: $(VENV)/.ready-dev ## pin what is installed now
	$(BIN)/python -m pip freeze --exclude-editable --exclude simsvc > requirements.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
