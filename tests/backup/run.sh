#!/usr/bin/env bash
# Backup, loss, restore: films, files and keys are there again, on SQLite and on PostgreSQL; broken
# and foreign backups are refused. tests/backup/run.sh BUILD; exit 0 passed, 77 skipped.
set -u
here=$(cd "$(dirname "$0")" && pwd)
aozora=$(cd "$1" && pwd)/aozora
command -v node >/dev/null || { echo "node is not installed (make deps-test)"; exit 77; }
dir=$(mktemp -d)
. "$here/../postgres.sh"
trap 'stop_postgres; rm -rf "$dir"' EXIT

echo "-- SQLite"
mkdir "$dir/sqlite"
node "$here/backup.mjs" "$aozora" "$dir/sqlite" || { tail -20 "$dir"/sqlite/*.log; exit 1; }

echo "-- PostgreSQL"
if start_postgres && command -v pg_restore >/dev/null; then
    first=$pg_url
    create_database second || exit 1
    second=$pg_url
    create_database third || exit 1
    mkdir "$dir/postgres"
    node "$here/backup.mjs" "$aozora" "$dir/postgres" "$first" "$second" "$pg_url" ||
        { tail -20 "$dir"/postgres/*.log; exit 1; }
else
    echo "skipped: PostgreSQL is not installed"
fi
