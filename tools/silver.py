#!/usr/bin/env python3
"""Keep what a teacher saw in texts that are not ours, without the texts, and join the two again.

usage: silver.py pack OUT FOLDER TREES.conllu NAMES.iob2
       silver.py trees PACK FOLDER > TREES.conllu
       silver.py names PACK FOLDER > NAMES.iob2

FOLDER holds the texts: news/newswire.jsonl, attribution/train-text/*.txt, treebank/ewt-train.conllu.
TREES has "# newdoc id = ID" lines (the id of a story, or the name of a text file), NAMES the names of
the sentences of the treebank. The pack holds, for each sentence of the trees, its document, where its
tokens begin and end, and numbers for heads, relations, tags and names; for each word of the treebank
its name tag. It is deterministic: streams of variable-length numbers, compressed with xz.
"""
import glob
import json
import lzma
import os
import sys

STREAMS = ["document", "length", "gap", "size", "head", "relation", "tag", "name", "bank"]
NAMES = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]


class Numbers(bytearray):
    """Unsigned numbers, seven bits a byte, the low ones first."""

    def put(self, value):
        while value > 127:
            self.append(value & 127 | 128)
            value >>= 7
        self.append(value)

    def read(self):
        value = shift = 0
        for byte in self:
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                yield value
                value = shift = 0


def texts_of(folder):
    """Documents by id, in a fixed order."""
    texts = {}
    with open(os.path.join(folder, "news/newswire.jsonl"), encoding="utf-8") as lines:
        for line in lines:
            story = json.loads(line)
            texts[story["id"]] = "\n".join(story.get(key) or "" for key in ("title", "text"))
    for path in sorted(glob.glob(os.path.join(folder, "attribution/train-text/*.txt"))):
        with open(path, encoding="utf-8") as file:
            texts[os.path.splitext(os.path.basename(path))[0]] = file.read()
    return texts


def sentences_of(path):
    """(document, rows of columns) of each sentence of a CoNLL-U file."""
    document, rows = None, []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc id = "):
                document = line[14:]
            elif line and line[0] != "#":
                rows.append(line.split("\t"))
            elif not line and rows:
                yield document, rows
                rows = []


def spans_from(text, forms, start):
    """The spans of forms that follow each other from `start`, parted by nothing but spaces."""
    spans = []
    for form in forms:
        while spans and text[start:start + 1].isspace():
            start += 1
        if not text.startswith(form, start):
            return None
        spans.append((start, start + len(form)))
        start += len(form)
    return spans


def spans_of(text, forms, start):
    """The first place at or after `start` where the forms stand; None when there is none."""
    while (start := text.find(forms[0], start)) >= 0:
        spans = spans_from(text, forms, start)
        if spans:
            return spans
        start += 1
    return None


class Labels(list):
    def number(self, label):
        if label not in self:
            self.append(label)
        return self.index(label)


def zigzag(value):
    return value * 2 if value >= 0 else -value * 2 - 1


def unzigzag(value):
    return value // 2 if value % 2 == 0 else -(value + 1) // 2


def misc(row, key):
    for item in row[9].split("|"):
        if item.startswith(key + "="):
            return item[len(key) + 1:]
    return "O"


def pack(out, folder, trees, names):
    texts = texts_of(folder)
    numbers = {id: n for n, id in enumerate(texts)}
    streams = {name: Numbers() for name in STREAMS}
    relations, tags = Labels(), Labels()
    ends, kept, lost = {}, 0, 0
    for document, rows in sentences_of(trees):
        spans = spans_of(texts[document], [row[1] for row in rows], ends.get(document, 0))
        if not spans:
            lost += 1
            continue
        kept += 1
        streams["document"].put(numbers[document])
        streams["length"].put(len(rows))
        last = ends.get(document, 0)
        for i, (row, (begin, end)) in enumerate(zip(rows, spans)):
            streams["gap"].put(begin - last)
            streams["size"].put(end - begin)
            head = int(row[6])
            streams["head"].put(zigzag(head - i - 1) if head else 0)
            streams["relation"].put(relations.number(row[7]))
            streams["tag"].put(tags.number(row[3] + "|" + row[4]))
            streams["name"].put(NAMES.index(misc(row, "Name")))
            last = end
        ends[document] = last
    with open(names, encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and line[0] != "#":
                streams["bank"].put(NAMES.index(line.split("\t")[2].strip()))
    header = {"relations": relations, "tags": tags,
              "sizes": [len(streams[name]) for name in STREAMS]}
    body = json.dumps(header).encode() + b"\n" + b"".join(streams[name] for name in STREAMS)
    with open(out, "wb") as file:
        file.write(lzma.compress(body, preset=9 | lzma.PRESET_EXTREME))
    print(f"{kept} sentences kept, {lost} not found in their texts", file=sys.stderr)


def unpack(path):
    with open(path, "rb") as file:
        body = lzma.decompress(file.read())
    header, _, body = body.partition(b"\n")
    header = json.loads(header)
    streams, at = {}, 0
    for name, size in zip(STREAMS, header["sizes"]):
        streams[name] = Numbers(body[at:at + size]).read()
        at += size
    return header, streams


def trees(path, folder):
    header, s = unpack(path)
    texts, ends = list(texts_of(folder).values()), {}
    for document in s["document"]:
        text, last = texts[document], ends.get(document, 0)
        for i in range(next(s["length"])):
            begin = last + next(s["gap"])
            last = begin + next(s["size"])
            step = unzigzag(next(s["head"]))
            upos, xpos = header["tags"][next(s["tag"])].split("|")
            relation = header["relations"][next(s["relation"])]
            name = NAMES[next(s["name"])]
            print(i + 1, text[begin:last], "_", upos, xpos, "_", i + 1 + step if step else 0,
                  relation, "_", "Name=" + name, sep="\t")
        print()
        ends[document] = last


def names(path, folder):
    _, s = unpack(path)
    with open(os.path.join(folder, "treebank/ewt-train.conllu"), encoding="utf-8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if len(cells) == 10 and cells[0].isdigit():
                print(cells[0], cells[1], NAMES[next(s["bank"])], sep="\t")
            elif not line.strip() or line.startswith("# sent_id"):
                print(line.rstrip("\n"))


def main(arguments):
    calls = {"pack": (pack, 5), "trees": (trees, 3), "names": (names, 3)}
    if not arguments or arguments[0] not in calls or len(arguments) != calls[arguments[0]][1]:
        sys.exit(__doc__.split("\n\n")[1])
    calls[arguments[0]][0](*arguments[1:])


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    main(sys.argv[1:])
