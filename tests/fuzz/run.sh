#!/usr/bin/env bash
# Fuzzers of everything that reads foreign bytes, briefly; `make fuzz` runs them long.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
command -v clang++ >/dev/null || { echo "clang is not installed (make deps-test)"; exit 77; }
"$root/tools/fuzz.sh" "${AOZORA_FUZZ_SECONDS:-20}" "script media neural"
