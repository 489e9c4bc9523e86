#!/usr/bin/env bash
# The scripts of tests/api for the official SDK, with its next major version, which needs Node 22.
# tests/sdk7/run.sh BUILD; exit 0 passed, 77 skipped.
set -u
here=$(cd "$(dirname "$0")" && pwd)
aozora=$(cd "$1" && pwd)/aozora
for program in node npm ffprobe curl; do
    command -v $program >/dev/null || { echo "$program is not installed (make deps-test)"; exit 77; }
done
major=$(node -p 'process.versions.node.split(".")[0]')
[ "$major" -ge 22 ] || { echo "openai 7 needs Node 22, this is Node $major"; exit 77; }
dir=$(mktemp -d)
export OMP_WAIT_POLICY=passive  # other programs run beside the tests
server=
trap 'kill "$server" 2>/dev/null; wait; rm -rf "$dir"' EXIT
. "$here/../api/server.sh"
# Modules are found beside the script that asks for them.
mkdir "$dir/client"
cp "$here"/package*.json "$here"/../api/*.mjs "$dir/client"
cd "$dir/client" || exit 1
npm ci --ignore-scripts --no-audit --no-fund >"$dir/npm.log" 2>&1 ||
    { cat "$dir/npm.log"; echo "npm ci failed (is there a package registry?)"; exit 77; }
export WORK=$dir KEY=${KEY:-sk-api-test}
port=$(free_port)
printf '[webhooks]\nto_private_networks = true\n' >"$dir/aozora.toml"
start_server "$port" "$dir/data" --config "$dir/aozora.toml" || exit 1
export BASE_URL=http://127.0.0.1:$port/v1
node sdk.mjs || { tail -5 "$dir/server.log"; exit 1; }
