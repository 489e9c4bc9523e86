#!/usr/bin/env bash
# Blobs on a server that speaks S3 (npm's s3rver, installed for the time of the test), and a worker that
# puts films there itself.
# tests/s3/run.sh BUILD; exit 0 passed, 77 skipped.
set -u
here=$(cd "$(dirname "$0")" && pwd)
tests=$(cd "$1" && pwd)/store_tests
aozora=$(cd "$1" && pwd)/aozora
[ -x "$tests" ] || { echo "store_tests is not built"; exit 77; }
for program in npm node; do
    command -v $program >/dev/null || { echo "$program is not installed (make deps-test)"; exit 77; }
done
dir=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$dir"' EXIT
cd "$dir" || exit 1
timeout 300 npm install --no-audit --no-fund --ignore-scripts s3rver@3.7.1 >npm.log 2>&1 \
    || { tail -3 npm.log; echo "npm could not install s3rver (no network?)"; exit 77; }
mkdir data
# s3rver cuts its lists with an old cipher, which newer nodes only have when asked.
legacy=--openssl-legacy-provider
node $legacy -e 0 2>/dev/null || legacy=
for _ in 1 2 3 4 5; do   # a port that is free; somebody else may take it before the server does
    port=$(node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
    node $legacy node_modules/s3rver/bin/s3rver.js -d data -a 127.0.0.1 -p "$port" --configure-bucket films >server.log 2>&1 &
    server=$!
    for _ in $(seq 100); do
        kill -0 "$server" 2>/dev/null || break
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break 2
        sleep 0.1
    done
    kill "$server" 2>/dev/null
    server=
done
[ -n "$server" ] || { cat server.log; echo "s3rver did not start"; exit 1; }
export AWS_ACCESS_KEY_ID=S3RVER AWS_SECRET_ACCESS_KEY=S3RVER
AOZORA_TEST_S3="s3://films/some/prefix?endpoint=http://127.0.0.1:$port" \
    timeout 300 "$tests" --gtest_also_run_disabled_tests --gtest_filter='DISABLED_S3Live.*' || exit 1
[ -x "$aozora" ] || { echo "aozora is not built"; exit 77; }
mkdir fleet
timeout 300 node "$here/worker.mjs" "$aozora" "$dir/fleet" \
    "s3://films/fleet?endpoint=http://127.0.0.1:$port&scratch=$dir/scratch&part_bytes=50000" "$dir/server.log" ||
    { tail -20 fleet/*.log; exit 1; }
