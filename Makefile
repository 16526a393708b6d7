# The commands of this project. „make run“ needs nothing but Python 3.11 or newer.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
WORKERS ?= 3
TESTS ?= tests
SUBJECTS ?=
BANDIT := $(BIN)/bandit --quiet --configfile pyproject.toml --recursive
COMPILE := $(BIN)/pip-compile --quiet --upgrade --strip-extras --annotation-style=line \
  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

.PHONY: help run test lint audit format bench bench-large screens soak lock clean

help: ## diese Übersicht
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.installed ## starten: http://127.0.0.1:8501
	@$(BIN)/python -m sipa_data demo --if-empty
	@$(BIN)/streamlit run app.py --server.port $(PORT)

test: $(VENV)/.installed-dev ## alle Tests (Browser und PostgreSQL eingeschlossen)
	@sh tests/support/system_packages.sh "$(TESTS)"
	$(BIN)/pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(TESTS)

lint: $(VENV)/.installed-dev ## Stil, Typen, Schwachstellen und die Wände zwischen den Räumen
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BANDIT) sipa_data pages server security app.py
	$(BANDIT) --skip B311 bench soak  # numbers drawn for a measurement or a simulation are no secrets
	$(BIN)/python -m security

audit: $(VENV)/.installed-dev ## Bibliotheken mit der öffentlichen Liste der Schwachstellen vergleichen (braucht Internet)
	$(BIN)/python -m security
	$(BIN)/pip-audit --strict --no-deps --disable-pip --progress-spinner off -r requirements.txt -r requirements-dev.txt

format: $(VENV)/.installed-dev ## Quelltext einheitlich umbrechen
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.installed-dev ## Messungen; die Zahlen kommen nach docs/benchmarks.md
	@sh tests/support/system_packages.sh tests/browser
	$(BIN)/python -m bench $(SUBJECTS)

bench-large: $(VENV)/.installed-dev ## dasselbe, auch mit 100 Millionen Fällen
	@sh tests/support/system_packages.sh tests/browser
	$(BIN)/python -m bench --large $(SUBJECTS)

screens: $(VENV)/.installed-dev ## ein Bild jeder Seite für jede Rolle nach docs/screens/
	@sh tests/support/system_packages.sh tests/browser
	@$(BIN)/python -m bench.screens $(SUBJECTS)

soak: $(VENV)/.installed-dev ## was Tests nicht abwarten können: Abdeckung, Fehlalarme, hunderte Abstürze
	@$(BIN)/python -m soak $(SUBJECTS)

lock: $(VENV)/.installed-dev ## die genauen Versionen neu festlegen
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pip-tools
	CUSTOM_COMPILE_COMMAND="make lock" $(COMPILE) --extra cluster --output-file requirements.txt pyproject.toml
	CUSTOM_COMPILE_COMMAND="make lock" $(COMPILE) --extra cluster --extra dev --constraint requirements.txt \
	  --output-file requirements-dev.txt pyproject.toml

clean: ## Umgebung und Zwischenstände entfernen; der Datenbestand bleibt
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("SiPa braucht Python 3.11 oder neuer. Gefunden: " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@echo "Die Umgebung in $(VENV) wird angelegt …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt | $(VENV)/bin/python
	@echo "Die Bibliotheken werden installiert (einmalig, ein bis drei Minuten) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@echo "Die Werkzeuge für Tests werden installiert …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input -r requirements-dev.txt
	@touch $@
