# The two commands a newcomer needs are `make demo` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: help demo test check format bench drill soak day docs clean

help:  ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

$(BIN)/agentdesk: pyproject.toml
	@echo "Installing AgentDesk into $(VENV); the first time this takes a minute or two ..."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.test: $(BIN)/agentdesk pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

demo: $(BIN)/agentdesk  ## build a believable sample desk and open the console
	@$(BIN)/agentdesk demo --path build/demo.db
	@echo "Every other command, on the same desk: $(BIN)/agentdesk --store build/demo.db --help"

test: $(VENV)/.test  ## formatting, lint, types, import contracts, tests: what CI runs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 3

format: $(VENV)/.test  ## put formatting and imports in order
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(VENV)/.test  ## write docs/commands.md and docs/keys.md anew
	$(BIN)/python -m agentdesk.cli.docs

drill: $(VENV)/.test  ## what takes minutes: every hostile string through every screen and command, every picture
	$(BIN)/python -m pytest -m slow --ignore tests/test_soak.py

soak: $(VENV)/.test  ## two consoles and a command line at random work on one store, for ten minutes
	$(BIN)/python -m pytest -m slow tests/test_soak.py

day: $(VENV)/.test  ## a whole working day by keyboard in tmux, and how many keys each task took
	$(BIN)/python -m tests.day

bench: $(VENV)/.test  ## every budget beside its yardstick, as ratios in one run
	$(BIN)/python -m bench

clean:  ## forget what was built
	rm -rf $(VENV) build dist *.egg-info
