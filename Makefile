# Two commands: `make run` serves the site, `make test` checks everything.
SHELL := /bin/sh
HOST ?= 127.0.0.1
PORT ?= 8000
PYTHON ?= python3
# The address that links and mails carry; a server that listens everywhere is reached locally.
HUB_BASE_URL ?= http://$(if $(filter 0.0.0.0 ::,$(HOST)),127.0.0.1,$(HOST)):$(PORT)
VENV := .venv
BIN := $(VENV)/bin
CACHE := .cache

.DEFAULT_GOAL := help
.PHONY: help run test lint screenshots bench lock messages browser

help: ## What can be done
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

run: $(VENV)/.installed ## Serve the site: make run [HOST=127.0.0.1] [PORT=8000]
	@HUB_BASE_URL=$(HUB_BASE_URL) $(BIN)/python manage.py run_hub --host $(HOST) --port $(PORT)

test: $(VENV)/.installed-dev browser ## Check everything, on real engines and a real browser
	@$(BIN)/python tests/run.py

lint: $(VENV)/.installed-dev ## Check the style, the layers and the types only
	@$(BIN)/python tests/run.py --lint

screenshots: $(VENV)/.installed-dev browser ## Take a picture of every template, in var/screenshots
	@$(BIN)/python -m tests.browser.screenshots

bench: $(VENV)/.installed-dev ## Measure the speed: make bench [SIZES="1000 10000 100000"]
	@$(BIN)/python -m tests.benchmarks $(SIZES)

lock: $(VENV)/.installed-dev ## Lock the dependencies again after pyproject.toml changed
	@$(BIN)/python tests/lock.py --write

messages: $(VENV)/.installed-dev ## Collect the texts to translate into the catalogues
	@$(BIN)/python manage.py catalogues --update

browser:
	@command -v chromium >/dev/null 2>&1 || sh tests/install_chromium.sh
	@sh tests/install_archivers.sh

$(VENV)/.installed: requirements.txt
	@$(PYTHON) hub/bootstrap.py $(VENV) requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@$(PYTHON) hub/bootstrap.py $(VENV) requirements-dev.txt
	@touch $@
