# Causerie. `make demo` shows it, `make test` checks it; both install what they need into .venv first.

PYTHON ?= python3
BIN := .venv/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes
DATA ?=
POSTS ?= 10000

.PHONY: help demo install test lint messages bench bench-related bench-search bench-spam dev clean screenshots bench-moderation bench-load bench-fresh bench-sitemap

help: ## What can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: install ## Load the demo blog and serve it at http://127.0.0.1:8000 (BIND=127.0.0.1:9000: elsewhere)
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(if $(BIND),SITE_URL=http://$(BIND)) $(BIN)/python manage.py demo
	@$(BIN)/python manage.py serve $(if $(BIND),--bind $(BIND))

install: .venv/installed ## Install what the site needs, from the lock

test: .venv/installed-dev ## Run the tests (PYTEST="-k comments" narrows them)
	$(BIN)/python -m pytest --numprocesses auto $(PYTEST)

lint: .venv/installed-dev ## Style, templates, import direction, migrations, settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	SITE_URL=https://blog.example $(BIN)/python manage.py check --deploy --fail-level WARNING

messages: .venv/installed-dev ## Bring the catalogues in locale/ up to date (needs gettext)
	$(BIN)/python manage.py makemessages --locale fr --no-location --no-wrap --ignore '.venv/*' --ignore 'var/*'
	$(BIN)/python manage.py compilemessages --locale fr

bench: .venv/installed-dev ## Measure how fast pages are, beside a bare Django view
	$(BIN)/python benchmarks/pages.py

bench-fresh: .venv/installed-dev ## Write at random from several processes and compare every address with a fresh one
	$(BIN)/python benchmarks/freshness.py

bench-related: .venv/installed-dev ## Measure the related articles (DATA=posts.jsonl)
	$(BIN)/python benchmarks/related.py $(DATA)

bench-search: .venv/installed-dev ## Measure search on a large blog (POSTS=10000)
	$(BIN)/python benchmarks/search.py $(POSTS)

bench-sitemap: .venv/installed-dev ## Measure the sitemap of a large blog (POSTS=100000)
	$(BIN)/python benchmarks/sitemap.py $(POSTS)

bench-spam: .venv/installed-dev ## Measure the spam filter (DATA=folder of labelled comments)
	$(BIN)/python benchmarks/spam.py $(DATA)

screenshots: .venv/installed-dev ## Take the README's pictures of the demo blog (needs Chromium)
	$(BIN)/python docs/screenshots.py

bench-moderation: .venv/installed-dev ## Measure the moderators' list with 500,000 comments (COMMENTS=…)
	$(BIN)/python benchmarks/moderation.py $(COMMENTS)

bench-load: .venv/installed-dev ## 50 people comment on one post at once; then again, the server being killed
	$(BIN)/python benchmarks/load.py
	$(BIN)/python benchmarks/load.py --kill

dev: .venv/installed-dev ## Serve with reloading, for those who change the code
	@$(BIN)/python manage.py migrate --verbosity 0
	DEBUG=1 $(BIN)/python manage.py runserver

clean: ## Take out what was installed; the blog in var/ stays
	rm -rf .venv

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Causerie needs Python 3.11 or newer; $(PYTHON) is " + sys.version.split()[0] + ". Try: make PYTHON=python3.11 …")'
	@$(PYTHON) -m venv .venv

# A half-finished installation leaves no stamp, so the next run takes it up again.
.venv/installed: requirements.lock | .venv/bin/python
	$(PIP_INSTALL) -r requirements.lock
	@touch $@

.venv/installed-dev: requirements-dev.lock | .venv/bin/python
	$(PIP_INSTALL) -r requirements-dev.lock
	@touch $@ .venv/installed
