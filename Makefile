# Everything here builds and uses .venv by itself; a fresh machine needs make and Python 3.11 or newer, nothing else.
# PYTHON=/path/to/python chooses the interpreter; STEPWEAVE_HOME moves all state of stepweave to another folder.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
PEERS := .venv-bench
FUZZ := .venv-fuzz
VLLM := .venv-vllm
ATHERIS := atheris==3.0.0
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip --quiet
PINS := constraints/dev.txt
MODEL_PINS := constraints/models.txt
VLLM_PINS := constraints/vllm.txt
CODE := stepweave tests benchmarks constraints examples
DEMO := demo

.DEFAULT_GOAL := help
.PHONY: help install dev dev-models demo test test-vllm check audit format bench-bus bench-search bench-scale bench-forks bench-log \
	bench-models bench-trajectories bench-quality bench-policies bench-wording chaos fuzz fuzz-bus constraints clean
.DELETE_ON_ERROR:

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

install: $(VENV)/.core ## the package and what it needs, into .venv

dev: $(VENV)/.dev ## the same with the tools for tests and checks

dev-models: $(VENV)/.models ## the same with torch and diffusers, for tests of tiny real models

demo: $(VENV)/.core ## draw two short storyboards into demo/, both at the same time
	@$(BIN)/stepweave run "Make the background blue and draw a house in the middle, then add a small yellow sun at the \
	top right, then add a small green tree to the left of the house, then add a cat to the right of the house, then make \
	the roof of the house purple" --seed 7 --out $(DEMO)/garden --quiet >/dev/null & \
	$(BIN)/stepweave run "How do I draw a house, step by step?" --seed 7 --out $(DEMO)/house >/dev/null && wait $$!
	@echo
	@echo "Two storyboards are ready; open them in a browser:"
	@echo "  $(abspath $(DEMO))/house/story.html"
	@echo "  $(abspath $(DEMO))/garden/story.html"

test: check dev-models ## all checks, then all tests (ARGS="-k name" chooses some)
	@$(BIN)/python -m pytest $(ARGS)

test-vllm: $(VLLM)/.stamp ## planner and critic on real vLLM and a tiny model; 3.5 GB, two minutes to install, three to run
	@$(VLLM)/bin/python -m pytest -o filterwarnings=default tests/vllm $(ARGS)

