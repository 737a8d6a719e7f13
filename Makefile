# Everything runs in .venv, which the first command makes. Needs Python 3.11 or later, pip and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help bench test build check-build audit baselines clean

help:  ## Show what can be made.
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

bench: $(READY)  ## Fit every baseline, score it, print the board.
	$(BIN)/fairweather bench

test: $(READY)  ## Lint, type-check and run the tests.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -q

build: $(READY)  ## Rebuild the dataset's tables, card and manifest from the corpus files.
	$(BIN)/python scripts/build_dataset.py

check-build: $(READY)  ## Fail if the committed build is stale.
	$(BIN)/python scripts/build_dataset.py --check

audit: $(READY)  ## Measure leakage, variety, balance and artefacts; write a page to read.
	$(BIN)/python scripts/audit_dataset.py

baselines: $(READY)  ## Run every baseline and keep its predictions and results (hydrate press and addresses first).
	$(BIN)/python scripts/refresh_baselines.py

clean:  ## Remove the environment and what runs have left.
	rm -rf $(VENV) runs build dist .pytest_cache .mypy_cache .ruff_cache
