#!/bin/sh
# Every libFuzzer target for N seconds each, with address and undefined-behaviour sanitizers.
set -eu
cd "$(dirname "$0")/.."
seconds=$1
cmake --preset fuzz -Wno-dev >/dev/null
targets=$(git ls-files ${2:-} | grep "_fuzz\.cc$" | xargs -n1 basename | sed "s/\.cc$//")
# shellcheck disable=SC2086
cmake --build build/fuzz -j "$(nproc)" --target $targets
for target in $targets; do
    mkdir -p "build/fuzz/corpus/$target"
    echo "fuzzing $target for $seconds s"
    "build/fuzz/$target" -max_total_time="$seconds" -timeout=60 -rss_limit_mb=2048 -print_final_stats=0 \
        "build/fuzz/corpus/$target" >"build/fuzz/$target.log" 2>&1 || { tail -40 "build/fuzz/$target.log"; exit 1; }
done
