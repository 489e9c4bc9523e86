#!/bin/sh
# Compiles every source for arm64 (no linking: the libraries' arm64 builds are not needed for
# that). Headers of the distribution's -dev packages are the same on both but for the C library's.
set -eu
cd "$(dirname "$0")/.."
tools/deps.sh build
compiler=aarch64-linux-gnu-g++
flags="-std=gnu++20 -fsyntax-only -Wall -Wextra -Wno-missing-field-initializers -ffp-contract=off -I. -Ibuild/generated
  -idirafter /usr/include -idirafter /usr/include/x86_64-linux-gnu -idirafter /usr/include/bullet -idirafter /usr/include/freetype2 -idirafter /usr/include/flite -idirafter /usr/include/postgresql -DBOOST_ASIO_SEPARATE_COMPILATION -DBOOST_BEAST_SEPARATE_COMPILATION -DAOZORA_SOURCE_DIR=\".\" -DAOZORA_BINARY=\".\""
git ls-files 'base/*.cc' 'tensor/*.cc' 'neural/*.cc' 'script/*.cc' 'media/*.cc' 'world/*.cc' 'render/*.cc' 'sound/*.cc' 'studio/*.cc' 'apps/*.cc' |
    grep -vE '_(test|fuzz|bench)\.cc$' | sed "s|^|$compiler $(echo $flags) |" >build-cross.list
status=0
xargs -P "$(nproc)" -d '\n' -n 1 sh -c <build-cross.list || status=1
count=$(wc -l <build-cross.list)
rm -f build-cross.list
[ $status -eq 0 ] && echo "$count files compile for arm64"
exit $status
