# Each target works alone on a fresh machine with python3 (3.11+), pip and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.setup-done

.PHONY: help setup tools demo test check bench assets clean

help: ## Show this list.
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort

setup: $(STAMP) ## Make the environment in .venv (only when something changed).

$(STAMP): requirements/lock.txt pyproject.toml $(shell find src/xindun -name '*.po' 2>/dev/null)
	@$(PYTHON) scripts/setup.py $(VENV)
	@touch $@

tools: setup ## Name or install the programs that are not Python packages (Chromium).
	@$(BIN)/python scripts/tools.py

demo: setup ## Review the sample ledger, then serve the console and print its address.
	@$(BIN)/xindun demo

test: tools ## Run every test, in two processes; each has a database of its own.
	@$(BIN)/python -m pytest -n 2 --no-loadscope-reorder

check: setup ## Format, lint, strict types, import contracts.
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: setup ## Print every measured claim with its method.
	@$(BIN)/python -m bench

assets: setup ## Rebuild the screens' scripts and styles from npm (needs node).
	@$(BIN)/python scripts/assets.py

clean: ## Remove the environment and caches.
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
