#!/bin/sh
# The main job on our own examples: read texts, keep the record, ask it.
# usage: demo.sh path/to/dragoman
set -eu

dragoman=$1
here=$(dirname "$0")
record=$(mktemp -d)/examples.db
trap 'rm -rf "$(dirname "$record")"' EXIT

say() {
    printf '\n$ %s\n' "$*"
}

say "dragoman code -o examples.db examples/*.txt examples/news.jsonl"
"$dragoman" code -o "$record" "$here"/argentina-chile.txt "$here"/finland-soviet-union.txt \
    "$here"/news.jsonl

say "dragoman brief Argentina Chile examples.db"
"$dragoman" brief Argentina Chile "$record"

say "dragoman timeline 'Soviet Union' Finland examples.db"
"$dragoman" timeline "Soviet Union" Finland "$record"

say "dragoman timeline USA Iran examples.db"
"$dragoman" timeline USA Iran "$record"

printf '\nTry your own text:  %s brief Iran Iraq YOUR.txt\n' "$dragoman"
