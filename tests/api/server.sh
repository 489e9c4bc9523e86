# Shell functions of the tests that start a server. Source it; needs $aozora and $dir.
free_port() {
    node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

# start_server PORT DATA OPTIONS...: waits until it is ready; its pid in $server.
start_server() {
    local port=$1 data=$2
    shift 2
    AOZORA_API_KEY=$KEY "$aozora" serve --listen "127.0.0.1:$port" --data "$data" "$@" >>"$dir/server.log" 2>&1 &
    server=$!
    for _ in $(seq 200); do
        curl -sf -o /dev/null "http://127.0.0.1:$port/readyz" && return 0
        kill -0 $server 2>/dev/null || break
        sleep 0.05
    done
    echo "the server did not start:"
    tail -20 "$dir/server.log"
    return 1
}
