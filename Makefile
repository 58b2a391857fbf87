# The verbs of this repository. ARGS goes to the program behind a verb: make test ARGS="-k timer"

PYTHON ?= python3
ARGS ?=
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup web-app run test check fix bench docs screenshots compare-screenshots

help:  ## show this list
	@sed -n 's/^\([a-z]*\): .*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

setup: .venv/stamp web-app  ## everything below .venv, from requirements.lock; at once if nothing changed

.venv/stamp: requirements.lock pyproject.toml dev/setup.py
	@$(PYTHON) dev/setup.py

web-app: .venv/stamp
	@$(BIN)/python dev/web.py build

run: setup  ## start the server with the demo application on an embedded database
	@$(BIN)/stepwell serve --demo $(ARGS)

test: setup  ## run all tests, on SQLite and PostgreSQL
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile $(ARGS)

check: setup  ## format, lint, types, the house, the measures of form
	@$(BIN)/python -m dev.check

fix: setup  ## put into form what a machine can put into form
	@$(BIN)/ruff check --fix --exit-zero --quiet .
	@$(BIN)/ruff format --quiet .
	@$(BIN)/python dev/web.py fix

bench: setup  ## measure, and write bench/out/results.json
	@$(BIN)/python -m bench $(ARGS)

docs: setup  ## write the generated pages of docs/ anew
	@$(BIN)/python -m dev.docs $(ARGS)
	@$(BIN)/python -m dev.web types

compare-screenshots: setup  ## take the pictures of the web app again, and fail when one has changed
	@$(BIN)/python -m dev.screenshots --compare

screenshots: setup  ## take the pictures of the web app for docs/tour.md
	@$(BIN)/python -m dev.screenshots
