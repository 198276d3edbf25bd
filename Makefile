VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
export HF_HUB_OFFLINE := 1
export ANONYMIZED_TELEMETRY := False
export GRADIO_ANALYTICS_ENABLED := False

.PHONY: install run test check eval bench soak lock clean

install: $(VENV)/installed

run: $(VENV)/installed  ## open the page, with sample articles the first time
	$(BIN)/python app.py --samples

test: $(VENV)/installed-dev  ## every test; what cannot run here is skipped with its reason
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder  # long files first: tests/conftest.py

check: $(VENV)/installed-dev  ## style, types, floors, complexity
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.complexity

eval: $(VENV)/installed-dev  ## figures per labelled set and kind
	$(BIN)/python -m tests.evaluation

bench: $(VENV)/installed-dev  ## speed, as ratios within one run
	$(BIN)/python -m tests.bench

soak: $(VENV)/installed-dev  ## the crash and concurrency tests at length, with their figures
	$(BIN)/python -m pytest -m soak
	$(BIN)/python -m pytest -m hypothesis --hypothesis-profile=soak

lock:  ## write constraints.txt from what is installed
	(echo "# Every package at the version that the tests ran with: two installs are equal. Made by \`make lock\`."; \
	 $(BIN)/pip freeze --exclude-editable | sed 's/+cpu//') > constraints.txt

clean:
	rm -rf $(VENV)

$(VENV)/bin/pip:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml constraints.txt | $(VENV)/bin/pip
	$(BIN)/pip install --disable-pip-version-check -q -c constraints.txt -e .
	touch $@

$(VENV)/installed-dev: pyproject.toml constraints.txt | $(VENV)/bin/pip
	$(BIN)/pip install --disable-pip-version-check -q -c constraints.txt -e '.[dev]'
	touch $@ $(VENV)/installed
