# Needs Python 3.11 or newer and make; everything else goes into .venv, pinned and checked by hash.
# A particular Python: make serve PYTHON=/opt/python3.13/bin/python3. More arguments: make serve ARGS="--port 9000".

PYTHONS := $(if $(PYTHON),$(PYTHON),python3.14 python3.13 python3.12 python3.11 python3 python)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
INSTALL := $(PIP) install --require-hashes --no-deps --only-binary :all:
LOCK = $(UV) pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 --group build --extra pdf --generate-hashes \
	--only-binary :all: --no-header --no-emit-index-url --no-emit-find-links
UV = $(shell command -v uv || echo $(BIN)/uv)
GATE := --fail-under right=0.95 --fail-under wrong_told=0.02 --fail-under facts_exact=1 --fail-under success@3=0.95 --fail-under refusal_recall=0.9
ARGS :=
AGAIN := false # what runs failed tests once more; CI has .ci/again

unexport PYTHONDONTWRITEBYTECODE # else each of the hundreds of processes that tests start compiles every module

.DELETE_ON_ERROR:
.PHONY: help serve test test-fast cluster hostile frozen format lock bench docs screenshots clean
.DEFAULT_GOAL := help

help: ## list what make can do
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' $(MAKEFILE_LIST) | expand -t 18

serve: $(VENV)/.serve ## set up what is missing and serve on http://127.0.0.1:8000
	@$(BIN)/python -m qa serve $(ARGS)

test: $(VENV)/.test ## set up what is missing and run everything that CI runs
	@status=0; \
	$(BIN)/ruff format --check --quiet . || status=1; \
	$(BIN)/ruff check --quiet . || status=1; \
	$(BIN)/mypy || status=1; \
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder $(ARGS) || $(AGAIN) || status=1; \
	$(BIN)/python -m qa eval corpus/questions.jsonl --corpus corpus --cache none $(GATE) || status=1; \
	exit $$status

test-fast: $(VENV)/.test ## run the tests that need neither a browser nor servers (three minutes)
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder --fast $(ARGS)

cluster: $(VENV)/.test ## start three OpenSearch nodes and kill some of them (five minutes, 2 GB)
	@.ci/opensearch || { echo "make cluster needs Java and Maven: sudo apt install openjdk-17-jre-headless maven"; exit 1; }
	@$(BIN)/python -m pytest tests/cluster/killing.py -s $(ARGS)

hostile: $(VENV)/.test ## ask 20,000 hostile questions (two minutes)
	@$(BIN)/python tests/hostile.py $(ARGS)

frozen: $(VENV)/.test ## list the answers that changed; ARGS=--freeze keeps them
	@$(BIN)/python tests/frozen.py $(ARGS)

format: $(VENV)/.test ## format the code and mend what can be mended
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(VENV)/.serve ## run every benchmark and print its table
	@for file in $$(grep -l __main__ benchmarks/*.py); do echo "== $$file"; $(BIN)/python "$$file" $(ARGS) || status=1; done; exit $${status:-0}

screenshots: $(VENV)/.test ## write a picture of every page and state into docs/screenshots
	@$(BIN)/python tests/browser/screenshots.py $(ARGS)

docs: $(VENV)/.test ## write what the documents take from the code: the reference, the picture of the parts
	@$(BIN)/python tests/docs_made.py

lock: ## pin the newest versions of everything (needs uv)
	@command -v $(UV) > /dev/null || { echo "make lock needs uv: pip install uv"; exit 1; }
	@$(LOCK) --output-file requirements.txt > /dev/null
	@$(LOCK) --output-file requirements-dev.txt --extra dev --constraint requirements.txt > /dev/null

clean: ## remove everything that make has made
	@rm -rf $(VENV) build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -prune -exec rm -rf {} +

# A stamp tells that .venv holds what its prerequisites name.

$(VENV)/.test: requirements-dev.txt $(VENV)/.serve
	@echo "Installing what the tests need into $(VENV) ..."
	@$(INSTALL) -r requirements-dev.txt
	@touch $@

$(VENV)/.serve: requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installing what Askwell needs into $(VENV) (once, about a minute) ..."
	@$(INSTALL) -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(BIN)/python:
	@found=; usable=; \
	for python in $(PYTHONS); do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null || continue; \
		found=$$python; \
		"$$python" -c 'import ensurepip, venv' 2> /dev/null && usable=$$python && break; \
	done; \
	if [ -n "$$usable" ]; then exec "$$usable" -m venv --clear $(VENV); fi; \
	if [ -n "$$found" ]; then \
		echo "$$found has no venv module. Install it (Debian, Ubuntu: sudo apt install python3-venv), then run make again."; \
	else \
		echo "No Python 3.11 or newer was found (tried: $(PYTHONS))."; \
		echo "Install one (Debian, Ubuntu: sudo apt install python3 python3-venv) or name yours: make serve PYTHON=/path/to/python3"; \
	fi >&2; \
	exit 1
