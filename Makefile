# Each target does all that it needs, and only what is missing.
#   make run    the demo on http://127.0.0.1:8000 (another port: PORT=8001 make run)
#   make dev    the same with autoreload and DEBUG
#   make test   checks and tests on SQLite and PostgreSQL (some of them: make test ARGS="tests/parties -k role")
#   make check  static checks only
#   make bench  figures on SQLite and PostgreSQL, one line of JSON each (some of them: make bench ARGS="pages.list report")
#   make screenshots takes the README's pictures anew
#   make format lays out code and templates; make lock renews the lock files; make clean forgets all that was made

.PHONY: run dev test check bench screenshots format lock clean
.NOTPARALLEL:
PYTHON := .venv/bin/python

run dev:
	@tools/setup.sh run && exec $(PYTHON) -m tools.serve $@

test:
	@tools/setup.sh test && exec $(PYTHON) -m tools.tests $(ARGS)

check:
	@tools/setup.sh check && exec $(PYTHON) -m tools.checks

bench:
	@tools/setup.sh test >&2 && exec $(PYTHON) -m tools.bench $(ARGS)

screenshots:
	@tools/setup.sh test && RENEW_SCREENSHOTS=1 $(PYTHON) -m tools.tests tests/browser/test_readme.py

format:
	@tools/setup.sh check
	@.venv/bin/ruff check --quiet --fix-only
	@.venv/bin/ruff format --quiet
	@find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} + || true

# The development packages first: the others are then the same versions, so that the second file contains the first.
lock: COMPILE = .venv/bin/uv pip compile pyproject.toml --quiet --upgrade --generate-hashes --no-emit-index-url --no-header --python-version 3.11
lock:
	@tools/setup.sh check
	@$(COMPILE) --extra dev --output-file requirements-dev.txt
	@$(COMPILE) --constraints requirements-dev.txt --output-file requirements.txt

# The data under var/ stays; it is only a demo's, but somebody's work all the same.
clean:
	@rm -rf .venv .hypothesis var/cache var/static var/static-files
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
