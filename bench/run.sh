#!/bin/sh
# Words and stories a second on our own examples, repeated to a size that can be timed, or on the
# files given in FILES.
# usage: run.sh BUILD_FOLDER
set -eu
build=$1
root=$(dirname "$0")/..
if [ -z "${FILES:-}" ]; then
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    i=0
    while [ $i -lt 50 ]; do
        cat "$root"/examples/news.jsonl
        i=$((i + 1))
    done >"$work/news.jsonl"
    FILES=$work/news.jsonl
fi
# shellcheck disable=SC2086
"$build"/bench/bench $FILES
