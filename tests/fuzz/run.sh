#!/usr/bin/env bash
# Fuzzers of what reads foreign bytes, briefly; `make fuzz` runs all of them long.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
command -v clang++ >/dev/null || { echo "clang is not installed (make deps-test)"; exit 77; }
"$root/tools/fuzz.sh" "${AOZORA_FUZZ_SECONDS:-20}" "script media apps neural"
