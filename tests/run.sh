#!/usr/bin/env bash
# tests/run.sh BUILD [fast]: runs every test program of BUILD and the scripts of tests/, prints what
# failed, and ends with one line: N passed, N failed, N skipped.
set -uo pipefail
build=$1
kind=${2:-all}
root=$(cd "$(dirname "$0")/.." && pwd)
build=$(cd "$build" && pwd)
passed=0 failed=0 skipped=0
export OMP_WAIT_POLICY=passive  # other programs run beside the tests
export LSAN_OPTIONS=suppressions=$root/tests/lsan.supp:print_suppressions=0  # make sanitize
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

count() { grep -Eo "$1" "$2" | grep -Eo '[0-9]+' | tail -1; }

gtest() {   # program [filter]
    local name log start
    name=$(basename "$1")
    log=$out/$name.log
    start=$SECONDS
    (cd "$out" && timeout 1500 "$1" --gtest_brief=1 --gtest_color=no ${2:+--gtest_filter="$2"}) >"$log" 2>&1
    local status=$?
    local ran p f s
    ran=$(count '[0-9]+ tests? from' "$log"); ran=${ran:-0}
    p=$(count '\[  PASSED  \] [0-9]+' "$log"); p=${p:-0}
    s=$(count '\[  SKIPPED \] [0-9]+' "$log"); s=${s:-0}
    f=$(count '\[  FAILED  \] [0-9]+' "$log"); f=${f:-0}
    if [ $status -ne 0 ] && [ "$f" -eq 0 ]; then f=1; echo "$name ended with status $status"; fi
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    printf '%-18s %4d passed %3d failed %3d skipped  %4d s\n' "$name" "$p" "$f" "$s" $((SECONDS - start))
    if [ "$f" -gt 0 ]; then grep -vE '^\[ +(OK|RUN) ' "$log" | tail -60; fi
    grep -E 'Skipped|skipped:' "$log" | sort | uniq | head -20
}

for program in "$build"/*_tests "$build"/tests/cross_tests; do
    [ -x "$program" ] || continue
    if [ "$(basename "$program")" = cross_tests ] && [ "$kind" = fast ]; then
        gtest "$program" "-Films*:Determinism*"
    else
        gtest "$program"
    fi
done

if [ "$kind" = all ]; then
    for script in "$root"/tests/*/run.sh; do
        [ -x "$script" ] || continue
        name=$(basename "$(dirname "$script")")
        start=$SECONDS
        log=$out/$name.log
        timeout 1500 "$script" "$build" >"$log" 2>&1
        status=$?
        case $status in
            0) passed=$((passed + 1)); word=passed ;;
            77) skipped=$((skipped + 1)); word="skipped: $(tail -1 "$log")" ;;
            *) failed=$((failed + 1)); word=FAILED; tail -40 "$log" ;;
        esac
        printf '%-18s %s  %d s\n' "$name" "$word" $((SECONDS - start))
    done
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
