#!/usr/bin/env python3
"""Scores sentences and tokens on raw text rebuilt from a treebank.

usage: text_score.py DRAGOMAN FILE.conllu [--show N]

Documents begin at "# newdoc", paragraphs (joined by an empty line) at "# newpar"; the text of the
sentences is what `DRAGOMAN annotate --format jsonl` then has to cut again. Prints F1 of tokens and
sentences; with --show, the N most frequent differences, gold on the left.
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


def documents(path):
    """Text and gold sentences (lists of spans) of each document."""
    made, is_space = [], False
    for comments, rows in sentences(path):
        if not made or any(key.startswith('newdoc') for key in comments):
            made.append({'text': '', 'gold': []})
            is_space = False
        now = made[-1]
        is_paragraph = any(key.startswith('newpar') for key in comments)
        gap = '' if not now['text'] else '\n\n' if is_paragraph else ' ' if is_space else ''
        begin = len(now['text']) + len(gap)
        now['text'] += gap + comments['text']
        words, is_space = spans(now['text'], rows, begin)
        now['gold'].append(words)
    return made


def annotate(program, made):
    """The program's sentences of each document, in order."""
    lines = ''.join(json.dumps({'id': str(i), 'text': d['text']}) + '\n' for i, d in enumerate(made))
    done = subprocess.run([program, 'annotate', '--input', 'jsonl', '--format', 'jsonl', '-'],
                          input=lines.encode(), stdout=subprocess.PIPE, check=True)
    cut = [[] for _ in made]
    for line in done.stdout.decode().splitlines():
        document = json.loads(line)
        cut[int(document['document'])] = [
            [(t['begin'], t['end']) for t in s['tokens']] for s in document['sentences']]
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
    parser.add_argument('--show', type=int, default=0)
    options = parser.parse_args()
    made = documents(options.treebank)
    tokens, ends, wrong = Score(), Score(), collections.Counter()
    for document, cut in zip(made, annotate(options.dragoman, made)):
        gold = {span for words in document['gold'] for span in words}
        found = {span for words in cut for span in words}
        tokens.add(gold, found)
        ends.add({(w[0][0], w[-1][1]) for w in document['gold']},
                 {(w[0][0], w[-1][1]) for w in cut if w})
        wrong.update(differences(document['text'], gold, found))
    print('tokens   ', tokens)
    print('sentences', ends)
    for pair, count in wrong.most_common(options.show):
        print(count, pair, sep='\t')


if __name__ == '__main__':
    main()
