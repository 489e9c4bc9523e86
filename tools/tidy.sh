#!/bin/sh
# clang-tidy on the .cc files changed since the last commit (all with TIDY_ALL=1).
set -eu
cd "$(dirname "$0")/.."
build=$1
if [ -n "${TIDY_ALL:-}" ]; then files=$(git ls-files '*.cc' | grep -v _fuzz)
else files=$( (git diff --name-only HEAD~1 -- '*.cc'; git ls-files -o --exclude-standard '*.cc') | sort -u | grep -v _fuzz || true); fi
for file in $files; do
    [ -f "$file" ] && clang-tidy -p "$build" --quiet "$file" 2>/dev/null
done
