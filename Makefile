# Two commands do all the set-up: `make demo` and `make test`. Both make the environment when it is missing.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
OUT ?= build/demo
TEXT := examples/skills-centre.txt

.PHONY: demo test coverage mutants bench soak soak-review check lock derived dist docs clean

demo: $(VENV)/.ready
	@rm -rf $(OUT)
	$(BIN)/khkr init $(OUT)/corpus
	$(BIN)/khkr annotate $(TEXT) --date 2026-03-12 --title "A vocational wing opens in Kampong Thom" --output $(OUT)/corpus
	$(BIN)/khkr validate $(OUT)/corpus
	$(BIN)/khkr query initiatives review=suggested --corpus $(OUT)/corpus --columns kind,status,title,score
	$(BIN)/khkr query activities actor=KOICA --sort date --columns date,kind,status,title
	$(BIN)/khkr show skills-centre --corpus $(OUT)/corpus --html $(OUT)/article.html

# With CI in the environment, as every service for it has, a skip fails unless tests/elsewhere.py says where the same test runs.
test: $(VENV)/.ready
	$(BIN)/python -m pytest -n 2 --doctest-modules

# The same with all that the tests go through measured, and its bars; takes half as long again.
coverage: $(VENV)/.ready
	$(BIN)/python -m pytest -n 2 --doctest-modules --cov --cov-report=
	$(BIN)/python .ci/covered.py

# What the tests of the loader and of anchoring would not notice, of about 2,750 small changes; a quarter of an hour with two
# processes. One module, or one function: make mutants MUTANTS='kh_kr_corpus.anchor.order.*'
mutants: $(VENV)/.ready
	$(BIN)/python -m mutmut run $(if $(MUTANTS),"$(MUTANTS)")
	$(BIN)/python -m mutmut results
	$(BIN)/python .ci/mutated.py

# One table of ratios, kept in build/bench.json; about ten minutes. One script alone: python -m bench.load
bench: $(VENV)/.ready
	$(BIN)/python -m bench

# The long forms of the fault and fuzz tests (RELIABILITY.md): a quarter of an hour for the files, three quarters for the
# review page. One alone, and a part of it: make soak-review SCALE=0.01
soak: $(VENV)/.ready soak-review
	$(BIN)/python -m bench.faults
	$(BIN)/python -m bench.batch kills
	$(BIN)/python -m bench.fuzz_yaml
	$(BIN)/python -m bench.attach

SCALE ?= 1
soak-review: $(VENV)/.ready
	$(BIN)/python -m bench.review trial $(SCALE)
	$(BIN)/python -m bench.review requests $(SCALE)
	$(BIN)/python -m bench.review offsets $(SCALE)

check: $(VENV)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/khkr schema --check
	$(BIN)/khkr stats --page docs/coverage.md --check
	$(BIN)/khkr validate --pages docs/rules --check
	$(BIN)/khkr stats --page docs/tables.md --check
	$(BIN)/khkr export --page docs/formats.md --check
	$(BIN)/khkr schema --crosswalk-page docs/crosswalks.md --check
	$(BIN)/khkr stats --page docs/datasheet.md --check
	$(BIN)/khkr cite --output . --check
	$(BIN)/python -m tools.reference --check
	$(BIN)/khkr fmt --check data
	$(BIN)/khkr validate data

# What is derived from models, rules, commands and data: the schema, the rules' pages, the reference, the tables and charts of
# the coverage page, and what the examples of the documentation print.
derived: $(VENV)/.ready
	$(BIN)/khkr schema --output data
	$(BIN)/khkr stats --page docs/coverage.md
	$(BIN)/khkr validate --pages docs/rules
	$(BIN)/khkr stats --page docs/tables.md
	$(BIN)/khkr export --page docs/formats.md
	$(BIN)/khkr schema --crosswalk-page docs/crosswalks.md
	$(BIN)/khkr stats --page docs/datasheet.md
	$(BIN)/khkr cite --output .
	$(BIN)/python -m tools.reference
	$(BIN)/python -m tools.examples --write docs/*.md docs/how-to/*.md docs/explanation/*.md

# Wheel and source distribution, built once and tried as built in a bare environment; DIST must be empty.
DIST ?= dist
dist: $(VENV)/.ready
	$(BIN)/python .ci/dist.py build $(DIST)
	$(BIN)/python .ci/dist.py try $(DIST)/*.whl

# The documentation as a site in build/site, to be opened as files or served; nothing is fetched. A broken link fails.
docs: $(VENV)/.ready
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build
	@echo "open build/site/index.html"

# Every dependency pinned by hash, for all supported Pythons; `make lock` needs uv.
lock:
	uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
	  pyproject.toml --group dev -o requirements.lock

$(VENV)/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v <= (3, 13) else \
	  "Python 3.11 to 3.13 is needed, this is %d.%d; say: make PYTHON=python3.11 ..." % v)'
	@echo "making the environment in $(VENV) (about a minute)"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

clean:
	rm -rf build dist mutants .coverage $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
