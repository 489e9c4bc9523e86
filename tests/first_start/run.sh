#!/usr/bin/env bash
# The first start of a server on a disk that is too small, for every stage at which room may end: it
# says so and ends, and the same folder serves once there is room; its key is shown exactly once.
# tests/first_start/run.sh BUILD; exit 0 passed, 77 skipped.
set -u
aozora=$(cd "$1" && pwd)/aozora
[ -x "$aozora" ] || { echo "aozora is not built"; exit 77; }
dir=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill -KILL "$server" 2>/dev/null; umount -l "$dir/data" 2>/dev/null; rm -rf "$dir"' EXIT
cd "$dir" || exit 1
mkdir data
mount -t tmpfs -o size=4k tmpfs data 2>/dev/null || { echo "mounting a tmpfs needs root"; exit 77; }
umount data
fail() { echo "FAILED at $size kB: $1"; cat out err; exit 1; }
unset AOZORA_API_KEY AOZORA_TOKEN

# Starts it on the mounted folder; 0 when it serves (and is ended again), else its exit code.
start() {
    rm -f out err
    "$aozora" serve --listen "${listen:-127.0.0.1:0}" --data "$dir/data" --workers 1 >out 2>err &
    server=$!
    for _ in $(seq 400); do
        grep -qs Playground out && { kill -TERM "$server"; wait "$server"; server=; return 0; }
        kill -0 "$server" 2>/dev/null || break
        sleep 0.02
    done
    kill -KILL "$server" 2>/dev/null
    wait "$server"
    local code=$?
    server=
    return $code
}
keys() { grep -c 'API key .*sk-' out; }

# attempt SIZE: 0 when it serves from the first.
attempt() {
    size=$1
    mount -t tmpfs -o "size=${size}k,mode=0700" tmpfs data || exit 1
    local first=0 shown
    start || first=$?
    shown=$(keys)
    if [ $first -ne 0 ]; then
        [ $first -eq 1 ] || fail "exit code $first"
        [ "$shown" -eq 0 ] || fail "a key of a server that did not start"
        grep -Eq '^aozora: .*(the disk is full|No space left on device).*\(/.*/data/' err || fail "no located reason"
        mount -o remount,size=64m data
        start || fail "does not start when there is room"
        [ "$(keys)" -eq 1 ] || fail "the key was never shown"
    else
        [ "$shown" -eq 1 ] || fail "no key"
    fi
    umount data
    return $first
}

# Sizes at which it cannot and can start; then every page below the border, where the last files
# and rows are written.
low=4 high=4096
attempt $low && fail "starts on no room at all"
attempt $high || fail "does not start"
while [ $((high - low)) -gt 4 ]; do
    middle=$(((low + high) / 8 * 4))
    if attempt $middle; then high=$middle; else low=$middle; fi
done
for size in 8 16 32 48 $(seq $((low - 32)) 4 $((low - 4))); do attempt "$size" && fail "starts, though not with more room"; done

# Nor is the key lost with an address that is taken.
size=0
mkdir other
"$aozora" serve --listen 127.0.0.1:0 --data "$dir/other" --workers 0 >other.out 2>&1 &
other=$!
for _ in $(seq 400); do grep -q listening other.out && break; sleep 0.02; done
listen=$(grep -o '127.0.0.1:[0-9]*' other.out | head -1)
rm -rf data; mkdir data
start && fail "two servers at one address"
[ "$(keys)" -eq 0 ] || fail "a key of a server that did not start"
kill -TERM "$other"; wait "$other"
start || fail "does not start at a free address"
[ "$(keys)" -eq 1 ] || fail "the key was never shown"
echo "starts on $high kB; below, it says why, and starts when there is room"
