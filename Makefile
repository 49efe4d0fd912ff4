# Needs python3 3.11 or newer with venv, make and git; `make setup` fetches the rest.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install -qq --disable-pip-version-check --only-binary=:all: --require-hashes
RUN_STAMP := $(VENV)/run.stamp
DEV_STAMP := $(VENV)/dev.stamp
LOCK := $(PY) -m uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11
# Two workers at least where there are two cores; each has a database of its own, so more than eight cost more than they give.
JOBS ?= $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); [ $$n -gt 8 ] && n=8; echo $$n)
.DEFAULT_GOAL := help
.PHONY: help setup setup-browser demo demo-reset run test check fmt bench drill screenshots lock

help: ## Show these commands
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1|/' | awk -F'|' '{printf "%-22s %s\n", $$1, $$2}'

setup: $(RUN_STAMP) ## Install what County HR runs on, into .venv

setup-browser: ## Install Chromium for the browser tests
	@bin="$$(command -v chromium || command -v chromium-browser || command -v google-chrome)"; \
	if [ -n "$$bin" ]; then echo "Found $$bin."; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; \
	else echo "Install Chromium first, on Debian or Ubuntu with: sudo apt-get install chromium"; exit 1; fi

demo: $(RUN_STAMP) ## Start the synthetic county and print its address and sign-ins; Ctrl-C stops it
	@$(PY) -m launcher demo

demo-reset: $(RUN_STAMP) ## Throw the demo's data away and start it over
	@$(PY) -m launcher demo-reset

run: $(RUN_STAMP) ## Start a development server and a worker that reload on change, on the demo's data
	@$(PY) -m launcher develop

test: $(DEV_STAMP) ## Run the tests
	@$(PY) -m launcher run --profile test -- $(PY) -m pytest -n $(JOBS) -m "not drill"

check: $(DEV_STAMP) ## Check style, imports, migrations and the settings of production
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/lint-imports
	@$(PY) -m launcher run --profile test -- $(PY) manage.py makemigrations --check --dry-run
	@$(PY) -m launcher run --profile test -- env COUNTYHR_MODE=production ALLOWED_HOSTS=hr.county.gov \
		SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(60))')" \
		$(PY) manage.py check --deploy --fail-level WARNING

fmt: $(DEV_STAMP) ## Format the code
	$(VENV)/bin/ruff check --fix-only .
	$(VENV)/bin/ruff format .

bench: $(DEV_STAMP) ## Measure pay runs and pages against their limits
	@$(PY) -m bench

drill: $(DEV_STAMP) ## Kill and race real processes, and search for a case that two calculations pay differently
	@$(PY) -m launcher run --profile test -- $(PY) -m pytest -m drill
	@$(PY) -m launcher run --profile test -- $(PY) -m pytest -n $(JOBS) tests/compensation/pay/test_oracle.py \
		--hypothesis-profile=searching

screenshots: $(DEV_STAMP) ## Picture every page at three widths, light and dark, into screenshots/
	@$(PY) -m launcher run --profile test -- $(PY) tests/journeys/screenshots.py

lock: $(DEV_STAMP) ## Resolve requirements/*.in anew into requirements/*.txt
	cd requirements && ../$(LOCK) --upgrade run.in -o run.txt && ../$(LOCK) --upgrade dev.in -o dev.txt

$(VENV)/pyvenv.cfg:
	@[ -n "$(PYTHON)" ] || { echo "County HR needs Python 3.11 or newer; python3 here is $$(python3 -V 2>&1)."; exit 1; }
	@if ! $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null; then \
		venv=$$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "Installing $$venv…"; apt-get update -qq && apt-get install -y -qq $$venv >/dev/null; \
		else echo "Python lacks venv. Install it, on Debian or Ubuntu with: sudo apt-get install $$venv"; exit 1; fi; fi
	@rm -rf $(VENV) && $(PYTHON) -m venv $(VENV)

$(RUN_STAMP): requirements/run.txt | $(VENV)/pyvenv.cfg
	@echo "Installing packages…"
	@$(PIP) -r requirements/run.txt
	@touch $@

$(DEV_STAMP): requirements/dev.txt $(RUN_STAMP)
	@echo "Installing packages for tests…"
	@$(PIP) -r requirements/dev.txt
	@touch $@
