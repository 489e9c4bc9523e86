#!/usr/bin/env bash
# The page of `aozora serve`: the committed build is what its sources give, its units hold, and it
# works in Chromium. tests/playground/run.sh BUILD; exit 0 passed, 77 skipped.
# With BASE_URL (and KEY) that server is used instead of one that is started here.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
aozora=$(cd "$1" && pwd)/aozora
web=$root/apps/web
for program in node npm chromium; do
    command -v $program >/dev/null || { echo "$program is not installed (make deps-test)"; exit 77; }
done
dir=$(mktemp -d)
servers=()
trap 'kill "${servers[@]}" 2>/dev/null; wait; rm -rf "$dir"' EXIT

cd "$web" || exit 1
if ! [ node_modules/.package-lock.json -nt package-lock.json ]; then
    npm ci --ignore-scripts --no-audit --no-fund >"$dir/npm.log" 2>&1 ||
        { cat "$dir/npm.log"; echo "npm ci failed (is there a package registry?)"; exit 77; }
fi

echo "-- build"
npx tsc --noEmit || exit 1
npx vite build --outDir "$dir/dist" --emptyOutDir --logLevel warn || exit 1
diff -rq dist "$dir/dist" || { echo "apps/web/dist is not what the sources give: npm run build in apps/web"; exit 1; }

echo "-- units"
npm test --silent >"$dir/units.log" 2>&1 || { cat "$dir/units.log"; exit 1; }

# Waits until a server answers at $1.
answers() {
    for _ in $(seq 150); do
        node -e 'fetch(process.argv[1]).then(() => process.exit(0), () => process.exit(1))' "$1" && return 0
        sleep 0.2
    done
    echo "no server at $1"
    cat "$dir"/*.log
    return 1
}

free_port() { node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'; }

# start_mock PORT OPTIONS...; films of our own where they can be made, else a test picture.
start_mock() {
    node dev/mock.mjs --films "$dir/films" --port "$@" >>"$dir/mock.log" 2>&1 &
    servers+=($!)
}
mkdir "$dir/films"
"$aozora" make "A steel ball is dropped from 1 metre onto a concrete floor." --size 320x180 --seconds 1 \
    --quality draft --no-progress -o "$dir/films/ball.mp4" >"$dir/make.log" 2>&1

if [ -z "${BASE_URL:-}" ]; then
    port=$(free_port)
    export BASE_URL=http://127.0.0.1:$port KEY=sk-playground-test
    if "$aozora" serve --help 2>&1 | grep -q 'not built yet'; then
        echo "-- against the mock: aozora serve is not built yet"
        start_mock "$port" --key "$KEY"
    else
        echo "-- against aozora serve"
        AOZORA_API_KEY=$KEY "$aozora" serve --listen "127.0.0.1:$port" --data "$dir/data" >"$dir/server.log" 2>&1 &
        servers+=($!)
    fi
    answers "$BASE_URL/" || exit 1
fi
link=$(grep -o 'http://[^ ]*/login[^ ]*' "$dir/server.log" 2>/dev/null | head -1)
if [ -n "$link" ]; then
    timeout 100 node "$root/tests/playground/login.mjs" "$link" || { tail -n 15 "$dir"/server.log; exit 1; }
fi
timeout 600 node "$root/tests/playground/playground.mjs" || { tail -n 15 "$dir"/server.log; exit 1; }

echo "-- faults, against the mock"
port=$(free_port)
start_mock "$port" --past 50
export BASE_URL=http://127.0.0.1:$port
answers "$BASE_URL/" || exit 1
timeout 300 node "$root/tests/playground/faults.mjs"
