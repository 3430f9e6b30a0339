# The front door. Each line is a command that you can also type; the work is in .ci/.
BIN := .venv/bin

.PHONY: demo test check fix bench

demo:  ## a site to click through, on http://127.0.0.1:8000
	@.ci/demo

test:  ## every test, on SQLite
	@.ci/test

check:  ## changes nothing; cheapest first
	@.ci/set_up dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	.ci/templates $(BIN)/djade --check --target-version 5.2
	.ci/templates $(BIN)/djlint --lint --quiet
	$(BIN)/python .ci/build_css.py --check
	.ci/messages --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run

fix:  ## what machines can put right
	@.ci/set_up dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	.ci/templates $(BIN)/djade --target-version 5.2
	$(BIN)/python .ci/build_css.py

bench:  ## how fast the common pages are
	@.ci/set_up dev
	@.ci/system_packages pdf
	@.ci/system_packages browser
	$(BIN)/python tests/bench/run.py
