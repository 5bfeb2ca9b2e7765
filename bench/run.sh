#!/bin/sh
# Words and stories a second: of the whole way, then of the language engine's stages with each
# kernel. On the files given in FILES; without them on the newswire beside the project, where that
# is, or on our own examples, repeated to a size that can be timed.
# usage: run.sh BUILD_FOLDER
set -eu
build=$1
root=$(dirname "$0")/..
if [ -z "${FILES:-}" ] && [ -r "$root"/../shared/news/newswire.jsonl ]; then
    FILES=$root/../shared/news/newswire.jsonl
elif [ -z "${FILES:-}" ]; then
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
# shellcheck disable=SC2086
"$build"/bench/language $FILES
