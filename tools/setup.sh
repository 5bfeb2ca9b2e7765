#!/bin/sh
# Sees to it that what the build needs is there: installs the Debian packages that are missing when
# root or sudo may, otherwise prints the line to run and stops.
# usage: setup.sh [clang]     with clang: also what fuzzing and the format check need
set -eu

packages='gcc make meson ninja-build pkg-config python3 libsqlite3-dev libutf8proc-dev libjansson-dev libcmocka-dev libc6-dev'
if [ "${1:-}" = clang ]; then
    packages="$packages clang clang-format libclang-rt-14-dev"
fi

have() {
    case $1 in
    gcc | make | meson | clang | python3) command -v "$1" >/dev/null ;;
    clang-format) command -v clang-format >/dev/null ;;
    ninja-build) command -v ninja >/dev/null ;;
    pkg-config) command -v pkg-config >/dev/null ;;
    libsqlite3-dev) pkg-config --exists sqlite3 ;;
    libutf8proc-dev) pkg-config --exists libutf8proc ;;
    libjansson-dev) pkg-config --exists jansson ;;
    libcmocka-dev) pkg-config --exists cmocka ;;
    *) dpkg -s "$1" >/dev/null 2>&1 ;;
    esac
}

missing=
for package in $packages; do
    have "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "setup: install what these Debian packages hold, then run make again:$missing" >&2
    exit 1
fi
if [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root=sudo
else
    echo "setup: packages are missing; run this line, then make again:" >&2
    echo "    sudo apt-get update && sudo apt-get install -y$missing" >&2
    exit 1
fi
echo "setup: installing$missing" >&2
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -q >&2
# shellcheck disable=SC2086
$as_root apt-get install -q -y --no-install-recommends $missing >&2
