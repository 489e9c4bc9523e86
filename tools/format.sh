#!/bin/sh
# clang-format on every source; --check only tells which files differ.
set -eu
cd "$(dirname "$0")/.."
files=$(git ls-files '*.cc' '*.h')
if [ "${1:-}" = --check ]; then
    # shellcheck disable=SC2086
    clang-format --dry-run -Werror $files 2>&1 | grep -E '^[^ ]+: ' | cut -d: -f1 | sort -u | sed 's/^/not formatted: /' | tee /tmp/aozora-format.$$ 
    if [ -s /tmp/aozora-format.$$ ]; then rm -f /tmp/aozora-format.$$; echo "run: make format"; exit 1; fi
    rm -f /tmp/aozora-format.$$
else
    # shellcheck disable=SC2086
    clang-format -i $files
fi
