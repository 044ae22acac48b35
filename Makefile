# Every command of this repository. `make demo` and `make test` need Python 3.11 or newer with its venv module, nothing else.

PYTHON ?= python3.13 python3.12 python3.11 python3 python
VENV   := .venv
BIN    := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help demo run test check bench snapshots screenshots docs pyz installs lowest lock audit faults soak clean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/runtime.stamp ## Watch a made-up account: no key, no network (ARGS="--speed 10")
	@$(BIN)/xplenty-tui --demo $(ARGS)

run: $(VENV)/runtime.stamp ## Watch your own account (ARGS="doctor" and the like)
	@$(BIN)/xplenty-tui $(ARGS)

test: check ## Install what is needed, then run everything that `make check` runs

check: $(VENV)/dev.stamp ## Lint, imports, types, documentation, pictures, tests: what CI runs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python scripts/write_docs --check
	$(BIN)/python scripts/screenshots --check
	$(BIN)/python -m pytest --numprocesses 4 $(ARGS)

bench: $(VENV)/dev.stamp ## Measure start, rows, bytes beside a bare Textual app, and credits of simulated hours (ARGS="--rounds 9 --report")
	@$(BIN)/python scripts/bench $(ARGS)
	@$(BIN)/python scripts/credit_sim $(if $(filter --report,$(ARGS)),--report)

snapshots: $(VENV)/dev.stamp ## Draw the expected screens of the tests anew; read the difference before you commit it
	$(BIN)/python -m pytest --snapshot-update $$(grep -rl --include='test_*.py' snap_compare tests)

screenshots: $(VENV)/dev.stamp ## Draw the pictures in screenshots/ anew
	$(BIN)/python scripts/screenshots

docs: $(VENV)/dev.stamp ## Write the documentation that is drawn from declarations anew
	$(BIN)/python scripts/write_docs

pyz: $(VENV)/runtime.stamp ## Build dist/xplenty-tui.pyz, one file for a bare Python 3.11 or newer on Linux
	@$(BIN)/python scripts/pyz

installs: $(VENV)/dev.stamp ## Install it in every way (pip, pipx, uv, one file) on every Python from 3.11 that is here
	@$(BIN)/python scripts/installs

lowest: $(VENV)/runtime.stamp ## Run a part of the tests with the lowest versions that pyproject.toml allows
	@$(BIN)/python scripts/lowest $(ARGS)

lock: $(VENV)/runtime.stamp ## Write uv.lock with the newest versions, and docs/licences.md
	@$(BIN)/python scripts/locked --write
	@$(BIN)/python scripts/locked --licences

audit: $(VENV)/runtime.stamp ## Look up known weaknesses of the versions in uv.lock
	@$(BIN)/python scripts/locked --audit

faults: $(VENV)/dev.stamp ## Every fault on every screen and every write, for docs/faults.md (ARGS="--only 500 stall")
	@$(BIN)/python scripts/faults $(ARGS)
	@$(BIN)/python scripts/write_docs

soak: $(VENV)/dev.stamp ## Half an hour of random keys and bad answers (ARGS="--minutes 5 --seed 7 --write")
	@$(BIN)/python scripts/soak $(ARGS)

clean: ## Remove .venv and everything else that can be made again
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache snapshot_report.html
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the environment -------------------------------------------------------------------------------------------------
# A stamp newer than pyproject.toml says that what it asks for is installed, so that a repeated run starts at once.

NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
DEV_NEEDS  := import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["dev"], sep="\n")
PIP        := $(BIN)/python -m pip --disable-pip-version-check install --quiet

$(VENV)/runtime.stamp: pyproject.toml
	@$(make_venv)
	@echo "Installing xplenty-tui into $(VENV) (once; this takes a moment) ..." >&2
	@$(PIP) --editable .
	@touch $@

$(VENV)/dev.stamp: pyproject.toml $(VENV)/runtime.stamp
	@echo "Installing the tools of the tests into $(VENV) (once; this takes a moment) ..." >&2
	@$(BIN)/python -c '$(DEV_NEEDS)' > $(VENV)/dev-needs.txt
	@$(PIP) --requirement $(VENV)/dev-needs.txt
	@touch $@

# Takes the first Python of $(PYTHON) that is new enough and can make an environment; says in a sentence what is missing.
define make_venv
if $(BIN)/python -c 'import pip; $(NEW_ENOUGH)' 2>/dev/null; then exit 0; fi; \
found=; \
for python in $(PYTHON); do \
  $$python -c '$(NEW_ENOUGH)' 2>/dev/null || continue; \
  found=$$python; \
  if $$python -c 'import ensurepip, venv' 2>/dev/null; then exec $$python -m venv --clear $(VENV); fi; \
done; \
if [ -n "$$found" ]; then \
  echo "$$found has no venv module: install it first (Debian and Ubuntu: apt install python3-venv)." >&2; \
else \
  echo "xplenty-tui needs Python 3.11 or newer; looked for: $(PYTHON). Name one with: make PYTHON=/path/to/python3" >&2; \
fi; \
exit 1
endef