check: $(VENV)/.dev audit ## lint, format, types, the direction of imports, and what is insecure
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check --quiet $(CODE) || { echo "run 'make format' to fix this" >&2; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/bandit --configfile pyproject.toml --quiet --recursive $(filter-out tests,$(CODE))

audit: $(VENV)/.dev ## known holes in what is pinned; skipped where the advisories cannot be reached
	@$(BIN)/python constraints/audit.py $(PINS)

format: $(VENV)/.dev ## bring the code into its format
	@$(BIN)/ruff check --fix --quiet $(CODE)
	@$(BIN)/ruff format --quiet $(CODE)

bench-bus: $(VENV)/.core $(PEERS)/.stamp ## microseconds per hop, beside three other frameworks (ARGS="--rounds 3 ...")
	@$(BIN)/python -m benchmarks.bus --peers-python $(PEERS)/bin/python $(ARGS)

bench-search: $(VENV)/.core ## one story at a time under each search policy, for docs/performance.md (ARGS="--runs 10")
	@$(BIN)/python -m benchmarks.search --page docs/performance.md $(ARGS)

bench-scale: $(VENV)/.core $(PEERS)/.stamp ## many runs, many workers, and other frameworks, for docs/performance.md (ARGS="--rounds 1")
	@$(BIN)/python -m benchmarks.scale.crowd --page docs/performance.md $(ARGS)
	@$(BIN)/python -m benchmarks.scale.workers --page docs/performance.md $(ARGS)
	@$(BIN)/python -m benchmarks.scale --page docs/performance.md --peers-python $(PEERS)/bin/python $(ARGS)

bench-forks: $(VENV)/.core ## how long it takes to fork a run of a hundred pictures, for docs/performance.md
	@$(BIN)/python -m benchmarks.scale.forks --page docs/performance.md $(ARGS)

bench-log: $(VENV)/.core ## ten thousand unfinished runs: memory and start of an orchestrator, for docs/reliability.md
	@$(BIN)/python -m benchmarks.log --page docs/reliability.md $(ARGS)

bench-trajectories: $(VENV)/.dev ## a data set out of ten thousand runs, over reading their log, for docs/performance.md
	@$(BIN)/python -m benchmarks.trajectories --page docs/performance.md $(ARGS)

bench-quality: $(VENV)/.core ## the pictures and figures of docs/embedded.md (ARGS="--only pictures" for a part)
	@$(BIN)/python -m benchmarks.quality $(ARGS)

bench-policies: $(VENV)/.core ## the same requests under each search policy, for docs/performance.md (ARGS="--n 20")
	@$(BIN)/python -m benchmarks.quality.policies --page docs/performance.md $(ARGS)

bench-models: $(VENV)/.models $(VLLM)/.stamp ## our agents beside bare models, for docs/performance.md (ARGS="--rounds 1")
	@$(BIN)/python -W ignore -m benchmarks.models.images --page docs/performance.md $(ARGS)
	@$(VLLM)/bin/python -W ignore -m benchmarks.models.language --page docs/performance.md $(ARGS)

bench-wording: $(VENV)/.core ## how many freely worded requests are planned as they are meant (ARGS="--quiet")
	@$(BIN)/python -m benchmarks.wording $(ARGS)

chaos: $(VENV)/.core ## kill everything at random, half an hour on one broker and on three, and check the log (ARGS="--minutes 5")
	@$(BIN)/python -m benchmarks.chaos $(ARGS)

fuzz: $(FUZZ)/.stamp ## half a minute of hostile input for every decoder (ARGS="--seconds 300 envelope" for longer, or one)
	@$(FUZZ)/bin/python -m benchmarks.fuzz $(ARGS)

fuzz-bus: $(VENV)/.core ## a million malformed messages while runs go on (ARGS="--messages 20000" for fewer)
	@$(BIN)/python -m benchmarks.fuzz.storm $(ARGS)

constraints: ## write the files of constraints/ anew from the latest releases
	@$(PYTHON) constraints/pin.py $(PINS) $(MODEL_PINS)

clean: ## remove all that was built here; nothing of stepweave's own state
	rm -rf $(VENV) $(PEERS) $(FUZZ) $(VLLM) $(DEMO) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	find stepweave tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "stepweave needs Python 3.11 or newer: install it, or say make PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments: on Debian or Ubuntu, apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.core: pyproject.toml $(PINS) | $(BIN)/python
	@echo "installing stepweave into $(VENV) ..."
	@$(PIP) install --constraint $(PINS) --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.core
	@echo "installing the tools for tests and checks into $(VENV) ..."
	@$(PIP) install --requirement $(PINS)
	@touch $@

$(VENV)/.models: $(VENV)/.dev $(MODEL_PINS)
	@echo "installing torch and diffusers into $(VENV) ..."
	@$(PIP) install --constraint $(PINS) --requirement $(MODEL_PINS)
	@touch $@

$(VLLM)/.stamp: pyproject.toml $(VLLM_PINS)
	@test -n "$(PYTHON)" || { echo "stepweave needs Python 3.11 or newer" >&2; exit 1; }
	@echo "installing vLLM for processors into $(VLLM) ..."
	@test -x $(VLLM)/bin/python || $(PYTHON) -m venv $(VLLM)
	@PIP_DISABLE_PIP_VERSION_CHECK=1 $(VLLM)/bin/python -m pip --quiet install --no-deps --requirement $(VLLM_PINS)
	@PIP_DISABLE_PIP_VERSION_CHECK=1 $(VLLM)/bin/python -m pip --quiet install --no-deps --editable .
	@touch $@

$(PEERS)/.stamp: benchmarks/peers.txt
	@test -n "$(PYTHON)" || { echo "stepweave needs Python 3.11 or newer" >&2; exit 1; }
	@echo "installing the frameworks to compare with into $(PEERS) ..."
	@test -x $(PEERS)/bin/python || $(PYTHON) -m venv $(PEERS)
	@PIP_DISABLE_PIP_VERSION_CHECK=1 $(PEERS)/bin/python -m pip --quiet install --requirement $<
	@touch $@

$(FUZZ)/.stamp: pyproject.toml $(PINS)
	@test -n "$(PYTHON)" || { echo "stepweave needs Python 3.11 or newer" >&2; exit 1; }
	@echo "installing stepweave and $(ATHERIS) into $(FUZZ) ..."
	@test -x $(FUZZ)/bin/python || $(PYTHON) -m venv $(FUZZ)
	@PIP_DISABLE_PIP_VERSION_CHECK=1 $(FUZZ)/bin/python -m pip --quiet install --requirement $(PINS) $(ATHERIS)
	@PIP_DISABLE_PIP_VERSION_CHECK=1 $(FUZZ)/bin/python -m pip --quiet install --no-deps --editable .
	@touch $@
