#!/bin/sh
# Every libFuzzer target for N seconds each, as many at a time as there are cores, with address and
# undefined-behaviour sanitizers: tools/fuzz.sh N [FOLDERS]. tests/fuzz/seeds/TARGET/ holds what a
# target starts from; what it finds out is kept in build/fuzz/corpus.
set -eu
cd "$(dirname "$0")/.."
seconds=$1
cmake --preset fuzz -Wno-dev >/dev/null
targets=$(git ls-files ${2:-} | grep "_fuzz\.cc$" | xargs -n1 basename | sed "s/\.cc$//")
# shellcheck disable=SC2086
cmake --build build/fuzz -j "$(nproc)" --target $targets
for target in $targets; do mkdir -p "build/fuzz/corpus/$target" "build/fuzz/crashes"; done
rm -f build/fuzz/failed
# shellcheck disable=SC2016
printf '%s\n' $targets | xargs -P "$(nproc)" -n1 sh -c '
    target=$2 seeds=tests/fuzz/seeds/$2
    [ -d "$seeds" ] || seeds=
    echo "fuzzing $target for $1 s"
    "build/fuzz/$target" -max_total_time="$1" -timeout=60 -rss_limit_mb=2048 -print_final_stats=0 \
        -artifact_prefix="build/fuzz/crashes/$target-" "build/fuzz/corpus/$target" $seeds \
        >"build/fuzz/$target.log" 2>&1 || echo "$target" >>build/fuzz/failed' sh "$seconds"
[ ! -s build/fuzz/failed ] || {
    while read -r target; do echo "-- $target"; tail -40 "build/fuzz/$target.log"; done <build/fuzz/failed
    exit 1
}
