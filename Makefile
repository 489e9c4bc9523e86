# make help lists the commands. Everything is made by CMake presets below build/.
.PHONY: help deps deps-test build demo test serve check lint format sanitize cross bench fuzz soak install uninstall clean
.DEFAULT_GOAL := help
JOBS ?= $(shell nproc)
PREFIX ?= /usr/local

help:            ## this list
	@grep -hE '^[a-z-]+: .*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-12s %s\n", $$1, $$2}' | sed 's/ *$$//'

deps:            ## install what building needs
	@tools/deps.sh build

deps-test: ## install what every test needs (ffprobe, the compiler of the fuzzers)
	@tools/deps.sh test

build: deps ## build/aozora
	@cmake --preset release -Wno-dev >build-configure.log 2>&1 || { cat build-configure.log; exit 1; }
	@rm -f build-configure.log
	@cmake --build build -j $(JOBS) --target aozora aozora-goldens

demo: build ## make the basketball film and say where it lies
	@mkdir -p build/demo
	@build/aozora make "A basketball player misses a shot and the ball rebounds off the backboard." --seconds 5 --force -o build/demo/basketball.mp4
	@echo "your film: $(CURDIR)/build/demo/basketball.mp4"

test: deps ## all tests; ends with "N passed, N failed, N skipped"
	@cmake --preset release -Wno-dev >/dev/null
	@cmake --build build -j $(JOBS)
	@tests/run.sh build

serve: build ## the Videos API and the playground
	@build/aozora serve

check: deps ## format, layers, fast tests: under two minutes once built
	@tools/deps.sh lint
	@tools/format.sh --check
	@cmake --preset release -Wno-dev >/dev/null
	@cmake --build build -j $(JOBS)
	@tests/run.sh build fast

lint: deps ## clang-tidy on the files changed since the last commit
	@tools/deps.sh lint
	@cmake --preset release -B build/tidy -DAOZORA_PRECOMPILE=OFF -Wno-dev >/dev/null
	@tools/tidy.sh build/tidy

format: ## clang-format every source
	@tools/format.sh

sanitize: deps ## the tests under address, undefined and thread sanitizers
	@for p in asan tsan; do cmake --preset $$p -Wno-dev >/dev/null && cmake --build build/$$p -j $(JOBS) && tests/run.sh build/$$p fast || exit 1; done

cross: ## compile for arm64
	@tools/deps.sh cross
	@tools/cross.sh

bench: build ## the figures of docs/speed.md
	@for b in film1 draft steel dominoes pool memory4 memory60 server tensor neural; do build/aozora bench $$b || exit 1; done

fuzz: ## every fuzzer for FUZZ_SECONDS (default 600) each
	@tools/deps.sh test
	@tools/fuzz.sh $${FUZZ_SECONDS:-600}

soak: build ## kill -9 under load, long: 1500 films, 200 kills on each database
	@tools/deps.sh test
	@AOZORA_SOAK_JOBS=1500 AOZORA_SOAK_KILLS=200 tests/soak/run.sh build

install: build ## into PREFIX (default /usr/local)
	@cmake --install build --prefix $(PREFIX)

uninstall: ## remove what install put there
	@rm -f $(PREFIX)/bin/aozora $(PREFIX)/share/man/man1/aozora.1 $(PREFIX)/share/bash-completion/completions/aozora

clean: ## remove build/
	@rm -rf build
