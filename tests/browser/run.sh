#!/usr/bin/env bash
# A film of ours plays to its end in Chromium, with picture and sound.
# tests/browser/run.sh BUILD; exit 0 passed, 77 skipped.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
for program in chromium python3; do
    command -v $program >/dev/null || { echo "$program is not installed (make deps-test)"; exit 77; }
done
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"$1/aozora" make "A steel ball is dropped from 1 metre onto a concrete floor." --size 320x180 \
    --seconds 2 --quality draft --no-progress -o "$dir/film.mp4" >"$dir/log" 2>&1 || { cat "$dir/log"; exit 1; }
timeout 120 python3 "$root/tests/browser/play.py" "$dir" film.mp4 320 180 2
