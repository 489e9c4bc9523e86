#!/bin/sh
# Installs what building needs (tools/deps.sh) or what the whole test suite needs (deps.sh test).
# Prints the list first; sudo when not root; does nothing when all is there.
set -eu
build="g++ cmake ninja-build pkg-config libbullet-dev libembree-dev libtbb-dev
  libavformat-dev libavcodec-dev libavutil-dev libswscale-dev libswresample-dev libx264-dev
  flite1-dev libsndfile1-dev libebur128-dev nlohmann-json3-dev libcli11-dev libspdlog-dev
  libcurl4-openssl-dev wordnet-base libwebp-dev libjpeg62-turbo-dev libpng-dev libfreetype-dev libgtest-dev zlib1g-dev
  libboost1.81-dev libsqlite3-dev libpq-dev libssl-dev libsodium-dev libtomlplusplus-dev bubblewrap libdnnl-dev libsentencepiece-dev"
test="ffmpeg curl clang libclang-rt-14-dev chromium python3 postgresql nginx wrk"
# npm and node are taken as they are; the distribution's only where there are none.
command -v npm >/dev/null 2>&1 || test="$test nodejs npm"
lint="clang-format clang-tidy"
cross="g++-aarch64-linux-gnu"
case "${1:-build}" in
    build) wanted=$build ;;
    test) wanted="$build $test" ;;
    lint) wanted="$build $lint" ;;
    cross) wanted="$cross" ;;
    *) echo "usage: tools/deps.sh [build|test|lint|cross]" >&2; exit 2 ;;
esac
missing=""
for package in $wanted; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
echo "installing:$missing"
sudo=""
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null 2>&1 || { echo "aozora: install these as root, then run make again:$missing" >&2; exit 1; }
    sudo=sudo
fi
export DEBIAN_FRONTEND=noninteractive
# Old lists may name versions that are gone: refresh once when the first try fails.
# shellcheck disable=SC2086
$sudo apt-get install -y --no-install-recommends $missing >/dev/null 2>&1 || {
    $sudo apt-get update
    $sudo apt-get install -y --no-install-recommends $missing
}
