#!/usr/bin/env python3
"""Scores the language engine on raw text rebuilt from a treebank.

usage: text_score.py DRAGOMAN FILE.conllu [--model MODEL] [--show N] [--ends N]

Documents begin at "# newdoc", paragraphs (joined by an empty line) at "# newpar"; the text of the
sentences is what `DRAGOMAN annotate --format jsonl` then has to cut again. Prints F1 of tokens and
sentences, then of what the words are given, as the CoNLL 2018 shared task counts: words are aligned
by their characters; a right one counts for precision and recall, LAS goes by main relations, the
head being the aligned word (or the root). With --show, the N most frequent differences of tokens;
with --ends, the first N places where sentences end otherwise, gold on the left.
"""
import argparse
import collections
import json
import subprocess


def sentences(path):
    """Comments (a dict) and rows of each sentence."""
    comments, rows = {}, []
    with open(path, encoding='utf-8') as source:
        for line in source:
            line = line.rstrip('\n')
            if line.startswith('#'):
                key, _, value = line[1:].partition('=')
                comments[key.strip()] = value.strip()
            elif line:
                rows.append(line.split('\t'))
            elif rows:
                yield comments, rows
                comments, rows = {}, []


def spans(text, rows, at):
    """Spans of the words in `text` from `at` on, and whether a space follows the last."""
    found, inside, is_space = [], 0, True
    for i, row in enumerate(rows):
        if '.' in row[0] or (row[0].isdigit() and int(row[0]) <= inside):
            continue
        first, _, last = row[0].partition('-')
        inside = int(last or 0)
        parts = [r[1] for r in rows[i + 1:i + 2 + inside - int(first)]] if last else [row[1]]
        if ''.join(parts) != row[1]:
            parts = [row[1]]
        at = text.index(row[1], at)
        for part in parts:
            found.append((at, at + len(part)))
            at += len(part)
        is_space = 'SpaceAfter=No' not in row[9].split('|')
    return found, is_space


def words_of(rows, spans_found):
    """What the treebank says of the words: span, UPOS, XPOS, lemma, span of the head, relation."""
    rows = [row for row in rows if row[0].isdigit()]
    if len(rows) != len(spans_found):  # a word that its surface does not hold: none can be aligned
        spans_found = [None] * len(rows)
    return [(span, row[3], row[4], row[2],
             spans_found[int(row[6]) - 1] if row[6] != '0' else 'root', row[7])
            for span, row in zip(spans_found, rows)]


def documents(path):
    """Text, gold sentences (lists of spans) and words of each document."""
    made, is_space = [], False
    for comments, rows in sentences(path):
        if not made or any(key.startswith('newdoc') for key in comments):
            made.append({'text': '', 'gold': [], 'words': []})
            is_space = False
        now = made[-1]
        is_paragraph = any(key.startswith('newpar') for key in comments)
        gap = '' if not now['text'] else '\n\n' if is_paragraph else ' ' if is_space else ''
        begin = len(now['text']) + len(gap)
        now['text'] += gap + comments['text']
        words, is_space = spans(now['text'], rows, begin)
        now['gold'].append(words)
        now['words'] += words_of(rows, words)
    return made


def annotate(program, made, model):
    """The program's sentences (lists of spans) and words of each document, in order."""
    lines = ''.join(json.dumps({'id': str(i), 'text': d['text']}) + '\n' for i, d in enumerate(made))
    command = [program, 'annotate', '--input', 'jsonl', '--format', 'jsonl', '-']
    if model:
        command[2:2] = ['--model', model]
    done = subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE, check=True)
    cut = [([], []) for _ in made]
    for line in done.stdout.decode().splitlines():
        document = json.loads(line)
        found, words = cut[int(document['document'])]
        for sentence in document['sentences']:
            spans_found = [(t['begin'], t['end']) for t in sentence['tokens']]
            found.append(spans_found)
            words += [(span, t['upos'], t['xpos'], t['lemma'],
                       spans_found[t['head'] - 1] if t['head'] else 'root', t['deprel'])
                      for span, t in zip(spans_found, sentence['tokens'])]
    return cut


class Score:
    def __init__(self):
        self.right = self.gold = self.found = 0

    def add(self, gold, found):
        self.right += len(gold & found)
        self.gold += len(gold)
        self.found += len(found)

    def __str__(self):
        return 'F1 %.2f (precision %.2f, recall %.2f)' % (
            200 * self.right / (self.gold + self.found), 100 * self.right / self.found,
            100 * self.right / self.gold)


MEASURES = {
    'UPOS': lambda gold, word: gold[1] == word[1],
    'XPOS': lambda gold, word: gold[2] == word[2],
    'lemmas': lambda gold, word: gold[3] in (word[3], '_'),
    'UAS': lambda gold, word: gold[4] == word[4],
    'LAS': lambda gold, word: gold[4] == word[4] and gold[5].split(':')[0] == word[5].split(':')[0],
    'LAS with subtypes': lambda gold, word: gold[4:] == word[4:],
}


def add_words(scores, gold, found):
    by_span = {word[0]: word for word in gold if word[0]}
    for name, is_right in MEASURES.items():
        score = scores.setdefault(name, Score())
        score.gold += len(gold)
        score.found += len(found)
        score.right += sum(word[0] in by_span and is_right(by_span[word[0]], word)
                           for word in found)


def end_differences(text, gold, found):
    """Sentences' ends that only one side has: the words before and behind."""
    gold_ends, found_ends = ({words[-1][1] for words in side if words} for side in (gold, found))
    for end in sorted(gold_ends ^ found_ends):
        yield '%s\t%s || %s' % ('missed' if end in gold_ends else 'false',
                                text[max(0, end - 60):end].replace('\n', '/'),
                                text[end:end + 50].replace('\n', '/'))


def differences(text, gold, found):
    """Pairs "gold | found" of the runs without white space in which the two differ."""
    seen = set()
    for begin, end in sorted(gold ^ found):
        while begin > 0 and not text[begin - 1].isspace():
            begin -= 1
        while end < len(text) and not text[end].isspace():
            end += 1
        if (begin, end) not in seen:
            seen.add((begin, end))
            yield ' | '.join(' '.join(text[a:b] for a, b in sorted(words) if begin <= a and b <= end)
                             for words in (gold, found))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('dragoman')
    parser.add_argument('treebank')
    parser.add_argument('--model')
    parser.add_argument('--show', type=int, default=0)
    parser.add_argument('--ends', type=int, default=0)
    options = parser.parse_args()
    made = documents(options.treebank)
    tokens, ends, scores = Score(), Score(), {}
    wrong, wrong_ends = collections.Counter(), []
    for document, (cut, words) in zip(made, annotate(options.dragoman, made, options.model)):
        gold = {span for sentence in document['gold'] for span in sentence}
        found = {span for sentence in cut for span in sentence}
        tokens.add(gold, found)
        ends.add({(w[0][0], w[-1][1]) for w in document['gold']},
                 {(w[0][0], w[-1][1]) for w in cut if w})
        add_words(scores, document['words'], words)
        wrong.update(differences(document['text'], gold, found))
        wrong_ends += end_differences(document['text'], document['gold'], cut)
    print('tokens   ', tokens)
    print('sentences', ends)
    for name, score in scores.items():
        print('%-17s' % name, score)
    for pair, count in wrong.most_common(options.show):
        print(count, pair, sep='\t')
    for line in wrong_ends[:options.ends]:
        print(line)


if __name__ == '__main__':
    main()
