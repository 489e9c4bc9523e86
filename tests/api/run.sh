#!/usr/bin/env bash
# The Videos API as its clients use it: the official SDK, raw requests, everything wrong.
# tests/api/run.sh BUILD; exit 0 passed, 77 skipped. BASE_URL and KEY: a server that runs already.
set -u
here=$(cd "$(dirname "$0")" && pwd)
aozora=$(cd "$1" && pwd)/aozora
for program in node npm ffprobe curl; do
    command -v $program >/dev/null || { echo "$program is not installed (make deps-test)"; exit 77; }
done
dir=$(mktemp -d)
export OMP_WAIT_POLICY=passive  # other programs run beside the tests
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
for script in sdk wire openapi seam neural; do
    echo "-- $script"
    node "$script.mjs" || { status=1; tail -5 "$dir/server.log"; }
done

echo "-- behind nginx"
if command -v nginx >/dev/null; then
    behind=${BASE_URL#http://}
    front=$(free_port)
    cat >"$dir/nginx.conf" <<CONF
pid $dir/nginx.pid;
error_log $dir/nginx.log;
events { worker_connections 64; }
http {
    access_log off;
    client_body_temp_path $dir/nginx-body; proxy_temp_path $dir/nginx-proxy;
    fastcgi_temp_path $dir/nginx-1; uwsgi_temp_path $dir/nginx-2; scgi_temp_path $dir/nginx-3;
    client_max_body_size 2g;
    server {
        listen 127.0.0.1:$front;
        location / { proxy_pass http://${behind%/v1}; proxy_http_version 1.1; proxy_set_header Host \$http_host; }
    }
}
CONF
    chmod 755 "$dir"
    if nginx -c "$dir/nginx.conf" -e "$dir/nginx.log"; then
        BASE_URL=http://127.0.0.1:$front/v1 node proxy.mjs || { status=1; cat "$dir/nginx.log"; }
        kill "$(cat "$dir/nginx.pid")"
    else
        status=1
    fi
else
    echo "skipped: nginx is not installed"
fi
exit $status
