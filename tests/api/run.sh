#!/usr/bin/env bash
# The Videos API as its clients use it: the official SDK, raw requests, everything wrong.
# tests/api/run.sh BUILD; exit 0 passed, 77 skipped. BASE_URL and KEY: a server that runs already.
set -u
here=$(cd "$(dirname "$0")" && pwd)
aozora=$1/aozora
for program in node npm ffprobe curl; do
    command -v $program >/dev/null || { echo "$program is not installed (make deps-test)"; exit 77; }
done
dir=$(mktemp -d)
server=
trap 'kill "$server" 2>/dev/null; wait; rm -rf "$dir"' EXIT
. "$here/server.sh"
cd "$here" || exit 1
npm ci --ignore-scripts --no-audit --no-fund >"$dir/npm.log" 2>&1 ||
    { cat "$dir/npm.log"; echo "npm ci failed (is there a package registry?)"; exit 77; }
export WORK=$dir KEY=${KEY:-sk-api-test}
if [ -z "${BASE_URL:-}" ]; then
    port=$(free_port)
    printf '[webhooks]\nto_private_networks = true\n' >"$dir/aozora.toml"
    start_server "$port" "$dir/data" --config "$dir/aozora.toml" || exit 1
    export BASE_URL=http://127.0.0.1:$port/v1
fi
status=0
for script in sdk wire; do
    echo "-- $script"
    node "$script.mjs" || { status=1; tail -5 "$dir/server.log"; }
done
exit $status
