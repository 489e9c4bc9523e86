#!/usr/bin/env bash
# Trouble under load on SQLite and on PostgreSQL: processes killed, the postmaster too, full disk,
# clock jumps, bad clients. tests/soak/run.sh BUILD; exit 0 passed, 77 skipped.
# AOZORA_SOAK_JOBS and AOZORA_SOAK_KILLS: how many (make soak: 1500 and 200).
set -u
here=$(cd "$(dirname "$0")" && pwd)
aozora=$(cd "$1" && pwd)/aozora
jobs=${AOZORA_SOAK_JOBS:-100} kills=${AOZORA_SOAK_KILLS:-20}
for program in node python3; do
    command -v $program >/dev/null || { echo "$program is not installed (make deps-test)"; exit 77; }
done
dir=$(mktemp -d)
. "$here/../postgres.sh"
# Workers end with their server.
finish() {
    for file in "$dir"/*/server.pid; do [ -f "$file" ] && kill -KILL "$(cat "$file")" 2>/dev/null; done
    stop_postgres
    for place in "$dir"/*/data; do mountpoint -q "$place" 2>/dev/null && umount -l "$place"; done
    rm -rf "$dir"
}
trap finish EXIT

# soak NAME [DATABASE-URL]: its data lie on a small disk of their own where that may be made.
soak() {
    mkdir -p "$dir/$1/data" "$dir/$1/tmp"
    if mount -t tmpfs -o size=256m,mode=0700 tmpfs "$dir/$1/data" 2>/dev/null; then
        export SOAK_SMALL_DISK=1
    else
        export SOAK_SMALL_DISK=
        echo "skipped: the full disk (mounting a tmpfs needs root)"
    fi
    node "$here/soak.mjs" "$aozora" "$dir/$1" "$jobs" "$kills" ${2:+"$2"} || { tail -40 "$dir/$1/server.log"; exit 1; }
}

echo "-- SQLite"
soak sqlite
echo "-- PostgreSQL"
start_postgres || exit 77
export dir pg_bin pg_port pg_cluster
export SOAK_POSTMASTER=$pg_cluster/postmaster.pid SOAK_RESUME=". '$here/../postgres.sh'; pg_cluster='$pg_cluster' resume_postgres"
soak postgres "$pg_url"
