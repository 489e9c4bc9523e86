# A PostgreSQL server of a test's own. Source it; needs $dir. Whoever starts it stops it in its trap.
#   start_postgres || exit 77      then $pg_url names an empty database; create_database NAME makes more
as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
pg_cluster=

# initdb refuses root: everything of it runs as the user postgres then.
start_postgres() {
    pg_bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1)
    [ -n "$pg_bin" ] || { echo "PostgreSQL is not installed (make deps-test)"; return 1; }
    chmod 755 "$dir"
    mkdir "$dir/cluster"
    [ "$(id -u)" != 0 ] || chown postgres "$dir/cluster"
    pg_port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
    as_postgres "$pg_bin/initdb" -D "$dir/cluster" -A trust -U aozora >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log"; return 1; }
    pg_cluster=$dir/cluster
    resume_postgres || return 1
    create_database aozora || return 1
}
# After a crash too: retries while orphans of it are still there.
resume_postgres() {
    for _ in $(seq 50); do
        as_postgres "$pg_bin/pg_ctl" -D "$pg_cluster" -w -l "$pg_cluster/log" \
            -o "-p $pg_port -k $pg_cluster -c listen_addresses=127.0.0.1" start >/dev/null 2>&1 && return 0
        sleep 0.2
    done
    echo "PostgreSQL does not start:"
    tail -20 "$pg_cluster/log"
    return 1
}
create_database() {
    as_postgres "$pg_bin/createdb" -h 127.0.0.1 -p "$pg_port" -U aozora "$1" || return 1
    pg_url=postgres://aozora@127.0.0.1:$pg_port/$1
}
stop_postgres() {
    [ -z "$pg_cluster" ] || as_postgres "$pg_bin/pg_ctl" -D "$pg_cluster" -m immediate stop >/dev/null 2>&1
}
