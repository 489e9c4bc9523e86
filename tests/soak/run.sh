#!/usr/bin/env bash
# Kills under load on SQLite and on PostgreSQL. tests/soak/run.sh BUILD; exit 0 passed, 77 skipped.
# AOZORA_SOAK_JOBS and AOZORA_SOAK_KILLS: how many (make soak: 1500 and 200).
set -u
here=$(cd "$(dirname "$0")" && pwd)
aozora=$(cd "$1" && pwd)/aozora
jobs=${AOZORA_SOAK_JOBS:-100} kills=${AOZORA_SOAK_KILLS:-20}
command -v node >/dev/null || { echo "node is not installed (make deps-test)"; exit 77; }
dir=$(mktemp -d)
chmod 755 "$dir"
cluster=
trap '[ -z "$cluster" ] || as_postgres "$bin/pg_ctl" -D "$cluster" -m immediate stop >/dev/null 2>&1; pkill -KILL -f "$dir/" 2>/dev/null; rm -rf "$dir"' EXIT
as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

echo "-- SQLite"
mkdir "$dir/sqlite"
node "$here/soak.mjs" "$aozora" "$dir/sqlite" "$jobs" "$kills" || { tail -30 "$dir/sqlite/server.log"; exit 1; }

echo "-- PostgreSQL"
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1)
[ -n "$bin" ] || { echo "PostgreSQL is not installed (make deps-test)"; exit 77; }
mkdir "$dir/postgres" "$dir/cluster"
[ "$(id -u)" != 0 ] || chown postgres "$dir/cluster"
cluster=$dir/cluster
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
as_postgres "$bin/initdb" -D "$cluster" -A trust -U aozora >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log"; exit 1; }
as_postgres "$bin/pg_ctl" -D "$cluster" -w -l "$cluster/log" -o "-p $port -k $cluster -c listen_addresses=127.0.0.1" start >/dev/null || exit 1
as_postgres "$bin/createdb" -h 127.0.0.1 -p "$port" -U aozora aozora || exit 1
node "$here/soak.mjs" "$aozora" "$dir/postgres" "$jobs" "$kills" "postgres://aozora@127.0.0.1:$port/aozora" ||
    { tail -30 "$dir/postgres/server.log"; exit 1; }
