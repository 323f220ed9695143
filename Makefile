# Everything a newcomer needs: make demo, make test. Only Python 3.11+ and make have to be there.

PYTHON ?= python3
PORT ?= 8080
VENV := .venv
BIN := $(VENV)/bin
JOBS ?= 2
# What marks a sentence in the program (kiosk/wording.py): N_ and _ by themselves, and these. A refusal is a sentence.
SAYS := Sentence counted:1,2 forms:1,2 _each_way:1,2 flash AlreadyOver CannotCome CannotReceive ChannelRefused ConcernRefused \
	DatesRefused DayRefused DaysRefused EndingRefused FeedRefused FormRefused High5Refused LookRefused LeaveOutRefused \
	ListRefused NextStepRefused NobodyToTell NoSuchClass NotALead NothingWritten NotYet OutcomeRefused \
	PhotoRefused PictureRefused PromiseRefused Refused SecondPerson SettingRefused SoundRefused StaffRefused StillOpen \
	SwitchedOff TabletNameRefused TabletRefused WordsRefused WrittenMeanwhile

.PHONY: help demo serve test lint format words gallery bench clean
.DEFAULT_GOAL := help

help: ## This list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

demo: $(VENV)/.installed ## Build a believable demo school and serve it (PORT=8080)
	@KIOSK_INSTANCE=instance/demo $(BIN)/kiosk demo --port $(PORT)

serve: $(VENV)/.installed ## Serve your own school from instance/
	@$(BIN)/kiosk serve --port $(PORT)

test: $(VENV)/.installed-dev ## Every test: unit, store, web, browser, contracts
	@$(BIN)/python -m tests.browser.chromium
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup $(ARGS)

lint: $(VENV)/.installed-dev ## Format, lint, types, import contracts, templates
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/djlint templates --lint --quiet

format: $(VENV)/.installed-dev ## Put the code into its usual form
	@$(BIN)/ruff check --fix-only -q . ; $(BIN)/ruff format -q .

words: $(VENV)/.installed ## Bring the pages' new words into the translations (docs/languages.md)
	@for who in tablet staff; do \
		$(BIN)/pybabel --quiet extract --mapping-file=kiosk/translations/$$who.cfg --output-file=$(VENV)/$$who.pot \
			--keywords="$(SAYS)" --project=Treetops --no-wrap --add-location=file --sort-by-file templates kiosk && \
		$(BIN)/pybabel --quiet update --domain=$$who --input-file=$(VENV)/$$who.pot --output-dir=kiosk/translations \
			--no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date || exit 1; \
	done

gallery: $(VENV)/.installed-dev ## Every component in every state, at http://127.0.0.1:8090/gallery/
	@$(BIN)/python -m tests.gallery $(ARGS)

bench: $(VENV)/.installed-dev ## The benchmark table: ratios measured side by side
	@$(BIN)/python -m tests.browser.chromium
	@$(BIN)/python -m tests.bench $(ARGS)

clean: ## Remove what was built (never instance/)
	@rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/.installed: setup.cfg pyproject.toml | $(VENV)/bin/python
	@echo "Installing Treetops into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.installed-dev: setup.cfg pyproject.toml | $(VENV)/bin/python
	@echo "Installing Treetops and its test tools into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(VENV)/.installed

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Treetops needs Python 3.11 or newer. Install it, or name it: make demo PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "Python cannot make virtual environments here. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
